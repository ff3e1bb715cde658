//! Figures on screen: a sentence, tiles, a line over time, departments side by side.

mod departments;
mod figures;
mod headline;
mod months;
pub mod words;

pub use departments::Departments;
pub use figures::Figures;
pub use headline::Headline;
pub use months::Months;

use crate::book::{Book, use_book};
use domain::{
    id::DepartmentId,
    insights::{self, Cell, Period},
    time::Date,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Which days, and whose.
#[derive(Clone, Copy)]
pub struct Scope {
    pub period: Memo<Period>,
    pub department: Memo<Option<DepartmentId>>,
}

impl Scope {
    /// From when to when.
    #[must_use]
    pub fn days(self) -> Signal<(Date, Date)> {
        let book = use_book();
        Signal::derive(move || self.period.get().days(book.today()))
    }

    /// The figures of now, and of the period before.
    fn figures(self) -> Memo<(insights::Figures, insights::Figures)> {
        let book = use_book();
        Memo::new(move |_| {
            let cells = cells(book);
            let of = |(from, to): (Date, Date)| {
                insights::Figures::of(cells.iter().map(|cell| &**cell), from, to, self.department.get().map(Some))
            };
            let (period, today) = (self.period.get(), book.today());
            (of(period.days(today)), of(period.before(today)))
        })
    }
}

fn cells(book: Book) -> Vec<Arc<Cell>> {
    book.rows::<Cell>()
}

/// Whether a change is more than chance makes: beyond the intervals of both taken together.
fn is_beyond_noise(change: f64, now: f64, before: f64) -> bool {
    change.abs() > (now * now + before * before).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "n = 210: a +1–2 move is noise."
    #[test]
    fn a_small_change_is_noise() {
        assert!(!is_beyond_noise(2.0, 12.6, 12.6));
        assert!(is_beyond_noise(-20.0, 12.6, 12.6));
    }
}
