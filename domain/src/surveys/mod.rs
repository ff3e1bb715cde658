//! Surveys: what customers say when we ask whether they would recommend us.
//!
//! Invariant: nobody is asked, or answers, more often than once in [`REST_DAYS`] days. Sources: S186–S195 as far as the
//! NPS question goes; B.9 (quarterly); spec 3.2 (the scale begins at 0) and "survey fatigue".

mod decide;
pub mod portal;
#[cfg(any(test, feature = "testing"))]
pub mod strategies;
#[cfg(test)]
pub(crate) mod tests;

pub use decide::{Command, Event, Refusal, decide};

use crate::{
    customers::scopes_of,
    id::{AnswerId, ContactId, CustomerId, PersonId},
    row::{Cell, Field, Kind, Missing, Rows, codes, rows},
    sync::Scope,
    text::Prose,
    time::{Date, Instant},
};
use serde::{Deserialize, Serialize};

/// Between two answers of one person lie at least so many days: a quarter.
pub const REST_DAYS: i64 = 90;

codes! {
    /// Who answers so (spec 3.2).
    Camp {
        Promoter = "promoter": "推荐者", "Promoter";
        Passive = "passive": "被动者", "Passive";
        Detractor = "detractor": "贬损者", "Detractor";
    }
}

/// How likely somebody is to recommend us, from 0 to 10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Score(u8);

impl Score {
    pub const MOST: u8 = 10;

    #[must_use]
    pub fn new(score: i64) -> Option<Self> {
        u8::try_from(score).ok().filter(|score| *score <= Self::MOST).map(Self)
    }

    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }

    #[must_use]
    pub const fn camp(self) -> Camp {
        match self.0 {
            9.. => Camp::Promoter,
            7 | 8 => Camp::Passive,
            _ => Camp::Detractor,
        }
    }
}

impl TryFrom<i64> for Score {
    type Error = &'static str;
    fn try_from(score: i64) -> Result<Self, Self::Error> {
        Self::new(score).ok_or("from 0 to 10")
    }
}

impl From<Score> for i64 {
    fn from(score: Score) -> Self {
        score.0.into()
    }
}

impl Field for Score {
    const KIND: Kind = Kind::Integer;
    fn to_cell(&self) -> Cell {
        Cell::Integer(self.0.into())
    }
    fn from_cell(cell: Cell) -> Option<Self> {
        i64::from_cell(cell).and_then(Self::new)
    }
}

rows! {
    /// What somebody said.
    Answer in "survey_answer" {
        id: AnswerId,
        customer: CustomerId,
        contact: ContactId,
        score: Score,
        comment: Option<Prose>,
        at: Instant,
        on: Date,
        /// Who of us has taken it up with them.
        taken_up_by: Option<PersonId>,
        taken_up_at: Option<Instant>,
    }
}

impl Answer {
    /// Staff see it with the customer; of the customer's people only who gave it.
    fn placed<R: Rows>(&self, rows: &R) -> Result<Vec<Scope>, Missing> {
        let with_customer = [Scope::History(self.customer), Scope::User(self.contact.into())];
        Ok(scopes_of(rows, self.customer)?.into_iter().chain(with_customer).collect())
    }
}

/// The first day on which somebody who answered on that day may be asked again.
#[must_use]
pub fn asked_again_on(answered_on: Date) -> Date {
    answered_on.plus_days(REST_DAYS)
}
