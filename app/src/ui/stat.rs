//! One number that matters: what it is, how large, how it moved, by what it is judged.

use super::{Icon, Tone, icon};
use leptos::prelude::*;

/// Where a figure went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Went {
    Up,
    Down,
    #[default]
    Nowhere,
}

/// A tile. Colour only for a change beyond noise; within it, ink.
#[component]
pub fn Stat(
    #[prop(into)] label: Signal<String>,
    /// Formatted: `42`, `91.4`.
    #[prop(into)]
    value: Signal<String>,
    /// Set small beside the number: `%`, `天`.
    #[prop(optional, into)]
    unit: Signal<String>,
    /// How sure it is: `±3`.
    #[prop(optional, into)]
    margin: Signal<String>,
    /// On how many cases: `n 2,412`.
    #[prop(optional, into)]
    basis: Signal<String>,
    #[prop(optional, into)] went: Signal<Went>,
    /// The change in words: `5 比上季，超出误差`.
    #[prop(optional, into)]
    change: Signal<String>,
    #[prop(optional, into)] tone: Signal<Tone>,
    /// The target and where that leaves us: `目标 45，差 3`.
    #[prop(optional, into)]
    target: Signal<String>,
    /// A small chart at the number's end.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let mark = move || match went.get() {
        Went::Up => Some(icon(Icon::Rise)),
        Went::Down => Some(icon(Icon::Fall)),
        Went::Nowhere => None,
    };
    view! {
        <div class="stat">
            <div class="stat-label">{move || label.get()} <small>{move || basis.get()}</small></div>
            <div class="stat-figure">
                <data class="stat-value">{move || value.get()}<span class="stat-unit">{move || unit.get()}</span></data>
                <span class="stat-margin">{move || margin.get()}</span>
                {children.map(|children| view! { <span class="stat-chart">{children()}</span> })}
            </div>
            <div class="stat-foot">
                <span class="stat-change" data-tone=move || tone.get().name()>{mark} {move || change.get()}</span>
                <span class="stat-target">{move || target.get()}</span>
            </div>
        </div>
    }
    .into_any()
}
