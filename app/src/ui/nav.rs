//! Navigation: where one can go, and the way to where one is.

use super::{Icon, icon};
use leptos::prelude::*;

/// A place in the navigation; when the navigation is folded only its icon stays, and its name is the tip.
#[component]
pub fn NavItem(
    #[prop(into)] href: Signal<String>,
    icon: Icon,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] current: Signal<bool>,
    /// What waits there; nothing is shown for nothing.
    #[prop(optional, into)]
    count: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <a class="nav-item" href=move || href.get() aria-current=move || current.get().then_some("page")>
            {super::icon(icon)}
            <span class="nav-words">{move || label.get()}</span>
            {move || count.get().map(|count| view! { <span class="nav-count">{count}</span> })}
        </a>
    }
    .into_any()
}

/// Places that belong together.
#[component]
pub fn NavGroup(
    /// Shown above them.
    #[prop(optional, into)]
    label: Signal<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="nav-group" role="group" aria-label=move || Some(label.get()).filter(|label| !label.is_empty())>
            {move || Some(label.get()).filter(|label| !label.is_empty()).map(|label| view! { <span class="nav-title">{label}</span> })}
            {children()}
        </div>
    }
    .into_any()
}

/// The way here: `客户 › 拾禾餐饮`. `back` is where it leads, as `(address, words)`.
#[component]
pub fn Crumbs(#[prop(into)] back: Signal<(String, String)>, #[prop(into)] here: Signal<String>) -> impl IntoView {
    view! {
        <nav class="crumbs" aria-label=move || back.get().1>
            <a href=move || back.get().0>{move || back.get().1}</a>
            {icon(Icon::ChevronRight)}
            <span aria-current="page" class="truncate">{move || here.get()}</span>
        </nav>
    }
    .into_any()
}
