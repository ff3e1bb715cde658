//! Hearing what happens anywhere on the page.

use leptos::{ev::EventDescriptor, wasm_bindgen::JsCast};

/// Calls `handle` for every such event in the window, until the component is gone.
pub fn everywhere<E>(event: E, handle: impl Fn(E::EventType) + 'static)
where
    E: EventDescriptor + 'static,
    E::EventType: JsCast,
{
    #[cfg(target_arch = "wasm32")]
    {
        use leptos::prelude::{on_cleanup, window_event_listener};
        let listener = window_event_listener(event, handle);
        on_cleanup(move || listener.remove());
    }
    #[cfg(not(target_arch = "wasm32"))]
    drop((event, handle));
}
