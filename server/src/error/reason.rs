//! What any address may answer, whatever it is for: each with its status, its code and its words.

use axum::http::StatusCode;
use domain::words::{Lang, Say, Text};

const NO_TOKEN: Text = Text::new(
    "请在 Authorization 里带上有效的令牌；没有的话请管理员用 guanxi token add 生成。",
    "Send a valid token under Authorization: Bearer. An administrator makes one by guanxi token add.",
);
const BROKEN: Text = Text::new(
    "我们这边出了错，请稍后重试。如果再次出现，请把编号告诉管理员。",
    "Something broke on our side. Please try again; if it happens again, tell an administrator the reference.",
);

/// What any address may answer, whatever it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    NotJson,
    SignedOut,
    /// No token, or one that counts no more: never told apart.
    NoToken,
    Revoked,
    CrossSite,
    NoSuchAddress,
    NoSuchMethod,
    TooSlow,
    TooLarge,
    WrongType,
    Unfit,
    /// An application that this server no longer understands.
    TooOld,
    TooMany,
    Broken,
    Unavailable,
}

impl Reason {
    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::NotJson => StatusCode::BAD_REQUEST,
            Self::SignedOut | Self::NoToken => StatusCode::UNAUTHORIZED,
            Self::Revoked | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::NoSuchAddress => StatusCode::NOT_FOUND,
            Self::NoSuchMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::WrongType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Unfit => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooOld => StatusCode::UPGRADE_REQUIRED,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The reason that a bare status stands for, where a library answered in our place.
    pub(super) fn of(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED => Self::SignedOut,
            StatusCode::FORBIDDEN => Self::CrossSite,
            StatusCode::NOT_FOUND => Self::NoSuchAddress,
            StatusCode::METHOD_NOT_ALLOWED => Self::NoSuchMethod,
            StatusCode::REQUEST_TIMEOUT => Self::TooSlow,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::WrongType,
            StatusCode::UNPROCESSABLE_ENTITY => Self::Unfit,
            StatusCode::TOO_MANY_REQUESTS => Self::TooMany,
            StatusCode::SERVICE_UNAVAILABLE => Self::Unavailable,
            status if status.is_server_error() => Self::Broken,
            _ => Self::NotJson,
        }
    }

    fn words(self) -> (&'static str, Text) {
        match self {
            Self::NotJson => ("request.not_json", Text::new("服务器没能读懂这个请求。", "The server could not read this request.")),
            Self::SignedOut => ("auth.signed_out", Text::new("请先登录。", "Please sign in.")),
            Self::NoToken => ("auth.no_token", NO_TOKEN),
            Self::Revoked => (
                "access.revoked",
                Text::new(
                    "这台设备已被退出，或账号已停用。如有疑问请联系管理员。",
                    "This device was signed out, or the account was disabled. Ask an administrator if this surprises you.",
                ),
            ),
            Self::CrossSite => (
                "request.cross_site",
                Text::new("这个请求来自别的网站，已被拒绝。", "This request came from another site and was refused."),
            ),
            Self::NoSuchAddress => ("request.no_such_address", Text::new("这里什么也没有。", "There is nothing here.")),
            Self::NoSuchMethod => {
                ("request.no_such_method", Text::new("这里不接受这种请求。", "This address does not take such a request."))
            }
            Self::TooSlow => ("request.too_slow", Text::new("数据来得太慢，请重试。", "The data came too slowly. Please try again.")),
            Self::TooLarge => ("request.too_large", Text::new("内容太大，请分成几份。", "This is too large. Please send it in parts.")),
            Self::WrongType => (
                "request.wrong_type",
                Text::new("这里接受 JSON；文件用 text/csv 或 octet-stream。", "JSON is accepted here; files are text/csv or octet-stream."),
            ),
            Self::Unfit => {
                ("request.unfit", Text::new("缺少字段，或有不认识的字段。", "A field is missing, unknown or not of the right form."))
            }
            Self::TooOld => (
                "client.too_old",
                Text::new("应用版本太旧，请更新后继续。", "This version of the application is too old. Please update it to go on."),
            ),
            Self::TooMany => ("request.too_many", Text::new("请求太频繁，请稍后再试。", "Too many requests. Please try again later.")),
            Self::Broken => ("server.error", BROKEN),
            Self::Unavailable => (
                "server.unavailable",
                Text::new("服务器暂时无法保存，请稍后重试。", "The server cannot store anything right now. Please try again shortly."),
            ),
        }
    }
}

impl Say for Reason {
    fn code(&self) -> &'static str {
        self.words().0
    }

    fn say(&self, lang: Lang) -> String {
        self.words().1.in_lang(lang).to_owned()
    }
}
