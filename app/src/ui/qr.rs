//! A QR code: always dark on white, whatever the theme, because a machine reads it.

use leptos::prelude::*;

/// A code as an outline in a square of so many units.
#[component]
pub fn Qr(size: u32, path: String, #[prop(into)] label: Signal<String>) -> impl IntoView {
    view! {
        <svg class="qr" role="img" aria-label=move || label.get() viewBox=format!("0 0 {size} {size}") shape-rendering="crispEdges">
            <path d=path></path>
        </svg>
    }
    .into_any()
}
