//! The person who works here: language, appearance, password and devices, signing out.

use super::{security::SecurityDialog, words};
use crate::{
    book::use_book,
    browser::{
        draft,
        theme::{Theme, use_look},
    },
    session::{Session, use_session},
    ui::{Button, Dialog, DialogBody, DialogFoot, Icon, Menu, MenuItem, MenuLine, MenuTitle, Rank},
    words::{Lang, actions, t, use_language},
};
use leptos::prelude::*;

#[component]
pub fn AccountMenu() -> impl IntoView {
    let book = use_book();
    let session = use_session();
    let name = book.me().name;
    let asked = RwSignal::new(false);
    let guards = RwSignal::new(false);
    let leave = Callback::new(move |()| if book.unsent().get_untracked() > 0 { asked.set(true) } else { go(session) });
    view! {
        <Menu label=move || name.clone() icon=Icon::Settings>
            <Choices/>
            <MenuLine/>
            <MenuItem icon=Icon::Shield on_press=move |()| guards.set(true)>{t(words::SECURITY)}</MenuItem>
            <MenuItem icon=Icon::Leave on_press=leave>{t(actions::SIGN_OUT)}</MenuItem>
        </Menu>
        <UnsentDialog asked/>
        <SecurityDialog open=guards/>
    }
    .into_any()
}

/// Nothing of theirs stays here, their drafts neither.
fn go(session: Session) {
    draft::forget_all();
    session.sign_out();
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

/// Signing out with unsent entries says how many and offers to send them first.
#[component]
fn UnsentDialog(asked: RwSignal<bool>) -> impl IntoView {
    let book = use_book();
    let session = use_session();
    let lang = use_language();
    let text = move || words::unsent_at_leaving(lang.get(), book.unsent().get());
    let (stay, leave) = (t(words::STAY), t(words::LEAVE_ANYWAY));
    let send = move |()| {
        asked.set(false);
        book.nudge();
    };
    view! {
        <Dialog open=asked on_close=move |()| asked.set(false) title=t(words::UNSENT_TITLE)>
            <DialogBody><p>{text}</p></DialogBody>
            <DialogFoot>
                <Button rank=Rank::Danger on_press=move |()| go(session)>{leave}</Button>
                <Button rank=Rank::Primary on_press=send>{stay}</Button>
            </DialogFoot>
        </Dialog>
    }
    .into_any()
}
