//! How a ticket stands: whose it is, what kind, how urgent, and what its clocks say.

use super::{
    clocks::{self, Promise, Standing},
    deeds::Deeds,
    queue::{priority_icon, state_icon, terms},
    words,
};
use crate::{
    book::use_book,
    browser::clock,
    customers::{named, tier_of},
    forms::label_of,
    routes,
    ui::{Facts, Icon, Menu, MenuItem, MenuLine, Size, Stars},
    words::{Text, t, use_language},
};
use domain::{
    customers::Contact,
    id::PersonId,
    service_level::Priority,
    tickets::{Command, Kind, State, Ticket},
};
use leptos::prelude::*;
use std::sync::Arc;

type Shown = Memo<Option<Arc<Ticket>>>;

/// The state, and the states that may follow.
#[component]
pub fn StateMenu(ticket: Shown) -> impl IntoView {
    let deeds = Deeds::here();
    let lang = use_language();
    let state = Memo::new(move |_| ticket.with(|ticket| ticket.as_ref().map_or(State::Closed, |ticket| ticket.state)));
    let items = move || {
        let now = state.get();
        let next = State::ALL.iter().copied().filter(|next| now.may_become(*next));
        let items = next.map(|next| {
            let blocked = Signal::derive(move || {
                let ticket = ticket.get()?;
                deeds.why_not(ticket.id, Command::Move { ticket: ticket.id, from: ticket.state, to: next })
            });
            let press = move |()| {
                if let Some(ticket) = ticket.get_untracked() {
                    deeds.shift(&ticket, next);
                }
            };
            view! { <MenuItem icon=state_icon(next) blocked on_press=press>{t(words::verb(next))}</MenuItem> }
        });
        items.collect_view()
    };
    let none = move || state.get() == State::Closed;
    view! {
        <Menu label=move || label_of(&state.get(), lang.get()) icon=Signal::derive(move || state_icon(state.get())) show_label=true>
            {items}
            <Show when=none><p class="menu-title">{t(words::CLOSED_FOR_GOOD)}</p></Show>
        </Menu>
    }
    .into_any()
}

/// Who takes care of it.
#[component]
pub fn AssigneeMenu(ticket: Shown) -> impl IntoView {
    let book = use_book();
    let deeds = Deeds::here();
    let lang = use_language();
    let me = book.me().actor.person();
    let assignee = Memo::new(move |_| ticket.with(|ticket| ticket.as_ref().and_then(|ticket| ticket.assignee)));
    let label = move || match assignee.get() {
        Some(person) => book.name_of(person),
        None => words::UNASSIGNED.in_lang(lang.get()).to_owned(),
    };
    let item = move |person: Option<PersonId>, name: String, shortcut: &'static str| {
        let blocked = Signal::derive(move || {
            let ticket = ticket.get()?;
            deeds.why_not(ticket.id, Command::Assign { ticket: ticket.id, from: ticket.assignee, to: person })
        });
        let press = move |()| {
            if let Some(ticket) = ticket.get_untracked() {
                deeds.assign(&ticket, person);
            }
        };
        let chosen = Signal::derive(move || assignee.get() == person);
        view! { <MenuItem chosen blocked shortcut on_press=press>{name}</MenuItem> }.into_any()
    };
    let others = move || {
        let people = book.colleagues().into_iter().filter_map(|(id, name)| Some((id.parse::<PersonId>().ok()?, name)));
        people.filter(|(id, _)| Some(*id) != me).map(|(id, name)| item(Some(id), name, "")).collect_view()
    };
    view! {
        <Menu label icon=Icon::User show_label=true>
            {move || item(me, words::MYSELF.in_lang(lang.get()).to_owned(), "A")}
            {others}
            <MenuLine/>
            {move || item(None, words::UNASSIGNED.in_lang(lang.get()).to_owned(), "")}
        </Menu>
    }
    .into_any()
}

/// How urgent it is; another priority is another promise.
#[component]
fn PriorityMenu(ticket: Shown) -> impl IntoView {
    let deeds = Deeds::here();
    let lang = use_language();
    let priority = Memo::new(move |_| ticket.with(|ticket| ticket.as_ref().map_or(Priority::Normal, |ticket| ticket.priority)));
    let item = move |to: Priority| {
        let blocked = Signal::derive(move || {
            let ticket = ticket.get()?;
            deeds.why_not(ticket.id, Command::Prioritise { ticket: ticket.id, to })
        });
        let press = move |()| {
            if let Some(ticket) = ticket.get_untracked() {
                deeds.prioritise(&ticket, to);
            }
        };
        let chosen = Signal::derive(move || priority.get() == to);
        view! { <MenuItem icon=priority_icon(to) chosen blocked on_press=press>{move || label_of(&to, lang.get())}</MenuItem> }
    };
    let label = move || words::priority_named(lang.get(), label_of(&priority.get(), lang.get()));
    view! {
        <Menu label icon=Signal::derive(move || priority_icon(priority.get())) show_label=true size=Size::Small>
            {move || Priority::ALL.iter().rev().copied().map(item).collect_view()}
        </Menu>
    }
    .into_any()
}

/// What it is about.
#[component]
fn KindMenu(ticket: Shown) -> impl IntoView {
    let deeds = Deeds::here();
    let lang = use_language();
    let kind = Memo::new(move |_| ticket.with(|ticket| ticket.as_ref().map_or(Kind::Consultation, |ticket| ticket.kind)));
    let item = move |to: Kind| {
        let blocked = Signal::derive(move || {
            let ticket = ticket.get()?;
            deeds.why_not(ticket.id, Command::Reclassify { ticket: ticket.id, to })
        });
        let press = move |()| {
            if let Some(ticket) = ticket.get_untracked() {
                deeds.reclassify(&ticket, to);
            }
        };
        let chosen = Signal::derive(move || kind.get() == to);
        view! { <MenuItem chosen blocked on_press=press>{move || label_of(&to, lang.get())}</MenuItem> }
    };
    view! {
        <Menu label=move || label_of(&kind.get(), lang.get()) icon=Icon::Tag show_label=true size=Size::Small>
            {move || Kind::ALL.iter().copied().map(item).collect_view()}
        </Menu>
    }
    .into_any()
}

/// Priority, kind, channel, since when.
#[component]
pub fn Meta(ticket: Shown) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let facts = Signal::derive(move || {
        let lang = lang.get();
        ticket.with(|ticket| {
            let ticket = ticket.as_ref();
            let opened = ticket.map(|ticket| words::opened(lang, &book.moment(lang, ticket.opened_at)));
            [ticket.map(|ticket| label_of(&ticket.channel, lang).to_owned()), opened].into_iter().flatten().collect()
        })
    });
    view! {
        <div class="ticket-meta">
            <PriorityMenu ticket/>
            <KindMenu ticket/>
            <span class="small secondary"><Facts of=facts/></span>
        </div>
    }
    .into_any()
}

/// Customer, both promises, and what the customer thought of it.
#[component]
pub fn Strip(ticket: Shown) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let customer = Memo::new(move |_| ticket.with(|ticket| ticket.as_ref().map(|ticket| ticket.customer)));
    let contact = move || {
        let contact = ticket.with(|ticket| ticket.as_ref().and_then(|ticket| ticket.contact));
        let contact = contact.and_then(|contact| book.row::<Contact>(contact))?;
        let position = contact.position.as_ref().map(ToString::to_string).unwrap_or_default();
        let role = contact.decision_role.map(|role| label_of(&role, lang.get()).to_owned()).unwrap_or_default();
        Some(vec![contact.name.to_string(), position, role])
    };
    let people = Signal::derive(move || contact().unwrap_or_default());
    let rating = Memo::new(move |_| ticket.with(|ticket| ticket.as_ref().and_then(|ticket| ticket.rating.clone())));
    view! {
        <dl class="ticket-strip">
            <div>
                <dt>{t(words::CUSTOMER)}</dt>
                <dd>
                    {move || customer.get().map(|id| view! { <a href=routes::customer(id)>{move || named(book, id)}</a> })} " " {tier_of(move || customer.get())}
                    <small><Facts of=people/></small>
                </dd>
            </div>
            <Promised ticket promise=Promise::Response name=words::RESPONSE/>
            <Promised ticket promise=Promise::Resolution name=words::RESOLUTION/>
            {move || rating.get().map(|rating| view! {
                <div>
                    <dt>{t(words::RATING)}</dt>
                    <dd>
                        <Stars value=i64::from(rating.stars.count())/>
                        <small>{rating.comment.map(|comment| comment.to_string())}</small>
                    </dd>
                </div>
            })}
        </dl>
    }
    .into_any()
}

/// One promise, in words.
#[component]
fn Promised(ticket: Shown, promise: Promise, name: Text) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let terms = terms(book);
    let standing = Memo::new(move |_| {
        let stands = if promise == Promise::Response { clocks::response } else { clocks::resolution };
        terms.with(|terms| ticket.with(|ticket| Some(stands(ticket.as_ref()?, clock::ticking(), terms.as_ref()?))))
    });
    let sentence = move || standing.get().map(|standing| clocks::sentence(lang.get(), promise, standing));
    let by = move || match standing.get() {
        Some(Standing::Left { due, .. }) => words::until(lang.get(), &book.moment(lang.get(), due)),
        _ => String::new(),
    };
    let bad = move || matches!(standing.get(), Some(Standing::Late { .. } | Standing::Missed { .. }));
    view! { <div><dt>{t(name)}</dt><dd><span class:bad=bad>{sentence}</span> <small>{by}</small></dd></div> }.into_any()
}
