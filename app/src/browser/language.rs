//! Which language this device speaks: remembered, else the browser's own.

use super::storage;
use domain::words::Lang;

const KEY: &str = "guanxi.language";

/// The language in force on this device.
#[must_use]
pub fn current() -> Lang {
    match storage::get(KEY).as_deref() {
        Some("en") => Lang::En,
        Some(_) => Lang::Zh,
        None => Lang::preferred(&of_browser()),
    }
}

/// Keeps a choice for the next visit.
pub fn remember(lang: Lang) {
    storage::set(KEY, lang.tag());
}

/// Tells the document its language: fonts, hyphenation and screen readers depend on it.
pub fn mark_document(lang: Lang) {
    super::theme::mark_root("lang", Some(lang.tag()));
}

fn of_browser() -> String {
    #[cfg(target_arch = "wasm32")]
    return web_sys::window().and_then(|window| window.navigator().language()).unwrap_or_default();
    #[cfg(not(target_arch = "wasm32"))]
    String::new()
}
