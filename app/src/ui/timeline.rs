//! A timeline: days, and what happened on them.

use super::Icon;
use leptos::prelude::*;

/// The whole of it; inside, `TimelineDay`s.
#[component]
pub fn Timeline(#[prop(into)] label: Signal<String>, children: Children) -> impl IntoView {
    view! { <section class="timeline" aria-label=move || label.get()>{children()}</section> }.into_any()
}

/// A day and its `TimelineItem`s.
#[component]
pub fn TimelineDay(#[prop(into)] day: Signal<String>, children: Children) -> impl IntoView {
    view! {
        <section class="timeline-day">
            <h3>{move || day.get()}</h3>
            <ol>{children()}</ol>
        </section>
    }
    .into_any()
}

/// One thing that happened. `children` is its sentence, who did it in `<b>`.
#[component]
pub fn TimelineItem(
    icon: Icon,
    /// The time of day; its exact form is the tip.
    #[prop(into)]
    time: Signal<String>,
    #[prop(optional, into)] exact: Signal<String>,
    /// A second line, fainter.
    #[prop(optional, into)]
    detail: Signal<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <li class="timeline-item">
            <span class="timeline-mark">{super::icon(icon)}</span>
            <div class="timeline-words">
                <p>{children()}</p>
                {move || Some(detail.get()).filter(|detail| !detail.is_empty()).map(|detail| view! { <p class="timeline-detail">{detail}</p> })}
            </div>
            <time data-tip=move || Some(exact.get()).filter(|exact| !exact.is_empty())>{move || time.get()}</time>
        </li>
    }
    .into_any()
}
