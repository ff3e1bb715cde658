//! Secrets that are handed out: 256 bits of chance, of which only the hash is kept.

use sha2::{Digest, Sha256};
use std::{fmt, fmt::Write};

/// What a cookie or a link carries. It is shown to its owner and then forgotten.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

/// What is kept of a token: whoever reads the database cannot act as anybody.
pub type Kept = [u8; 32];

/// The system has no chance to give.
#[derive(Debug, thiserror::Error)]
#[error("the system gave no random bytes: {0}")]
pub struct NoChance(getrandom::Error);

impl Token {
    pub fn new() -> Result<Self, NoChance> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(NoChance)?;
        Ok(Self(bytes))
    }

    /// Reads what [`Token::shown`] wrote.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 || !digits.iter().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    #[must_use]
    pub fn shown(&self) -> String {
        self.0.iter().fold(String::with_capacity(64), |mut text, byte| {
            _ = write!(text, "{byte:02x}");
            text
        })
    }

    #[must_use]
    pub fn kept(&self) -> Kept {
        Sha256::digest(self.0).into()
    }
}

/// A secret never gets into a log by accident.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_is_shown_and_in_no_other_form() {
        let token = Token::new().expect("chance");
        let shown = token.shown();
        assert_eq!(Token::read(&shown), Some(token.clone()));
        assert_ne!(Token::new().expect("chance"), token);
        for bad in [&shown[1..], &shown.to_uppercase(), &format!("{shown}0"), "", &"+f".repeat(32), &"字".repeat(32)] {
            assert_eq!(Token::read(bad), None, "{bad}");
        }
        assert_eq!(format!("{token:?}"), "Token(…)");
    }
}
