//! The sentence at the head: where we stand, how certain that is, and whether it moved at all.

use super::{Scope, is_beyond_noise, words};
use crate::words::use_language;
use domain::insights::{Share, nps_of};
use leptos::prelude::*;

/// A score that may as well be any other is none to speak of.
const WIDEST: f64 = 100.0;

#[component]
pub fn Headline(scope: Scope) -> impl IntoView {
    let lang = use_language();
    let figures = scope.figures();
    let said = move || {
        let (now, before) = figures.get();
        let lang = lang.get();
        let Some(nps) = nps_of(now.nps) else {
            // What is narrowed to tickets has no score of its own, but ratings.
            let satisfied = Share::of(now.csat).filter(|_| scope.look.with(|look| look.of.is_fine()));
            return satisfied
                .map_or_else(|| words::NOTHING_YET.in_lang(lang).to_owned(), |share| words::satisfied(lang, scope.period(), share));
        };
        if nps.plus_minus > WIDEST {
            return words::too_few(lang, scope.period(), nps.n);
        }
        let moved = nps_of(before.nps).map(|before| {
            let change = nps.score - before.score;
            (change, is_beyond_noise(change, nps.plus_minus, before.plus_minus))
        });
        words::headline(lang, scope.period(), nps, moved)
    };
    let basis = move || {
        let (now, _) = figures.get();
        words::basis(lang.get(), now.nps.n, now.csat.n, now.opened.n)
    };
    view! {
        <header class="insights-head">
            <p class="insights-sentence">{said}</p>
            <p class="secondary small">{basis}</p>
        </header>
    }
    .into_any()
}
