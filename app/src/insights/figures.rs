//! The figures side by side, each with what it rests on and how it moved.

use super::{Scope, is_beyond_noise, words};
use crate::{
    book::use_book,
    browser::format,
    ui::{Stat, Tone, Went},
    words::{Lang, Text, use_language},
};
use domain::{
    customers::Customer,
    insights::{self, Share, Tally, nps_of},
};
use leptos::prelude::*;

#[component]
pub fn Figures(scope: Scope) -> impl IntoView {
    let book = use_book();
    let figures = scope.figures();
    let customers = Memo::new(move |_| {
        let all = book.archive().unwrap_or_else(|| book.rows::<Customer>().len() as u64);
        i64::try_from(all).unwrap_or(i64::MAX)
    });
    let of = move |tally: fn(&insights::Figures) -> Tally| move || figures.with(|(now, before)| (tally(now), tally(before)));
    let complaints = move || {
        // B.10: complaints of all customers, not of tickets. Of what is finer nobody counts customers: there it is of tickets.
        let is_whole = scope.is_whole();
        let of_all = |tally: Tally| Tally { n: if is_whole { customers.get() } else { tally.n }, good: tally.bad, ..Tally::default() };
        figures.with(|(now, before)| (of_all(now.opened), of_all(before.opened)))
    };
    let of_complaints = move || if scope.is_whole() { words::COMPLAINTS } else { words::COMPLAINTS_OF_TICKETS };
    view! {
        <div class="stats">
            <Tile scope name=|| words::NPS unit="" measured=Signal::derive(move || nps(of(|figures| figures.nps)())) good_rises=true/>
            <Tile scope name=|| words::CSAT unit="%" measured=Signal::derive(move || share(of(|figures| figures.csat)())) good_rises=true/>
            <Tile scope name=|| words::RESPONSE unit="%" measured=Signal::derive(move || share(of(|figures| figures.response)())) good_rises=true/>
            <Tile scope name=|| words::RESOLUTION unit="%" measured=Signal::derive(move || share(of(|figures| figures.resolution)())) good_rises=true/>
            <Tile scope name=of_complaints unit="%" measured=Signal::derive(move || share(complaints())) good_rises=false/>
        </div>
    }
    .into_any()
}

/// A figure in the unit in which it is shown: points or percent.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Measured {
    n: i64,
    value: f64,
    plus_minus: f64,
    /// How far it moved, and whether that is more than noise.
    moved: Option<(f64, bool)>,
}

fn measured(now: Option<(i64, f64, f64)>, before: Option<(i64, f64, f64)>) -> Option<Measured> {
    let (n, value, plus_minus) = now?;
    let moved = before.map(|(_, earlier, margin)| (value - earlier, is_beyond_noise(value - earlier, plus_minus, margin)));
    Some(Measured { n, value, plus_minus, moved })
}

fn nps((now, before): (Tally, Tally)) -> Option<Measured> {
    let of = |tally| nps_of(tally).map(|nps| (nps.n, nps.score, nps.plus_minus));
    measured(of(now), of(before))
}

fn share((now, before): (Tally, Tally)) -> Option<Measured> {
    let of = |tally| Share::of(tally).map(|share| (share.n, share.share * 100.0, share.plus_minus * 100.0));
    measured(of(now), of(before))
}

#[component]
fn Tile(
    scope: Scope,
    #[prop(into)] name: Signal<Text>,
    unit: &'static str,
    measured: Signal<Option<Measured>>,
    good_rises: bool,
) -> impl IntoView {
    let lang = use_language();
    let places = u32::from(!unit.is_empty());
    let say = move |look: fn(Measured, Lang, u32) -> String, none: &'static str| {
        Signal::derive(move || measured.get().map_or_else(|| none.to_owned(), |measured| look(measured, lang.get(), places)))
    };
    let value = say(|measured, _, places| format::fixed(measured.value, places), "–");
    let margin = say(|measured, _, places| format!("±{}", format::fixed(measured.plus_minus, places)), "");
    let basis = say(|measured, _, _| format!("n {}", format::number(measured.n)), "n 0");
    let moved = move || measured.get().and_then(|measured| measured.moved);
    let change = move || {
        let period = scope.period();
        moved().map(|(by, real)| words::change(lang.get(), period, &format::fixed(by.abs(), places), real)).unwrap_or_default()
    };
    let went = move || match moved() {
        Some((by, true)) if by > 0.0 => Went::Up,
        Some((by, true)) if by < 0.0 => Went::Down,
        _ => Went::Nowhere,
    };
    let tone = move || match moved() {
        Some((by, true)) if (by > 0.0) == good_rises => Tone::Good,
        Some((_, true)) => Tone::Bad,
        _ => Tone::default(),
    };
    let unit = move || if measured.get().is_some() { unit } else { "" };
    view! { <Stat label=Signal::derive(move || name.get().in_lang(lang.get()).to_owned()) value unit margin basis change=Signal::derive(change) went=Signal::derive(went) tone=Signal::derive(tone)/> }.into_any()
}
