//! The list of customers as a table.

use super::{index::Found, name::named_row, tier::tier_badge, words};
use crate::{
    book::use_book,
    browser::clock,
    forms::label_of,
    ui::{Avatar, Column, Entry, Size, Sort, VirtualTable},
    words::{states, t, use_language},
};
use domain::{
    customers::Customer,
    id::{CustomerId, Id},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The customers given, in their order. `rows` must hold every id that `entries` names.
#[component]
pub fn CustomerTable(
    #[prop(into)] rows: Signal<Arc<Vec<Found>>>,
    #[prop(into)] sort: Signal<Option<Sort>>,
    on_sort: Callback<Sort>,
    on_open: Callback<CustomerId>,
    on_end: Callback<()>,
) -> impl IntoView {
    let selected = RwSignal::new(None::<Id>);
    // Asked for several times at every key.
    let entries = Memo::new(move |_| rows.with(|rows| rows.iter().map(|found| Entry::Row(found.id().into())).collect::<Arc<[Entry]>>()));
    let cells = Callback::new(move |entry| match entry {
        Entry::Row(id) => cells(id, rows),
        Entry::Group(_) => Vec::new(),
    });
    let columns = vec![
        Column::new("name", t(words::CUSTOMER)).sortable(),
        Column::new("tier", t(words::TIER)).width(104).gives_way(3),
        Column::new("no", t(words::NO)).width(120).sortable().gives_way(2),
        Column::new("nature", t(words::NATURE)).width(104).gives_way(2),
        Column::new("industry", t(words::INDUSTRY)).width(112).gives_way(1),
        Column::new("owner", t(words::OWNER)).width(120).gives_way(2),
        Column::new("last", t(words::LAST_CONTACT)).width(112).sortable_falling(),
        Column::new("next", t(words::NEXT_STEP)).width(264).sortable().gives_way(3),
    ];
    view! {
        <VirtualTable
            label=t(words::CUSTOMERS) columns entries cells selected sort on_sort folds=true
            on_select=move |id| selected.set(Some(id))
            on_open=move |id: Id| on_open.run(id.into())
            on_end
        />
    }
    .into_any()
}

/// What is in sight is mostly among the first rows: looking for it takes less than a map of all of them at every key.
fn cells(id: Id, rows: Signal<Arc<Vec<Found>>>) -> Vec<AnyView> {
    let book = use_book();
    let lang = use_language();
    let unsynced = t(states::UNSYNCED);
    let found = Memo::new(move |_| rows.with(|rows| rows.iter().find(|found| Id::from(found.id()) == id).cloned()));
    let of = move |look: fn(&Found) -> String| move || found.with(|found| found.as_ref().map(look).unwrap_or_default());
    let name = of(|found| named_row(&found.customer));
    let rank =
        Memo::new(move |_| found.with(|found| found.as_ref().and_then(|found| found.figure.as_ref()).map_or(0, |figure| figure.rank)));
    let no = of(|found| found.customer.no.as_ref().map(ToString::to_string).unwrap_or_default());
    let nature =
        move || found.with(|found| found.as_ref().and_then(|found| found.customer.nature).map(|nature| label_of(&nature, lang.get())));
    let industry = move || {
        found.with(|found| found.as_ref().and_then(|found| found.customer.industry).map(|industry| label_of(&industry, lang.get())))
    };
    let owner =
        Memo::new(move |_| found.with(|found| found.as_ref().and_then(|found| found.customer.owner)).map(|owner| book.name_of(owner)));
    let last = move || {
        let at = found.with(|found| found.as_ref().and_then(|found| found.figure.as_ref()).and_then(|figure| figure.last_contact_at));
        at.map(|at| book.day(lang.get(), at))
    };
    let step = Memo::new(move |_| found.with(|found| found.as_ref().and_then(|found| found.next.clone())));
    let due = move || step.get().map(|step| book.moment(lang.get(), step.due));
    let late = move || step.get().is_some_and(|step| step.due <= clock::ticking());
    // What is next; without that, what they do.
    let under = move || match step.get() {
        Some(step) => step.text.clone(),
        None => industry().unwrap_or_default().to_owned(),
    };
    let waits = move || book.is_unsynced::<Customer>(id);
    let called = view! {
        <span class="customer-name truncate">{name}</span>
        <Show when=waits><span class="unsynced" data-tip=unsynced role="img" aria-label=unsynced></span></Show>
        <span class="table-under">
            {tier_badge(move || rank.get())}
            <span class="nowrap" class:bad=late>{due}</span>
            <span class="truncate">{under}</span>
        </span>
    };
    vec![
        called.into_any(),
        tier_badge(move || rank.get()),
        view! { <span class="tabular secondary">{no}</span> }.into_any(),
        view! { {nature} }.into_any(),
        view! { {industry} }.into_any(),
        view! { {move || owner.get().map(|name| view! { <span class="customer-owner"><Avatar name=name.clone() size=Size::Small/>{name}</span> })} }.into_any(),
        view! { <span class="secondary nowrap">{last}</span> }.into_any(),
        view! { <span class="customer-step"><span class="nowrap" class:bad=late>{due}</span><span class="truncate">{move || step.get().map(|step| step.text.clone())}</span></span> }.into_any(),
    ]
}
