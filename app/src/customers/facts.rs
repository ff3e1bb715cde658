//! What the archive says about a customer: the headline of its page and the card of its details.

use super::{name::named_row, tier::tier_of, words};
use crate::{
    book::use_book,
    browser::{network, tasks},
    forms::{label_of, troubled},
    ui::{Avatar, Badge, Button, Card, CardBody, Facts, Of, Rank, Size, use_toasts},
    words::{Lang, Text, actions, t, use_language},
};
use domain::{
    customers::{Customer, CustomerState, PhoneSeen},
    id::CustomerId,
    session::Revealed,
    words::Label,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Who this is, in two seconds: name, kind, owner.
#[component]
pub fn Headline(id: CustomerId) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let customer = Memo::new(move |_| book.row::<Customer>(id));
    let name = move || customer.get().map(|customer| named_row(&customer)).unwrap_or_default();
    let facts = move || customer.get().map(|customer| classification(&customer, book.today(), lang.get())).unwrap_or_default();
    let owner = Memo::new(move |_| customer.get().and_then(|customer| customer.owner).map(|owner| book.name_of(owner)));
    let archived = move || customer.get().is_some_and(|customer| customer.state == CustomerState::Archived);
    let archived_word = t(words::WAS_ARCHIVED);
    let nobody = t(words::NOBODY);
    view! {
        <div class="record-who">
            <Avatar name=Signal::derive(name) of=Of::Company size=Size::Large/>
            <div class="stack" data-gap="1">
                <div class="record-name">
                    <h1>{name}</h1>
                    {tier_of(move || Some(id))}
                    <Show when=archived><Badge>{archived_word}</Badge></Show>
                </div>
                <div class="small secondary"><Facts of=Signal::derive(facts)/></div>
                <div class="cluster small" data-gap="2">
                    {move || match owner.get() {
                        Some(owner) => {
                            let said = words::owned_by(lang.get(), &owner);
                            view! { <Avatar name=owner size=Size::Small/> <span>{said}</span> }.into_any()
                        }
                        None => view! { <span class="faint">{nobody}</span> }.into_any(),
                    }}
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// Number, kind, nature, industry, size, years: what classifies a customer (S041–S048).
fn classification(customer: &Customer, today: domain::time::Date, lang: Lang) -> Vec<String> {
    let word = |text: Text| text.in_lang(lang).to_owned();
    let years = customer.since.map(|since| words::years(lang, today.days_since(since).max(0) / 365));
    [
        customer.no.as_ref().filter(|_| customer.name.is_some()).map(ToString::to_string),
        customer.industry.map(|industry| word(industry.label())),
        customer.nature.map(|nature| word(nature.label())),
        customer.size.map(|size| word(size.label())),
        years,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The details; absent values are left out. Editing opens a dialog, so the card stays quiet.
#[component]
pub fn FactsCard(id: CustomerId, on_edit: Callback<()>) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let customer = Memo::new(move |_| book.row::<Customer>(id));
    let rows = move || customer.get().map(|customer| facts(&customer, lang.get())).unwrap_or_default();
    let phone = Memo::new(move |_| customer.get().and_then(|customer| customer.phone.clone()));
    let edit = t(actions::EDIT);
    let aside = move || view! { <Button rank=Rank::Quiet size=Size::Small on_press=move |()| on_edit.run(())>{edit}</Button> };
    view! {
        <Card title=t(words::DETAILS) aside=aside>
            <CardBody><dl class="details">
                {move || phone.get().map(|phone| view! {
                    <div><dt>{words::PHONE.in_lang(lang.get())}</dt><dd><Phone phone path=format!("/api/customers/{id}/reveal")/></dd></div>
                })}
                {move || rows().into_iter().map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> }).collect_view()}
            </dl></CardBody>
        </Card>
    }
    .into_any()
}

fn facts(customer: &Arc<Customer>, lang: Lang) -> Vec<(&'static str, String)> {
    let text = |text: Text, value: Option<String>| value.map(|value| (text.in_lang(lang), value));
    [
        text(words::EMAIL, customer.email.as_ref().map(ToString::to_string)),
        text(words::ADDRESS, customer.address.as_ref().map(ToString::to_string)),
        text(words::LEGAL_REPRESENTATIVE, customer.legal_representative.as_ref().map(ToString::to_string)),
        text(words::SINCE, customer.since.map(|since| since.to_string())),
        text(words::SOURCE, customer.source.map(|source| label_of(&source, lang).to_owned())),
        text(words::BUSINESS_SCOPE, customer.business_scope.as_ref().map(ToString::to_string)),
        text(words::NEEDS, customer.needs.as_ref().map(ToString::to_string)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A telephone number, masked until somebody who may asks the server for it; that is written in the audit.
#[component]
pub fn Phone(phone: PhoneSeen, path: String) -> impl IntoView {
    let toasts = use_toasts();
    let lang = use_language();
    let whole = RwSignal::new(match &phone {
        PhoneSeen::Whole(phone) => Some(phone.to_string()),
        PhoneSeen::Masked(_) => None,
    });
    let masked = phone.masked().to_string();
    let path = StoredValue::new(path);
    let reveal = move |_| {
        tasks::run(async move {
            match network::post::<Revealed>(&path.get_value(), &serde_json::json!({})).await {
                Ok(revealed) => _ = whole.try_set(revealed.phone),
                Err(trouble) => toasts.push_problem(troubled(trouble, lang.get_untracked())),
            }
        });
    };
    let label = t(words::REVEAL);
    move || match whole.get() {
        Some(whole) => view! { <a class="tabular" href=format!("tel:{whole}")>{whole.clone()}</a> }.into_any(),
        None => {
            view! { <button type="button" class="phone-masked tabular" data-tip=label on:click=reveal>{masked.clone()}</button> }.into_any()
        }
    }
}
