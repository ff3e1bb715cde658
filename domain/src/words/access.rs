//! What access and the team refuse.

use super::{Label, Lang, Say};
use crate::{access::Refusal, team};

impl Say for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotYourRole { .. } => "access.not_your_role",
            Self::NotFound => "access.not_found",
            Self::NotToYourself => "access.not_to_yourself",
            Self::IdTaken => "access.id_taken",
        }
    }

    fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::NotYourRole { right }, Lang::Zh) => format!("你的角色不能{}，请联系管理员。", right.label().zh),
            (Self::NotYourRole { right }, Lang::En) => {
                format!("Your role may not do this: {}. Please ask an administrator.", right.label().en.to_ascii_lowercase())
            }
            (Self::NotFound, Lang::Zh) => "找不到这条记录，它可能已被移走，或不在你的范围内。".into(),
            (Self::NotFound, Lang::En) => "This record is not here. It may have been moved, or it is outside what you see.".into(),
            (Self::NotToYourself, Lang::Zh) => "不能对自己这样做，请另一位管理员操作。".into(),
            (Self::NotToYourself, Lang::En) => "You cannot do this to yourself. Please ask another administrator.".into(),
            (Self::IdTaken, Lang::Zh) => "这条记录已经存在，请刷新后查看。".into(),
            (Self::IdTaken, Lang::En) => "This record exists already. Please reload and look at it.".into(),
        }
    }
}

impl Say for team::Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::LastAdministrator => "team.last_administrator",
            Self::StillHere => "team.still_here",
            Self::NotHere => "team.not_here",
        }
    }

    fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::LastAdministrator, Lang::Zh) => "这是最后一位管理员。请先指定另一位管理员。".into(),
            (Self::LastAdministrator, Lang::En) => "This is the last administrator. Please appoint another one first.".into(),
            (Self::StillHere, Lang::Zh) => "这位同事还在职。请先停用，再交接工作。".into(),
            (Self::StillHere, Lang::En) => "This colleague still works here. Please disable them before handing over their work.".into(),
            (Self::NotHere, Lang::Zh) => "接手的同事还不能登录。请选择一位在职同事。".into(),
            (Self::NotHere, Lang::En) => "Whoever takes over must be able to sign in. Please choose an active colleague.".into(),
        }
    }
}
