//! A few figures side by side, each under its name.

use super::text;
use leptos::prelude::*;

/// A row of `Sum`s.
#[component]
pub fn Sums(children: Children) -> impl IntoView {
    view! { <dl class="sums">{children()}</dl> }.into_any()
}

/// One figure.
#[component]
pub fn Sum(#[prop(into)] name: Signal<String>, #[prop(into)] value: Signal<String>) -> impl IntoView {
    view! { <div><dt>{text(move || name.get())}</dt><dd>{text(move || value.get())}</dd></div> }.into_any()
}
