//! A menu of commands behind a button.

use super::{
    Icon, Rank, Size,
    flyout::{self, Face, Kind, use_flyout},
    kbd::keys,
};
use leptos::prelude::*;

/// A button that opens a menu. Inside: `MenuItem`, `MenuLink`, `MenuTitle`, `MenuLine`.
#[component]
pub fn Menu(
    /// What the menu is for: shown on the button, or its tip when the button is an icon alone.
    #[prop(into)]
    label: Signal<String>,
    /// Alone on the button unless `show_label`.
    #[prop(default = Signal::stored(Icon::More), into)]
    icon: Signal<Icon>,
    #[prop(optional)] show_label: bool,
    #[prop(default = Rank::Quiet)] rank: Rank,
    #[prop(optional)] size: Size,
    children: ChildrenFn,
) -> impl IntoView {
    let trigger = if show_label {
        view! {
            {move || Some(icon.get()).filter(|icon| *icon != Icon::More).map(super::icon)}
            <span class="button-words">{move || label.get()}</span>
            {super::icon(Icon::ChevronDown)}
        }
        .into_any()
    } else {
        (move || super::icon(icon.get())).into_any()
    };
    let face = Face { class: "button", rank, size, square: !show_label };
    flyout::flyout(face, trigger, label, Kind::Menu, children)
}

/// A panel behind a labelled button: for a few fields rather than commands. `use_flyout()` inside closes it.
#[component]
pub fn Popover(
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] icon: Option<Icon>,
    #[prop(default = Rank::Quiet)] rank: Rank,
    #[prop(optional)] size: Size,
    children: ChildrenFn,
) -> impl IntoView {
    let trigger = view! {
        {icon.map(super::icon)}
        <span class="button-words">{move || label.get()}</span>
    };
    let face = Face { class: "button", rank, size, square: false };
    flyout::flyout(face, trigger.into_any(), label, Kind::Panel, children)
}

/// A command.
#[component]
pub fn MenuItem(
    #[prop(optional, into)] icon: Option<Icon>,
    #[prop(optional)] shortcut: &'static str,
    /// Whether it is the present choice, where the menu chooses.
    #[prop(optional, into)]
    chosen: Option<Signal<bool>>,
    #[prop(optional, into)] blocked: Signal<Option<String>>,
    /// Cannot be undone.
    #[prop(optional)]
    danger: bool,
    #[prop(into)] on_press: Callback<()>,
    children: Children,
) -> impl IntoView {
    let menu = use_flyout();
    let press = move |_| {
        if blocked.with_untracked(Option::is_some) {
            return;
        }
        if let Some(menu) = menu {
            menu.close();
        }
        on_press.run(());
    };
    view! {
        <button
            type="button"
            class="menu-item"
            role=if chosen.is_some() { "menuitemradio" } else { "menuitem" }
            tabindex="-1"
            data-danger=danger
            data-tip=move || blocked.get()
            aria-description=move || blocked.get()
            aria-disabled=move || blocked.with(Option::is_some).then_some("true")
            aria-checked=move || chosen.map(|chosen| if chosen.get() { "true" } else { "false" })
            on:click=press
        >
            {icon.map(super::icon)}
            <span class="menu-words">{children()}</span>
            {(!shortcut.is_empty()).then(|| keys(shortcut))}
            {move || chosen.is_some_and(|chosen| chosen.get()).then(|| super::icon(Icon::Check))}
        </button>
    }
    .into_any()
}

/// A place to go to.
#[component]
pub fn MenuLink(#[prop(into)] href: String, #[prop(optional, into)] icon: Option<Icon>, children: Children) -> impl IntoView {
    let menu = use_flyout();
    let press = move |_| {
        if let Some(menu) = menu {
            menu.close();
        }
    };
    view! {
        <a class="menu-item" role="menuitem" tabindex="-1" href=href on:click=press>
            {icon.map(super::icon)}
            <span class="menu-words">{children()}</span>
        </a>
    }
    .into_any()
}

/// What the items below have in common.
#[component]
pub fn MenuTitle(children: Children) -> impl IntoView {
    view! { <div class="menu-title" role="presentation">{children()}</div> }.into_any()
}

/// A line between groups.
#[component]
pub fn MenuLine() -> impl IntoView {
    view! { <hr class="menu-line"/> }.into_any()
}
