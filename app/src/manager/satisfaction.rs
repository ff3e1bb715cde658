//! One sheet: the honest sentence first, then the figures, how they moved, who is behind them, and what was said.

use crate::{
    book::{Asked, use_book},
    browser::page,
    forms::choices,
    insights::{BreakdownCard, Conditions, Figures, Headline, Look, Months, Scope, words},
    shell::{OnceThere, PageBar},
    surveys::Answers,
    tickets::{LateTickets, PoorRatings},
    ui::{Banner, EmptyState, Icon, Segmented, Shape, while_so},
    words::t,
};
use domain::insights::Period;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

#[component]
pub fn SatisfactionPage() -> impl IntoView {
    let book = use_book();
    let query = use_query_map();
    let navigate = StoredValue::new_local(use_navigate());
    let look = Memo::new(move |_| query.with(Look::read));
    let show = Callback::new(move |look: Look| {
        let replace = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate.with_value(|navigate| navigate(&look.address(), replace));
    });
    page::entitle(t(words::SATISFACTION));
    let sees = book.me().role.is_some_and(domain::access::Role::sees_figures);
    view! {
        <PageBar>
            <h1>{t(words::SATISFACTION)}</h1>
            <span class="end"></span>
            {sees.then(|| view! { <Days look show/> })}
        </PageBar>
        {if sees {
            view! { <Sheet look show/> }.into_any()
        } else {
            view! { <div class="pane"><EmptyState icon=Icon::Lock title=t(words::NOT_YOURS) text=t(words::NOT_YOURS_HINT)/></div> }.into_any()
        }}
    }
    .into_any()
}

#[component]
fn Sheet(look: Memo<Look>, show: Callback<Look>) -> impl IntoView {
    let scope = Scope::new(look);
    let of = Signal::derive(move || look.get().of);
    view! {
        <div class="frame-filters insights-conditions"><Conditions look show/></div>
        {while_so(move || scope.asked() == Asked::Failed, || view! { <Banner>{t(words::ONLY_WHOLE)}</Banner> }.into_any())}
        <div class="pane">
            <article class="page insights" data-width="sheet">
                <OnceThere shapes=&[Shape::Lines(2), Shape::Tiles(5), Shape::Card, Shape::Card]>
                    <div class="stack" data-gap="6" aria-busy=move || (scope.asked() == Asked::Coming).to_string()>
                        <Headline scope/>
                        <Figures scope/>
                        <Months scope/>
                    </div>
                    <BreakdownCard scope show/>
                    <section class="insights-two">
                        <Answers days=scope.days() of/>
                        <div class="stack">
                            <PoorRatings days=scope.days() of/>
                            <LateTickets days=scope.days() of/>
                        </div>
                    </section>
                </OnceThere>
            </article>
        </div>
    }
    .into_any()
}

/// Which days: in the address, so that a view can be handed on.
#[component]
fn Days(look: Memo<Look>, show: Callback<Look>) -> impl IntoView {
    let period = RwSignal::new(String::new());
    Effect::new(move |_| period.set(look.get().period.code().to_owned()));
    let choose = Callback::new(move |code: String| {
        let look = look.get_untracked();
        show.run(Look { period: Period::from_code(&code).unwrap_or(look.period), ..look });
    });
    view! {
        <div class="frame-below"><Segmented value=period options=choices(Period::ALL) label=t(words::PERIOD) on_change=choose/></div>
    }
    .into_any()
}
