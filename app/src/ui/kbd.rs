//! Keys, drawn as keys.

use crate::browser::keys::command_key;
use leptos::prelude::*;

/// One key, or several that are pressed together: `<Kbd of="⌘ K"/>`.
#[component]
pub fn Kbd(of: &'static str) -> impl IntoView {
    keys(of)
}

/// The keys of a shortcut, written with spaces between: `"⌘ K"`, where ⌘ becomes what this device calls it. Screen readers learn shortcuts elsewhere.
pub(super) fn keys(shortcut: &'static str) -> AnyView {
    let keys = shortcut
        .split(' ')
        .map(|key| if key == "⌘" { command_key() } else { key })
        .map(|key| view! { <kbd class="kbd">{key}</kbd> })
        .collect_view();
    view! { <span class="keys" aria-hidden="true">{keys}</span> }.into_any()
}
