//! Controls one types into or chooses from. Inside a `Field` they take its label, hint and error.

use super::{Icon, IconButton, Size, field::Link};
use crate::words::{actions, states, t};
use leptos::prelude::*;

/// What a text input is for: decides keyboard, autofill and checks on a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Purpose {
    #[default]
    Text,
    Name,
    Username,
    Email,
    Phone,
    /// Digits: amounts, counts, codes that are typed.
    Number,
    Decimal,
    OneTimeCode,
    Url,
}

impl Purpose {
    /// `type`, `inputmode`, `autocomplete`.
    fn attributes(self) -> (&'static str, Option<&'static str>, &'static str) {
        match self {
            Self::Text => ("text", None, "off"),
            Self::Name => ("text", None, "name"),
            Self::Username => ("text", None, "username"),
            Self::Email => ("email", Some("email"), "email"),
            Self::Phone => ("tel", Some("tel"), "tel"),
            Self::Number => ("text", Some("numeric"), "off"),
            Self::Decimal => ("text", Some("decimal"), "off"),
            Self::OneTimeCode => ("text", Some("numeric"), "one-time-code"),
            Self::Url => ("url", Some("url"), "url"),
        }
    }
}

/// One line of text.
#[component]
pub fn TextInput(
    value: RwSignal<String>,
    #[prop(optional)] purpose: Purpose,
    #[prop(optional, into)] placeholder: Signal<String>,
    /// What stands before or after the text inside the box: `¥`, `天`.
    #[prop(optional, into)]
    before: Signal<String>,
    #[prop(optional, into)] after: Signal<String>,
    #[prop(optional)] size: Size,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] max_length: Option<u32>,
    /// The name by which browsers and password managers remember it.
    #[prop(optional)]
    name: &'static str,
) -> impl IntoView {
    let link = Link::here();
    let (kind, mode, complete) = purpose.attributes();
    view! {
        <span class="input" data-size=size.name() data-numeric=matches!(purpose, Purpose::Number | Purpose::Decimal)>
            {move || affix(before.get())}
            <input
                id=link.id()
                type=kind
                inputmode=mode
                autocomplete=complete
                name=(!name.is_empty()).then_some(name)
                placeholder=move || placeholder.get()
                maxlength=max_length.map(|length| length.to_string())
                autofocus=autofocus
                aria-required=link.required()
                aria-invalid=move || link.invalid()
                aria-describedby=move || link.described()
                value=value.get_untracked()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            {move || affix(after.get())}
        </span>
    }
    .into_any()
}

fn affix(text: String) -> Option<AnyView> {
    (!text.is_empty()).then(|| view! { <span class="input-affix">{text}</span> }.into_any())
}

/// A password, which can be looked at. Pasting and password managers work.
#[component]
pub fn PasswordInput(
    value: RwSignal<String>,
    /// A new one is offered by the password manager, the current one filled in.
    #[prop(optional)]
    new: bool,
    #[prop(optional)] size: Size,
) -> impl IntoView {
    let link = Link::here();
    let shown = RwSignal::new(false);
    let (show, hide) = (t(actions::SHOW_PASSWORD), t(actions::HIDE_PASSWORD));
    view! {
        <span class="input" data-size=size.name()>
            <input
                id=link.id()
                type=move || if shown.get() { "text" } else { "password" }
                name="password"
                autocomplete=if new { "new-password" } else { "current-password" }
                spellcheck="false"
                autocapitalize="off"
                aria-required=link.required()
                aria-invalid=move || link.invalid()
                aria-describedby=move || link.described()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            <IconButton
                label=move || if shown.get() { hide() } else { show() }
                icon=Signal::derive(move || if shown.get() { Icon::EyeOff } else { Icon::Eye })
                size=Size::Small
                on_press=move |()| shown.update(|shown| *shown = !*shown)
            />
        </span>
    }
    .into_any()
}

/// Several lines; grows with what is written.
#[component]
pub fn TextArea(
    value: RwSignal<String>,
    #[prop(optional, into)] placeholder: Signal<String>,
    /// Lines shown when empty.
    #[prop(default = 3)]
    lines: u32,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] max_length: Option<u32>,
) -> impl IntoView {
    let link = Link::here();
    // The box is as high as the invisible twin behind the text: growing needs no measuring.
    let twin = move || value.with(|text| format!("{text}\n"));
    view! {
        <span class="input" data-lines>
            <span class="input-twin" aria-hidden="true" data-print="no">{twin}</span>
            <textarea
                id=link.id()
                rows=lines.to_string()
                placeholder=move || placeholder.get()
                maxlength=max_length.map(|length| length.to_string())
                autofocus=autofocus
                aria-required=link.required()
                aria-invalid=move || link.invalid()
                aria-describedby=move || link.described()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            >
                {value.get_untracked()}
            </textarea>
        </span>
    }
    .into_any()
}

/// One of a few, as the device likes to offer it. `options` are `(value, words)`.
#[component]
pub fn Select(
    value: RwSignal<String>,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
    /// Offers "choose" while nothing is chosen.
    #[prop(optional)]
    empty: bool,
    #[prop(optional)] size: Size,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let link = Link::here();
    let choose = t(states::PLEASE_CHOOSE);
    let change = move |event| {
        let chosen = event_target_value(&event);
        value.set(chosen.clone());
        if let Some(on_change) = on_change {
            on_change.run(chosen);
        }
    };
    let list = move || {
        let options = options.get().into_iter().map(|(key, words)| {
            let own = key.clone();
            view! { <option value=key selected=move || value.with(|value| *value == own)>{words}</option> }
        });
        options.collect_view()
    };
    view! {
        <span class="input" data-select data-size=size.name()>
            <select
                id=link.id()
                aria-required=link.required()
                aria-invalid=move || link.invalid()
                aria-describedby=move || link.described()
                on:change=change
            >
                {empty.then(|| view! { <option value="">{choose}</option> })}
                {list}
            </select>
            {super::icon(Icon::ChevronDown)}
        </span>
    }
    .into_any()
}

/// A day, `2026-11-24`; empty when none.
#[component]
pub fn DateInput(
    value: RwSignal<String>,
    #[prop(optional, into)] min: Signal<String>,
    #[prop(optional, into)] max: Signal<String>,
    #[prop(optional)] size: Size,
    /// Asks for the time of day too: `2026-11-24T10:00`.
    #[prop(optional)]
    with_time: bool,
) -> impl IntoView {
    let link = Link::here();
    let limit = |text: String| (!text.is_empty()).then_some(text);
    view! {
        <span class="input" data-size=size.name()>
            <input
                id=link.id()
                type=if with_time { "datetime-local" } else { "date" }
                min=move || limit(min.get())
                max=move || limit(max.get())
                aria-required=link.required()
                aria-invalid=move || link.invalid()
                aria-describedby=move || link.described()
                value=value.get_untracked()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        </span>
    }
    .into_any()
}

/// A time of day, `09:00`; empty when none.
#[component]
pub fn TimeInput(
    value: RwSignal<String>,
    /// What it is, read aloud, where no field around it says so.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <span class="input" data-size="small">
            <input
                type="time"
                aria-label=move || label.get()
                value=value.get_untracked()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        </span>
    }
    .into_any()
}
