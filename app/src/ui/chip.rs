//! Chips: a small thing attached, or one condition of a filter.

use super::{
    Icon, Rank, Select, Size,
    flyout::{self, Face, Kind},
    icon, live,
};
use crate::words::{Text, states, t, use_language};
use leptos::prelude::*;

/// A small thing: an attachment, a chosen person. With `href` it is a link.
#[component]
pub fn Chip(
    #[prop(optional, into)] icon: Option<Icon>,
    #[prop(optional, into)] href: Option<Signal<String>>,
    children: Children,
) -> impl IntoView {
    let inside = view! {
        {icon.map(super::icon)}
        <span class="truncate">{children()}</span>
    };
    match href {
        Some(href) => view! { <a class="chip" href=move || href.get()>{inside}</a> }.into_any(),
        None => view! { <span class="chip">{inside}</span> }.into_any(),
    }
}

/// One condition of a filter: `label | value | ×`. `children` is the editor that opens at the value.
#[component]
pub fn FilterChip(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    /// Given, a cross takes the condition away; else a chevron shows that it can be changed.
    #[prop(optional, into)]
    on_remove: Option<Callback<()>>,
    children: ChildrenFn,
) -> impl IntoView {
    let lang = use_language();
    let remove = on_remove.map(|on_remove| {
        let words = move || states::remove_named(lang.get(), &label.get());
        view! {
            <button type="button" class="filter-chip-remove" aria-label=words on:click=move |_| on_remove.run(())>
                {icon(Icon::Close)}
            </button>
        }
    });
    let changeable = remove.is_none();
    let trigger = view! {
        <span class="filter-chip-label">{move || label.get()}</span>
        <span class="filter-chip-value truncate">{move || value.get()}</span>
        {changeable.then(|| icon(Icon::ChevronDown))}
    };
    let face = Face { class: "filter-chip-open", rank: Rank::Quiet, size: Size::Small, square: false };
    view! {
        <span class="filter-chip">
            {flyout::flyout(face, trigger.into_any(), label, Kind::Panel, children)}
            {remove}
        </span>
    }
    .into_any()
}

/// A condition with a few choices: its name, what it is set to, and the choices behind it.
#[component]
pub fn FilterChoice(
    label: Text,
    value: Signal<String>,
    options: Signal<Vec<(String, String)>>,
    chosen: Signal<String>,
    on_change: Callback<String>,
) -> impl IntoView {
    let set = Signal::derive(move || !chosen.with(String::is_empty));
    live(move || {
        let remove = set.get().then(|| Callback::new(move |()| on_change.run(String::new())));
        let editor = move || {
            let draft = RwSignal::new(chosen.get_untracked());
            view! { <Select value=draft options=options empty=true on_change=on_change/> }
        };
        Some(match remove {
            Some(remove) => view! { <FilterChip label=t(label) value=value on_remove=remove>{editor()}</FilterChip> }.into_any(),
            None => view! { <FilterChip label=t(label) value=value>{editor()}</FilterChip> }.into_any(),
        })
    })
}
