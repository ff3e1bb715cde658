//! Why a text, an id or a date is not accepted.

use super::{Lang, Say};
use crate::text::BadText;

impl Say for BadText {
    fn code(&self) -> &'static str {
        match self {
            Self::Missing => "text.missing",
            Self::TooLong { .. } => "text.too_long",
            Self::Invisible { .. } => "text.invisible",
            Self::Malformed => "text.malformed",
        }
    }

    fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Missing, Lang::Zh) => "请填写。".into(),
            (Self::Missing, Lang::En) => "Please fill this in.".into(),
            (Self::TooLong { max }, Lang::Zh) => format!("最多 {max} 个字，请缩短一些。"),
            (Self::TooLong { max }, Lang::En) => format!("At most {max} characters. Please shorten it."),
            (Self::Invisible { code }, Lang::Zh) => format!("含有看不见的字符（U+{code:04X}），请删除后再试。"),
            (Self::Invisible { code }, Lang::En) => format!("Contains an invisible character (U+{code:04X}). Please delete it."),
            (Self::Malformed, Lang::Zh) => "格式不对，请检查。".into(),
            (Self::Malformed, Lang::En) => "This does not have the right form. Please check it.".into(),
        }
    }
}
