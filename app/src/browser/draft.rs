//! Drafts: words typed and not sent yet, kept on this device until they are sent or their author signs out.

use super::storage;
use leptos::prelude::*;

const PREFIX: &str = "guanxi.draft.";

/// The draft of this name: as it was left, and kept at every change.
#[must_use]
pub fn kept(name: &str) -> RwSignal<String> {
    let key = format!("{PREFIX}{name}");
    let text = RwSignal::new(storage::get(&key).unwrap_or_default());
    Effect::new(move |before: Option<String>| {
        let now = text.get();
        match before {
            Some(before) if before != now && now.is_empty() => storage::forget(&key),
            Some(before) if before != now => storage::set(&key, &now),
            _ => {}
        }
        now
    });
    text
}

/// Forgets every draft: its author leaves this device.
pub fn forget_all() {
    storage::forget_all(PREFIX);
}
