//! The company's settings.

use super::words;
use crate::{
    browser::page,
    loyalty::{ProgrammeCard, ReviewsCard, RewardsCard},
    settings::{SettingsCard, TargetsCard, WeekCard},
    shell::{OnceThere, PageBar},
    ui::Shape,
    words::t,
};
use leptos::prelude::*;

#[component]
pub fn SettingsPage() -> impl IntoView {
    page::entitle(t(words::SETTINGS));
    view! {
        <PageBar><h1>{t(words::SETTINGS)}</h1></PageBar>
        <div class="pane">
            <div class="page stack" data-width="prose" data-gap="5">
                <OnceThere shapes=&[Shape::Card, Shape::Card, Shape::Card]>
                    <SettingsCard/><WeekCard/><TargetsCard/><ProgrammeCard/><ReviewsCard/><RewardsCard/>
                </OnceThere>
            </div>
        </div>
    }
}
