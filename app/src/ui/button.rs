//! Buttons and links that look like them. One that cannot be pressed says why.

use super::{Icon, id, kbd::keys};
use leptos::{ev::MouseEvent, prelude::*};

/// How much a button asks for attention. One primary per view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rank {
    Primary,
    #[default]
    Secondary,
    /// Jade on its soft ground: the verb on a card, such as redeeming.
    Soft,
    /// No edge: toolbars.
    Quiet,
    /// What cannot be undone.
    Danger,
}

/// How large a control is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Size {
    Small,
    #[default]
    Medium,
    /// The portal and the phone: 48.
    Large,
}

impl Rank {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Soft => "soft",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
        }
    }
}

impl Size {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

/// A button. Its words are a verb.
#[component]
pub fn Button(
    #[prop(optional)] rank: Rank,
    #[prop(optional)] size: Size,
    /// Before the words.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// The shortcut that does the same, such as `"⌘ ↵"`; shown, not bound.
    #[prop(optional)]
    shortcut: &'static str,
    /// The reason it cannot be pressed now, if there is one: shown on hover, on focus and when it is pressed anyway.
    #[prop(optional, into)]
    blocked: Signal<Option<String>>,
    /// Whether what it does is under way; presses are ignored meanwhile.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Sends the form it stands in.
    #[prop(optional)]
    submit: bool,
    /// As wide as its place.
    #[prop(optional)]
    wide: bool,
    #[prop(optional, into)] on_press: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let why = id::fresh("why");
    let described = why.clone();
    let press = move |event: MouseEvent| {
        if busy.get_untracked() || blocked.with_untracked(Option::is_some) {
            event.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    view! {
        <button
            class="button"
            type=if submit { "submit" } else { "button" }
            data-rank=rank.name()
            data-size=size.name()
            data-wide=wide
            data-tip=move || blocked.get()
            aria-disabled=move || blocked.with(Option::is_some).then_some("true")
            aria-describedby=move || blocked.with(Option::is_some).then(|| described.clone())
            aria-busy=move || busy.get().then_some("true")
            on:click=press
        >
            {face(icon, shortcut, children)}
        </button>
        {move || blocked.get().map(|reason| view! { <span id=why.clone() hidden>{reason}</span> })}
    }
    .into_any()
}

/// What is on it: icon, words, keys.
fn face(icon: Option<Icon>, shortcut: &'static str, children: Children) -> AnyView {
    view! {
        {icon.map(super::icon)}
        <span class="button-words">{children()}</span>
        {(!shortcut.is_empty()).then(|| keys(shortcut))}
    }
    .into_any()
}

/// A button that is an icon alone; its name is read aloud and shown as a tip.
#[component]
pub fn IconButton(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] icon: Signal<Icon>,
    #[prop(default = Rank::Quiet)] rank: Rank,
    #[prop(optional)] size: Size,
    /// For a button that stays pressed: whether it is.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    #[prop(optional, into)] blocked: Signal<Option<String>>,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    let press = move |_| {
        if blocked.with_untracked(Option::is_none) {
            on_press.run(());
        }
    };
    view! {
        <button
            class="button"
            type="button"
            data-rank=rank.name()
            data-size=size.name()
            data-square
            data-tip=move || blocked.get().unwrap_or_else(|| label.get())
            aria-label=move || match blocked.get() {
                Some(reason) => format!("{} ({reason})", label.get()),
                None => label.get(),
            }
            aria-pressed=move || pressed.map(|pressed| if pressed.get() { "true" } else { "false" })
            aria-disabled=move || blocked.with(Option::is_some).then_some("true")
            on:click=press
        >
            {move || super::icon(icon.get())}
        </button>
    }
    .into_any()
}

/// A link that looks like a button: it goes somewhere, it does nothing.
#[component]
pub fn LinkButton(
    #[prop(into)] href: Signal<String>,
    #[prop(optional)] rank: Rank,
    #[prop(optional)] size: Size,
    #[prop(optional, into)] icon: Option<Icon>,
    #[prop(optional)] shortcut: &'static str,
    #[prop(optional)] wide: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="button" href=move || href.get() data-rank=rank.name() data-size=size.name() data-wide=wide>
            {face(icon, shortcut, children)}
        </a>
    }
    .into_any()
}
