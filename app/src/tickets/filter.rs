//! The queue that an address names, so that it can be shared, and what it holds.

use super::words;
use crate::{book::by_key, routes, words::Text};
use domain::{
    id::{CustomerId, PersonId, TicketId},
    search::folded,
    service_level::Priority,
    tickets::{Filter, Kind, Ticket, View, fits},
};
use leptos_router::params::ParamsMap;
use std::{collections::HashSet, sync::Arc};

/// As an address says it.
const fn view_code(view: View) -> &'static str {
    match view {
        View::Mine => "",
        View::Unassigned => "unassigned",
        View::Pending => "pending",
        View::Waiting => "waiting",
        View::Solved => "solved",
        View::Closed => "closed",
    }
}

#[must_use]
pub const fn view_name(view: View) -> Text {
    match view {
        View::Mine => words::MINE,
        View::Unassigned => words::UNASSIGNED,
        View::Pending => words::PENDING,
        View::Waiting => words::WAITING,
        View::Solved => words::SOLVED,
        View::Closed => words::CLOSED,
    }
}

/// The queue that an address names.
#[must_use]
pub fn read(params: &ParamsMap) -> Filter {
    let get = |key: &str| params.get(key).unwrap_or_default();
    Filter {
        query: get("q"),
        view: View::ALL.into_iter().find(|view| view_code(*view) == get("view")).unwrap_or_default(),
        kind: Kind::from_code(&get("kind")),
        priority: Priority::from_code(&get("priority")),
        assignee: get("assignee").parse().ok(),
    }
}

/// The address of a queue, with one ticket open beside it.
#[must_use]
pub fn address(list: &Filter, open: Option<TicketId>) -> String {
    let path = open.map_or_else(|| routes::TICKETS.to_owned(), routes::ticket);
    let parts = [
        ("q", Some(list.query.clone())),
        ("view", Some(view_code(list.view).to_owned())),
        ("kind", list.kind.map(|kind| kind.code().to_owned())),
        ("priority", list.priority.map(|priority| priority.code().to_owned())),
        ("assignee", list.assignee.map(|assignee| assignee.to_string())),
    ];
    routes::with_query(&path, parts)
}

/// The tickets of a queue, of those given, in order. `theirs` are the customers that the query names.
#[must_use]
pub fn queued(list: &Filter, mut all: Vec<Arc<Ticket>>, theirs: &HashSet<CustomerId>, me: Option<PersonId>) -> Vec<Arc<Ticket>> {
    let query = folded(&list.query);
    all.retain(|ticket| list.admits(ticket, me) && (query.is_empty() || theirs.contains(&ticket.customer) || fits(ticket, &query)));
    by_key(&all, |ticket| ticket.place())
}
