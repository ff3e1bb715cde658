//! A code for a telephone's camera: always dark on white, whatever the theme.

use leptos::prelude::*;

/// A QR code: the outline of its dark modules in a square of so many units, quiet zone included.
#[component]
pub fn Qr(
    size: u32,
    #[prop(into)] path: String,
    /// Where it leads, for those who do not see it.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <svg class="qr" role="img" aria-label=move || label.get() viewBox=format!("0 0 {size} {size}") shape-rendering="crispEdges">
            <path d=path></path>
        </svg>
    }
    .into_any()
}
