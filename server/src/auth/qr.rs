//! An address as a picture that a telephone's camera reads.

use domain::session::Qr;
use fast_qr::{ECL, QRBuilder};
use std::fmt::Write;

/// Modules of white around it (ISO/IEC 18004).
const QUIET: usize = 4;

/// None for what is too long for any picture.
#[must_use]
pub fn of(address: &str) -> Option<Qr> {
    let code = QRBuilder::new(address).ecl(ECL::M).build().ok()?;
    let mut path = String::new();
    for y in 0..code.size {
        let row = code.data.get(y * code.size..(y + 1) * code.size)?;
        let mut x = 0;
        for run in row.chunk_by(|one, other| one.value() == other.value()) {
            if run.first().is_some_and(|module| module.value()) {
                // A row of dark modules, drawn at once.
                _ = write!(path, "M{} {}h{n}v1h-{n}z", x + QUIET, y + QUIET, n = run.len());
            }
            x += run.len();
        }
    }
    Some(Qr { size: u32::try_from(code.size + 2 * QUIET).ok()?, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The three corners by which a camera finds it: seven dark, then five light between two dark.
    #[test]
    fn a_picture_has_its_corners_and_its_quiet_zone() {
        let qr = of(&format!("https://crm.example.com/join/{}", "0".repeat(64))).expect("a picture");
        assert_eq!((qr.size - 17 - 8) % 4, 0, "a version's side is 17 and four for each");
        let right = qr.size - 4 - 7;
        for corner in ["M4 4h7v1h-7z".to_owned(), format!("M{right} 4h7v1h-7z"), format!("M4 {}h7v1h-7z", qr.size - 5)] {
            assert!(qr.path.contains(&corner), "{corner}");
        }
        assert!(qr.path.starts_with("M4 4h7") && qr.path.contains("M4 5h1v1h-1z"));
        assert!(qr.path.len() < 16_000, "{}", qr.path.len());
    }

    #[test]
    fn another_address_is_another_picture_and_what_is_too_long_is_none() {
        assert_ne!(of("https://a.example/join/1"), of("https://a.example/join/2"));
        assert_eq!(of(&"x".repeat(4_000)), None);
    }
}
