//! How the score moved over the last twelve months, with the band that chance leaves.

use super::{Scope, words};
use crate::{
    book::use_book,
    browser::format,
    ui::{Card, CardBody, Point, Trend},
    words::{t, use_language},
};
use domain::insights::{Cell, Period, by_month, nps_of};
use leptos::prelude::*;

#[component]
pub fn Months(scope: Scope) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let points = Signal::derive(move || {
        let (from, to) = Period::Year.days(book.today());
        let (cells, department) = scope.cells();
        let cells: Vec<&Cell> = cells.iter().map(|cell| &**cell).collect();
        let months = by_month(&cells, from, to, department);
        let lang = lang.get();
        let point = |(first, figures): (domain::time::Date, domain::insights::Figures)| {
            let nps = nps_of(figures.nps);
            Point {
                label: words::month(lang, first),
                value: nps.map(|nps| nps.score),
                margin: nps.map_or(0.0, |nps| nps.plus_minus),
                said: nps.map_or_else(
                    || "–".to_owned(),
                    |nps| format!("{} ±{} (n {})", format::fixed(nps.score, 0), format::fixed(nps.plus_minus, 0), nps.n),
                ),
            }
        };
        months.into_iter().map(point).collect::<Vec<_>>()
    });
    let heads = Signal::derive(move || {
        let lang = lang.get();
        (words::MONTH.in_lang(lang).to_owned(), words::NPS.in_lang(lang).to_owned())
    });
    view! {
        <Card title=t(words::BY_MONTH) note=t(words::BAND)>
            <CardBody>
                <Trend label=t(words::BY_MONTH) points range=(-100.0, 100.0) format=|value| format::fixed(value, 0) heads table=t(words::DATA)/>
            </CardBody>
        </Card>
    }
    .into_any()
}
