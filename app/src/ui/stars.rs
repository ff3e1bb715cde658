//! Stars: how good it was, from one to five; shown, and asked for.

use super::{Icon, icon, id};
use crate::words::{states, use_language};
use leptos::prelude::*;

const MOST: u8 = 5;

/// So many of five, said as well as drawn.
#[component]
pub fn Stars(#[prop(into)] value: Signal<i64>) -> impl IntoView {
    let lang = use_language();
    let stars =
        (1..=i64::from(MOST)).map(|n| view! { <span class="star" data-full=move || { value.get() >= n }>{icon(Icon::StarFull)}</span> });
    view! {
        <span class="stars" role="img" aria-label=move || states::stars(lang.get(), value.get())>
            {stars.collect_view()}
        </span>
    }
    .into_any()
}

/// Asks for one of five; nothing is chosen while `value` is 0. The ends are named, then what was chosen.
#[component]
pub fn StarsInput(
    value: RwSignal<u8>,
    /// What is judged, read aloud.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let lang = use_language();
    let group = id::fresh("stars");
    let chosen = move || states::satisfaction(lang.get(), value.get());
    let ends = move || {
        let [least, most] = [1, MOST].map(|n| states::satisfaction(lang.get(), n));
        view! { <span>{least}</span> <span>{most}</span> }
    };
    view! {
        <div class="stars-input">
            <div class="stars-row" role="radiogroup" aria-label=move || label.get()>
                {(1..=MOST).map(|n| choice(n, value, group.clone())).collect_view()}
            </div>
            <p class="stars-words" aria-hidden="true" data-chosen=move || { value.get() > 0 }>
                {move || if value.get() > 0 { view! { <b>{chosen}</b> }.into_any() } else { ends().into_any() }}
            </p>
        </div>
    }
    .into_any()
}

fn choice(n: u8, value: RwSignal<u8>, group: String) -> AnyView {
    let lang = use_language();
    let name = move || format!("{}, {}", states::stars(lang.get(), n.into()), states::satisfaction(lang.get(), n));
    view! {
        <label class="stars-choice" data-full=move || { value.get() >= n }>
            <input
                type="radio"
                name=group
                value=n.to_string()
                aria-label=name
                prop:checked=move || value.get() == n
                on:change=move |_| value.set(n)
            />
            {icon(Icon::StarFull)}
        </label>
    }
    .into_any()
}
