//! One sheet: the honest sentence first, then the figures, how they moved, who is behind them, and what was said.

use crate::{
    book::use_book,
    browser::page,
    forms::choices,
    insights::{Departments, Figures, Headline, Months, Scope, words},
    routes,
    shell::{OnceThere, PageBar},
    surveys::Answers,
    tickets::{LateTickets, PoorRatings},
    ui::{EmptyState, Field, Icon, Segmented, Select, Shape},
    words::{t, use_language},
};
use domain::{id::DepartmentId, insights::Period};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

#[component]
pub fn SatisfactionPage() -> impl IntoView {
    let book = use_book();
    let query = use_query_map();
    let period =
        Memo::new(move |_| query.with(|query| query.get("period")).and_then(|code| Period::from_code(&code)).unwrap_or(Period::Quarter));
    let department = Memo::new(move |_| query.with(|query| query.get("department")).and_then(|id| id.parse::<DepartmentId>().ok()));
    let scope = Scope { period, department };
    page::entitle(t(words::SATISFACTION));
    let sees = book.me().role.is_some_and(domain::access::Role::sees_figures);
    view! {
        <PageBar>
            <h1>{t(words::SATISFACTION)}</h1>
            <span class="end"></span>
            {sees.then(|| view! { <Conditions scope/> })}
        </PageBar>
        <div class="pane">
            {if sees {
                view! { <Sheet scope/> }.into_any()
            } else {
                view! { <EmptyState icon=Icon::Lock title=t(words::NOT_YOURS) text=t(words::NOT_YOURS_HINT)/> }.into_any()
            }}
        </div>
    }
    .into_any()
}

#[component]
fn Sheet(scope: Scope) -> impl IntoView {
    view! {
        <article class="page insights" data-width="sheet">
            <OnceThere shapes=&[Shape::Lines(2), Shape::Tiles(5), Shape::Card, Shape::Card]>
                <Headline scope/>
                <Figures scope/>
                <Months scope/>
                <Departments scope/>
                <section class="insights-two">
                    <Answers days=scope.days() department=scope.department.into()/>
                    <div class="stack">
                        <PoorRatings days=scope.days() department=scope.department.into()/>
                        <LateTickets days=scope.days() department=scope.department.into()/>
                    </div>
                </section>
            </OnceThere>
        </article>
    }
    .into_any()
}

/// Which days, and whose: in the address, so that a view can be handed on.
#[component]
fn Conditions(scope: Scope) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let navigate = StoredValue::new_local(use_navigate());
    let go = move |period: String, department: String| {
        let address = routes::with_query(routes::SATISFACTION, [("period", Some(period)), ("department", Some(department))]);
        let replace = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate.with_value(|navigate| navigate(&address, replace));
    };
    let id = move |department: Option<DepartmentId>| department.map(|id| id.to_string()).unwrap_or_default();
    let period = RwSignal::new(scope.period.get_untracked().code().to_owned());
    let department = RwSignal::new(id(scope.department.get_untracked()));
    Effect::new(move |before: Option<(String, String)>| {
        let now = (period.get(), department.get());
        if before.is_some_and(|before| before != now) {
            go(now.0.clone(), now.1.clone());
        }
        now
    });
    Effect::new(move |_| {
        period.set(scope.period.get().code().to_owned());
        department.set(id(scope.department.get()));
    });
    let departments = Signal::derive(move || {
        let mut names: Vec<(String, String)> = book.departments().into_iter().map(|(id, name)| (id.to_string(), name)).collect();
        names.insert(0, (String::new(), words::ALL_DEPARTMENTS.in_lang(lang.get()).to_owned()));
        names
    });
    view! {
        <div class="frame-below"><Segmented value=period options=choices(Period::ALL) label=t(words::PERIOD)/></div>
        <span data-hide="phone"><Field label=t(words::DEPARTMENT) hide_label=true><Select value=department options=departments/></Field></span>
    }
    .into_any()
}
