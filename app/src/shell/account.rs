//! The person who works here: language, appearance, password and devices, signing out.

use super::{Aside, aside, words};
use crate::{
    book::use_book,
    browser::theme::{Theme, use_look},
    session::leaving,
    ui::{Icon, Menu, MenuItem, MenuLine, MenuTitle, later_open},
    words::{Lang, actions, t, use_language},
};
use leptos::prelude::*;

#[component]
pub fn AccountMenu() -> impl IntoView {
    let book = use_book();
    let name = book.me().name;
    let asked = RwSignal::new(false);
    let leave = leaving(asked);
    let guards = RwSignal::new(false);
    view! {
        <Menu label=move || name.clone() icon=Icon::Settings>
            <Choices/>
            <MenuLine/>
            <MenuItem icon=Icon::Shield on_press=move |()| guards.set(true)>{t(words::SECURITY)}</MenuItem>
            <MenuItem icon=Icon::Leave on_press=leave>{t(actions::SIGN_OUT)}</MenuItem>
        </Menu>
        {later_open(asked, move || aside(Aside::Unsent(asked)))}
        {later_open(guards, move || aside(Aside::Security(guards)))}
    }
    .into_any()
}

#[component]
fn Choices() -> impl IntoView {
    let lang = use_language();
    let look = use_look();
    let speak = move |wanted: Lang| move |()| lang.set(wanted);
    let speaks = move |wanted: Lang| Signal::derive(move || lang.get() == wanted);
    let wear = move |wanted: Theme| move |()| look.theme.set(wanted);
    let wears = move |wanted: Theme| Signal::derive(move || look.theme.get() == wanted);
    view! {
        <MenuTitle>{t(words::LANGUAGE)}</MenuTitle>
        <MenuItem chosen=speaks(Lang::Zh) on_press=speak(Lang::Zh)>"中文"</MenuItem>
        <MenuItem chosen=speaks(Lang::En) on_press=speak(Lang::En)>"English"</MenuItem>
        <MenuLine/>
        <MenuTitle>{t(words::THEME)}</MenuTitle>
        <MenuItem icon=Icon::Screen chosen=wears(Theme::System) on_press=wear(Theme::System)>{t(words::THEME_SYSTEM)}</MenuItem>
        <MenuItem icon=Icon::Sun chosen=wears(Theme::Light) on_press=wear(Theme::Light)>{t(words::THEME_LIGHT)}</MenuItem>
        <MenuItem icon=Icon::Moon chosen=wears(Theme::Dark) on_press=wear(Theme::Dark)>{t(words::THEME_DARK)}</MenuItem>
    }
}
