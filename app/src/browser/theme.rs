//! Light, dark or as the system says; rows roomy or compact. Remembered on this device.
//!
//! `public/boot.js` may read the same keys before the program is there, so that nothing flashes.

use super::storage;
use leptos::prelude::*;

const THEME: &str = "guanxi.theme";
const DENSITY: &str = "guanxi.density";

/// Which colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// How close rows stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Density {
    #[default]
    Regular,
    Compact,
}

/// How the screen looks, as context.
#[derive(Clone, Copy)]
pub struct Look {
    pub theme: RwSignal<Theme>,
    pub density: RwSignal<Density>,
}

/// Puts the look into context, as remembered, and keeps document and memory in step with it.
pub fn provide_look() -> Look {
    let look = Look { theme: RwSignal::new(remembered_theme()), density: RwSignal::new(remembered_density()) };
    provide_context(look);
    Effect::new(move |before: Option<()>| {
        let theme = look.theme.get().attribute();
        let density = look.density.get().attribute();
        mark_root("data-theme", theme);
        mark_root("data-density", density);
        if before.is_some() {
            keep(THEME, theme);
            keep(DENSITY, density);
        }
    });
    look
}

/// The look in context; the default one where there is none.
#[must_use]
pub fn use_look() -> Look {
    use_context::<Look>().unwrap_or_else(|| Look { theme: RwSignal::default(), density: RwSignal::default() })
}

impl Theme {
    fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

impl Density {
    fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Regular => None,
            Self::Compact => Some("compact"),
        }
    }
}

fn remembered_theme() -> Theme {
    match storage::get(THEME).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

fn remembered_density() -> Density {
    match storage::get(DENSITY).as_deref() {
        Some("compact") => Density::Compact,
        _ => Density::Regular,
    }
}

fn keep(key: &str, value: Option<&str>) {
    match value {
        Some(value) => storage::set(key, value),
        None => storage::forget(key),
    }
}

/// Sets or removes an attribute of `<html>`.
pub(super) fn mark_root(name: &str, value: Option<&str>) {
    #[cfg(target_arch = "wasm32")]
    if let Some(root) = web_sys::window().and_then(|w| w.document()).and_then(|d| d.document_element()) {
        _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = (name, value);
    }
}
