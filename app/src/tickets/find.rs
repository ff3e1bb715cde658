//! Finding tickets by number and subject, and counting what waits for somebody.

use crate::book::{Book, by_key};
use domain::{id::PersonId, search::folded, tickets::Ticket};
use std::{cmp::Reverse, sync::Arc};

/// Whether a ticket is meant. `query` must be folded and not empty.
#[must_use]
pub fn fits(ticket: &Ticket, query: &str) -> bool {
    let number = query.strip_prefix('#').unwrap_or(query);
    ticket.no.is_some_and(|no| no.to_string().starts_with(number)) || folded(ticket.subject.as_str()).contains(query)
}

/// The best few for a query as typed: what is still to be done first, then what was talked about last. Tracked.
#[must_use]
pub fn best(book: Book, query: &str, most: usize) -> Vec<Arc<Ticket>> {
    let query = folded(query);
    if query.is_empty() {
        return Vec::new();
    }
    let mut found = book.rows::<Ticket>();
    found.retain(|ticket| fits(ticket, &query));
    found = by_key(&found, |ticket| (!ticket.state.is_pending(), Reverse(ticket.said_at), ticket.id));
    found.truncate(most);
    found
}

/// How many tickets wait for this person or for anybody. Tracked.
#[must_use]
pub fn to_do(book: Book, me: Option<PersonId>) -> usize {
    let waits = |ticket: &Arc<Ticket>| ticket.state.is_pending() && (ticket.assignee.is_none() || ticket.assignee == me);
    book.rows::<Ticket>().iter().filter(|ticket| waits(ticket)).count()
}
