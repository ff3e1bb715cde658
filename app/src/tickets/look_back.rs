//! Tickets behind the figures: those rated poorly, and those for which we were late.

use super::{card::Several, words};
use crate::book::{Book, by_key, use_book};
use domain::{
    id::DepartmentId,
    lookup::{Question, Span},
    tickets::Ticket,
    time::{Date, Instant},
};
use leptos::prelude::*;
use std::{cmp::Reverse, sync::Arc};

type Days = Signal<(Date, Date)>;
type Of = Signal<Option<DepartmentId>>;

/// Rated with one or two stars in these days.
#[component]
pub fn PoorRatings(days: Days, department: Of) -> impl IntoView {
    fetch(days, department, Question::PoorRatings);
    let tickets = behind(days, department, |ticket, _| ticket.poorly_rated_at());
    view! { <Several name=words::POOR_RATINGS tickets/> }
}

/// Answered or solved late in these days, or late by now.
#[component]
pub fn LateTickets(days: Days, department: Of) -> impl IntoView {
    fetch(days, department, Question::LateTickets);
    let tickets = behind(days, department, Ticket::late_at);
    view! { <Several name=words::WERE_LATE tickets/> }
}

/// Has the closed ones among them come, which no device carries.
fn fetch(days: Days, department: Of, question: fn(Span) -> Question) {
    _ = use_book().listing(move || Some(question(Span::new(days.get(), department.get()))));
}

/// Tickets of a department for which something happened in these days, the latest first.
fn behind(days: Days, department: Of, when: fn(&Ticket, Instant) -> Option<Instant>) -> Memo<Vec<Arc<Ticket>>> {
    let book = use_book();
    Memo::new(move |_| {
        let (zone, (from, to), department) = (book.zone(), days.get(), department.get());
        let now = crate::browser::clock::ticking();
        let mut found: Vec<(Instant, Arc<Ticket>)> =
            book.rows::<Ticket>().into_iter().filter_map(|ticket| Some((when(&ticket, now)?, ticket))).collect();
        found.retain(|(at, ticket)| {
            (from..=to).contains(&zone.date_at(*at)) && department.is_none_or(|wanted| department_of(book, ticket) == Some(wanted))
        });
        found = by_key(&found, |(at, ticket)| (Reverse(*at), ticket.id));
        found.into_iter().map(|(_, ticket)| ticket).collect()
    })
}

fn department_of(book: Book, ticket: &Ticket) -> Option<DepartmentId> {
    book.department_of(ticket.assignee?)
}
