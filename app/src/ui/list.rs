//! Lists: rows of one or two lines, in a card or a thousand of them.

use super::{Column, Entry, Slot, VirtualTable};
use domain::id::Id;
use leptos::prelude::*;
use std::sync::Arc;

/// A list of `ListRow`s with hairlines between.
#[component]
pub fn List(
    /// What it lists, read aloud, where no heading says so.
    #[prop(optional, into)]
    label: Signal<String>,
    children: Children,
) -> impl IntoView {
    let label = move || Some(label.get()).filter(|label| !label.is_empty());
    view! { <ul class="list" role="list" aria-label=label>{children()}</ul> }.into_any()
}

/// A row: something in front, a title with its detail, a figure with its own at the end.
#[component]
pub fn ListRow(
    /// Makes the whole row a link.
    #[prop(optional, into)]
    href: Option<Signal<String>>,
    /// An avatar, a lamp, an icon.
    #[prop(optional, into)]
    front: Slot,
    #[prop(optional, into)] detail: Slot,
    #[prop(optional, into)] end: Slot,
    #[prop(optional, into)] end_detail: Slot,
    /// Behind everything: what is done with it.
    #[prop(optional, into)]
    deeds: Slot,
    /// The title.
    children: Children,
) -> impl IntoView {
    let (end, end_detail) = (end.within("list-figure"), end_detail.within("list-detail"));
    let has_end = end.is_some() || end_detail.is_some();
    let inside = view! {
        {front.within("list-front")}
        <span class="list-words">
            <span class="list-title">{children()}</span>
            {detail.within("list-detail")}
        </span>
        {has_end.then(|| view! { <span class="list-end">{end} {end_detail}</span> })}
        {deeds.within("list-deeds")}
    };
    match href {
        Some(href) => view! { <li><a class="list-row" href=move || href.get()>{inside}</a></li> }.into_any(),
        None => view! { <li><div class="list-row">{inside}</div></li> }.into_any(),
    }
}

/// A list of any length, rendered as far as it is in sight; keyboard and selection are those of `VirtualTable`.
#[component]
pub fn VirtualList(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] entries: Signal<Arc<[Entry]>>,
    /// What an entry looks like.
    #[prop(into)]
    item: Callback<Entry, AnyView>,
    /// Every row's height in pixels; 52 for two lines, 56 in the portal.
    #[prop(default = 52)]
    row_height: u32,
    #[prop(optional, into)] selected: Signal<Option<Id>>,
    #[prop(optional, into)] on_select: Option<Callback<Id>>,
    #[prop(optional, into)] on_open: Option<Callback<Id>>,
    #[prop(optional)] quiet: bool,
) -> impl IntoView {
    let columns = vec![Column::new("item", label)];
    let cells = Callback::new(move |entry| vec![item.run(entry)]);
    let select = on_select.or(on_open).unwrap_or_else(|| Callback::new(|_| {}));
    let open = on_open.or(on_select).unwrap_or(select);
    view! {
        <VirtualTable
            label columns entries cells selected row_height quiet
            on_select=select
            on_open=open
            hide_head=true
        />
    }
    .into_any()
}
