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
    money::Currency,
    session::{Me, SetUp},
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

/// What the form holds.
#[derive(Clone, Copy)]
struct Typing {
    company: Typed<Name>,
    zone: RwSignal<String>,
    currency: RwSignal<String>,
    name: Typed<Name>,
    email: Typed<Email>,
    password: RwSignal<String>,
}

impl Typing {
    fn new() -> Self {
        Self {
            company: Typed::new("", Name::parse),
            zone: RwSignal::new(window::zone()),
            currency: RwSignal::new(Currency::Cny.code().to_owned()),
            name: Typed::new("", Name::parse),
            email: Typed::new("", Email::parse),
            password: RwSignal::new(String::new()),
        }
    }

    fn asked(self) -> Option<SetUp> {
        let (company, name, email) = (self.company.required(), self.name.required(), self.email.required());
        Some(SetUp {
            token: window::fragment(),
            company: company?.to_string(),
            zone: self.zone.get_untracked(),
            currency: Currency::from_code(&self.currency.get_untracked()).unwrap_or(Currency::Cny),
            name: name?.to_string(),
            email: email?.to_string(),
            password: self.password.get_untracked(),
        })
    }
}

/// The zones to choose from: the device's own first.
fn zones() -> Vec<(String, String)> {
    let own = window::zone();
    let own = (!ZONES.contains(&own.as_str())).then_some(own);
    let all = own.into_iter().chain(ZONES.iter().map(|zone| (*zone).to_owned()));
    all.map(|zone| (zone.clone(), zone.replace('_', " "))).collect()
}

#[component]
pub fn SetUpPage() -> impl IntoView {
    let session = use_session();
    let lang = use_language();
    let typing = Typing::new();
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let navigate = use_navigate();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(asked) = typing.asked() else { return };
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
    let begin = t(words::BEGIN);
    view! {
        <Entrance title=t(words::SET_UP_TITLE) hint=t(words::SET_UP_HINT)>
            <form class="stack" on:submit=submit>
                <CompanyFields typing/>
                <Field label=t(words::YOUR_NAME) error=typing.name.error()>
                    <TextInput value=typing.name.text purpose=Purpose::Name size=Size::Large/>
                </Field>
                <Field label=t(words::YOUR_EMAIL) error=typing.email.error()>
                    <TextInput value=typing.email.text purpose=Purpose::Email size=Size::Large/>
                </Field>
                <Field label=t(words::NEW_PASSWORD) hint=t(words::PASSWORD_HINT) error=error>
                    <PasswordInput value=typing.password new=true size=Size::Large/>
                </Field>
                <Button rank=Rank::Primary size=Size::Large submit=true wide=true busy=busy>{begin}</Button>
            </form>
        </Entrance>
    }
}

#[component]
fn CompanyFields(typing: Typing) -> impl IntoView {
    view! {
        <Field label=t(words::COMPANY) error=typing.company.error()>
            <TextInput value=typing.company.text size=Size::Large autofocus=true/>
        </Field>
        <div class="grid" data-columns="2">
            <Field label=t(words::ZONE)>
                <Select value=typing.zone options=Signal::derive(zones) size=Size::Large/>
            </Field>
            <Field label=t(words::CURRENCY)>
                <Select value=typing.currency options=choices(Currency::ALL) size=Size::Large/>
            </Field>
        </div>
    }
    .into_any()
}
