//! Tabs: links to the parts of a record or the views of a list, the present one marked.

use leptos::prelude::*;

/// A row of tabs; scrolls sideways when there is no room.
#[component]
pub fn Tabs(
    /// What the tabs belong to, read aloud.
    #[prop(into)]
    label: Signal<String>,
    children: Children,
) -> impl IntoView {
    view! { <nav class="tabs" aria-label=move || label.get()>{children()}</nav> }.into_any()
}

/// One tab. It is a link, because a tab is part of the address.
#[component]
pub fn Tab(
    #[prop(into)] href: Signal<String>,
    #[prop(into)] current: Signal<bool>,
    /// How many things are there; nothing is shown for none known.
    #[prop(optional, into)]
    count: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="tab" href=move || href.get() aria-current=move || current.get().then_some("page")>
            {children()}
            {move || count.get().map(|count| view! { <span class="tab-count">{count}</span> })}
        </a>
    }
    .into_any()
}
