//! The company's settings on screen: administrators change them, everybody else sees what holds.

mod days;
mod targets;
mod week;
mod words;

pub use targets::TargetsCard;
pub use week::WeekCard;

use crate::{
    book::use_book,
    forms::{Typed, choices, label_of, said},
    ui::{Banner, Button, Card, CardBody, Field, Rank, Segmented, TextInput, Tone, use_toasts},
    words::{actions, t, use_language},
};
use domain::{
    access::{Reach, Right},
    change::{self, Command},
    settings::{self, Company},
    text::Name,
};
use leptos::{ev::SubmitEvent, prelude::*};
use std::sync::Arc;

/// The settings, once the company's row is here.
#[component]
pub fn SettingsCard() -> impl IntoView {
    let book = use_book();
    let company = Memo::new(move |_| book.company());
    move || company.get().map(|company| view! { <Form company/> })
}

#[component]
fn Form(company: Arc<Company>) -> impl IntoView {
    let book = use_book();
    let toasts = use_toasts();
    let lang = use_language();
    let name = Typed::new(company.name.to_string(), Name::parse);
    let reach = RwSignal::new(company.sales_reach.code().to_owned());
    let refusal = RwSignal::new(None::<change::Refusal>);
    let manages = book.me().role.is_some_and(|role| role.may(Right::ManageSettings));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(name) = name.required() else { return };
        let reach = Reach::from_code(&reach.get_untracked()).unwrap_or(Reach::Own);
        let commands = [settings::Command::Rename { name }, settings::Command::SetSalesReach { reach }];
        let done = commands.into_iter().try_for_each(|command| book.submit(&Command::Settings(command)).map(drop));
        match done {
            Ok(()) => toasts.push(words::SAVED.in_lang(lang.get_untracked())),
            Err(why) => refusal.set(Some(why)),
        }
    };
    let (zone, currency) = (company.zone.name.clone(), company.currency);
    let save = t(actions::SAVE);
    view! {
        <form on:submit=submit>
            <Card>
                <CardBody>
                    <div class="stack">
                        <Field label=t(words::COMPANY) error=name.error()><TextInput value=name.text/></Field>
                        <Field label=t(words::SALES_REACH) hint=t(words::SALES_REACH_HINT)>
                            <Segmented value=reach options=choices(&[Reach::Own, Reach::Team])/>
                        </Field>
                        <dl class="details">
                            <div><dt>{t(words::ZONE)}</dt><dd>{zone}</dd></div>
                            <div><dt>{t(words::CURRENCY)}</dt><dd>{move || label_of(&currency, lang.get())}</dd></div>
                        </dl>
                        <p class="small faint">{t(words::FIXED)}</p>
                        {move || said(refusal).get().map(|why| view! { <Banner tone=Tone::Bad>{why}</Banner> })}
                        {manages.then(|| view! { <div><Button rank=Rank::Primary submit=true>{save}</Button></div> })}
                    </div>
                </CardBody>
            </Card>
        </form>
        {(!manages).then(|| view! { <Banner>{t(words::ONLY_ADMINISTRATORS_HINT)}</Banner> })}
    }
    .into_any()
}
