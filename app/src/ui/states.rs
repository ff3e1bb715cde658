//! What stands where content will be, could be, or could not be.

use super::{Button, Icon, icon};
use crate::{
    browser::page,
    words::{actions, states, t},
};
use leptos::prelude::*;

/// Nothing here yet: says what will be, and offers the first step as `children`.
#[component]
pub fn EmptyState(
    icon: Icon,
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] text: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="state">
            <span class="state-mark">{super::icon(icon)}</span>
            <p class="state-title">{move || title.get()}</p>
            <p class="state-text">{move || text.get()}</p>
            {children.map(|children| view! { <div class="state-actions">{children()}</div> })}
        </div>
    }
    .into_any()
}

/// It could not be loaded; trying again is offered. Without `on_retry` the whole page is loaded anew.
#[component]
pub fn LoadFailed(
    /// What happened, if more is known.
    #[prop(optional, into)]
    text: Signal<String>,
    #[prop(optional, into)] on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let (title, hint, retry) = (t(states::LOAD_FAILED), t(states::LOAD_FAILED_HINT), t(actions::RETRY));
    let words = move || Some(text.get()).filter(|text| !text.is_empty()).unwrap_or_else(|| hint().to_owned());
    let press = move |()| match on_retry {
        Some(on_retry) => on_retry.run(()),
        None => page::reload(),
    };
    view! {
        <div class="state" role="alert">
            <span class="state-mark">{icon(Icon::Offline)}</span>
            <p class="state-title">{title}</p>
            <p class="state-text">{words}</p>
            <div class="state-actions">
                <Button icon=Icon::Refresh on_press=press>{retry}</Button>
            </div>
        </div>
    }
    .into_any()
}

/// The shape of what comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// So many lines of text.
    Lines(usize),
    /// So many rows of a table.
    Rows(usize),
    /// So many two-line rows with something round in front.
    List(usize),
    /// A card with a head.
    Card,
    /// Tiles side by side.
    Tiles(usize),
}

/// Stands where content will be, as large as it, so that nothing jumps.
#[component]
pub fn Skeleton(shape: Shape) -> impl IntoView {
    let loading = t(states::LOADING);
    let (name, count) = match shape {
        Shape::Lines(count) => ("lines", count),
        Shape::Rows(count) => ("rows", count),
        Shape::List(count) => ("list", count),
        Shape::Card => ("card", 4),
        Shape::Tiles(count) => ("tiles", count),
    };
    let bones = (0..count).map(|_| view! { <span class="bone"></span> }).collect_view();
    view! {
        <div class="skeleton" data-shape=name role="status" data-print="no">
            <span class="visually-hidden">{loading}</span>
            {bones}
        </div>
    }
    .into_any()
}
