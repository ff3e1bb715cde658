//! The tiers in the programme's form: as many as there are, each with its names, its threshold and what it brings.

use super::{adjust::points, words};
use crate::{
    browser::format,
    forms::{choices, whole},
    ui::{Button, Field, Icon, IconButton, Purpose, Select, Size, TextArea, TextInput, live},
    words::{t, use_language},
};
use domain::{
    loyalty::{Band, Benefit, Metal, Tier},
    money::Points,
    text::{Line, Name},
};
use leptos::prelude::*;

/// No programme has more.
const MOST: usize = 6;

/// A tier as it is typed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Typing {
    zh: RwSignal<String>,
    en: RwSignal<String>,
    metal: RwSignal<String>,
    from: RwSignal<String>,
    least: RwSignal<String>,
    most: RwSignal<String>,
    percent: RwSignal<String>,
    benefits_zh: RwSignal<String>,
    benefits_en: RwSignal<String>,
}

impl Typing {
    pub fn of(tier: Option<&Tier>) -> Self {
        let text = |look: &dyn Fn(&Tier) -> String| RwSignal::new(tier.map(look).unwrap_or_default());
        let lines = |look: fn(&Benefit) -> &Line| {
            let lines = tier.map(|tier| tier.benefits.iter().map(|benefit| look(benefit).to_string()).collect::<Vec<_>>());
            RwSignal::new(lines.unwrap_or_default().join("\n"))
        };
        Self {
            zh: text(&|tier| tier.zh.to_string()),
            en: text(&|tier| tier.en.to_string()),
            metal: RwSignal::new(tier.map_or(Metal::Silver, |tier| tier.metal).code().to_owned()),
            from: text(&|tier| tier.from.get().to_string()),
            least: text(&|tier| tier.band.map(|band| share(band.least)).unwrap_or_default()),
            most: text(&|tier| tier.band.map(|band| share(band.most)).unwrap_or_default()),
            percent: RwSignal::new(tier.map_or(100, |tier| tier.percent).to_string()),
            benefits_zh: lines(|benefit| &benefit.zh),
            benefits_en: lines(|benefit| &benefit.en),
        }
    }

    /// Nothing while a name or a number is missing. Tracked.
    pub fn read(self, by_share: bool) -> Option<Tier> {
        let edge = |text: RwSignal<String>| text.with(|text| permille(text));
        let (from, band) = match by_share {
            true => (Points::ZERO, Some(Band { least: edge(self.least)?, most: edge(self.most)? })),
            false => (self.from.with(|text| points(text)).ok()?, None),
        };
        Some(Tier {
            zh: self.zh.with(|text| Name::parse(text)).ok()?,
            en: self.en.with(|text| Name::parse(text)).ok()?,
            metal: Metal::from_code(&self.metal.get())?,
            from,
            band,
            percent: self.percent.with(|text| whole(text)).ok()?,
            benefits: benefits(&self.benefits_zh.get(), &self.benefits_en.get())?,
        })
    }
}

/// Line by line in both languages; one that has no English says it in Chinese.
pub(super) fn benefits(zh: &str, en: &str) -> Option<Vec<Benefit>> {
    let mut english = en.lines().map(str::trim);
    let lines = zh.lines().map(str::trim).filter(|line| !line.is_empty()).map(|zh| {
        let en = english.next().filter(|en| !en.is_empty()).unwrap_or(zh);
        Some(Benefit { zh: Line::parse(zh).ok()?, en: Line::parse(en).ok()? })
    });
    lines.collect()
}

/// `125` → `12.5`: tenths of a percent, in percent.
pub(super) fn share(permille: i64) -> String {
    let whole = format::decimal(permille, 1);
    whole.strip_suffix(".0").map_or(whole.clone(), str::to_owned)
}

/// `12.5` → `125`.
pub(super) fn permille(text: &str) -> Option<i64> {
    let (whole, tenth) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
    let tenth: i64 = tenth.parse().ok().filter(|tenth| (0..10).contains(tenth))?;
    whole.parse::<i64>().ok().filter(|whole| (0..=100).contains(whole)).map(|whole| whole * 10 + tenth)
}

/// All of them, from the lowest up.
#[component]
pub fn Tiers(tiers: RwSignal<Vec<Typing>>, by_share: Memo<bool>) -> impl IntoView {
    let lang = use_language();
    let list = move || {
        let (tiers_now, by_share) = (tiers.get(), by_share.get());
        let rows: Vec<AnyView> = tiers_now.into_iter().zip(1..).map(|(tier, n)| one(tier, n, tiers, by_share)).collect();
        Some(rows.into_any())
    };
    let hint = move || if by_share.get() { words::SHARES_HINT } else { words::TIERS_HINT }.in_lang(lang.get());
    let add = t(words::ADD_TIER);
    let more = move || {
        (tiers.with(Vec::len) < MOST).then(|| {
            let press = move |()| tiers.update(|tiers| tiers.push(Typing::of(None)));
            view! { <div><Button icon=Icon::Plus size=Size::Small on_press=press>{add}</Button></div> }.into_any()
        })
    };
    view! {
        <h3 class="points-part">{t(words::TIERS)}</h3>
        <p class="small secondary">{hint}</p>
        {live(list)}
        {live(more)}
    }
    .into_any()
}

fn one(tier: Typing, n: usize, tiers: RwSignal<Vec<Typing>>, by_share: bool) -> AnyView {
    let lang = use_language();
    let entry = match by_share {
        true => view! {
            <Field label=t(words::LEAST)><TextInput value=tier.least purpose=Purpose::Decimal after="%"/></Field>
            <Field label=t(words::MOST)><TextInput value=tier.most purpose=Purpose::Decimal after="%"/></Field>
        }
        .into_any(),
        false => view! { <Field label=t(words::FROM)><TextInput value=tier.from purpose=Purpose::Number/></Field> }.into_any(),
    };
    let remove = move |()| tiers.update(|tiers| tiers.retain(|other| *other != tier));
    view! {
        <fieldset class="tier">
            <legend>{move || words::tier_no(lang.get(), n)}</legend>
            <div class="grid" data-columns="2" data-gap="3">
                <Field label=t(words::NAME_ZH)><TextInput value=tier.zh/></Field>
                <Field label=t(words::NAME_EN)><TextInput value=tier.en/></Field>
            </div>
            <div class="grid" data-columns=if by_share { "4" } else { "3" } data-gap="3">
                {entry}
                <Field label=t(words::SHARE)><TextInput value=tier.percent purpose=Purpose::Number after="%"/></Field>
                <Field label=t(words::METAL)><Select value=tier.metal options=choices(Metal::ALL)/></Field>
            </div>
            <div class="grid" data-columns="2" data-gap="3">
                <Field label=t(words::BENEFITS_ZH)><TextArea value=tier.benefits_zh lines=2/></Field>
                <Field label=t(words::BENEFITS_EN)><TextArea value=tier.benefits_en lines=2/></Field>
            </div>
            <span class="tier-remove">
                <IconButton label=move || words::remove_tier(lang.get(), n) icon=Icon::Trash size=Size::Small on_press=remove/>
            </span>
        </fieldset>
    }
    .into_any()
}
