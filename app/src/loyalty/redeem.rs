//! Redeeming for a customer who stands at the counter or calls: the rewards there are, and why some cannot be had.

use super::{card::shortage, find::spaced, words};
use crate::{
    book::{ordered, use_book},
    browser::{clock, format},
    deeds::Deeds,
    forms::label_of,
    ui::{Button, Dialog, DialogBody, Facts, List, ListRow, Rank, Size, Width, live},
    words::{Lang, t, use_language},
};
use domain::{
    change,
    id::{CustomerId, Id, RedemptionId},
    loyalty::{Command, Member, Reward, code_of},
    words::Say,
};
use leptos::prelude::*;
use std::sync::Arc;

fn redeem(id: RedemptionId, customer: CustomerId, reward: &Reward) -> change::Command {
    change::Command::Loyalty(Command::Redeem { id, customer, reward: reward.id, price: reward.price })
}

/// As the reader calls it.
pub(super) fn named(reward: &Reward, lang: Lang) -> String {
    match (&reward.en, lang) {
        (Some(en), Lang::En) => en.to_string(),
        _ => reward.zh.to_string(),
    }
}

#[component]
pub fn RedeemDialog(customer: CustomerId, on_close: Callback<()>) -> impl IntoView {
    view! {
        <Dialog open=true on_close=on_close title=t(words::REDEEM_FOR) width=Width::Wide>
            <DialogBody><Offers customer on_close/></DialogBody>
        </Dialog>
    }
    .into_any()
}

/// What is offered, the cheapest first.
#[component]
pub(super) fn Offers(customer: CustomerId, on_close: Callback<()>) -> impl IntoView {
    let book = use_book();
    let deeds = Deeds::here();
    let lang = use_language();
    let rewards = Memo::new(move |_| {
        let mut offered = book.rows::<Reward>();
        offered.retain(|reward| reward.offered);
        ordered(&offered, |a, b| (a.price, a.created_at, a.id).cmp(&(b.price, b.created_at, b.id)))
    });
    live(move || {
        // What the rule looks at.
        _ = book.row::<Member>(customer);
        let rows: Vec<AnyView> = rewards.with(|rewards| rewards.iter().map(|reward| offer(deeds, customer, reward, on_close)).collect());
        Some(match rows.is_empty() {
            true => view! { <p class="secondary">{words::NO_REWARDS.in_lang(lang.get())}</p> }.into_any(),
            false => view! { <div class="points-waiting"><List label=t(words::REWARDS)>{rows}</List></div> }.into_any(),
        })
    })
}

fn offer(deeds: Deeds, customer: CustomerId, reward: &Arc<Reward>, on_close: Callback<()>) -> AnyView {
    let lang = deeds.lang.get();
    let blocked = deeds
        .why_not(&redeem(Id::ONLY.into(), customer, reward))
        .or_else(|| shortage(deeds.book, customer, reward.price).map(|why| why.say(lang)));
    let why = blocked.clone().unwrap_or_default();
    let facts = vec![label_of(&reward.kind, lang).to_owned(), words::in_stock(lang, reward.stock)];
    let detail = view! { <Facts of=facts/> " " <span class="warn">{why}</span> };
    let (name, price) = (named(reward, lang), words::points(lang, &format::number(reward.price.get())));
    let reward = reward.clone();
    let press = move |()| {
        let id = clock::new_id::<RedemptionId>();
        let undo = change::Command::Loyalty(Command::CallOff { redemption: id });
        let told = |lang| words::redeemed(lang, &named(&reward, lang), &spaced(&code_of(id)));
        if deeds.act(&redeem(id, customer, &reward), told, Some(undo)) {
            on_close.run(());
        }
    };
    let word = t(words::REDEEM);
    let button = view! { <Button rank=Rank::Soft size=Size::Small blocked=Signal::stored(blocked) on_press=press>{word}</Button> };
    view! { <ListRow detail end=price deeds=button>{name}</ListRow> }.into_any()
}
