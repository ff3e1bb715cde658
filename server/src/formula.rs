//! Cells in which a spreadsheet would compute: kept as text wherever we write a table for one.

use std::borrow::Cow;

/// Signs with which a spreadsheet begins to compute, half-width and full-width.
const SIGNS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

pub(crate) fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches([' ', '\u{3000}']).starts_with(SIGNS) && cell.parse::<f64>().is_err()
}

/// A cell in which no spreadsheet computes.
pub(crate) fn guarded(cell: &str) -> Cow<'_, str> {
    if is_formula(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}
