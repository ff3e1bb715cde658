//! Which tickets a queue shows and in which order: one rule for what a device carries and for what it asks the server for.

use super::{Kind, State, Ticket};
use crate::{id::PersonId, search::folded, service_level::Priority, time::Instant};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// The views that everybody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    #[default]
    Mine,
    Unassigned,
    Pending,
    Waiting,
    Solved,
    /// No device carries these.
    Closed,
}

impl View {
    pub const ALL: [Self; 6] = [Self::Mine, Self::Unassigned, Self::Pending, Self::Waiting, Self::Solved, Self::Closed];

    #[must_use]
    pub fn admits(self, ticket: &Ticket, me: Option<PersonId>) -> bool {
        match self {
            Self::Mine => ticket.state.is_pending() && ticket.assignee.is_some() && ticket.assignee == me,
            Self::Unassigned => ticket.state.is_pending() && ticket.assignee.is_none(),
            Self::Pending => ticket.state.is_pending(),
            Self::Waiting => ticket.state == State::Waiting,
            Self::Solved => ticket.state == State::Solved,
            Self::Closed => ticket.state == State::Closed,
        }
    }
}

/// A queue.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub query: String,
    #[serde(default)]
    pub view: View,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<PersonId>,
}

impl Filter {
    /// Whether anything but the view narrows the queue.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        !self.query.is_empty() || self.kind.is_some() || self.priority.is_some() || self.assignee.is_some()
    }

    /// Whether the queue shows this ticket to `me`, the query aside.
    #[must_use]
    pub fn admits(&self, ticket: &Ticket, me: Option<PersonId>) -> bool {
        self.view.admits(ticket, me)
            && self.kind.is_none_or(|kind| ticket.kind == kind)
            && self.priority.is_none_or(|priority| ticket.priority == priority)
            && self.assignee.is_none_or(|assignee| ticket.assignee == Some(assignee))
    }
}

/// Whether a ticket is meant by its number or its subject. `query` must be [`folded`] and not empty.
#[must_use]
pub fn fits(ticket: &Ticket, query: &str) -> bool {
    is_meant(ticket.no, &folded(ticket.subject.as_str()), query)
}

/// As [`fits`], where the subject is [`folded`] already.
#[must_use]
pub fn is_meant(no: Option<i64>, subject: &str, query: &str) -> bool {
    let number = query.strip_prefix('#').unwrap_or(query);
    no.is_some_and(|no| no.to_string().starts_with(number)) || subject.contains(query)
}

impl Ticket {
    /// Its place in a queue: what falls due next stands first, what waits for customers after it, what is done last of all
    /// and newest first.
    #[must_use]
    pub fn place(&self) -> impl Ord + use<> {
        let due: Option<Instant> = self.next_due();
        (due.is_none(), due, !self.state.is_pending(), Reverse(self.solved_at.unwrap_or(self.said_at)), self.id)
    }
}
