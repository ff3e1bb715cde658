//! The rules of each time: what is planned, what holds, what held.

use super::words;
use crate::{
    book::use_book,
    browser::{clock, format, network, tasks},
    deeds::Deeds,
    forms::label_of,
    ui::{Badge, Banner, Button, Card, Facts, List, ListRow, Rank, Size, Tone, live},
    words::t,
};
use domain::{
    change,
    loyalty::{Command, Rules, Version, VersionState},
    time::Date,
};
use leptos::prelude::*;
use std::sync::Arc;

/// All there are, the latest first, with what is planned above; `taken` is given rules to begin others with.
#[component]
pub fn VersionsCard(taken: RwSignal<Option<Rules>>) -> impl IntoView {
    let deeds = Deeds::here();
    let book = use_book();
    let versions = RwSignal::new(None::<Vec<Arc<Version>>>);
    // Only the server keeps them; what it keeps changes with what everybody sees of it.
    let seen = Memo::new(move |_| book.programme().map(|programme| (programme.from, programme.until, programme.updated_at)));
    Effect::new(move |_| {
        if seen.get().is_some() {
            tasks::run(async move {
                if let Ok(all) = network::get::<Vec<Version>>("/api/programme/versions").await {
                    versions.try_set(Some(all.into_iter().map(Arc::new).collect()));
                }
            });
        }
    });
    let planned = move || book.programme().and_then(|programme| programme.until).map(|from| plan(deeds, from));
    let list = move || {
        let rows: Vec<AnyView> = versions.get()?.iter().map(|version| row(deeds, version, taken)).collect();
        (rows.len() > 1).then(|| view! { <Card title=t(words::VERSIONS)><List label=t(words::VERSIONS)>{rows}</List></Card> }.into_any())
    };
    view! { {live(planned)} {live(list)} }.into_any()
}

/// What is coming, and calling it off.
fn plan(deeds: Deeds, from: Date) -> AnyView {
    let call_off = move |()| {
        let command = change::Command::Loyalty(Command::DropPlan { from });
        deeds.act(&command, |lang| words::PLAN_DROPPED.in_lang(lang).to_owned(), None);
    };
    let said = move || words::planned(deeds.lang.get(), &format::year_day(deeds.lang.get(), from));
    let verb = t(words::DROP_PLAN);
    view! {
        <Banner tone=Tone::Accent>
            {said}
            <Button rank=Rank::Quiet size=Size::Small on_press=call_off>{verb}</Button>
        </Banner>
    }
    .into_any()
}

const fn tone(state: VersionState) -> Tone {
    match state {
        VersionState::Planned | VersionState::Begun => Tone::Accent,
        VersionState::Done => Tone::Good,
        VersionState::Dropped => Tone::Plain,
    }
}

fn row(deeds: Deeds, version: &Arc<Version>, taken: RwSignal<Option<Rules>>) -> AnyView {
    let lang = deeds.lang.get();
    let by = version.by.person().map(|person| deeds.book.name_of(person)).unwrap_or_default();
    let facts = vec![by, format::ago(lang, clock::now().seconds_since(version.at))];
    // Of all that have begun, those whose day the programme names are in force.
    let is_over = version.state == VersionState::Done && deeds.book.programme().is_some_and(|programme| programme.from != version.from);
    let (state, tone) = match is_over {
        true => (words::FORMER.in_lang(lang), Tone::Plain),
        false => (label_of(&version.state, lang), tone(version.state)),
    };
    let state = state.to_owned();
    let (rules, take) = (version.clone(), t(words::TAKE_RULES));
    let controls = view! {
        <Badge tone>{state}</Badge>
        <Button size=Size::Small on_press=move |()| taken.set(Some(rules.rules.clone()))>{take}</Button>
    };
    let title = words::rules_from(lang, &format::year_day(lang, version.from));
    view! { <ListRow detail=view! { <Facts of=facts/> } deeds=controls>{title}</ListRow> }.into_any()
}
