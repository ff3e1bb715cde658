//! Where one is signed in: every device, each to be signed out from here.

use super::words;
use crate::{
    book::use_book,
    browser::{network, tasks},
    ui::{Badge, Button, Card, Icon, List, Size, Tone, icon, live, text, use_toasts},
    words::{Lang, Text, actions, t, use_language},
};
use domain::{id::Id, session::Device};
use leptos::prelude::*;
use serde::de::IgnoredAny;

#[component]
pub fn Devices() -> impl IntoView {
    let devices = RwSignal::new(None::<Option<Vec<Device>>>);
    let load = move || {
        tasks::run(async move {
            let found = network::get::<Vec<Device>>("/auth/sessions").await.ok();
            devices.try_set(Some(found));
        });
    };
    Effect::new(move |_| load());
    let lang = use_language();
    let toasts = use_toasts();
    let end = Callback::new(move |id: Id| {
        tasks::run(async move {
            match network::delete::<IgnoredAny>(&format!("/auth/sessions/{id}")).await {
                Ok(_) => load(),
                Err(_) => toasts.push_problem(words::NEEDS_LINE.in_lang(lang.get_untracked())),
            }
        });
    });
    let rows = live(move || match devices.get()? {
        None => Some(view! { <li class="setting secondary">{t(words::NEEDS_LINE)}</li> }.into_any()),
        Some(devices) => Some(devices.into_iter().map(|device| row(device, end)).collect_view().into_any()),
    });
    view! {
        <Card title=t(words::DEVICES)>
            <List label=t(words::DEVICES)>{rows}</List>
        </Card>
    }
    .into_any()
}

fn row(device: Device, end: Callback<Id>) -> AnyView {
    let book = use_book();
    let lang = use_language();
    let Device { id, agent, created_at: _, seen_at, current } = device;
    let sign = if is_phone(&agent) { Icon::Phone } else { Icon::Screen };
    let name = text(move || named(lang.get(), &agent));
    let last = if current {
        view! { <Badge tone=Tone::Accent>{t(words::THIS_DEVICE)}</Badge> }.into_any()
    } else {
        view! { <Button size=Size::Small on_press=move |()| end.run(id)>{t(actions::SIGN_OUT)}</Button> }.into_any()
    };
    view! {
        <li class="setting">
            {icon(sign)}
            <span class="setting-words">{name} <small>{text(move || words::seen(lang.get(), &book.moment(lang.get(), seen_at)))}</small></span>
            {last}
        </li>
    }
    .into_any()
}

fn is_phone(agent: &str) -> bool {
    ["iPhone", "Android", "Mobile"].iter().any(|one| agent.contains(one))
}

/// The first of these that an agent names is what it is.
const BROWSERS: [(&str, Text); 6] = [
    ("MicroMessenger", Text::new("微信", "WeChat")),
    ("Edg", Text::new("Edge", "Edge")),
    ("Firefox", Text::new("Firefox", "Firefox")),
    ("CriOS", Text::new("Chrome", "Chrome")),
    ("Chrome", Text::new("Chrome", "Chrome")),
    ("Safari", Text::new("Safari", "Safari")),
];
const SYSTEMS: [(&str, Text); 6] = [
    ("iPhone", Text::new("iPhone", "iPhone")),
    ("iPad", Text::new("iPad", "iPad")),
    ("Android", Text::new("安卓", "Android")),
    ("Windows", Text::new("Windows", "Windows")),
    ("Mac OS", Text::new("Mac", "Mac")),
    ("Linux", Text::new("Linux", "Linux")),
];

/// What people call such a device: `安卓 微信`, `Chrome on Windows`.
pub(super) fn named(lang: Lang, agent: &str) -> String {
    let of = |list: &[(&str, Text)]| list.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| name.in_lang(lang));
    match (of(&BROWSERS), of(&SYSTEMS), lang) {
        (Some(browser), Some(system), Lang::Zh) => format!("{system} {browser}"),
        (Some(browser), Some(system), Lang::En) => format!("{browser} on {system}"),
        (Some(one), None, _) | (None, Some(one), _) => one.to_owned(),
        (None, None, _) => words::SOME_DEVICE.in_lang(lang).to_owned(),
    }
}
