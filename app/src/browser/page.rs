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

/// Scrolls to its end, once what has just changed is drawn.
pub fn to_end() {
    #[cfg(target_arch = "wasm32")]
    super::timer::after(0, || {
        if let Some(window) = web_sys::window() {
            let height = window.document().and_then(|document| document.document_element()).map(|root| root.scroll_height());
            window.scroll_to_with_x_and_y(0.0, height.unwrap_or_default().into());
        }
    });
}
