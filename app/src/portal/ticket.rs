//! One ticket: how far it is, the conversation, the answer box; what is read is marked as read.

use super::{
    answer::Answer,
    journey::{Journey, steps},
    letters::Letters,
    rating::RatingCard,
    screen::Screen,
    standing::{Turn, sentence},
    words,
};
use crate::{
    book::{Status, use_book},
    browser::{clock, page},
    forms::label_of,
    routes,
    ui::{EmptyState, Icon, LinkButton, Shape, Size, Skeleton, icon, live, while_so},
    words::{t, use_language},
};
use domain::{
    id::TicketId,
    portal::Command,
    tickets::{
        State,
        portal::{self, Ticket},
    },
};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn TicketPage(id: TicketId) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let ticket = Memo::new(move |_| book.row::<Ticket>(id));
    let here = Memo::new(move |_| ticket.with(Option::is_some));
    mark_seen(ticket);
    // The latest letter is what one came for.
    Effect::new(move |_| {
        if here.get() {
            page::to_end();
        }
    });
    let title = move || ticket.with(|ticket| ticket.as_ref().map(|ticket| ticket.subject.to_string()).unwrap_or_default());
    let note =
        move || ticket.get().map(|ticket| words::about(lang.get(), label_of(&ticket.kind, lang.get()), ticket.no)).unwrap_or_default();
    let open = move || ticket.with(|ticket| ticket.as_ref().is_some_and(|ticket| ticket.state != State::Closed));
    let inside = move || {
        let steps = Signal::derive(move || ticket.get().map_or([(words::SENT, None); 3], |ticket| steps(book, &ticket)));
        view! { <Journey steps/> <Letters id/> <Promise ticket/> <Ending id ticket/> }.into_any()
    };
    view! {
        <Screen title note back=routes::SERVICE>
            {while_so(move || here.get(), inside)}
            {while_so(move || !here.get(), || view! { <NotHere/> }.into_any())}
        </Screen>
        {while_so(open, move || view! { <Answer id/> }.into_any())}
    }
    .into_any()
}

/// Once for each thing that we said: a device whose clock is wrong must not do it for ever.
fn mark_seen(ticket: Memo<Option<Arc<Ticket>>>) {
    let book = use_book();
    Effect::new(move |seen: Option<Option<domain::time::Instant>>| {
        let seen = seen.flatten();
        let unread = ticket.get().filter(|ticket| ticket.is_unread() && seen != Some(ticket.said_at) && page::is_visible())?;
        // What cannot be marked now is marked at the next visit.
        _ = book.submit(&Command::Tickets(portal::Command::Seen { ticket: unread.id }));
        Some(unread.said_at)
    });
}

/// What happens next, below the last letter.
#[component]
fn Promise(ticket: Memo<Option<Arc<Ticket>>>) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let line = live(move || {
        let ticket = ticket.get()?;
        let turn = Turn::of(&ticket, book.is_unsynced::<Ticket>(ticket.id), clock::ticking());
        let line = sentence(book, lang.get(), &ticket, turn);
        let line = view! { <p class="letter-line" data-turn=turn.name()>{icon(turn.icon())} <span>{line}</span></p> };
        (turn != Turn::Done).then(|| line.into_any())
    });
    view! { <div role="status">{line}</div> }.into_any()
}

/// Solved: how it was. Closed: where to go with what comes next.
#[component]
fn Ending(id: TicketId, ticket: Memo<Option<Arc<Ticket>>>) -> impl IntoView {
    let state = Memo::new(move |_| ticket.with(|ticket| ticket.as_ref().map(|ticket| ticket.state)));
    let over = move || matches!(state.get(), Some(State::Solved | State::Closed));
    let closed = || {
        view! {
            <p class="request-over">{t(words::CLOSED_HINT)}</p>
            <LinkButton href=routes::NEW_REQUEST size=Size::Large wide=true>{t(words::NEW_REQUEST)}</LinkButton>
        }
        .into_any()
    };
    view! {
        {while_so(over, move || view! { <RatingCard id/> }.into_any())}
        {while_so(move || state.get() == Some(State::Closed), closed)}
    }
    .into_any()
}

#[component]
fn NotHere() -> impl IntoView {
    let book = use_book();
    let first = move || matches!(book.status().get(), Status::Syncing) || book.status().get().is_opening();
    view! {
        {while_so(first, || view! { <Skeleton shape=Shape::Card/> }.into_any())}
        {while_so(move || !first(), || {
            view! { <EmptyState icon=Icon::Ticket title=t(words::NOT_HERE) text=t(words::NOT_HERE_HINT)/> }.into_any()
        })}
    }
    .into_any()
}
