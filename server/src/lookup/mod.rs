//! Lists of what a device does not carry, asked of the server: which customers, closed tickets and steps, in which order.
//!
//! Invariants: who asks sees of lists what their scopes of teams and owners hold, and nothing else; an answer says what the
//! rule of lists in `domain` says of the rows of its snapshot. Lists are asked of tables of their own, which say what rows
//! say: [`list_changed`] keeps them in the transaction that changes a row.

mod customers;
mod grams;
mod kept;
mod paging;
#[cfg(test)]
mod plans;
mod proof;
mod rows;
mod sight;
mod sql;
mod steps;
mod tickets;

pub(crate) use kept::{list_anew, list_changed};
pub(crate) use proof::proved;

use crate::db::{Snapshot, Trouble};
use domain::{
    context::Actor,
    id::Id,
    lookup::{Found, Lookup, MOST, Question},
    row::Rows as _,
    tickets::Ticket,
    timeline::Step,
};
use paging::{Look, Page};
use rows::Rows;
use sight::Sight;

/// How much one question may cost.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// So many rows are sorted; of more, the order's index is walked.
    pub few: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { few: 2_000 }
    }
}

/// Answers a question as of this snapshot, for somebody of ours.
pub fn found(snapshot: &Snapshot<'_>, by: Actor, asked: &Lookup, bounds: &Bounds) -> Result<Found, Trouble> {
    let grants = snapshot.grants(by)?;
    let Some(me) = by.person().filter(|_| !grants.is_empty()) else { return Ok(answer(Page::EMPTY, Rows::new(snapshot))) };
    let look = Look { snapshot, sight: Sight::of(&grants), me, bounds };
    let most = asked.most.min(MOST);
    let mut rows = Rows::new(snapshot);
    let page = match &asked.question {
        Question::Customers(list) => {
            let page = customers::find(&look, list, asked.after, most)?;
            page.ids.iter().try_for_each(|id| rows.listed(*id))?;
            page
        }
        Question::Closed(list) => {
            let page = tickets::find(&look, list, asked.after, most)?;
            for id in &page.ids {
                rows.add::<Ticket>(*id)?;
                head(&mut rows, snapshot.get::<Ticket>(*id)?.map(|ticket| ticket.customer.into()))?;
            }
            page
        }
        Question::Steps => {
            let page = steps::find(&look, asked.after, most)?;
            for id in &page.ids {
                rows.add::<Step>(*id)?;
                head(&mut rows, snapshot.get::<Step>(*id)?.map(|step| step.customer.into()))?;
            }
            page
        }
    };
    Ok(answer(page, rows))
}

fn head(rows: &mut Rows<'_>, customer: Option<Id>) -> Result<(), Trouble> {
    customer.map_or(Ok(()), |customer| rows.head(customer))
}

fn answer(page: Page, rows: Rows<'_>) -> Found {
    let Page { ids, total, has_more } = page;
    Found { ids, total, has_more, rows: rows.rows }
}
