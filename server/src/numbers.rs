//! Numbers given out in order, such as `C-000042`: by the server alone, and never one that is taken.

use domain::text::CustomerNo;
use rusqlite::OptionalExtension;

use crate::db::{Trouble, Tx};

/// Numbers are filled up to so many digits, so that they sort as texts.
const DIGITS: usize = 6;

/// What is numbered: its counter, the letter before the number, and the table whose `no` must stay unique.
pub(crate) struct Series {
    pub counter: &'static str,
    pub letter: char,
    pub table: &'static str,
}

impl Series {
    /// The next number that nobody has given out by hand.
    pub fn next(&self, tx: &Tx<'_>) -> Result<CustomerNo, Trouble> {
        let Self { counter, letter, table } = self;
        let mut count = tx.connection().prepare_cached(
            "INSERT INTO counter (name, next) VALUES (?1, 2) ON CONFLICT (name) DO UPDATE SET next = next + 1 RETURNING next - 1",
        )?;
        let mut taken = tx.connection().prepare_cached(&format!("SELECT 1 FROM {table} WHERE no = ?1"))?;
        loop {
            let n: i64 = count.query_row([counter], |row| row.get(0))?;
            let no = format!("{letter}-{n:0DIGITS$}");
            if taken.query_row([&no], |_| Ok(())).optional()?.is_none() {
                return CustomerNo::parse(&no).map_err(|bad| Trouble::Broken(format!("{no} is not a number: {bad:?}")));
            }
        }
    }
}
