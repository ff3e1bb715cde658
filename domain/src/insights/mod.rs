//! Insights: the figures of satisfaction and service, kept up to date by what happens, never by looking through it.
//!
//! A figure is a sum of cells: one per day, department and measure. Whatever counts, counts once: its mark says in which
//! cell and with what, so that it can be taken out again when it changes. Invariant: a cell is the sum of its marks.
//! A mark says too from which sides it can be looked at ([`Sides`]), as they were when it counted: by them the server keeps
//! finer cells, of which [`Question`] asks.
//! Sources: S185–S200 as far as NPS, CSAT and service levels go; requests 10–12, 17; trap 11 (one time zone for all).

mod asked;
mod figures;
mod period;
#[cfg(any(test, feature = "testing"))]
pub mod strategies;
#[cfg(test)]
pub(crate) mod tests;

pub use crate::sides::{Dimension, Filter, Side, Sides, Touch};
pub use asked::{Breakdown, Line, Question};
pub use figures::{Figures, Nps, Share, by_month, nps_of};
pub use period::Period;

use crate::{
    channel::Channel,
    id::{DepartmentId, Id, PersonId},
    row::{Missing, Rows, codes, json_fields, rows},
    sync::Scope,
    time::Date,
};
use serde::{Deserialize, Serialize};

codes! {
    Measure {
        /// Answers to "would you recommend us": `good` are promoters, `bad` detractors, `sum` the scores.
        Nps = "nps": "净推荐值", "Net promoter score";
        /// Ratings of solved tickets: `good` are four and five stars, `bad` one and two, `sum` the stars.
        Csat = "csat": "满意度", "Customer satisfaction";
        /// Tickets opened: `bad` are complaints.
        Opened = "opened": "新建工单", "Tickets opened";
        /// First answers: `good` came in time.
        Response = "response": "首次响应", "First response";
        /// Solutions: `good` came in time.
        Resolution = "resolution": "解决", "Resolution";
    }
}

/// What something adds to its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    pub n: i64,
    pub good: i64,
    pub bad: i64,
    pub sum: i64,
}

json_fields!(Tally);

impl Tally {
    /// One thing of this worth.
    #[must_use]
    pub fn one(good: bool, bad: bool, sum: i64) -> Self {
        Self { n: 1, good: good.into(), bad: bad.into(), sum }
    }

    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self { n: self.n + other.n, good: self.good + other.good, bad: self.bad + other.bad, sum: self.sum + other.sum }
    }

    #[must_use]
    pub const fn less(self, other: Self) -> Self {
        Self { n: self.n - other.n, good: self.good - other.good, bad: self.bad - other.bad, sum: self.sum - other.sum }
    }
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Self::plus)
    }
}

rows! {
    /// What one measure came to on one day in one department.
    Cell in "insight_cell" {
        id: Id,
        on: Date,
        department: Option<DepartmentId>,
        measure: Measure,
        n: i64,
        good: i64,
        bad: i64,
        sum: i64,
    }

    /// What something counts for, and where. Stays on the server.
    Mark in "insight_mark" {
        id: Id,
        on: Date,
        department: Option<DepartmentId>,
        measure: Measure,
        tally: Tally,
        person: Option<PersonId>,
        rank: i64,
        /// None, where an earlier version counted what is not there any more.
        touch: Option<Touch>,
        channel: Option<Channel>,
    }
}

impl Cell {
    #[expect(clippy::unnecessary_wraps, reason = "the shape of every row")]
    fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
        Ok(vec![Scope::Figures])
    }

    #[must_use]
    pub const fn tally(&self) -> Tally {
        Tally { n: self.n, good: self.good, bad: self.bad, sum: self.sum }
    }

    fn holding(self, Tally { n, good, bad, sum }: Tally) -> Self {
        Self { n, good, bad, sum, ..self }
    }
}

impl Mark {
    #[expect(clippy::unnecessary_wraps, reason = "the shape of every row")]
    fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
        Ok(Vec::new())
    }

    #[must_use]
    pub const fn sides(&self) -> Sides {
        let Self { department, person, rank, touch, channel, .. } = *self;
        Sides { department, person, rank, touch, channel }
    }
}

/// Something that counts, or does not any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is about: a ticket, an answer.
    pub of: Id,
    pub measure: Measure,
    pub on: Date,
    pub sides: Sides,
    /// `None`: it counts no longer.
    pub tally: Option<Tally>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Counted { mark: Mark, gone: bool, cells: Vec<Cell> },
}

/// Puts something where it belongs now, and takes it out of where it was.
pub fn count<R: Rows>(rows: &R, fact: &Fact) -> Result<Option<Event>, Missing> {
    let Fact { of, measure, on, sides, tally } = *fact;
    let mark = mark_id(of, measure);
    let before = rows.get::<Mark>(mark)?;
    if before.as_ref().map(|mark| (mark.on, mark.sides(), mark.tally)) == tally.map(|tally| (on, sides, tally)) {
        return Ok(None);
    }
    let mut cells: Vec<Cell> = Vec::new();
    let mut change = |on: Date, department: Option<DepartmentId>, change: &dyn Fn(Tally) -> Tally| -> Result<(), Missing> {
        let id = cell_id(on, department, measure);
        if let Some(cell) = cells.iter_mut().find(|cell| cell.id == id) {
            *cell = cell.clone().holding(change(cell.tally()));
            return Ok(());
        }
        let cell = rows.get::<Cell>(id)?.unwrap_or(Cell { id, on, department, measure, n: 0, good: 0, bad: 0, sum: 0 });
        let tally = change(cell.tally());
        cells.push(cell.holding(tally));
        Ok(())
    };
    if let Some(before) = &before {
        change(before.on, before.department, &|tally| tally.less(before.tally))?;
    }
    if let Some(now) = tally {
        change(on, sides.department, &|tally| tally.plus(now))?;
    }
    let Sides { department, person, rank, touch, channel } = sides;
    let mark = Mark { id: mark, on, department, measure, tally: tally.unwrap_or_default(), person, rank, touch, channel };
    Ok(Some(Event::Counted { mark, gone: tally.is_none(), cells }))
}

/// A mark is found by what it is about.
#[must_use]
pub fn mark_id(of: Id, measure: Measure) -> Id {
    of.together(Id::ONLY, measure as u32)
}

/// A cell is found by what it is.
#[must_use]
pub fn cell_id(on: Date, department: Option<DepartmentId>, measure: Measure) -> Id {
    let mut day = [0; 16];
    day[8..].copy_from_slice(&on.days().to_be_bytes());
    Id::from_bytes(day).together(department.map_or(Id::ONLY, Id::from), measure as u32)
}

impl Event {
    /// What happened, happened: changes the rows it names.
    pub fn apply<R: Rows>(&self, rows: &mut R) -> Result<(), Missing> {
        let Self::Counted { mark, gone, cells } = self;
        cells.iter().try_for_each(|cell| rows.put(cell))?;
        if *gone { rows.del::<Mark>(mark.id) } else { rows.put(mark) }
    }
}
