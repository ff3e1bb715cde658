//! The first page: who we are to each other, what waits for the customer, what we are working on.

use super::{club::Club, rating::RatingCard, recommend::RecommendCard, requests::RequestRow, screen::Screen, standing::Turn, words};
use crate::{
    book::{Book, use_book},
    browser::clock,
    routes,
    ui::{Avatar, Card, EmptyState, Icon, LinkButton, List, Rank, Shape, Size, Skeleton, live, text, while_so},
    words::{t, use_language},
};
use domain::tickets::portal::Ticket;
use leptos::prelude::*;
use std::sync::Arc;

/// For so long after it was solved we ask how it went.
const ASK_FOR_SECONDS: i64 = 14 * 86_400;

#[component]
pub fn HomePage() -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let name = book.me().name;
    let greeting = move || words::greeting(lang.get(), &name, book.zone().minute_at(clock::ticking()));
    let first = move || book.status().get().is_opening() && book.account().is_none();
    view! {
        <Screen title=greeting>
            {while_so(move || book.tier_rank() == 0, || view! { <AccountCard/> }.into_any())}
            <Club/>
            {while_so(first, || view! { <Skeleton shape=Shape::Card/> }.into_any())}
            {while_so(move || !first(), || view! { <Waiting/> <Working/> <RecommendCard/> }.into_any())}
        </Screen>
        <div class="portal-actions">
            <LinkButton href=routes::NEW_REQUEST rank=Rank::Primary size=Size::Large icon=Icon::Edit>{t(words::NEW_REQUEST)}</LinkButton>
        </div>
    }
    .into_any()
}

/// The account: its name and number, and who of us takes care of it.
#[component]
fn AccountCard() -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let name = move || {
        let account = book.account().and_then(|account| account.name.as_ref().map(ToString::to_string));
        account.unwrap_or_else(|| book.me().name)
    };
    let no = move || {
        let no = book.account().and_then(|account| account.no.as_ref().map(|no| words::account_no(lang.get(), no.as_str())));
        no.unwrap_or_default()
    };
    let adviser = Signal::derive(move || book.adviser());
    let by = move || {
        view! {
            <p class="portal-adviser">
                <Avatar name=adviser/>
                <span>{adviser} <small>{t(words::ADVISER)}</small></span>
            </p>
        }
        .into_any()
    };
    view! {
        <section class="portal-account">
            <p class="portal-issuer"><span class="seal" aria-hidden="true">"关"</span> <b>{text(move || book.house_name())}</b></p>
            <h2>{text(name)}</h2>
            <p class="portal-account-no">{text(no)}</p>
            {while_so(move || !adviser.with(String::is_empty), by)}
        </section>
    }
    .into_any()
}

/// What waits for the customer: an answer, something new to read, a word on how it went.
#[component]
fn Waiting() -> impl IntoView {
    let book = use_book();
    let waiting = Memo::new(move |_| {
        let mut waiting = book.requests();
        waiting.retain(|ticket| waits(ticket));
        waiting
    });
    let to_rate = Memo::new(move |_| to_rate(book));
    view! {
        <Rows title=t(words::FOR_YOU) tickets=waiting/>
        {live(move || to_rate.get().map(|ticket| view! { <RatingCard id=ticket named=true/> }.into_any()))}
    }
    .into_any()
}

fn waits(ticket: &Ticket) -> bool {
    ticket.is_unread() || Turn::of(ticket, false, clock::now()) == Turn::Theirs
}

/// The ticket that was solved last and is not rated yet.
fn to_rate(book: Book) -> Option<domain::id::TicketId> {
    let now = clock::ticking();
    let mut asked = book.requests();
    asked.retain(|ticket| ticket.asks_for_rating() && ticket.solved_at.is_some_and(|at| now.seconds_since(at) < ASK_FOR_SECONDS));
    asked.iter().max_by_key(|ticket| ticket.solved_at).map(|ticket| ticket.id)
}

/// What we are working on.
#[component]
fn Working() -> impl IntoView {
    let book = use_book();
    let working = Memo::new(move |_| {
        let mut working = book.requests();
        working.retain(|ticket| ticket.state.is_pending() && !waits(ticket));
        working
    });
    let none = move || !book.requests().iter().any(|ticket| ticket.state.is_pending() || waits(ticket));
    view! {
        <Rows title=t(words::WORKING) tickets=working/>
        {while_so(none, || {
            view! { <div class="card"><EmptyState icon=Icon::Smile title=t(words::ALL_WELL) text=t(words::ALL_WELL_HINT)/></div> }.into_any()
        })}
    }
    .into_any()
}

/// Tickets under a title; nothing at all while there are none.
#[component]
pub fn Rows(#[prop(into)] title: Signal<String>, tickets: Memo<Vec<Arc<Ticket>>>) -> impl IntoView {
    let rows = move || {
        view! {
            <Card title>
                <List label=title>
                    <For each=move || tickets.get() key=|ticket| ticket.id children=|ticket| view! { <RequestRow id=ticket.id/> }/>
                </List>
            </Card>
        }
        .into_any()
    };
    while_so(move || !tickets.with(Vec::is_empty), rows)
}
