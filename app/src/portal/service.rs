//! Tickets: what is open first, each with its state in words and what we promised.

use super::{
    home::Rows,
    screen::Screen,
    standing::{Turn, sentence},
    words,
};
use crate::{
    book::{Status, use_book},
    browser::clock,
    routes,
    ui::{EmptyState, Icon, LinkButton, Rank, Shape, Size, Skeleton, icon},
    words::{t, use_language},
};
use domain::{id::TicketId, tickets::portal::Ticket};
use leptos::prelude::*;

#[component]
pub fn ServicePage() -> impl IntoView {
    let book = use_book();
    let part = move |pending: bool| {
        let mut tickets = book.requests();
        tickets.retain(|ticket| ticket.state.is_pending() == pending);
        tickets
    };
    let (open, done) = (Memo::new(move |_| part(true)), Memo::new(move |_| part(false)));
    let none = move || open.with(Vec::is_empty) && done.with(Vec::is_empty);
    let first = move || none() && matches!(book.status().get(), Status::Opening | Status::First);
    view! {
        <Screen title=t(words::SERVICE)>
            <Show when=first><Skeleton shape=Shape::List(3)/></Show>
            <Show when=move || !open.with(Vec::is_empty)><Rows title=t(words::OPEN) tickets=open/></Show>
            <Show when=move || !done.with(Vec::is_empty)><Rows title=t(words::DONE) tickets=done/></Show>
            <Show when=move || none() && !first()>
                <EmptyState icon=Icon::Message title=t(words::NONE_YET) text=t(words::NONE_YET_HINT)/>
            </Show>
        </Screen>
        <div class="portal-actions">
            <LinkButton href=routes::NEW_REQUEST rank=Rank::Primary size=Size::Large icon=Icon::Edit>{t(words::NEW_REQUEST)}</LinkButton>
        </div>
    }
    .into_any()
}

/// One ticket in a list: unread or not, what it is about, how it stands, when something was last said.
#[component]
pub fn RequestRow(id: TicketId) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let ticket = Memo::new(move |_| book.row::<Ticket>(id));
    let turn = Memo::new(move |_| {
        let unsent = book.is_unsynced::<Ticket>(id);
        ticket.with(|ticket| ticket.as_ref().map_or(Turn::Ours, |ticket| Turn::of(ticket, unsent, clock::ticking())))
    });
    let unread = move || ticket.with(|ticket| ticket.as_ref().is_some_and(|ticket| ticket.is_unread()));
    let subject = move || ticket.with(|ticket| ticket.as_ref().map(|ticket| ticket.subject.to_string()));
    let state = move || ticket.get().map(|ticket| sentence(book, lang.get(), &ticket, turn.get()));
    let when = move || ticket.get().map(|ticket| book.day(lang.get(), ticket.said_at));
    let unread_word = t(words::UNREAD);
    view! {
        <li>
            <a class="request" href=routes::request(id) data-turn=move || turn.get().name()>
                <span class="portal-dot" data-unread=unread></span>
                <span class="request-words">
                    <b class="truncate">{subject}</b>
                    <span class="request-state">{move || icon(turn.get().icon())} <span>{state}</span></span>
                </span>
                <time>{when}</time>
                {icon(Icon::ChevronRight)}
                {move || unread().then(|| view! { <span class="visually-hidden">{unread_word}</span> })}
            </a>
        </li>
    }
    .into_any()
}
