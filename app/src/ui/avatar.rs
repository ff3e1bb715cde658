//! Avatars: the first character of a name, or an empty place where somebody is missing.

use super::Size;
use leptos::prelude::*;

/// Who it stands for, which decides its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Of {
    #[default]
    Person,
    /// The person looking: darker, found at a glance.
    Me,
    /// A company: a square.
    Company,
}

/// The initial of `name`; nobody when it is empty. The name stands beside it or is its tip.
#[component]
pub fn Avatar(
    #[prop(into)] name: Signal<String>,
    #[prop(optional)] size: Size,
    #[prop(optional)] of: Of,
    /// Says the name as a tip, where it is not written beside it.
    #[prop(optional)]
    alone: bool,
) -> impl IntoView {
    let of = match of {
        Of::Person => "person",
        Of::Me => "me",
        Of::Company => "company",
    };
    let said = move || alone.then(|| name.get()).filter(|name| !name.is_empty());
    view! {
        <span
            class="avatar"
            data-size=size.name()
            data-of=of
            data-empty=move || name.with(String::is_empty)
            data-tip=said
            role=move || said().map(|_| "img")
            aria-label=said
            aria-hidden=move || said().is_none().then_some("true")
        >
            {move || name.with(|name| initial(name))}
        </span>
    }
    .into_any()
}

/// The first character people would use: of a Chinese name the family name, of a Latin one the capital.
fn initial(name: &str) -> String {
    name.trim().chars().next().map(|first| first.to_uppercase().collect()).unwrap_or_default()
}
