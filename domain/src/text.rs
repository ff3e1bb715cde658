//! What people type: parsed once, valid after. Nothing is changed silently but blanks around it.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a text is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BadText {
    Missing,
    /// Longer than so many characters.
    TooLong {
        max: usize,
    },
    /// A control character, a bidi override or another invisible one, by its code point.
    Invisible {
        code: u32,
    },
    /// Not of the form that this field has.
    Malformed,
}

/// Characters that hide, reorder or break text: C0 and C1 controls, bidi embeddings and isolates,
/// zero-width spaces, line separators, the byte-order mark. Emoji joiners (U+200D) stay allowed.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn checked(text: &str, max: usize, allowed: fn(char) -> bool) -> Result<&str, BadText> {
    let text = text.trim();
    if let Some(c) = text.chars().find(|c| is_invisible(*c) && !allowed(*c)) {
        return Err(BadText::Invisible { code: u32::from(c) });
    }
    if text.is_empty() {
        return Err(BadText::Missing);
    }
    if text.chars().count() > max {
        return Err(BadText::TooLong { max });
    }
    Ok(text)
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident = $parse:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Reads what somebody typed.
            pub fn parse(text: &str) -> Result<Self, BadText> {
                let parse: fn(&str) -> Result<String, BadText> = $parse;
                parse(text).map(Self)
            }
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                Self::parse(&text).map_err(|bad| serde::de::Error::custom(format!("{}: {bad:?}", stringify!($name))))
            }
        }
    )*};
}

texts! {
    /// The name of a company, a person, a team: one line, at most 120 characters.
    Name = |text| checked(text, 120, |_| false).map(str::to_owned);
    /// One line of free text, at most 200 characters.
    Line = |text| checked(text, 200, |_| false).map(str::to_owned);
    /// Free text over several lines, at most 10,000 characters.
    Prose = |text| checked(text, 10_000, |c| matches!(c, '\n' | '\t')).map(str::to_owned);
    /// A customer's number, as other systems know it: letters, digits, `-`, `_`, `.`, `/`; at most 40.
    CustomerNo = |text| {
        let text = checked(text, 40, |_| false)?;
        let fits = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'));
        if fits { Ok(text.to_owned()) } else { Err(BadText::Malformed) }
    };
    /// An e-mail address in lower case: something, `@`, a dotted domain; at most 254 characters (RFC 5321).
    Email = |text| {
        // Some letters become two in lower case, so it is measured as it will be kept.
        let text = text.to_lowercase();
        let text = checked(&text, 254, |_| false)?;
        let fits = text.split_once('@').is_some_and(|(who, at)| {
            !who.is_empty() && !at.contains('@') && at.split('.').count() > 1 && at.split('.').all(|label| !label.is_empty())
        });
        if fits && !text.contains(char::is_whitespace) { Ok(text.to_owned()) } else { Err(BadText::Malformed) }
    };
    /// A telephone number: `+`, country code and digits. Eleven digits starting with 1 are a Chinese mobile number.
    Phone = |text| {
        let text = checked(text, 40, |_| false)?;
        let kept: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '（' | '）' | '\u{a0}')).collect();
        let digits = kept.strip_prefix('+').unwrap_or(&kept);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) || digits.len() > 15 || digits.len() < 5 {
            return Err(BadText::Malformed);
        }
        Ok(match (kept.starts_with('+'), digits.len(), digits.as_bytes().first()) {
            (true, ..) => format!("+{digits}"),
            (false, 11, Some(b'1')) => format!("+86{digits}"),
            (false, 13, Some(b'8')) if digits.starts_with("861") => format!("+{digits}"),
            _ => digits.to_owned(),
        })
    };
    /// A telephone number as it leaves the server: `138****5678`. Never accepted back as a number.
    MaskedPhone = |text| checked(text, 40, |_| false).map(str::to_owned);
}

impl Phone {
    /// The first three and the last four digits (GB/T 35273 §7.2); of short numbers only the last two.
    #[must_use]
    pub fn masked(&self) -> MaskedPhone {
        let digits = self.0.strip_prefix("+86").unwrap_or(&self.0);
        let count = digits.len();
        let (head, tail) = if count >= 9 { (3, 4) } else { (0, 2) };
        let stars = "*".repeat(count.saturating_sub(head + tail));
        MaskedPhone(format!("{}{stars}{}", digits.get(..head).unwrap_or_default(), digits.get(count - tail..).unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_keep_rare_characters_and_emoji() {
        for name in ["㛃", "𠮷野家", "王小明", "欧阳 👩‍👩‍👧", "O'Brien & Söhne"] {
            assert_eq!(Name::parse(name).as_ref().map(Name::as_str), Ok(name));
        }
        assert_eq!(Name::parse("  拾禾餐饮 ").map(|name| name.to_string()), Ok("拾禾餐饮".to_owned()));
    }

    #[test]
    fn names_refuse_what_cannot_be_seen() {
        for bad in ["a\u{0}b", "a\u{202E}b", "a\u{2066}b", "a\nb", "a\u{200B}b", "a\u{7f}b"] {
            assert!(matches!(Name::parse(bad), Err(BadText::Invisible { .. })), "{bad:?}");
        }
        assert_eq!(Name::parse("   "), Err(BadText::Missing));
        assert_eq!(Name::parse(&"字".repeat(121)), Err(BadText::TooLong { max: 120 }));
        assert!(Prose::parse("第一行\n第二行").is_ok());
    }

    #[test]
    fn phones_have_one_form_and_a_mask() {
        for same in ["13812345678", "+86 138 1234 5678", "138-1234-5678", "8613812345678"] {
            assert_eq!(Phone::parse(same).map(|phone| phone.to_string()), Ok("+8613812345678".to_owned()), "{same}");
        }
        assert_eq!(Phone::parse("13812345678").map(|phone| phone.masked().to_string()), Ok("138****5678".to_owned()));
        for bad in ["138****5678", "１３８１２３４５６７８", "123", "1 2 3 4 5 x", "+", "12345678901234567"] {
            assert_eq!(Phone::parse(bad), Err(BadText::Malformed), "{bad}");
        }
    }

    #[test]
    fn addresses_are_lower_case_and_dotted() {
        assert_eq!(Email::parse("Lin@Example.COM").map(|email| email.to_string()), Ok("lin@example.com".to_owned()));
        for bad in ["lin", "lin@", "@example.com", "lin@example", "a b@example.com", "a@b@example.com", "a@.com"] {
            assert_eq!(Email::parse(bad), Err(BadText::Malformed), "{bad}");
        }
    }

    /// A row whose text cannot be read back would count as damaged.
    #[test]
    fn an_address_that_grows_in_lower_case_is_measured_after_it_has() {
        for count in [1, 120, 130, 242] {
            let Ok(email) = Email::parse(&format!("{}@example.com", "İ".repeat(count))) else { continue };
            assert_eq!(Email::parse(email.as_str()), Ok(email.clone()), "{count}");
        }
    }

    proptest! {
        #[test]
        fn what_was_parsed_parses_to_itself(text in "\\PC{0,60}") {
            if let Ok(name) = Name::parse(&text) {
                prop_assert_eq!(Name::parse(name.as_str()), Ok(name.clone()));
                let sent = serde_json::to_string(&name)?;
                prop_assert_eq!(serde_json::from_str::<Name>(&sent)?, name);
            }
            if let Ok(phone) = Phone::parse(&text) {
                prop_assert_eq!(Phone::parse(phone.as_str()), Ok(phone.clone()));
                prop_assert!(Phone::parse(phone.masked().as_str()).is_err());
            }
        }
    }
}
