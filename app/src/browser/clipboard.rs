//! Giving text to the clipboard.

/// Copies `text`. Browsers allow it only while a person's click is being handled.
pub fn copy(text: &str) {
    #[cfg(target_arch = "wasm32")]
    if let Some(window) = web_sys::window() {
        _ = window.navigator().clipboard().write_text(text);
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = text;
    }
}
