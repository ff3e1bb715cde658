//! Tickets: what is open first, each with its state in words and what we promised.

use super::{
    home::Rows,
    screen::Screen,
    standing::{Turn, sentence},
    words,
};
use crate::{
    book::use_book,
    browser::clock,
    routes,
    ui::{EmptyState, Icon, LinkButton, Rank, Shape, Size, Skeleton, icon, live, while_so},
    words::{t, use_language},
};
use domain::{id::TicketId, tickets::portal::Ticket};
use leptos::prelude::*;

#[component]
pub fn RequestsPage() -> impl IntoView {
    let book = use_book();
    let part = move |pending: bool| {
        let mut tickets = book.requests();
        tickets.retain(|ticket| ticket.state.is_pending() == pending);
        tickets
    };
    let (open, done) = (Memo::new(move |_| part(true)), Memo::new(move |_| part(false)));
    let none = move || open.with(Vec::is_empty) && done.with(Vec::is_empty);
    let first = move || none() && book.status().get().is_opening();
    view! {
        <Screen title=t(words::SERVICE)>
            {while_so(first, || view! { <Skeleton shape=Shape::List(3)/> }.into_any())}
            <Rows title=t(words::OPEN) tickets=open/>
            <Rows title=t(words::DONE) tickets=done/>
            {while_so(move || none() && !first(), || {
                view! { <EmptyState icon=Icon::Message title=t(words::NONE_YET) text=t(words::NONE_YET_HINT)/> }.into_any()
            })}
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
    live(move || {
        let ticket = book.row::<Ticket>(id)?;
        let turn = Turn::of(&ticket, book.is_unsynced::<Ticket>(id), clock::ticking());
        let (unread, when) = (ticket.is_unread(), book.day(lang.get(), ticket.said_at));
        let unread_word = unread.then(|| view! { <span class="visually-hidden">{words::UNREAD.in_lang(lang.get())}</span> });
        let row = view! {
            <li>
                <a class="request" href=routes::request(id) data-turn=turn.name()>
                    <span class="portal-dot" data-unread=unread></span>
                    <span class="request-words">
                        <b class="truncate">{ticket.subject.to_string()}</b>
                        <span class="request-state">{icon(turn.icon())} <span>{sentence(book, lang.get(), &ticket, turn)}</span></span>
                    </span>
                    <time>{when}</time>
                    {icon(Icon::ChevronRight)}
                    {unread_word}
                </a>
            </li>
        };
        Some(row.into_any())
    })
}
