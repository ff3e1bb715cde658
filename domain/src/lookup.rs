//! What a device asks the server for because it does not carry it: lists of an archive that is too large, and what is over.
//!
//! The answer is rows as they travel. They are looked at, not held: nothing tells the device when they change.

use crate::{
    customers,
    id::{CustomerId, Id, ReviewId, TicketId},
    sides::Filter,
    tickets,
    time::Date,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// So many of a list are sent at once, and no more.
pub const MOST: usize = 200;

/// Counting stops here: what there is beyond is more than anybody goes through.
pub const MOST_COUNTED: u64 = 10_000;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Customers, with their figures and next steps.
    Customers(customers::Filter),
    /// Closed tickets, whatever view the list names, with their customers. Those that are not closed are carried.
    Closed(tickets::Filter),
    /// The asker's own open steps, what is due first, with their customers.
    Steps,
    /// Closed tickets that were rated poorly in these days, the latest first, with their customers.
    PoorRatings(Span),
    /// Closed tickets for which we were late in these days, the latest first, with their customers.
    LateTickets(Span),
    /// What customers answered to surveys in these days, the latest first, with the customers.
    Answers(Span),
    /// This customer, with what lists show of it.
    Customer(CustomerId),
    /// This ticket, with its customer.
    Ticket(TicketId),
    /// Whom a review of tiers moves, the best first, with the customers; for those who manage the programme.
    Moves(ReviewId),
}

/// Days of the company's, both included, and what is meant of them: whose it is now, and of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    pub from: Date,
    pub to: Date,
    #[serde(default)]
    pub of: Filter,
}

impl Span {
    #[must_use]
    pub const fn new((from, to): (Date, Date), of: Filter) -> Self {
        Self { from, to, of }
    }
}

/// What a server does not know to narrow a list by it refuses: another list than was asked for is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lookup {
    pub question: Question,
    /// What stands after this one; from the beginning, if it is no longer there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Id>,
    /// No more than [`MOST`].
    pub most: usize,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Found {
    /// What was asked for, in order.
    pub ids: Vec<Id>,
    /// How many there are in all, those before and after included; at most [`MOST_COUNTED`].
    pub total: u64,
    /// Whether more stand after these.
    pub has_more: bool,
    pub rows: Vec<FoundRow>,
}

/// Entity, id, the row as JSON.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FoundRow(pub String, pub Id, pub Box<RawValue>);
