//! One ticket beside the queue: what it is, how it stands, what was said, and the next words.

use super::{
    composer::Composer,
    deeds::Deeds,
    facts::{AssigneeMenu, Meta, StateMenu, Strip},
    talk::Talk,
    words,
};
use crate::{
    book::{Asked, use_book},
    browser::{clipboard, window},
    history::Missing,
    routes,
    ui::{EmptyState, Icon, IconButton, LinkButton, Shape, Skeleton, use_toasts},
    words::{actions, t, use_language},
};
use domain::{
    id::TicketId,
    lookup::Question,
    tickets::{State, Ticket},
};
use leptos::prelude::*;

#[component]
pub fn TicketPanel(
    id: TicketId,
    /// To the next ticket of the queue, or to the one before.
    on_step: Callback<bool>,
    on_close: Callback<()>,
) -> impl IntoView {
    let book = use_book();
    let status = book.status();
    let ticket = Memo::new(move |_| book.row::<Ticket>(id));
    let known = Memo::new(move |_| ticket.with(Option::is_some));
    let opening = Memo::new(move |_| status.get().is_opening());
    // A closed one that somebody was sent the address of.
    let sought = book.listing(move || (!known.get() && !opening.get()).then_some(Question::Ticket(id)));
    let waits = move || opening.get() || sought.asked() == Asked::Coming;
    move || {
        if known.get() {
            view! { <Bar ticket on_step on_close/> <Open id ticket/> }.into_any()
        } else if waits() {
            view! { <Skeleton shape=Shape::Card/> }.into_any()
        } else {
            view! { <Absent/> }.into_any()
        }
    }
}

#[component]
fn Absent() -> impl IntoView {
    let back = t(words::BACK);
    view! {
        <EmptyState icon=Icon::Ticket title=t(words::NOT_HERE) text=t(words::NOT_HERE_HINT)>
            <LinkButton href=routes::TICKETS>{back}</LinkButton>
        </EmptyState>
    }
}

#[component]
fn Bar(ticket: Memo<Option<std::sync::Arc<Ticket>>>, on_step: Callback<bool>, on_close: Callback<()>) -> impl IntoView {
    let toasts = use_toasts();
    let lang = use_language();
    let number = move || ticket.with(|ticket| ticket.as_ref().map(|ticket| words::number(ticket.no)));
    let copy = move |()| {
        if let Some(ticket) = ticket.get_untracked() {
            clipboard::copy(&format!("{}{}", window::origin(), routes::ticket(ticket.id)));
            toasts.push(words::LINK_COPIED.in_lang(lang.get_untracked()));
        }
    };
    let close = move |()| on_close.run(());
    view! {
        <header class="frame-bar">
            <span class="ticket-back"><IconButton label=t(words::BACK) icon=Icon::ChevronLeft on_press=close/></span>
            <span class="secondary tabular">{number}</span>
            <StateMenu ticket/>
            <AssigneeMenu ticket/>
            <span class="end"></span>
            <span class="ticket-tools">
                <IconButton label=t(words::PREVIOUS) icon=Icon::ChevronUp on_press=move |()| on_step.run(false)/>
                <IconButton label=t(words::NEXT) icon=Icon::ChevronDown on_press=move |()| on_step.run(true)/>
                <IconButton label=t(words::COPY_LINK) icon=Icon::Link on_press=copy/>
                <IconButton label=t(actions::CLOSE) icon=Icon::Close on_press=close/>
            </span>
        </header>
    }
    .into_any()
}

#[component]
fn Open(id: TicketId, ticket: Memo<Option<std::sync::Arc<Ticket>>>) -> impl IntoView {
    let subject = move || ticket.with(|ticket| ticket.as_ref().map(|ticket| ticket.subject.to_string()));
    let customer = ticket.with_untracked(|ticket| ticket.as_ref().map(|ticket| ticket.customer));
    if let Some(customer) = customer {
        use_book().open_history(customer);
    }
    view! {
        <article class="ticket">
            <div class="ticket-head">
                <h2 class="title">{subject}</h2>
                <Meta ticket/>
                <Strip ticket/>
            </div>
            {customer.map(|customer| view! { <Missing customer shape=Shape::Lines(4)/> })}
            <Talk id/>
            <Composer id/>
        </article>
    }
    .into_any()
}

impl Deeds {
    /// What a key does to a ticket: `a` takes it, `s` solves it. Whether it was one of these.
    #[must_use]
    pub fn press(self, key: &str, ticket: &Ticket, me: Option<domain::id::PersonId>) -> bool {
        match key {
            "a" => self.assign(ticket, me),
            "s" => self.shift(ticket, State::Solved),
            _ => return false,
        }
        true
    }
}
