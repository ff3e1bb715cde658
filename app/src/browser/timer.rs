//! Doing something a little later.

/// Runs `then` once, after so many milliseconds. Natively it never comes.
pub fn after(milliseconds: u32, then: impl FnOnce() + 'static) {
    #[cfg(target_arch = "wasm32")]
    leptos::prelude::set_timeout(then, std::time::Duration::from_millis(milliseconds.into()));
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = (milliseconds, then);
    }
}
