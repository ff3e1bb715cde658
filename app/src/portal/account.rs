//! Oneself: name and numbers, language and look, password, devices, leaving.

use super::{devices::Devices, password::PasswordRow, screen::Screen, words};
use crate::{
    book::use_book,
    browser::theme::{Theme, use_look},
    routes,
    session::{UnsentDialog, leaving},
    ui::{Avatar, Button, Card, Icon, List, Of, Segmented, Size, icon, text, while_so},
    words::{Lang, Text, actions, t, use_language},
};
use domain::customers::portal::Profile;
use leptos::prelude::*;

#[component]
pub fn AccountPage() -> impl IntoView {
    let asked = RwSignal::new(false);
    let leave = leaving(asked);
    view! {
        <Screen title=t(words::MYSELF)>
            <WhoIAm/>
            <MyOrders/>
            <Card title=t(words::SETTINGS)>
                <List label=t(words::SETTINGS)>
                    <Language/>
                    <Look/>
                    <PasswordRow/>
                </List>
            </Card>
            <Devices/>
            <Button size=Size::Large wide=true icon=Icon::Leave on_press=leave>{t(actions::SIGN_OUT)}</Button>
            <UnsentDialog asked/>
        </Screen>
    }
    .into_any()
}

#[component]
fn WhoIAm() -> impl IntoView {
    let book = use_book();
    let profile = Memo::new(move |_| book.rows::<Profile>().into_iter().next());
    let name = move || profile.get().map_or_else(|| book.me().name, |profile| profile.name.to_string());
    let account = move || book.account().and_then(|account| account.name.as_ref().map(ToString::to_string)).unwrap_or_default();
    let phone = move || profile.get().and_then(|profile| profile.phone.as_ref().map(ToString::to_string)).unwrap_or_default();
    let email = move || profile.get().and_then(|profile| profile.email.as_ref().map(ToString::to_string)).unwrap_or_default();
    let no = move || book.account().and_then(|account| account.no.as_ref().map(ToString::to_string)).unwrap_or_default();
    view! {
        <section class="card myself">
            <div class="myself-head">
                <Avatar name=Signal::derive(name) of=Of::Me size=Size::Large/>
                <div><h2>{text(name)}</h2> <p>{text(account)}</p></div>
            </div>
            <dl class="myself-facts">
                <Fact name=words::PHONE value=Signal::derive(phone)/>
                <Fact name=words::EMAIL value=Signal::derive(email)/>
                <Fact name=words::ACCOUNT_NO value=Signal::derive(no)/>
                <Fact name=words::ADVISER value=Signal::derive(move || book.adviser())/>
            </dl>
        </section>
    }
    .into_any()
}

/// The way to what one has bought.
#[component]
fn MyOrders() -> impl IntoView {
    let book = use_book();
    let count = move || book.orders().len().to_string();
    view! {
        <section class="card">
            <a class="setting portal-way" href=routes::MY_ORDERS>
                {icon(Icon::Receipt)} <span class="setting-words">{t(words::ORDERS)}</span> <small>{text(count)}</small> {icon(Icon::ChevronRight)}
            </a>
        </section>
    }
    .into_any()
}

/// A fact; nothing where it is not known.
#[component]
fn Fact(name: Text, value: Signal<String>) -> impl IntoView {
    while_so(move || !value.with(String::is_empty), move || view! { <div><dt>{t(name)}</dt> <dd>{value}</dd></div> }.into_any())
}

#[component]
fn Language() -> impl IntoView {
    let lang = use_language();
    let value = RwSignal::new(lang.get_untracked().tag().to_owned());
    let options = vec![(Lang::Zh.tag().to_owned(), "中文".to_owned()), (Lang::En.tag().to_owned(), "English".to_owned())];
    let change = move |chosen: String| lang.set(if chosen == Lang::En.tag() { Lang::En } else { Lang::Zh });
    view! {
        <li class="setting">
            <span>{t(words::LANGUAGE)}</span>
            <Segmented value options=Signal::stored(options) label=t(words::LANGUAGE) on_change=change/>
        </li>
    }
    .into_any()
}

const LOOKS: [(&str, Theme, Text); 3] =
    [("system", Theme::System, words::LOOK_SYSTEM), ("light", Theme::Light, words::LOOK_LIGHT), ("dark", Theme::Dark, words::LOOK_DARK)];

#[component]
fn Look() -> impl IntoView {
    let lang = use_language();
    let theme = use_look().theme;
    let now = LOOKS.into_iter().find(|(_, look, _)| *look == theme.get_untracked()).map_or("system", |(code, ..)| code);
    let value = RwSignal::new(now.to_owned());
    let options = Signal::derive(move || LOOKS.map(|(code, _, name)| (code.to_owned(), name.in_lang(lang.get()).to_owned())).to_vec());
    let change = move |chosen: String| {
        if let Some((_, look, _)) = LOOKS.into_iter().find(|(code, ..)| *code == chosen) {
            theme.set(look);
        }
    };
    view! {
        <li class="setting">
            <span>{t(words::LOOK)}</span>
            <Segmented value options label=t(words::LOOK) on_change=change/>
        </li>
    }
    .into_any()
}
