//! Rewards: what points are good for, and what one has taken. Redeeming is a small pleasure, and certain only when the
//! server has looked at the points.

use super::words;
use crate::{
    book::{Book, use_book},
    browser::{clock, format},
    ui::{Badge, Button, Card, Dialog, DialogBody, DialogFoot, Icon, List, ListRow, Rank, Size, Tone, icon, live, use_toasts, while_so},
    words::{Lang, actions, t, use_language},
};
use domain::{
    id::RewardId,
    loyalty::{
        RedemptionState, RewardKind,
        portal::{Command as Deed, Redemption, Reward},
    },
    portal::Command,
    words::{Label, Say},
};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Rewards() -> impl IntoView {
    let book = use_book();
    let chosen = RwSignal::new(None::<RewardId>);
    let rewards = Memo::new(move |_| book.rewards());
    let taken = Memo::new(move |_| book.redemptions());
    let offers = move || {
        view! {
            <section class="rewards" aria-label=t(words::REWARDS)>
                <h2>{t(words::REWARDS)}</h2>
                <ul class="rewards-list" role="list">
                    <For each=move || rewards.get() key=|reward| reward.id children=move |reward| offer(reward.id, chosen)/>
                </ul>
            </section>
        }
        .into_any()
    };
    let mine = move || {
        view! {
            <Card title=t(words::TAKEN)>
                <List label=t(words::TAKEN)>
                    <For each=move || taken.get() key=|taken| (taken.id, taken.state) children=|taken| mine(&taken)/>
                </List>
            </Card>
        }
        .into_any()
    };
    view! {
        {while_so(move || !taken.with(Vec::is_empty), mine)}
        {while_so(move || !rewards.with(Vec::is_empty), offers)}
        <Confirm chosen/>
    }
    .into_any()
}

fn name(reward: &Reward, lang: Lang) -> String {
    let en = reward.en.as_ref().filter(|_| lang == Lang::En);
    en.unwrap_or(&reward.zh).to_string()
}

/// Why it cannot be had now, in the customer's words.
fn why_not(book: Book, lang: Lang, reward: &Reward) -> Option<String> {
    if !reward.left {
        return Some(words::NONE_LEFT.in_lang(lang).to_owned());
    }
    if book.tier_rank() < reward.from_rank {
        let tier = book.club().and_then(|programme| programme.tier(reward.from_rank).map(|tier| tier.name(lang).to_owned()));
        return Some(words::for_tier(lang, &tier.unwrap_or_default()));
    }
    let missing = reward.price.less(book.spendable());
    (!missing.is_zero()).then(|| words::still(lang, missing.get()))
}

fn offer(id: RewardId, chosen: RwSignal<Option<RewardId>>) -> AnyView {
    let book = use_book();
    let lang = use_language();
    live(move || {
        let reward = book.row::<Reward>(id)?;
        let lang = lang.get();
        let sign = match reward.kind {
            RewardKind::Goods => Icon::Gift,
            RewardKind::Service => Icon::Wrench,
            RewardKind::Discount => Icon::Coupon,
        };
        let why_not = why_not(book, lang, &reward);
        let blocked = why_not.is_some();
        let verb = why_not.unwrap_or_else(|| words::REDEEM.in_lang(lang).to_owned());
        let view = view! {
            <li class="reward">
                <span class="reward-sign" aria-hidden="true">{icon(sign)}</span>
                <b>{name(&reward, lang)}</b>
                <p>{reward.details.as_ref().map(ToString::to_string)}</p>
                <p class="reward-price"><b>{format::number(reward.price.get())}</b> " " {words::POINTS_UNIT.in_lang(lang)}</p>
                <button type="button" class="reward-take" disabled=blocked on:click=move |_| chosen.set(Some(id))>{verb}</button>
            </li>
        };
        Some(view.into_any())
    })
}

/// Says what it costs and what is left, before anything is spent.
#[component]
fn Confirm(chosen: RwSignal<Option<RewardId>>) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let toasts = use_toasts();
    let reward = move || chosen.get().and_then(|id| book.row::<Reward>(id));
    let title = move || reward().map(|reward| name(&reward, lang.get())).unwrap_or_default();
    let costs = move || {
        let reward = reward()?;
        let left = book.spendable().less(reward.price);
        Some(view! { <p>{words::costs(lang.get(), reward.price.get(), left.get())}</p> }.into_any())
    };
    let take = move |()| {
        let Some(reward) = untrack(reward) else { return };
        let deed = Deed::Redeem { id: clock::new_id(), reward: reward.id, price: reward.price };
        match book.submit(&Command::Loyalty(deed)) {
            Ok(_) => toasts.push(words::ASKED_FOR.in_lang(lang.get_untracked())),
            Err(refusal) => toasts.push_problem(refusal.say(lang.get_untracked())),
        }
        chosen.set(None);
    };
    let close = move |()| chosen.set(None);
    view! {
        <Dialog open=Signal::derive(move || chosen.get().is_some()) on_close=close title=Signal::derive(title)>
            <DialogBody>{live(costs)}</DialogBody>
            <DialogFoot>
                <Button size=Size::Large on_press=close>{t(actions::CANCEL)}</Button>
                <Button rank=Rank::Primary size=Size::Large on_press=take>{t(words::REDEEM)}</Button>
            </DialogFoot>
        </Dialog>
    }
    .into_any()
}

/// Something that was taken: its code, to be shown at the counter.
fn mine(taken: &Arc<Redemption>) -> AnyView {
    let book = use_book();
    let lang = use_language();
    let (reward, title, price, at) = (taken.reward, taken.title.to_string(), taken.price, taken.at);
    let (state, code) = (taken.state, taken.code.clone());
    let tone = match state {
        RedemptionState::Granted => Tone::Accent,
        RedemptionState::Reserved => Tone::Warn,
        RedemptionState::Used | RedemptionState::Cancelled => Tone::Plain,
    };
    let named = move || book.row::<Reward>(reward).map_or_else(|| title.clone(), |reward| name(&reward, lang.get()));
    let detail = move || words::for_points(lang.get(), price.get(), &book.day(lang.get(), at));
    let label = move || state.label().in_lang(lang.get());
    let shown = code.filter(|_| state == RedemptionState::Granted);
    view! {
        <ListRow
            front=move || icon(Icon::Gift)
            detail=detail
            end=move || view! { <Badge tone=tone>{label()}</Badge> }
        >
            {named}
            {shown.clone().map(|code| view! { <code class="portal-code">{code}</code> })}
        </ListRow>
    }
    .into_any()
}
