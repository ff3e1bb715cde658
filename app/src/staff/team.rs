//! People, departments and teams.

use super::words;
use crate::{
    browser::page,
    shell::PageBar,
    team::{DepartmentsCard, PeopleCard, TeamsCard},
    words::t,
};
use leptos::prelude::*;

#[component]
pub fn TeamPage() -> impl IntoView {
    page::entitle(t(words::PEOPLE));
    view! {
        <PageBar><h1>{t(words::PEOPLE)}</h1></PageBar>
        <div class="pane">
            <div class="page">
                <div class="sidebar" data-gap="5">
                    <div><PeopleCard/></div>
                    <div class="stack"><DepartmentsCard/><TeamsCard/></div>
                </div>
            </div>
        </div>
    }
}
