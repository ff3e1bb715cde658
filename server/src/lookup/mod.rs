//! Lists of what a device does not carry, asked of the server: which customers, closed tickets and steps, in which order.
//!
//! Invariants: who asks sees of lists what their scopes of teams and owners hold, and nothing else; an answer says what the
//! rule of lists in `domain` says of the rows of its snapshot. Lists are asked of tables of their own, which say what rows
//! say: [`list_changed`] keeps them in the transaction that changes a row.

mod customers;
mod grams;
mod kept;
mod matches;
mod moves;
mod numbers;
mod paging;
#[cfg(test)]
mod plans;
mod proof;
mod rows;
mod runs;
mod sight;
mod spans;
mod sql;
mod steps;
mod tickets;

pub(crate) use kept::{list_anew, list_changed};
pub(crate) use proof::proved;

use crate::db::{Snapshot, Trouble};
use domain::{
    context::Actor,
    lookup::{Found, Lookup, MOST, MOST_COUNTED, Question},
    sync::Scope,
};
use paging::{Look, Page};
use rows::Rows;
use sight::Sight;
use spans::{ANSWERED, LATE, POORLY_RATED};

/// How much one question may cost.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// So many rows are sorted; of more, the order's index is walked.
    pub few: u64,
    /// Counting stops here.
    pub counted: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { few: 2_000, counted: MOST_COUNTED }
    }
}

/// Answers a question as of this snapshot, for somebody of ours.
pub fn found(snapshot: &Snapshot<'_>, by: Actor, asked: &Lookup, bounds: &Bounds) -> Result<Found, Trouble> {
    let grants = snapshot.grants(by)?;
    let sight = Sight::of(&grants);
    let Some(me) = by.person().filter(|_| !sight.is_blind()) else { return Ok(answer(Page::EMPTY, Rows::new(snapshot))) };
    let look = Look { snapshot, sight, me, bounds };
    let most = asked.most.min(MOST);
    let mut rows = Rows::new(snapshot);
    let page = match &asked.question {
        Question::Customers(filter) => rows.of(customers::find(&look, filter, asked.after, most)?, Rows::listed)?,
        Question::Closed(filter) => rows.of(tickets::find(&look, filter, asked.after, most)?, Rows::ticket)?,
        Question::Steps => rows.of(steps::OPEN.page(&look, &steps::mine(&look), asked.after, most)?, Rows::step)?,
        Question::PoorRatings(span) => rows.of(POORLY_RATED.find(&look, span, asked.after, most)?, Rows::ticket)?,
        Question::LateTickets(span) => rows.of(LATE.find(&look, span, asked.after, most)?, Rows::ticket)?,
        Question::Answers(span) => rows.of(ANSWERED.find(&look, span, asked.after, most)?, Rows::answer)?,
        Question::Customer(id) => rows.of(customers::one(&look, (*id).into())?, Rows::listed)?,
        Question::Ticket(id) => rows.of(tickets::one(&look, *id)?, Rows::ticket)?,
        // Whoever sees a review sees whom it moves.
        Question::Moves(review) if grants.contains(&Scope::Figures) => {
            rows.of(moves::find(&look, *review, asked.after, most)?, Rows::mover)?
        }
        Question::Moves(_) => Page::EMPTY,
    };
    Ok(answer(page, rows))
}

fn answer(page: Page, rows: Rows<'_>) -> Found {
    let Page { ids, total, has_more } = page;
    Found { ids, total, has_more, rows: rows.rows }
}
