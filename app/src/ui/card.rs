//! Cards: a quiet edge around one subject, its name and its figure in the head.

use super::Slot;
use leptos::prelude::*;

/// A card. Its body is `children`: rows, `CardBody`, or both.
#[component]
pub fn Card(
    /// No head without it.
    #[prop(optional, into)]
    title: Option<Signal<String>>,
    /// Beside the title, fainter: a count, a period.
    #[prop(optional, into)]
    note: Signal<String>,
    /// At the head's end: words, a link, an `IconButton`.
    #[prop(optional, into)]
    aside: Slot,
    children: Children,
) -> impl IntoView {
    let note = move || Some(note.get()).filter(|note| !note.is_empty()).map(|note| view! { <small>{note}</small> });
    let head = title.map(|title| {
        view! {
            <header class="card-head">
                <h2>{move || title.get()}</h2>
                {note}
                {aside.within("card-aside")}
            </header>
        }
    });
    view! {
        <section class="card">
            {head}
            {children()}
        </section>
    }
    .into_any()
}

/// Padded content of a card.
#[component]
pub fn CardBody(children: Children) -> impl IntoView {
    view! { <div class="card-body">{children()}</div> }.into_any()
}

/// Details that can be folded away.
#[component]
pub fn Fold(
    #[prop(into)] summary: Signal<String>,
    #[prop(optional, into)] note: Signal<String>,
    #[prop(optional)] open: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="fold" open=open>
            <summary>
                {super::icon(super::Icon::ChevronDown)}
                <b>{move || summary.get()}</b>
                <small>{move || note.get()}</small>
            </summary>
            {children()}
        </details>
    }
    .into_any()
}
