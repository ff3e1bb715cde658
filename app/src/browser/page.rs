//! The page as a whole, and what it is pointed at with.

/// Loads it anew.
pub fn reload() {
    #[cfg(target_arch = "wasm32")]
    if let Some(window) = web_sys::window() {
        _ = window.location().reload();
    }
}

/// Whether the device is touched rather than pointed at: what is pressed has to be larger.
#[must_use]
pub fn is_touched() -> bool {
    #[cfg(target_arch = "wasm32")]
    return web_sys::window().and_then(|w| w.match_media("(pointer: coarse)").ok().flatten()).is_some_and(|query| query.matches());
    #[cfg(not(target_arch = "wasm32"))]
    false
}

/// Whether somebody may be looking at it: not in a tab behind another.
#[must_use]
pub fn is_visible() -> bool {
    #[cfg(target_arch = "wasm32")]
    return web_sys::window().and_then(|w| w.document()).is_some_and(|document| !document.hidden());
    #[cfg(not(target_arch = "wasm32"))]
    true
}
