//! A notice inside the page: quiet, where it belongs, gone when it no longer holds.

use super::{Icon, Tone};
use leptos::prelude::*;

/// A notice. Links and buttons may stand in it.
#[component]
pub fn Banner(#[prop(optional)] tone: Tone, #[prop(optional, into)] icon: Option<Icon>, children: Children) -> impl IntoView {
    let mark = icon.unwrap_or(match tone {
        Tone::Plain | Tone::Accent => Icon::Info,
        Tone::Good => Icon::Done,
        Tone::Warn => Icon::Warning,
        Tone::Bad => Icon::Urgent,
    });
    view! {
        <div class="banner" data-tone=tone.name() role=(tone == Tone::Bad).then_some("alert")>
            {super::icon(mark)}
            <div class="banner-words">{children()}</div>
        </div>
    }
    .into_any()
}
