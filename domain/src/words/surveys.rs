//! What surveys refuse.

use super::{Lang, Say};
use crate::surveys::Refusal;

impl Say for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AskedAgainOn { .. } => "surveys.asked_again_on",
        }
    }

    fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::AskedAgainOn { on }, Lang::Zh) => format!("谢谢，您不久前刚告诉过我们。{on} 起可以再次评价。"),
            (Self::AskedAgainOn { on }, Lang::En) => format!("Thank you, you told us not long ago. You can tell us again from {on}."),
        }
    }
}
