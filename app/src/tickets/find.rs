//! Finding tickets by number and subject, and counting what waits for somebody.

use crate::book::{Book, by_key};
use domain::{
    id::PersonId,
    lookup::Question,
    search::folded,
    tickets::{Filter, Ticket, View, fits},
};
use std::{cmp::Reverse, sync::Arc};

/// Has the server look among closed tickets while somebody types, which no device carries; what it finds is in the book then.
pub fn seek(book: Book, query: impl Fn() -> String + Send + Sync + 'static) {
    let question = move || {
        let query = query();
        (query.trim().chars().count() > 1).then(|| Question::Closed(Filter { query, view: View::Closed, ..Filter::default() }))
    };
    _ = book.listing(question);
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
