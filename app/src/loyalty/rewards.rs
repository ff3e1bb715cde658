//! The rewards in the settings: what is offered for how many points, and what is not any more.

use super::{redeem::named, reward::RewardDialog, words};
use crate::{
    book::{Book, ordered, use_book},
    browser::format,
    deeds::Deeds,
    forms::label_of,
    ui::{Card, CardBody, Checkbox, Facts, Icon, IconButton, List, ListRow, Size, live},
    words::{Lang, t},
};
use domain::{
    access::Right,
    change,
    loyalty::{Command, Reward, RewardDraft},
};
use leptos::prelude::*;
use std::sync::Arc;

/// What the dialog is open for.
type Editing = RwSignal<Option<Option<Arc<Reward>>>>;

/// The rewards, for those who manage the programme.
#[component]
pub fn RewardsCard() -> impl IntoView {
    let book = use_book();
    if !book.me().role.is_some_and(|role| role.may(Right::ManageLoyalty)) {
        return ().into_any();
    }
    let editing: Editing = RwSignal::new(None);
    let rewards = Memo::new(move |_| {
        ordered(&book.rows::<Reward>(), |a, b| (!a.offered, a.price, a.created_at, a.id).cmp(&(!b.offered, b.price, b.created_at, b.id)))
    });
    let add = t(words::ADD_REWARD);
    let aside = view! { <IconButton label=add icon=Icon::Plus size=Size::Small on_press=move |()| editing.set(Some(None))/> };
    let list = move || {
        let rows: Vec<AnyView> = rewards.with(|rewards| rewards.iter().map(|reward| row(reward, editing)).collect());
        Some(match rows.is_empty() {
            true => view! { <CardBody><p class="secondary">{t(words::NO_REWARDS)}</p></CardBody> }.into_any(),
            false => view! { <List label=t(words::REWARDS)>{rows}</List> }.into_any(),
        })
    };
    let dialog = move || editing.get().map(|reward| view! { <RewardDialog reward on_close=move |()| editing.set(None)/> }.into_any());
    view! {
        <Card title=t(words::REWARDS) note=move || rewards.with(Vec::len).to_string() aside=aside>{live(list)}</Card>
        {live(dialog)}
    }
    .into_any()
}

/// The same reward, offered or not.
fn offered(reward: &Reward, offered: bool) -> change::Command {
    let Reward { id, zh, en, details, kind, price, stock, from_rank, offered: _, created_at: _ } = reward.clone();
    let reward = Box::new(RewardDraft { zh, en, details, kind, price, stock, from_rank, offered });
    change::Command::Loyalty(Command::EditReward { id, reward })
}

/// The tier from which on it may be had; nothing where everybody may.
fn from_tier(book: Book, rank: i64, lang: Lang) -> Option<String> {
    let programme = book.programme()?;
    programme.rules.tier(rank).map(|tier| words::from_tier(lang, tier.name(lang)))
}

fn row(reward: &Arc<Reward>, editing: Editing) -> AnyView {
    let deeds = Deeds::here();
    let lang = deeds.lang.get();
    let facts = vec![
        label_of(&reward.kind, lang).to_owned(),
        from_tier(deeds.book, reward.from_rank, lang).unwrap_or_default(),
        words::in_stock(lang, reward.stock),
    ];
    let (name, price) = (named(reward, lang), words::points(lang, &format::number(reward.price.get())));
    let label = words::edit(lang, &name);
    let is_offered = RwSignal::new(reward.offered);
    let (shown, flipped) = (reward.clone(), reward.clone());
    let flip = Callback::new(move |now: bool| {
        let told = |lang: Lang| words::SAVED.in_lang(lang).to_owned();
        deeds.act(&offered(&flipped, now), told, Some(offered(&flipped, !now)));
    });
    let controls = view! {
        <Checkbox checked=is_offered label=t(words::OFFERED) switch=true on_change=flip/>
        <IconButton label=label icon=Icon::Edit size=Size::Small on_press=move |()| editing.set(Some(Some(shown.clone())))/>
    };
    view! { <ListRow detail=view! { <Facts of=facts/> } end=price deeds=controls>{name}</ListRow> }.into_any()
}
