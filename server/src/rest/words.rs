//! What the interface for other systems refuses, and what the command line refuses of its tokens, in words.

use domain::words::{Lang, Say, Text};

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// A token needs a name.
    NoName,
    NameTaken,
    NoSuchToken,
    /// The end lies in the past.
    OverAlready,
    /// The key was used for something else.
    KeyReused,
    BadKey,
    MissingField,
    UnknownField,
    /// A value of another form than the field has.
    BadValue,
    BadLimit,
    BadCursor,
    BadDay,
    /// The last day comes before the first.
    DaysReversed,
    /// Without a team customers would be nobody's.
    NoTeam,
}

impl Refusal {
    fn words(self) -> (&'static str, Text) {
        match self {
            Self::NoName => {
                ("token.no_name", Text::new("请给令牌取一个名称，最多 120 个字。", "A token needs a name of at most 120 characters."))
            }
            Self::NameTaken => (
                "token.name_taken",
                Text::new(
                    "已有同名的令牌，请换一个名称或先吊销它。",
                    "There is a token of this name. Choose another name, or revoke it first.",
                ),
            ),
            Self::NoSuchToken => ("token.no_such_token", Text::new("没有这个名称的有效令牌。", "There is no token of this name.")),
            Self::OverAlready => ("token.over_already", Text::new("有效期不能在过去。", "A token cannot end in the past.")),
            Self::KeyReused => (
                "request.key_reused",
                Text::new(
                    "这个 Idempotency-Key 已用于另一个请求，请换一个。",
                    "This Idempotency-Key was used for another request. Use a new one.",
                ),
            ),
            Self::BadKey => (
                "request.bad_key",
                Text::new(
                    "Idempotency-Key 为 1 到 255 个可见的 ASCII 字符。",
                    "An Idempotency-Key is one to 255 visible ASCII characters.",
                ),
            ),
            Self::MissingField => ("request.missing_field", Text::new("缺少这个字段。", "This field is missing.")),
            Self::UnknownField => ("request.unknown_field", Text::new("没有这个字段。", "There is no such field.")),
            Self::BadValue => (
                "request.bad_value",
                Text::new(
                    "这个值的形式不对；金额要写成字符串。",
                    "This value does not have the right form. Amounts are written as strings.",
                ),
            ),
            Self::BadLimit => ("request.bad_limit", Text::new("limit 为 1 到 200。", "The limit is from 1 to 200.")),
            Self::BadCursor => {
                ("request.bad_cursor", Text::new("cursor 只能取自上一页的 next。", "A cursor is what the page before said under next."))
            }
            Self::BadDay => ("request.bad_day", Text::new("日期写成 2026-11-01。", "A day is written as 2026-11-01.")),
            Self::DaysReversed => {
                ("request.days_reversed", Text::new("起始日期不能晚于结束日期。", "The first day comes before the last."))
            }
            Self::NoTeam => {
                ("request.no_team", Text::new("还没有团队，请先在设置里建一个。", "There is no team yet. Make one in the settings first."))
            }
        }
    }
}

impl Say for Refusal {
    fn code(&self) -> &'static str {
        self.words().0
    }

    fn say(&self, lang: Lang) -> String {
        self.words().1.in_lang(lang).to_owned()
    }
}
