//! Tickets behind the figures: those rated poorly, and those for which we were late.

use super::{card::Several, words};
use crate::book::{Book, by_key, use_book};
use domain::{
    customers::Figure,
    lookup::{Question, Span},
    sides::{Filter, Sides},
    tickets::Ticket,
    time::{Date, Instant},
};
use leptos::prelude::*;
use std::{cmp::Reverse, sync::Arc};

type Days = Signal<(Date, Date)>;
type Of = Signal<Filter>;

/// Rated with one or two stars in these days.
#[component]
pub fn PoorRatings(days: Days, of: Of) -> impl IntoView {
    fetch(days, of, Question::PoorRatings);
    let tickets = behind(days, of, |ticket, _| ticket.poorly_rated_at());
    view! { <Several name=words::POOR_RATINGS tickets/> }
}

/// Answered or solved late in these days, or late by now.
#[component]
pub fn LateTickets(days: Days, of: Of) -> impl IntoView {
    fetch(days, of, Question::LateTickets);
    let tickets = behind(days, of, Ticket::late_at);
    view! { <Several name=words::WERE_LATE tickets/> }
}

/// Has the closed ones among them come, which no device carries.
fn fetch(days: Days, of: Of, question: fn(Span) -> Question) {
    _ = use_book().listing(move || Some(question(Span::new(days.get(), of.get()))));
}

/// Tickets that are meant and for which something happened in these days, the latest first.
fn behind(days: Days, of: Of, when: fn(&Ticket, Instant) -> Option<Instant>) -> Memo<Vec<Arc<Ticket>>> {
    let book = use_book();
    Memo::new(move |_| {
        let (zone, (from, to), of) = (book.zone(), days.get(), of.get());
        let now = crate::browser::clock::ticking();
        let mut found: Vec<(Instant, Arc<Ticket>)> =
            book.rows::<Ticket>().into_iter().filter_map(|ticket| Some((when(&ticket, now)?, ticket))).collect();
        found.retain(|(at, ticket)| (from..=to).contains(&zone.date_at(*at)) && of.admits(&sides_of(book, ticket)));
        found = by_key(&found, |(at, ticket)| (Reverse(*at), ticket.id));
        found.into_iter().map(|(_, ticket)| ticket).collect()
    })
}

/// As it is now.
fn sides_of(book: Book, ticket: &Ticket) -> Sides {
    Sides {
        department: ticket.assignee.and_then(|person| book.department_of(person)),
        person: ticket.assignee,
        rank: book.row::<Figure>(ticket.customer).map_or(0, |figure| figure.rank),
        touch: Some(ticket.kind.into()),
        channel: Some(ticket.channel),
    }
}
