//! Figures on screen: a sentence, tiles, a line over time, sides of them side by side.

mod asked;
mod breakdown;
mod conditions;
mod figures;
mod headline;
mod look;
mod months;
#[cfg(test)]
mod tests;
pub mod words;

pub use breakdown::BreakdownCard;
pub use conditions::Conditions;
pub use figures::Figures;
pub use headline::Headline;
pub use look::Look;
pub use months::Months;

use crate::book::{Asked, Book, use_book};
use asked::Told;
use domain::{
    id::DepartmentId,
    insights::{self, Cell, Dimension, Period, Question},
    time::Date,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Which days, and whose: of departments this device holds the cells, of what is finer the server tells.
#[derive(Clone, Copy)]
pub struct Scope {
    pub look: Memo<Look>,
    book: Book,
    told: Told,
}

/// Cells to be summed, and of which department among them.
type Cells = (Vec<Arc<Cell>>, Option<Option<DepartmentId>>);

impl Scope {
    #[must_use]
    pub fn new(look: Memo<Look>) -> Self {
        let book = use_book();
        let told = Told::of(move || {
            let Look { period, of, .. } = look.get();
            let today = book.today();
            let from = period.before(today).0.min(Period::Year.days(today).0);
            of.is_fine().then_some(Question { from, to: today, of, by: Dimension::Month })
        });
        Self { look, book, told }
    }

    #[must_use]
    pub fn period(self) -> Period {
        self.look.get().period
    }

    /// From when to when.
    #[must_use]
    pub fn days(self) -> Signal<(Date, Date)> {
        Signal::derive(move || self.period().days(self.book.today()))
    }

    /// Whether what stands there is not yet, or not, what was asked for.
    #[must_use]
    pub fn asked(self) -> Asked {
        self.told.asked()
    }

    fn cells(self) -> Cells {
        match self.told.answer() {
            Some(months) => (months.cells().into_iter().map(Arc::new).collect(), None),
            None => (self.book.rows::<Cell>(), self.look.get().of.department.map(Some)),
        }
    }

    /// Whether figures are of all customers, as this device holds them.
    fn is_whole(self) -> bool {
        self.told.answer().is_none()
    }

    /// The figures of now, and of the period before.
    fn figures(self) -> Memo<(insights::Figures, insights::Figures)> {
        Memo::new(move |_| {
            let (cells, department) = self.cells();
            let of = |(from, to): (Date, Date)| insights::Figures::of(cells.iter().map(|cell| &**cell), from, to, department);
            let (period, today) = (self.period(), self.book.today());
            (of(period.days(today)), of(period.before(today)))
        })
    }
}

/// Whether a change is more than chance makes: beyond the intervals of both taken together.
fn is_beyond_noise(change: f64, now: f64, before: f64) -> bool {
    change.abs() > (now * now + before * before).sqrt()
}
