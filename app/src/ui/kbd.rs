//! Keys, drawn as keys.

use leptos::prelude::*;

/// One key, or several that are pressed together: `<Kbd of="⌘ K"/>`.
#[component]
pub fn Kbd(of: &'static str) -> impl IntoView {
    keys(of)
}

/// The keys of a shortcut, written with spaces between: `"⌘ K"`. Screen readers learn shortcuts elsewhere.
pub(super) fn keys(shortcut: &'static str) -> AnyView {
    let keys = shortcut.split(' ').map(|key| view! { <kbd class="kbd">{key}</kbd> }).collect_view();
    view! { <span class="keys" aria-hidden="true">{keys}</span> }.into_any()
}
