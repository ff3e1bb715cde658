//! What the entrance refuses, in words.

use domain::{
    session::{PASSWORD_MAX, PASSWORD_MIN},
    words::{Lang, Say},
};

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Unknown, not yet accepted, disabled or the wrong password: never told apart.
    Wrong,
    TooManyTries,
    PasswordShort,
    PasswordLong,
    PasswordCommon,
    /// Made of one's own name or address.
    PasswordGuessable,
    /// The current password, asked for before a new one.
    CurrentWrong,
    /// A link that never was, was used, or is too old: never told apart.
    LinkGone,
    /// There is a company already.
    SetUpDone,
    NoSuchZone,
    EmailTaken,
    /// Another user signs in by this number or address.
    WhoTaken,
    /// A contact without a telephone number and without an address.
    NoWho,
    NoSuchDepartment,
    NoSuchTeam,
    NoSuchAccount,
    /// People are added once there is a company.
    NoCompany,
}

impl Say for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Wrong => "auth.wrong",
            Self::TooManyTries => "auth.too_many_tries",
            Self::PasswordShort => "auth.password_short",
            Self::PasswordLong => "auth.password_long",
            Self::PasswordCommon => "auth.password_common",
            Self::PasswordGuessable => "auth.password_guessable",
            Self::CurrentWrong => "auth.current_wrong",
            Self::LinkGone => "auth.link_gone",
            Self::SetUpDone => "auth.set_up_done",
            Self::NoSuchZone => "settings.no_such_zone",
            Self::EmailTaken => "team.email_taken",
            Self::WhoTaken => "auth.who_taken",
            Self::NoWho => "auth.no_who",
            Self::NoSuchDepartment => "team.no_such_department",
            Self::NoSuchTeam => "team.no_such_team",
            Self::NoSuchAccount => "team.no_such_account",
            Self::NoCompany => "auth.no_company",
        }
    }

    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }
}

impl Refusal {
    fn zh(self) -> String {
        match self {
            Self::Wrong => "账号或密码不对。".into(),
            Self::TooManyTries => "试得太频繁了，请稍等再试。忘记密码可请管理员发一个新链接。".into(),
            Self::PasswordShort => format!("密码至少 {PASSWORD_MIN} 个字符，建议 15 个以上。"),
            Self::PasswordLong => format!("密码最多 {PASSWORD_MAX} 个字符。"),
            Self::PasswordCommon => "这个密码太常见，很容易被猜到，请换一个。".into(),
            Self::PasswordGuessable => "密码里不要只用自己的名字或邮箱，请换一个。".into(),
            Self::CurrentWrong => "当前密码不对。".into(),
            Self::LinkGone => "这个链接已经用过、已过期或不完整，请再要一个新的。".into(),
            Self::SetUpDone => "公司已经设置好了，请直接登录。".into(),
            Self::NoSuchZone => "没有这个时区，请从列表里选择。".into(),
            Self::EmailTaken => "这个邮箱已有账号，请换一个。".into(),
            Self::WhoTaken => "这个手机号或邮箱已经用来登录另一个账号，请换一个。".into(),
            Self::NoWho => "这位联系人还没有手机号或邮箱，请先添加一个，再发邀请。".into(),
            Self::NoSuchDepartment => "没有这个部门。".into(),
            Self::NoSuchTeam => "没有这个团队。".into(),
            Self::NoSuchAccount => "没有这个账号。".into(),
            Self::NoCompany => "还没有公司。请先运行 guanxi serve 并打开它打印的设置链接。".into(),
        }
    }

    fn en(self) -> String {
        match self {
            Self::Wrong => "The account or the password is not right.".into(),
            Self::TooManyTries => {
                "Too many tries. Please wait a little; if you forgot your password, ask an administrator for a link.".into()
            }
            Self::PasswordShort => format!("A password has at least {PASSWORD_MIN} characters; 15 or more are better."),
            Self::PasswordLong => format!("A password has at most {PASSWORD_MAX} characters."),
            Self::PasswordCommon => "This password is one of the first that anybody would try. Please choose another one.".into(),
            Self::PasswordGuessable => "This password is little more than your name or address. Please choose another one.".into(),
            Self::CurrentWrong => "The current password is not right.".into(),
            Self::LinkGone => "This link was used, is too old or is not complete. Please ask for a new one.".into(),
            Self::SetUpDone => "The company has been set up. Please sign in.".into(),
            Self::NoSuchZone => "There is no such time zone. Please choose one from the list.".into(),
            Self::EmailTaken => "This address has an account already. Please use another one.".into(),
            Self::WhoTaken => "Somebody else signs in by this number or address already. Please use another one.".into(),
            Self::NoWho => "This person has neither a telephone number nor an address. Please add one, then invite.".into(),
            Self::NoSuchDepartment => "There is no such department.".into(),
            Self::NoSuchTeam => "There is no such team.".into(),
            Self::NoSuchAccount => "There is no such account.".into(),
            Self::NoCompany => "There is no company yet. Run guanxi serve and open the link it prints.".into(),
        }
    }
}
