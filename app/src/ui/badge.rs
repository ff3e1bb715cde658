//! Badges: a word or two about a record, and the tier in its metal.

use leptos::prelude::*;

/// What a badge's colour says, always together with its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    #[default]
    Plain,
    Accent,
    Good,
    Warn,
    Bad,
}

impl Tone {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Accent => "accent",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// The metal of a tier: on its badge and its card, nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Metal {
    /// Before the first tier: none.
    Plain,
    Silver,
    Gold,
    Black,
    Diamond,
}

impl Metal {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Silver => "silver",
            Self::Gold => "gold",
            Self::Black => "black",
            Self::Diamond => "diamond",
        }
    }
}

/// A quiet label.
#[component]
pub fn Badge(#[prop(optional)] tone: Tone, children: Children) -> impl IntoView {
    view! { <span class="badge" data-tone=tone.name()>{children()}</span> }.into_any()
}

/// The tier, in its metal, with its name.
#[component]
pub fn TierBadge(metal: Metal, #[prop(into)] name: Signal<String>) -> impl IntoView {
    view! { <span class="badge" data-metal=metal.name()>{move || name.get()}</span> }.into_any()
}
