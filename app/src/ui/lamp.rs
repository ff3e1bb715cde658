//! Lamps: kept, at risk, broken. They differ in shape, so that nobody needs the colour.

use leptos::prelude::*;

/// How a promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Light {
    /// A circle.
    Green,
    /// A triangle.
    Amber,
    /// A square.
    Red,
}

/// A lamp with the word it stands for, read aloud; the word also stands beside it or is its tip.
#[component]
pub fn Lamp(#[prop(into)] light: Signal<Light>, #[prop(into)] meaning: Signal<String>) -> impl IntoView {
    let name = move || match light.get() {
        Light::Green => "green",
        Light::Amber => "amber",
        Light::Red => "red",
    };
    view! {
        <span class="lamp" data-light=name role="img" aria-label=move || meaning.get() data-tip=move || meaning.get()></span>
    }
    .into_any()
}
