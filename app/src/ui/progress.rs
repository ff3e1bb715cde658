//! How far something is: a bar with its sentence, or the stages of a case.

use super::Tone;
use crate::words::{states, use_language};
use leptos::prelude::*;

/// A bar. The sentence above or beside it says what it means; `label` says it to those who do not see the bar.
#[component]
pub fn Progress(
    /// From 0 to 1.
    #[prop(into)]
    value: Signal<f64>,
    #[prop(into)] label: Signal<String>,
    #[prop(optional)] tone: Tone,
    /// Thicker: the portal's one bar.
    #[prop(optional)]
    thick: bool,
) -> impl IntoView {
    let lang = use_language();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a percentage")]
    let percent = Signal::derive(move || (value.get().clamp(0.0, 1.0) * 100.0).round() as u8);
    view! {
        <div
            class="progress"
            role="progressbar"
            data-tone=tone.name()
            data-thick=thick
            aria-label=move || label.get()
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || percent.get().to_string()
            aria-valuetext=move || states::percent_done(lang.get(), percent.get())
        >
            <span style:width=move || format!("{}%", percent.get())></span>
        </div>
    }
    .into_any()
}

/// The stages a case goes through; those up to `at` are reached, counted from 0.
#[component]
pub fn Stages(#[prop(into)] names: Signal<Vec<String>>, #[prop(into)] at: Signal<usize>) -> impl IntoView {
    let stages = move || {
        let now = at.get();
        let stages = names.get().into_iter().enumerate().map(|(i, name)| {
            view! {
                <li data-reached=i <= now aria-current=(i == now).then_some("step")>
                    {name}
                </li>
            }
        });
        stages.collect_view()
    };
    view! { <ol class="stages">{stages}</ol> }.into_any()
}
