//! The first start: the company and its first administrator, by the one-time link that the server printed.

use super::{
    door::{Entrance, told},
    use_session, words,
};
use crate::{
    browser::{network, tasks, window},
    forms::{Typed, choices},
    routes,
    ui::{Button, Field, PasswordInput, Purpose, Rank, Select, Size, TextInput},
    words::{t, use_language},
};
use domain::{
    session::{Me, SetUp},
    settings::Currency,
    text::{Email, Name},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;

/// Where most of our users are, first; any other IANA name may be typed by whoever runs the server.
const ZONES: &[&str] = &[
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Taipei",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Asia/Dubai",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "Australia/Sydney",
    "UTC",
];

#[component]
pub fn SetUpPage() -> impl IntoView {
    let session = use_session();
    let lang = use_language();
    let (company, name, email) = (Typed::new("", Name::parse), Typed::new("", Name::parse), Typed::new("", Email::parse));
    let (zone, currency, password) =
        (RwSignal::new(window::zone()), RwSignal::new(Currency::Cny.code().to_owned()), RwSignal::new(String::new()));
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let navigate = use_navigate();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(company), Some(name), Some(email)) = (company.required(), name.required(), email.required()) else { return };
        let asked = SetUp {
            token: window::fragment(),
            company: company.to_string(),
            zone: zone.get_untracked(),
            currency: Currency::from_code(&currency.get_untracked()).unwrap_or(Currency::Cny),
            name: name.to_string(),
            email: email.to_string(),
            password: password.get_untracked(),
        };
        busy.set(true);
        error.set(None);
        let navigate = navigate.clone();
        tasks::run(async move {
            match network::post::<Me>("/auth/set-up", &asked).await {
                Ok(me) => {
                    session.enter(me);
                    navigate(routes::TODAY, leptos_router::NavigateOptions::default());
                }
                Err(trouble) => error.set(Some(told(&trouble, lang.get_untracked()))),
            }
            busy.try_set(false);
        });
    };
    let zones = move || {
        let own = window::zone();
        let own = (!ZONES.contains(&own.as_str())).then_some(own);
        own.into_iter()
            .chain(ZONES.iter().map(|zone| (*zone).to_owned()))
            .map(|zone| (zone.clone(), zone.replace('_', " ")))
            .collect::<Vec<_>>()
    };
    let begin = t(words::BEGIN);
    view! {
        <Entrance title=t(words::SET_UP_TITLE) hint=t(words::SET_UP_HINT)>
            <form class="stack" on:submit=submit>
                <Field label=t(words::COMPANY) error=company.error()>
                    <TextInput value=company.text size=Size::Large autofocus=true/>
                </Field>
                <div class="grid" data-columns="2">
                    <Field label=t(words::ZONE)>
                        <Select value=zone options=Signal::derive(zones) size=Size::Large/>
                    </Field>
                    <Field label=t(words::CURRENCY)>
                        <Select value=currency options=choices(Currency::ALL) size=Size::Large/>
                    </Field>
                </div>
                <Field label=t(words::YOUR_NAME) error=name.error()>
                    <TextInput value=name.text purpose=Purpose::Name size=Size::Large/>
                </Field>
                <Field label=t(words::YOUR_EMAIL) error=email.error()>
                    <TextInput value=email.text purpose=Purpose::Email size=Size::Large/>
                </Field>
                <Field label=t(words::NEW_PASSWORD) hint=t(words::PASSWORD_HINT) error=error>
                    <PasswordInput value=password new=true size=Size::Large/>
                </Field>
                <Button rank=Rank::Primary size=Size::Large submit=true wide=true busy=busy>{begin}</Button>
            </form>
        </Entrance>
    }
}
