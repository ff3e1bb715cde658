//! Facts that belong together, on one line: `连锁咖啡 · 42 家门店 · A 级`.

use leptos::prelude::*;

/// A line of facts with small dots between; empty ones are left out, dot and all.
#[component]
pub fn Facts(#[prop(into)] of: Signal<Vec<String>>) -> impl IntoView {
    let facts = move || of.get().into_iter().filter(|fact| !fact.is_empty()).map(|fact| view! { <span>{fact}</span> }).collect_view();
    view! { <span class="facts">{facts}</span> }.into_any()
}
