//! The company's settings.

use super::words;
use crate::{
    loyalty::{ProgrammeCard, RewardsCard},
    settings::{SettingsCard, TargetsCard, WeekCard},
    shell::PageBar,
    words::t,
};
use leptos::prelude::*;

#[component]
pub fn SettingsPage() -> impl IntoView {
    view! {
        <PageBar><h1>{t(words::SETTINGS)}</h1></PageBar>
        <div class="pane">
            <div class="page stack" data-width="prose" data-gap="5"><SettingsCard/><WeekCard/><TargetsCard/><ProgrammeCard/><RewardsCard/></div>
        </div>
    }
}
