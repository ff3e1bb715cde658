//! Finding a redemption by the code that a customer shows or reads out.

use crate::book::{Book, ordered};
use domain::loyalty::{Redemption, RedemptionState};
use std::sync::Arc;

/// Fewer signs find too much.
const LEAST: usize = 4;

/// As codes are written: capitals, nothing between them, and the letters that look like digits are those digits.
fn plain(typed: &str) -> String {
    let sign = |sign: char| match sign.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        sign => sign,
    };
    typed.chars().filter(|sign| !sign.is_whitespace() && *sign != '-').map(sign).collect()
}

/// In two groups, as it is read out.
#[must_use]
pub fn spaced(code: &str) -> String {
    match code.split_at_checked(5) {
        Some((first, rest)) if !rest.is_empty() => format!("{first} {rest}"),
        _ => code.to_owned(),
    }
}

/// Redemptions whose code begins as typed: what is still to be handed over first. Tracked.
#[must_use]
pub fn coded(book: Book, typed: &str, most: usize) -> Vec<Arc<Redemption>> {
    let code = plain(typed);
    if code.len() < LEAST || !code.is_ascii() {
        return Vec::new();
    }
    let mut found = book.rows::<Redemption>();
    found.retain(|redemption| redemption.code.starts_with(&code));
    let mut found =
        ordered(&found, |a, b| (a.state != RedemptionState::Granted, b.at, a.id).cmp(&(b.state != RedemptionState::Granted, a.at, b.id)));
    found.truncate(most);
    found
}

#[cfg(test)]
mod tests {
    use super::{plain, spaced};

    #[test]
    fn a_code_is_found_however_it_is_typed() {
        assert_eq!(plain("ab-12 co il"), "AB12C011");
        assert_eq!(spaced("ABCDE12345"), "ABCDE 12345");
        assert_eq!(spaced("ABC"), "ABC");
    }
}
