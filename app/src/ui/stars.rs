//! Stars: how satisfied somebody was, told in words as well.

use super::{Icon, icon};
use crate::words::{Lang, use_language};
use leptos::prelude::*;

const MOST: i64 = 5;

/// So many of five stars.
#[component]
pub fn Stars(#[prop(into)] value: Signal<i64>) -> impl IntoView {
    let lang = use_language();
    let said = move || match lang.get() {
        Lang::Zh => format!("{} 星，满分 {MOST} 星", value.get()),
        Lang::En => format!("{} of {MOST} stars", value.get()),
    };
    let stars = move || (1..=MOST).map(|n| icon(if n <= value.get() { Icon::StarFull } else { Icon::Star })).collect_view();
    view! { <span class="stars" role="img" aria-label=said>{stars}</span> }.into_any()
}
