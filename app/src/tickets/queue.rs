//! The queue as a table: what falls due next first, grouped by how urgent it is.

use super::{
    clocks::{self, Urgency},
    words,
};
use crate::{
    book::{Book, use_book},
    browser::clock,
    customers::named,
    forms::label_of,
    ui::{Avatar, Column, Entry, Facts, GroupHead, Icon, Lamp, Size, VirtualTable, icon},
    words::{states, t, use_language},
};
use domain::{
    context::Terms,
    id::Id,
    service_level::Priority,
    tickets::{State, Ticket},
};
use leptos::prelude::*;
use std::{collections::HashSet, sync::Arc};

/// The company's terms, which clocks are told in.
pub(super) fn terms(book: Book) -> Memo<Option<Terms>> {
    Memo::new(move |_| book.company().map(|company| company.terms()))
}

pub(super) const fn priority_icon(priority: Priority) -> Icon {
    match priority {
        Priority::Low => Icon::PriorityLow,
        Priority::Normal => Icon::PriorityMiddle,
        Priority::High => Icon::PriorityHigh,
        Priority::Urgent => Icon::Urgent,
    }
}

pub(super) const fn state_icon(state: State) -> Icon {
    match state {
        State::New => Icon::Todo,
        State::Open => Icon::Doing,
        State::Waiting => Icon::Waiting,
        State::Solved => Icon::Done,
        State::Closed => Icon::Archive,
    }
}

/// Whether the customer spoke last and it is our turn.
fn is_unanswered(ticket: &Ticket) -> bool {
    ticket.said_by_customer && ticket.state.is_ours()
}

/// The tickets given, in their order.
#[component]
pub fn QueueTable(
    #[prop(into)] rows: Signal<Arc<Vec<Arc<Ticket>>>>,
    #[prop(into)] selected: Signal<Option<Id>>,
    on_select: Callback<Id>,
    on_open: Callback<Id>,
    on_end: Callback<()>,
) -> impl IntoView {
    let book = use_book();
    let folded = RwSignal::new(HashSet::<Urgency>::new());
    let terms = terms(book);
    let groups = Memo::new(move |_| {
        let (now, zone) = (clock::ticking(), book.zone());
        let mut groups: Vec<(Urgency, Vec<Id>)> = Urgency::ALL.map(|urgency| (urgency, Vec::new())).into();
        for ticket in rows.with(|rows| rows.clone()).iter() {
            let urgency = clocks::urgency(ticket, now, &zone);
            if let Some((_, ids)) = groups.iter_mut().find(|(group, _)| *group == urgency) {
                ids.push(ticket.id.into());
            }
        }
        groups
    });
    let entries = Signal::derive(move || {
        let folded = folded.get();
        let mut entries = Vec::new();
        groups.with(|groups| {
            for (n, (urgency, ids)) in (0..).zip(groups).filter(|(_, (_, ids))| !ids.is_empty()) {
                entries.push(Entry::Group(n));
                if !folded.contains(urgency) {
                    entries.extend(ids.iter().copied().map(Entry::Row));
                }
            }
        });
        entries.into()
    });
    let cells = Callback::new(move |entry| match entry {
        Entry::Row(id) => cells(id, terms),
        Entry::Group(n) => vec![head(n, groups, folded)],
    });
    view! { <VirtualTable label=t(words::TICKETS) columns=columns() entries cells selected on_select on_open on_end folds=true/> }
        .into_any()
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("priority", t(words::PRIORITY)).hide_label().width(40),
        Column::new("subject", t(words::SUBJECT)),
        Column::new("no", t(words::NO)).width(72).gives_way(2),
        Column::new("customer", t(words::CUSTOMER)).width(152).gives_way(3),
        Column::new("kind", t(words::KIND)).width(120).gives_way(2),
        Column::new("clock", t(words::CLOCK)).width(56).gives_way(3),
        Column::new("due", t(words::DUE)).width(144).end(),
        Column::new("said", t(words::LAST_WORDS)).width(120).end().gives_way(1),
        Column::new("assignee", t(words::ASSIGNEE)).width(120).gives_way(1),
        Column::new("face", t(words::ASSIGNEE)).hide_label().width(44),
    ]
}

fn head(n: u32, groups: Memo<Vec<(Urgency, Vec<Id>)>>, folded: RwSignal<HashSet<Urgency>>) -> AnyView {
    let Some(urgency) = Urgency::ALL.into_iter().nth(n as usize) else { return ().into_any() };
    let count = move || groups.with(|groups| groups.get(n as usize).map_or(0, |(_, ids)| ids.len())).to_string();
    let fold = move |()| {
        folded.update(|folded| {
            if !folded.remove(&urgency) {
                folded.insert(urgency);
            }
        });
    };
    let open = Signal::derive(move || folded.with(|folded| !folded.contains(&urgency)));
    view! { <GroupHead title=t(urgency.name()) note=count open on_fold=fold/> }.into_any()
}

/// What a row says of its clock.
#[derive(Clone, PartialEq)]
struct Clocked {
    name: &'static str,
    left: String,
    light: Option<crate::ui::Light>,
    whole: String,
}

fn clocked(ticket: &Ticket, terms: &Terms, lang: crate::words::Lang) -> Option<Clocked> {
    let now = clock::ticking();
    let (promise, standing) = clocks::next(ticket, now, terms)?;
    Some(Clocked {
        name: clocks::short_name(promise, standing).in_lang(lang),
        left: clocks::left(lang, standing, &terms.zone, now),
        light: clocks::light(ticket, promise, standing),
        whole: clocks::sentence(lang, promise, standing),
    })
}

fn cells(id: Id, terms: Memo<Option<Terms>>) -> Vec<AnyView> {
    let book = use_book();
    let lang = use_language();
    let ticket = Memo::new(move |_| book.row::<Ticket>(id));
    let of =
        move |look: fn(&Ticket) -> bool| Signal::derive(move || ticket.with(|ticket| ticket.as_ref().is_some_and(|ticket| look(ticket))));
    let say = move |look: fn(&Ticket, crate::words::Lang) -> String| {
        move || ticket.with(|ticket| ticket.as_ref().map(|ticket| look(ticket, lang.get())).unwrap_or_default())
    };
    let clock = Memo::new(move |_| terms.with(|terms| ticket.with(|ticket| clocked(ticket.as_ref()?, terms.as_ref()?, lang.get()))));
    let late = move || clock.with(|clock| clock.as_ref().is_some_and(|clock| clock.light == Some(crate::ui::Light::Red)));
    let customer = move || ticket.with(|ticket| ticket.as_ref().map(|ticket| ticket.customer)).map(|customer| named(book, customer));
    let said = move || ticket.with(|ticket| ticket.as_ref().map(|ticket| ticket.said_at)).map(|at| book.moment(lang.get(), at));
    let assignee = Memo::new(move |_| {
        ticket.with(|ticket| ticket.as_ref().and_then(|ticket| ticket.assignee)).map(|assignee| book.name_of(assignee)).unwrap_or_default()
    });
    let state = say(|ticket, lang| if ticket.state.is_pending() { String::new() } else { label_of(&ticket.state, lang).to_owned() });
    let paused = of(|ticket| !ticket.state.is_ours());
    let under = Signal::derive(move || {
        let customer = ticket.with(|ticket| ticket.as_ref().map(|ticket| named(book, ticket.customer))).unwrap_or_default();
        vec![customer, assignee.get()]
    });
    let due = move || match clock.get() {
        Some(clock) => due(clock),
        None => view! { {state} }.into_any(),
    };
    vec![
        mark(ticket),
        view! { {subject(id, ticket)} <span class="table-under"><Facts of=under/></span> }.into_any(),
        view! { <span class="tabular secondary">{say(|ticket, _| words::number(ticket.no))}</span> }.into_any(),
        view! { <span class="ticket-quiet" data-paused=paused>{customer}</span> }.into_any(),
        view! { <span class="ticket-quiet" data-paused=paused>{say(|ticket, lang| label_of(&ticket.kind, lang).to_owned())}</span> }
            .into_any(),
        view! { <span class:bad=late class:strong=late>{move || clock.with(|clock| clock.as_ref().map(|clock| clock.name))}</span> }
            .into_any(),
        view! { <span class="ticket-due" class:bad=late class:strong=late>{due}</span> }.into_any(),
        view! { <span class="secondary">{said}</span> }.into_any(),
        view! { <span class="ticket-assignee"><Avatar name=assignee size=Size::Small/> <span class="truncate">{assignee}</span></span> }
            .into_any(),
        view! { <Avatar name=assignee size=Size::Small alone=true/> }.into_any(),
    ]
}

fn due(clock: Clocked) -> AnyView {
    let Clocked { left, light, whole, name } = clock;
    let said = if left.is_empty() { name.to_owned() } else { left };
    view! { {light.map(|light| view! { <Lamp light meaning=whole/> })} <span class="nowrap">{said}</span> }.into_any()
}

/// How urgent it is.
fn mark(ticket: Memo<Option<Arc<Ticket>>>) -> AnyView {
    let lang = use_language();
    let priority = Memo::new(move |_| ticket.with(|ticket| ticket.as_ref().map_or(Priority::Normal, |ticket| ticket.priority)));
    let name = move || words::priority_named(lang.get(), label_of(&priority.get(), lang.get()));
    view! {
        <span class="ticket-priority" data-priority=move || priority.get().code() role="img" aria-label=name data-tip=name>
            {move || icon(priority_icon(priority.get()))}
        </span>
    }
    .into_any()
}

/// What it is about; bold while the customer waits for words of ours.
fn subject(id: Id, ticket: Memo<Option<Arc<Ticket>>>) -> AnyView {
    let book = use_book();
    let (unsynced, waits) = (t(states::UNSYNCED), t(words::CUSTOMER_WAITS));
    let is = move |look: fn(&Ticket) -> bool| move || ticket.with(|ticket| ticket.as_ref().is_some_and(|ticket| look(ticket)));
    let text = move || ticket.with(|ticket| ticket.as_ref().map(|ticket| ticket.subject.to_string()));
    let unsent = move || book.is_unsynced::<Ticket>(id);
    view! {
        <span class="ticket-subject" data-unanswered=is(is_unanswered) data-paused=is(|ticket| !ticket.state.is_ours())>
            <Show when=is(is_unanswered)><span class="dot" role="img" aria-label=waits data-tip=waits></span></Show>
            <span class="truncate">{text}</span>
            <Show when=unsent><span class="unsynced" role="img" aria-label=unsynced data-tip=unsynced></span></Show>
        </span>
    }
    .into_any()
}
