//! Which tickets a queue shows and in which order: read from the address and written back to it, so that it can be shared.

use super::{find, words};
use crate::{book::by_key, routes, words::Text};
use domain::{
    id::{CustomerId, PersonId, TicketId},
    search::folded,
    service_level::Priority,
    tickets::{Kind, State, Ticket},
};
use leptos_router::params::ParamsMap;
use std::{cmp::Reverse, collections::HashSet, sync::Arc};

/// The views that everybody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    #[default]
    Mine,
    Unassigned,
    Pending,
    Waiting,
    Solved,
    Closed,
}

impl View {
    pub const ALL: [Self; 6] = [Self::Mine, Self::Unassigned, Self::Pending, Self::Waiting, Self::Solved, Self::Closed];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mine => "",
            Self::Unassigned => "unassigned",
            Self::Pending => "pending",
            Self::Waiting => "waiting",
            Self::Solved => "solved",
            Self::Closed => "closed",
        }
    }

    #[must_use]
    pub const fn name(self) -> Text {
        match self {
            Self::Mine => words::MINE,
            Self::Unassigned => words::UNASSIGNED,
            Self::Pending => words::PENDING,
            Self::Waiting => words::WAITING,
            Self::Solved => words::SOLVED,
            Self::Closed => words::CLOSED,
        }
    }

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

/// What a queue shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    pub query: String,
    pub view: View,
    pub kind: Option<Kind>,
    pub priority: Option<Priority>,
    pub assignee: Option<PersonId>,
}

impl Filter {
    #[must_use]
    pub fn read(params: &ParamsMap) -> Self {
        let get = |key: &str| params.get(key).unwrap_or_default();
        Self {
            query: get("q"),
            view: View::ALL.into_iter().find(|view| view.code() == get("view")).unwrap_or_default(),
            kind: Kind::from_code(&get("kind")),
            priority: Priority::from_code(&get("priority")),
            assignee: get("assignee").parse().ok(),
        }
    }

    /// The address of this queue, with one ticket open beside it.
    #[must_use]
    pub fn address(&self, open: Option<TicketId>) -> String {
        let path = open.map_or_else(|| routes::TICKETS.to_owned(), routes::ticket);
        let parts = [
            ("q", Some(self.query.clone())),
            ("view", Some(self.view.code().to_owned())),
            ("kind", self.kind.map(|kind| kind.code().to_owned())),
            ("priority", self.priority.map(|priority| priority.code().to_owned())),
            ("assignee", self.assignee.map(|assignee| assignee.to_string())),
        ];
        routes::with_query(&path, parts)
    }

    /// Whether anything but the view narrows the queue.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        !self.query.is_empty() || self.kind.is_some() || self.priority.is_some() || self.assignee.is_some()
    }

    /// The tickets of this queue: what falls due next stands first, what waits for customers after it, what is done last
    /// of all and newest first. `theirs` are the customers that the query names.
    #[must_use]
    pub fn of(&self, mut all: Vec<Arc<Ticket>>, theirs: &HashSet<CustomerId>, me: Option<PersonId>) -> Vec<Arc<Ticket>> {
        let query = folded(&self.query);
        all.retain(|ticket| {
            self.view.admits(ticket, me)
                && self.kind.is_none_or(|kind| ticket.kind == kind)
                && self.priority.is_none_or(|priority| ticket.priority == priority)
                && self.assignee.is_none_or(|assignee| ticket.assignee == Some(assignee))
                && (query.is_empty() || theirs.contains(&ticket.customer) || find::fits(ticket, &query))
        });
        all = by_key(&all, |ticket| {
            let due = ticket.next_due();
            (due.is_none(), due, !ticket.state.is_pending(), Reverse(ticket.solved_at.unwrap_or(ticket.said_at)), ticket.id)
        });
        all
    }
}
