//! What is half written: kept on this device until it is sent, so that a reload loses nothing.

use super::storage;
use domain::id::Id;
use leptos::prelude::*;

const START: &str = "guanxi.draft.";

fn key(user: Id, place: &str) -> String {
    format!("{START}{user}.{place}")
}

/// What this user had written in this place.
#[must_use]
pub fn found(user: Id, place: &str) -> String {
    storage::get(&key(user, place)).unwrap_or_default()
}

/// Keeps what is written there from now on; an empty text is forgotten.
pub fn follow(text: RwSignal<String>, user: Id, place: &str) {
    let key = key(user, place);
    Effect::new(move |before: Option<()>| {
        let now = text.get();
        match before {
            Some(()) if now.is_empty() => storage::forget(&key),
            Some(()) => storage::set(&key, &now),
            None => {}
        }
    });
}

/// Somebody leaves this device: nothing of theirs stays.
pub fn forget_all(user: Id) {
    storage::forget_starting(&key(user, ""));
}
