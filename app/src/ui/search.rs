//! A search box: looks while one types, cleared with the cross or Esc.

use super::{Icon, IconButton, Size, icon, kbd::keys};
use crate::words::{actions, t};
use leptos::{ev, html, prelude::*};

/// A search box.
#[component]
pub fn SearchInput(
    value: RwSignal<String>,
    /// What is searched, read aloud; also the placeholder unless there is one.
    #[prop(into)]
    label: Signal<String>,
    #[prop(optional, into)] placeholder: Signal<String>,
    /// The shortcut that leads here, such as `"/"`; shown while empty, not bound.
    #[prop(optional)]
    shortcut: &'static str,
    #[prop(optional)] size: Size,
    #[prop(optional)] autofocus: bool,
    /// Keys the box does not use itself: arrows and Enter in a palette.
    #[prop(optional, into)]
    on_key: Option<Callback<ev::KeyboardEvent>>,
) -> impl IntoView {
    let clear_word = t(actions::CLEAR);
    let input = NodeRef::<html::Input>::new();
    let clear = move || {
        value.set(String::new());
        if let Some(input) = input.get_untracked() {
            _ = input.focus();
        }
    };
    let press = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && value.with_untracked(|text| !text.is_empty()) {
            event.prevent_default();
            event.stop_propagation();
            value.set(String::new());
        } else if let Some(on_key) = on_key.filter(|_| !event.is_composing()) {
            on_key.run(event);
        }
    };
    let end = move || {
        if value.with(String::is_empty) {
            (!shortcut.is_empty()).then(|| keys(shortcut))
        } else {
            let clear = view! { <IconButton label=clear_word icon=Icon::Close size=Size::Small on_press=move |()| clear()/> };
            Some(clear.into_any())
        }
    };
    view! {
        <span class="input" data-search data-size=size.name() role="search">
            {icon(Icon::Search)}
            <input
                type="search"
                enterkeyhint="search"
                autocomplete="off"
                spellcheck="false"
                node_ref=input
                autofocus=autofocus
                aria-label=move || label.get()
                placeholder=move || Some(placeholder.get()).filter(|words| !words.is_empty()).unwrap_or_else(|| label.get())
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                on:keydown=press
            />
            {end}
        </span>
    }
    .into_any()
}
