//! Keyboard shortcuts: heard everywhere except where someone is typing, composing or answering a dialog.

use super::{focus, listen, storage};
use leptos::{ev, web_sys::KeyboardEvent};

const KEY: &str = "guanxi.single_keys";

/// One key as a shortcut sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pressed {
    /// `"k"`, `"ArrowDown"`, `"?"`: as the browser names it, letters in lower case.
    pub key: String,
    /// Ctrl, or ⌘ on a Mac.
    pub with_command: bool,
    pub with_shift: bool,
    pub with_alt: bool,
}

/// Calls `handle` for every key until the component is gone; it returns whether the key was used.
///
/// Keys without Ctrl or ⌘ are not heard while a field has focus, a dialog is open, an input method composes,
/// or the person has switched single keys off (WCAG 2.1.4). Keys with it are heard always.
pub fn on_key(handle: impl Fn(&Pressed) -> bool + 'static) {
    listen::everywhere(ev::keydown, move |event| {
        if event.default_prevented() || event.is_composing() {
            return;
        }
        let pressed = Pressed::from_event(&event);
        if !pressed.with_command && (is_typing(&event) || !single_keys()) {
            return;
        }
        if handle(&pressed) {
            event.prevent_default();
        }
    });
}

/// Whether single letters act as shortcuts on this device.
#[must_use]
pub fn single_keys() -> bool {
    storage::get(KEY).as_deref() != Some("off")
}

/// Switches single-letter shortcuts on or off.
pub fn set_single_keys(on: bool) {
    if on {
        storage::forget(KEY);
    } else {
        storage::set(KEY, "off");
    }
}

/// What the command key is called here: `⌘` on Apple's machines, `Ctrl` elsewhere.
#[must_use]
pub fn command_key() -> &'static str {
    #[cfg(target_arch = "wasm32")]
    if web_sys::window().and_then(|w| w.navigator().user_agent().ok()).is_some_and(|agent| agent.contains("Mac OS")) {
        return "⌘";
    }
    "Ctrl"
}

impl Pressed {
    /// The key of a keyboard event.
    #[must_use]
    pub fn from_event(event: &KeyboardEvent) -> Self {
        let key = event.key();
        let key = if key.chars().count() == 1 { key.to_ascii_lowercase() } else { key };
        Self { key, with_command: event.ctrl_key() || event.meta_key(), with_shift: event.shift_key(), with_alt: event.alt_key() }
    }

    /// Whether it is this key, alone.
    #[must_use]
    pub fn is(&self, key: &str) -> bool {
        self.key == key && !self.with_command && !self.with_alt
    }

    /// Whether it is this key with Ctrl or ⌘.
    #[must_use]
    pub fn is_command(&self, key: &str) -> bool {
        self.key == key && self.with_command && !self.with_alt
    }
}

/// Whether the person is in a field, a menu or a dialog.
fn is_typing(event: &KeyboardEvent) -> bool {
    const BUSY: &str = "input,select,textarea,[contenteditable],[role=menu]";
    let in_field = focus::target(event).and_then(|element| element.closest(BUSY).ok().flatten()).is_some();
    in_field || is_dialog_open()
}

fn is_dialog_open() -> bool {
    #[cfg(target_arch = "wasm32")]
    return web_sys::window().and_then(|w| w.document()).and_then(|d| d.query_selector("dialog[open]").ok().flatten()).is_some();
    #[cfg(not(target_arch = "wasm32"))]
    false
}
