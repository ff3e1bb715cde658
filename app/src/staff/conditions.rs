//! The conditions above a list: kept in the address, changed in place.

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
