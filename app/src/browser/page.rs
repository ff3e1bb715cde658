//! The page as a whole, and what it is pointed at with.

use leptos::prelude::Effect;

/// As in the page's head.
const NAME: &str = "关系 Guanxi";

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

/// Whether there is room for one column only.
#[must_use]
pub fn is_narrow() -> bool {
    #[cfg(target_arch = "wasm32")]
    return web_sys::window().and_then(|w| w.match_media("(width < 48rem)").ok().flatten()).is_some_and(|query| query.matches());
    #[cfg(not(target_arch = "wasm32"))]
    false
}

/// Names the page in the browser's tab, its history, and to whoever has it read aloud; follows the words as they change.
pub fn entitle<S: AsRef<str>>(title: impl Fn() -> S + 'static) {
    Effect::new(move |_| set_title(title().as_ref()));
}

fn set_title(title: &str) {
    #[cfg(target_arch = "wasm32")]
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(&if title.is_empty() { NAME.to_owned() } else { format!("{title} · {NAME}") });
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = (title, NAME);
    }
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
