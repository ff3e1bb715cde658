//! The shell around every staff page: navigation, palette, account, how sync stands.

mod account;
mod frame;
mod once_there;
mod outbox;
mod palette;
mod security;
mod status;
mod words;

pub use frame::PageBar;
pub use once_there::OnceThere;

use crate::{
    book::{Book, FetchRules, use_book},
    session::UnsentDialog,
    ui::Arrived,
};
use domain::change::Command;
use leptos::{prelude::*, wasm_split::wasm_split};

/// The frame with what every page in it needs. `on_calm`: once the first page stands; `page`: the page in it.
#[inline(never)]
pub fn surface(rules: FetchRules, on_calm: fn(Book), page: fn() -> AnyView) -> AnyView {
    view! { <frame::StaffFrame rules on_calm page/> }.into_any()
}

/// Tells the build that a bundle is opened in the frame only.
pub fn within() {
    crate::ui::within(surface as fn(FetchRules, fn(Book), fn() -> AnyView) -> AnyView);
}

/// What opens over any page, once it is asked for; it stays as long as the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aside {
    Palette(RwSignal<bool>),
    Outbox,
    Security(RwSignal<bool>),
    Unsent(RwSignal<bool>),
}

#[wasm_split(work, wasm_split_path = ::leptos::wasm_split, fallible)]
fn aside(what: Aside) -> Arrived {
    use_book().learn::<Command>();
    Ok(match what {
        Aside::Palette(open) => view! { <palette::Palette open/> }.into_any(),
        Aside::Outbox => view! { <outbox::Outbox/> }.into_any(),
        Aside::Security(open) => view! { <security::SecurityDialog open/> }.into_any(),
        Aside::Unsent(asked) => view! { <UnsentDialog asked/> }.into_any(),
    })
}
