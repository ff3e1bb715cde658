//! Choosing: a checkbox, a switch, one of a few side by side.

use super::{field::Link, id};
use leptos::prelude::*;

/// Yes or no, taking effect when the form is sent. A row of its own, the whole of it pressable.
#[component]
pub fn Checkbox(
    checked: RwSignal<bool>,
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] hint: Signal<String>,
    /// Taking effect at once: drawn as a switch.
    #[prop(optional)]
    switch: bool,
    #[prop(optional, into)] on_change: Option<Callback<bool>>,
) -> impl IntoView {
    let hint_id = id::fresh("hint");
    let described = hint_id.clone();
    let change = move |event| {
        let now = event_target_checked(&event);
        checked.set(now);
        if let Some(on_change) = on_change {
            on_change.run(now);
        }
    };
    view! {
        <label class="choice" data-switch=switch>
            <input
                type="checkbox"
                role=switch.then_some("switch")
                checked=checked.get_untracked()
                prop:checked=move || checked.get()
                aria-describedby=move || hint.with(|hint| !hint.is_empty()).then(|| described.clone())
                on:change=change
            />
            <span class="choice-mark" aria-hidden="true"></span>
            <span class="choice-words">
                {move || label.get()}
                {move || {
                    let hint_id = hint_id.clone();
                    hint.with(|hint| !hint.is_empty()).then(|| view! { <small id=hint_id>{hint.get()}</small> })
                }}
            </span>
        </label>
    }
    .into_any()
}

/// One of two to five, all in sight: a radio group drawn as one control. `options` are `(value, words)`.
#[component]
pub fn Segmented(
    value: RwSignal<String>,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
    /// What is chosen here, read aloud. Not needed inside a `Field`.
    #[prop(optional, into)]
    label: Signal<String>,
    /// As separate boxes, for rating 1–5 and the phone.
    #[prop(optional)]
    boxes: bool,
    /// Without a ground: a filter above a list.
    #[prop(optional)]
    quiet: bool,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let link = Link::here();
    let group = id::fresh("choice");
    let choose = Callback::new(move |chosen: String| {
        value.set(chosen.clone());
        if let Some(on_change) = on_change {
            on_change.run(chosen);
        }
    });
    let items = move || options.get().into_iter().map(|option| segment(option, value, choose, group.clone())).collect_view();
    view! {
        <div
            class="segmented"
            id=link.id()
            role="radiogroup"
            data-boxes=boxes
            data-quiet=quiet
            aria-label=move || Some(label.get()).filter(|label| !label.is_empty())
            aria-labelledby=link.labelled()
            aria-invalid=move || link.invalid()
            aria-describedby=move || link.described()
        >
            {items}
        </div>
    }
    .into_any()
}

fn segment((key, words): (String, String), value: RwSignal<String>, choose: Callback<String>, group: String) -> AnyView {
    let (own, chosen) = (key.clone(), key.clone());
    view! {
        <label class="segment">
            <input
                type="radio"
                name=group
                value=key
                checked=value.with_untracked(|value| *value == own)
                prop:checked=move || value.with(|value| *value == own)
                on:change=move |_| choose.run(chosen.clone())
            />
            <span>{words}</span>
        </label>
    }
    .into_any()
}
