//! People, departments and teams, for administrators.

use crate::{shell::PageBar, words::t};
use leptos::prelude::*;

#[component]
pub fn TeamPage() -> impl IntoView {
    view! { <PageBar><h1>{t(super::words::TODAY)}</h1></PageBar> }
}
