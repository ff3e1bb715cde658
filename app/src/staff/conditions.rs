//! The conditions above a list: kept in the address, changed in place.

use crate::{
    ui::{FilterChip, Select},
    words::{Text, t},
};
use leptos::prelude::*;

/// What a search box holds. It has its own text, so that a slow address never eats a key.
pub fn query_box(address: Signal<String>, on_change: impl Fn(String) + 'static) -> RwSignal<String> {
    let query = RwSignal::new(address.get_untracked());
    Effect::new(move |before: Option<String>| {
        let now = query.get();
        if before.is_some_and(|before| before != now) {
            on_change(now.clone());
        }
        now
    });
    Effect::new(move |_| {
        let address = address.get();
        if query.get_untracked() != address {
            query.set(address);
        }
    });
    query
}

/// One condition: its name, what it is set to, and the choices behind it.
#[component]
pub fn Choice(
    label: Text,
    value: Signal<String>,
    options: Signal<Vec<(String, String)>>,
    chosen: Signal<String>,
    on_change: Callback<String>,
) -> impl IntoView {
    let set = Signal::derive(move || !chosen.with(String::is_empty));
    move || {
        let remove = set.get().then(|| Callback::new(move |()| on_change.run(String::new())));
        let editor = move || {
            let draft = RwSignal::new(chosen.get_untracked());
            view! { <Select value=draft options=options empty=true on_change=on_change/> }
        };
        match remove {
            Some(remove) => view! { <FilterChip label=t(label) value=value on_remove=remove>{editor()}</FilterChip> }.into_any(),
            None => view! { <FilterChip label=t(label) value=value>{editor()}</FilterChip> }.into_any(),
        }
    }
}
