//! Whether somebody is there: a session lives as long as its person works, not as long as a tab is open.

use domain::time::Instant;

/// When somebody last pressed a key or a button here; never, before that.
#[must_use]
pub fn last_seen() -> Option<Instant> {
    #[cfg(target_arch = "wasm32")]
    {
        use std::cell::Cell;
        thread_local!(static SEEN: &'static Cell<Option<Instant>> = {
            let seen: &'static Cell<Option<Instant>> = Box::leak(Box::new(Cell::new(None)));
            for event in ["pointerdown", "keydown"] {
                std::mem::forget(leptos::prelude::window_event_listener_untyped(event, move |_| seen.set(Some(super::clock::now()))));
            }
            seen
        });
        SEEN.with(|seen| seen.get())
    }
    #[cfg(not(target_arch = "wasm32"))]
    None
}
