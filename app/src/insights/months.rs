//! How the score moved over the last twelve months, with the band that chance leaves; the share of the satisfied, where what is
//! looked at has ratings and no answers.

use super::{Scope, words};
use crate::{
    book::use_book,
    browser::format,
    ui::{Card, CardBody, Point, Trend, while_so},
    words::{Text, t, use_language},
};
use domain::{
    insights::{Cell, Figures, Period, Share, by_month, nps_of},
    time::Date,
};
use leptos::prelude::*;

type Months = Memo<Vec<(Date, Figures)>>;

/// One measure of each month.
#[derive(Clone, Copy)]
struct Drawn {
    title: Text,
    measure: Text,
    range: (f64, f64),
    unit: &'static str,
    /// On how many it rests, what it is, and how sure that is.
    of: fn(&Figures) -> Option<(i64, f64, f64)>,
}

const SCORE: Drawn = Drawn {
    title: words::BY_MONTH,
    measure: words::NPS,
    range: (-100.0, 100.0),
    unit: "",
    of: |figures| nps_of(figures.nps).map(|nps| (nps.n, nps.score, nps.plus_minus)),
};
const SATISFIED: Drawn = Drawn {
    title: words::CSAT_BY_MONTH,
    measure: words::CSAT,
    range: (0.0, 100.0),
    unit: "%",
    of: |figures| Share::of(figures.csat).map(|share| (share.n, share.share * 100.0, share.plus_minus * 100.0)),
};

#[component]
pub fn Months(scope: Scope) -> impl IntoView {
    let book = use_book();
    let months: Months = Memo::new(move |_| {
        let (from, to) = Period::Year.days(book.today());
        let (cells, department) = scope.cells();
        let cells: Vec<&Cell> = cells.iter().map(|cell| &**cell).collect();
        by_month(&cells, from, to, department)
    });
    let any = move |drawn: Drawn| months.with(|months| months.iter().any(|(_, figures)| (drawn.of)(figures).is_some()));
    let is_rated_only = move || !any(SCORE) && any(SATISFIED);
    view! {
        {while_so(move || !is_rated_only(), move || chart(months, SCORE))}
        {while_so(is_rated_only, move || chart(months, SATISFIED))}
    }
    .into_any()
}

fn chart(months: Months, drawn: Drawn) -> AnyView {
    let lang = use_language();
    let Drawn { title, measure, range, unit, of } = drawn;
    let points = Signal::derive(move || {
        let lang = lang.get();
        let point = |(first, figures): &(Date, Figures)| {
            let figure = of(figures);
            Point {
                label: words::month(lang, *first),
                value: figure.map(|(_, value, _)| value),
                margin: figure.map_or(0.0, |(_, _, margin)| margin),
                said: figure.map_or_else(
                    || "–".to_owned(),
                    |(n, value, margin)| format!("{}{unit} ±{} (n {n})", format::fixed(value, 0), format::fixed(margin, 0)),
                ),
            }
        };
        months.with(|months| months.iter().map(point).collect::<Vec<_>>())
    });
    let heads = Signal::derive(move || {
        let lang = lang.get();
        (words::MONTH.in_lang(lang).to_owned(), measure.in_lang(lang).to_owned())
    });
    view! {
        <Card title=t(title) note=t(words::BAND)>
            <CardBody>
                <Trend label=t(title) points range format=|value| format::fixed(value, 0) heads table=t(words::DATA)/>
            </CardBody>
        </Card>
    }
    .into_any()
}
