//! The form of a reward: a new one, or changes to one.

use super::{adjust::points, words};
use crate::{
    book::use_book,
    browser::clock,
    deeds::Deeds,
    forms::{Typed, choices, code, said, whole},
    ui::{Checkbox, Field, FormDialog, Purpose, Select, TextArea, TextInput},
    words::{actions, t, use_language},
};
use domain::{
    change,
    id::RewardId,
    loyalty::{Command, Reward, RewardDraft, RewardKind},
    money::Points,
    text::{Name, Prose},
};
use leptos::prelude::*;
use std::sync::Arc;

/// What the form holds.
#[derive(Clone, Copy)]
struct Typing {
    zh: Typed<Name>,
    en: Typed<Name>,
    details: Typed<Prose>,
    kind: RwSignal<String>,
    price: Typed<Points>,
    stock: Typed<i64>,
    from_rank: RwSignal<String>,
    offered: RwSignal<bool>,
}

impl Typing {
    fn of(reward: Option<&Reward>) -> Self {
        let text = |look: fn(&Reward) -> Option<String>| reward.and_then(look).unwrap_or_default();
        Self {
            zh: Typed::new(text(|it| Some(it.zh.to_string())), Name::parse),
            en: Typed::new(text(|it| it.en.as_ref().map(ToString::to_string)), Name::parse),
            details: Typed::new(text(|it| it.details.as_ref().map(ToString::to_string)), Prose::parse),
            kind: RwSignal::new(code(&reward.map_or(RewardKind::Goods, |it| it.kind))),
            price: Typed::new(text(|it| Some(it.price.get().to_string())), points),
            stock: Typed::new(text(|it| it.stock.map(|stock| stock.to_string())), whole),
            from_rank: RwSignal::new(reward.map_or(0, |it| it.from_rank).to_string()),
            offered: RwSignal::new(reward.is_none_or(|it| it.offered)),
        }
    }

    /// What sending the form asks for; nothing while a field is wrong, and then the field says so.
    fn draft(self) -> Option<RewardDraft> {
        let (zh, price) = (self.zh.required(), self.price.required());
        Some(RewardDraft {
            zh: zh?,
            en: self.en.optional()?,
            details: self.details.optional()?,
            kind: RewardKind::from_code(&self.kind.get_untracked()).unwrap_or(RewardKind::Goods),
            price: price?,
            stock: self.stock.optional()?,
            from_rank: self.from_rank.with_untracked(|rank| rank.parse().unwrap_or_default()),
            offered: self.offered.get_untracked(),
        })
    }
}

#[component]
pub fn RewardDialog(#[prop(optional_no_strip)] reward: Option<Arc<Reward>>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let deeds = Deeds::here();
    let typing = Typing::of(reward.as_deref());
    let was = reward.map(|reward| reward.id);
    let refusal = RwSignal::new(None::<change::Refusal>);
    let submit = move |()| {
        let Some(reward) = typing.draft().map(Box::new) else { return };
        let command = change::Command::Loyalty(match was {
            Some(id) => Command::EditReward { id, reward },
            None => Command::AddReward { id: clock::new_id::<RewardId>(), reward },
        });
        refusal.set(deeds.book.why_not(&command));
        if refusal.with_untracked(Option::is_none) && deeds.act(&command, |lang| words::SAVED.in_lang(lang).to_owned(), None) {
            on_close.run(());
        }
    };
    let title = if was.is_some() { words::EDIT_REWARD } else { words::ADD_REWARD };
    view! {
        <FormDialog title=t(title) verb=t(actions::SAVE) on_send=submit on_close refusal=said(refusal)>
            <Fields typing/>
        </FormDialog>
    }
    .into_any()
}

#[component]
fn Fields(typing: Typing) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let ranks = Signal::derive(move || {
        let lang = lang.get();
        let everybody = ("0".to_owned(), words::EVERYBODY.in_lang(lang).to_owned());
        let tiers = book.programme().map(|programme| programme.rules.tiers.tiers.clone()).unwrap_or_default();
        let tiers = tiers.iter().zip(1..).map(|(tier, rank): (_, i64)| (rank.to_string(), tier.name(lang).to_owned()));
        std::iter::once(everybody).chain(tiers).collect::<Vec<_>>()
    });
    view! {
        <div class="grid" data-columns="2" data-keep>
            <Field label=t(words::NAME_ZH) error=typing.zh.error() required=true><TextInput value=typing.zh.text autofocus=true/></Field>
            <Field label=t(words::NAME_EN) error=typing.en.error()><TextInput value=typing.en.text/></Field>
            <Field label=t(words::PRICE) error=typing.price.error() required=true>
                <TextInput value=typing.price.text purpose=Purpose::Number/>
            </Field>
            <Field label=t(words::STOCK) hint=t(words::STOCK_HINT) error=typing.stock.error()>
                <TextInput value=typing.stock.text purpose=Purpose::Number/>
            </Field>
            <Field label=t(words::KIND)><Select value=typing.kind options=choices(RewardKind::ALL)/></Field>
            <Field label=t(words::FROM_TIER)><Select value=typing.from_rank options=ranks/></Field>
        </div>
        <Field label=t(words::DETAILS) error=typing.details.error()><TextArea value=typing.details.text lines=2/></Field>
        <Checkbox checked=typing.offered label=t(words::OFFERED)/>
    }
    .into_any()
}
