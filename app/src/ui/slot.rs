//! A place in a component that takes whatever can be shown: words, a phrase that follows the language, another component.

use leptos::prelude::*;

/// Something to show in a named place, or nothing: `end="¥3.84万"`, `end=t(DONE)`, `end=view! { <Badge>…</Badge> }`.
#[derive(Default)]
pub struct Slot(Option<AnyView>);

impl<V: IntoView + 'static> From<V> for Slot {
    fn from(view: V) -> Self {
        Self(Some(view.into_any()))
    }
}

impl Slot {
    /// What is in it, inside `<span class=…>`; nothing at all when it is empty.
    pub(super) fn within(self, class: &'static str) -> Option<AnyView> {
        self.0.map(|view| view! { <span class=class>{view}</span> }.into_any())
    }

    /// What is in it.
    pub(super) fn bare(self) -> Option<AnyView> {
        self.0
    }
}
