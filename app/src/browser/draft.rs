//! Drafts: words typed and not sent yet, kept on this device until they are sent or their author signs out.

use super::storage;
use leptos::prelude::*;

const PREFIX: &str = "guanxi.draft.";

/// The draft of this name: as it was left, and kept at every change.
#[must_use]
pub fn kept(name: &str) -> RwSignal<String> {
    let text = RwSignal::new(found(name));
    follow(text, name);
    text
}

/// The draft of this name as it was left.
#[must_use]
pub fn found(name: &str) -> String {
    storage::get(&format!("{PREFIX}{name}")).unwrap_or_default()
}

/// Keeps a text under this name at every change; an empty one is forgotten.
pub fn follow(text: RwSignal<String>, name: &str) {
    let key = format!("{PREFIX}{name}");
    Effect::new(move |before: Option<String>| {
        let now = text.get();
        match before {
            Some(before) if before != now && now.is_empty() => storage::forget(&key),
            Some(before) if before != now => storage::set(&key, &now),
            _ => {}
        }
        now
    });
}

/// Forgets every draft: its author leaves this device.
pub fn forget_all() {
    storage::forget_all(PREFIX);
}
