//! A search box: looks while one types, cleared with the cross or Esc.

use super::{Icon, IconButton, Size, icon, kbd::keys};
use crate::{
    browser::keys::on_key,
    words::{actions, t},
};
use leptos::{ev, html, prelude::*};

/// A search box.
#[component]
pub fn SearchInput(
    value: RwSignal<String>,
    /// What is searched, read aloud; also the placeholder unless there is one.
    #[prop(into)]
    label: Signal<String>,
    #[prop(optional, into)] placeholder: Signal<String>,
    /// The key that leads here, such as `"/"`; shown while empty.
    #[prop(optional)]
    shortcut: &'static str,
    /// What may be typed, in words, at the end: `拼音、首字母、编号都可以`.
    #[prop(optional, into)]
    hint: Signal<String>,
    #[prop(optional)] size: Size,
    #[prop(optional)] autofocus: bool,
    /// Keys the box does not use itself: arrows and Enter in a palette.
    #[prop(optional, into)]
    on_key: Option<Callback<ev::KeyboardEvent>>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    if !shortcut.is_empty() {
        hear(shortcut, input);
    }
    let words = move || placeholder.with(|words| if words.is_empty() { label.get() } else { words.clone() });
    let press = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && value.with_untracked(|text| !text.is_empty()) {
            event.prevent_default();
            event.stop_propagation();
            value.set(String::new());
        } else if let Some(on_key) = on_key.filter(|_| !event.is_composing()) {
            on_key.run(event);
        }
    };
    view! {
        <span class="input search" data-size=size.name() role="search">
            {icon(Icon::Search)}
            <input
                type="search"
                enterkeyhint="search"
                autocomplete="off"
                spellcheck="false"
                node_ref=input
                autofocus=autofocus
                aria-label=move || label.get()
                placeholder=words
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                on:keydown=press
            />
            {move || hint.with(|hint| (!hint.is_empty()).then(|| view! { <span class="input-affix search-hint">{hint.clone()}</span> }))}
            {end(value, input, shortcut)}
        </span>
    }
    .into_any()
}

/// The key puts the caret here, what was looked for marked: typing begins anew, an arrow goes on with it.
fn hear(shortcut: &'static str, input: NodeRef<html::Input>) {
    on_key(move |pressed| {
        let Some(input) = input.get_untracked().filter(|_| pressed.is(shortcut)) else { return false };
        _ = input.focus();
        input.select();
        true
    });
}

/// The shortcut while empty, a cross that clears it afterwards.
fn end(value: RwSignal<String>, input: NodeRef<html::Input>, shortcut: &'static str) -> impl IntoView {
    let clear_word = t(actions::CLEAR);
    let clear = move |()| {
        value.set(String::new());
        if let Some(input) = input.get_untracked() {
            _ = input.focus();
        }
    };
    move || {
        if value.with(String::is_empty) {
            (!shortcut.is_empty()).then(|| keys(shortcut))
        } else {
            Some(view! { <IconButton label=clear_word icon=Icon::Close size=Size::Small on_press=clear/> }.into_any())
        }
    }
}
