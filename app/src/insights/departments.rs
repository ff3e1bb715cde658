//! Departments side by side: the same figures for each, so that nobody compares what does not compare.

use super::{Scope, cells, words};
use crate::{
    book::use_book,
    browser::format,
    routes,
    ui::{Card, EmptyState, Icon, Interval},
    words::{t, use_language},
};
use domain::{
    id::DepartmentId,
    insights::{Figures, Share, Tally, nps_of},
};
use leptos::prelude::*;

/// A department and its figures; `None` for what belongs to none.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    id: Option<DepartmentId>,
    name: String,
    figures: Figures,
}

#[component]
pub fn Departments(scope: Scope) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let lines = Memo::new(move |_| {
        let (from, to) = scope.period.get().days(book.today());
        let rows = cells(book);
        let of = |id: Option<DepartmentId>, name: String| Line {
            id,
            name,
            figures: Figures::of(rows.iter().map(|cell| &**cell), from, to, Some(id)),
        };
        let mut lines: Vec<Line> = book.departments().into_iter().map(|(id, name)| of(Some(id), name)).collect();
        lines.push(of(None, words::NO_DEPARTMENT.in_lang(lang.get()).to_owned()));
        lines.retain(|line| line.figures != Figures::default());
        // Those who have most to do first; what belongs to nobody last.
        lines.sort_by(|a, b| {
            let order = a.id.is_none().cmp(&b.id.is_none());
            order.then_with(|| b.figures.opened.n.cmp(&a.figures.opened.n)).then_with(|| a.name.cmp(&b.name))
        });
        lines
    });
    let head = move |name| view! { <th scope="col">{t(name)}</th> };
    view! {
        <Card title=t(words::DEPARTMENTS) note=t(words::INTERVAL)>
            <Show
                when=move || !lines.with(Vec::is_empty)
                fallback=|| view! { <EmptyState icon=Icon::LineChart title=t(words::NO_FIGURES) text=t(words::NO_FIGURES_HINT)/> }
            >
                <div class="insights-scroll">
                    <table class="insights-table">
                        <thead><tr>
                            {head(words::DEPARTMENT)} {head(words::NPS)} <td></td> {head(words::CSAT)} {head(words::RESPONSE)} {head(words::RESOLUTION)} {head(words::OPENED)}
                        </tr></thead>
                        <tbody><For each=move || lines.get() key=|line| format!("{line:?}") children=move |line| row(scope, line)/></tbody>
                    </table>
                </div>
            </Show>
        </Card>
    }
    .into_any()
}

fn row(scope: Scope, line: Line) -> AnyView {
    let Line { id, name, figures } = line;
    let nps = nps_of(figures.nps);
    let score = nps.map_or_else(|| "–".to_owned(), |nps| format!("{} ±{}", format::fixed(nps.score, 0), format::fixed(nps.plus_minus, 0)));
    let percent =
        |tally: Tally| Share::of(tally).map_or_else(|| "–".to_owned(), |share| format!("{}%", format::fixed(share.share * 100.0, 0)));
    let href = move || {
        let period = Some(scope.period.get().code().to_owned());
        routes::with_query(routes::SATISFACTION, [("period", period), ("department", id.map(|id| id.to_string()))])
    };
    let (csat, response, resolution) = (percent(figures.csat), percent(figures.response), percent(figures.resolution));
    view! {
        <tr>
            <th scope="row">{match id {
                Some(_) => view! { <a href=href>{name}</a> }.into_any(),
                None => name.into_any(),
            }}</th>
            <td><Interval value=Signal::stored(nps.map(|nps| nps.score)) margin=Signal::stored(nps.map_or(0.0, |nps| nps.plus_minus)) range=(-100.0, 100.0)/></td>
            <td class="nowrap">{score}</td>
            <td>{csat}</td>
            <td>{response}</td>
            <td>{resolution}</td>
            <td>{format::number(figures.opened.n)}</td>
        </tr>
    }
    .into_any()
}
