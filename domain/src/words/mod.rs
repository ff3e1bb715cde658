//! Words in two languages: labels of enums and every refusal, for screens, server and command line alike.

mod access;
mod attachments;
mod customers;
mod loyalty;
mod orders;
mod surveys;
#[cfg(test)]
mod tests;
mod texts;
mod tickets;

use serde::{Deserialize, Serialize};

/// The languages of the product. Chinese first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    #[default]
    Zh,
    En,
}

impl Lang {
    /// The language of an `Accept-Language` header or a browser's setting; Chinese unless English is asked for first.
    #[must_use]
    pub fn preferred(header: &str) -> Self {
        let first = header.split([',', ';']).next().unwrap_or_default().trim();
        if first.to_ascii_lowercase().starts_with("en") { Self::En } else { Self::Zh }
    }

    /// The BCP 47 tag for `<html lang>` and `Intl`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }
}

/// One phrase in both languages; a missing translation cannot compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    pub zh: &'static str,
    pub en: &'static str,
}

impl Text {
    #[must_use]
    pub const fn new(zh: &'static str, en: &'static str) -> Self {
        Self { zh, en }
    }

    #[must_use]
    pub fn in_lang(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// What people call a value that the system stores as a code.
pub trait Label {
    fn label(&self) -> Text;
}

/// A reason why not, for people: a stable code and a sentence that says what to do.
pub trait Say {
    /// Stable, dotted, never shown alone: `customers.no_taken`.
    fn code(&self) -> &'static str;
    fn say(&self, lang: Lang) -> String;
}
