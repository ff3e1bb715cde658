//! One side of the figures beside the others: the same figures for each, so that nobody compares what does not compare.

use super::{
    Scope,
    asked::Told,
    look::{BY, Look},
    words,
};
use crate::{
    book::{Asked, Book, ordered, use_book},
    browser::format,
    forms::{choices, label_of},
    routes,
    ui::{Card, EmptyState, Icon, Interval, Segmented, Shape, Skeleton},
    words::{Lang, t, use_language},
};
use domain::insights::{Dimension, Figures, Nps, Question, Share, Side, Tally, nps_of};
use leptos::prelude::*;
use std::cmp::Reverse;

/// One side, as it is called, and its figures.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    side: Side,
    name: String,
    figures: Figures,
}

#[component]
pub fn BreakdownCard(scope: Scope, show: Callback<Look>) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let told = Told::of(move || {
        let Look { of, by, .. } = scope.look.get();
        let (from, to) = scope.days().get();
        let of = of.widened(by);
        (by != Dimension::Department || of.is_fine()).then_some(Question { from, to, of, by })
    });
    let sides = Memo::new(move |before: Option<&Option<Vec<(Side, Figures)>>>| match (told.asked(), told.answer()) {
        (Asked::Not, _) => Some(held(scope, book)),
        (_, Some(answer)) => Some(answer.lines.iter().map(|line| (line.of, line.figures)).collect()),
        // What stood there stays until the answer is here.
        (Asked::Coming, None) => before.cloned().flatten(),
        (_, None) => None,
    });
    let by = RwSignal::new(String::new());
    Effect::new(move |_| by.set(scope.look.get().by.code().to_owned()));
    let choose = Callback::new(move |code: String| {
        let look = scope.look.get_untracked();
        show.run(Look { by: Dimension::from_code(&code).unwrap_or(look.by), ..look });
    });
    let aside = move || view! { <Segmented value=by options=choices(&BY) label=t(words::BROKEN_DOWN) on_change=choose/> };
    view! {
        <Card title=t(words::BROKEN_DOWN) note=t(words::INTERVAL) aside=aside>
            <div aria-busy=move || (told.asked() == Asked::Coming).to_string()>
                {move || match sides.get() {
                    Some(sides) if sides.is_empty() => {
                        view! { <EmptyState icon=Icon::LineChart title=t(words::NO_FIGURES) text=t(words::NO_FIGURES_HINT)/> }.into_any()
                    }
                    Some(sides) => table_of(scope, sides, book, lang.get()),
                    None if told.asked() == Asked::Failed => {
                        view! { <EmptyState icon=Icon::Offline title=t(words::NOT_REACHED) text=t(words::NOT_REACHED_HINT)/> }.into_any()
                    }
                    None => view! { <Skeleton shape=Shape::Rows(5)/> }.into_any(),
                }}
            </div>
        </Card>
    }
    .into_any()
}

/// Departments as this device holds them.
fn held(scope: Scope, book: Book) -> Vec<(Side, Figures)> {
    let (from, to) = scope.days().get();
    let cells = book.rows::<domain::insights::Cell>();
    let departments = book.departments().into_iter().map(|(id, _)| Some(id)).chain([None]);
    let of = |department| (Side::Department(department), Figures::of(cells.iter().map(|cell| &**cell), from, to, Some(department)));
    departments.map(of).filter(|(_, figures)| *figures != Figures::default()).collect()
}

/// The highest tier first, else those who have most to do; what belongs to nobody last.
fn sorted(sides: Vec<(Side, Figures)>, book: Book, lang: Lang) -> Vec<Line> {
    let lines: Vec<Line> = sides.into_iter().map(|(side, figures)| Line { side, name: name(side, book, lang), figures }).collect();
    ordered(&lines, |one, other| {
        let place = |line: &Line| {
            let rank = if let Side::Tier(rank) = line.side { rank } else { 0 };
            (is_nobodys(line.side), Reverse((rank, line.figures.opened.n + line.figures.nps.n)))
        };
        place(one).cmp(&place(other)).then_with(|| one.name.cmp(&other.name))
    })
}

fn is_nobodys(side: Side) -> bool {
    matches!(side, Side::Department(None) | Side::Person(None) | Side::Tier(0) | Side::Touch(None) | Side::Channel(None))
}

/// As people call it. Tracked.
fn name(side: Side, book: Book, lang: Lang) -> String {
    let known = |name: Option<String>, none: domain::words::Text| name.unwrap_or_else(|| none.in_lang(lang).to_owned());
    match side {
        Side::Department(id) => {
            let named = id.map(|id| book.departments().into_iter().find(|(it, _)| *it == id).map(|(_, name)| name).unwrap_or_default());
            known(named, words::NO_DEPARTMENT)
        }
        Side::Person(id) => known(id.map(|id| book.name_of(id)), words::NOBODY),
        Side::Tier(rank) => known(book.tier(rank, lang).map(|(_, name)| name), words::NO_TIER),
        Side::Touch(touch) => known(touch.map(|it| label_of(&it, lang).to_owned()), words::UNKNOWN),
        Side::Channel(channel) => known(channel.map(|it| label_of(&it, lang).to_owned()), words::UNKNOWN),
        Side::Month(first) => words::month(lang, first),
    }
}

const fn dimension(side: Side) -> Dimension {
    match side {
        Side::Department(_) => Dimension::Department,
        Side::Person(_) => Dimension::Person,
        Side::Tier(_) => Dimension::Tier,
        Side::Touch(_) => Dimension::Touch,
        Side::Channel(_) => Dimension::Channel,
        Side::Month(_) => Dimension::Month,
    }
}

pub(super) fn table_of(scope: Scope, sides: Vec<(Side, Figures)>, book: Book, lang: Lang) -> AnyView {
    let head = move |name| view! { <th scope="col">{t(name)}</th> };
    let of = sides.first().map(|(side, _)| label_of(&dimension(*side), lang));
    view! {
        <div class="insights-scroll" tabindex="0" role="region" aria-label=t(words::BROKEN_DOWN)>
            <table class="insights-table">
                <thead><tr>
                    <th scope="col">{of}</th>
                    {head(words::NPS)} <td data-hide="phone"></td> {head(words::CSAT)} {head(words::RESPONSE)} {head(words::RESOLUTION)} {head(words::OPENED)}
                </tr></thead>
                <tbody>{sorted(sides, book, lang).into_iter().map(|line| row(scope, line)).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(scope: Scope, line: Line) -> AnyView {
    let Line { side, name, figures } = line;
    let nps = nps_of(figures.nps);
    let narrowed = move || {
        let look = scope.look.get();
        Some(Look { of: look.of.narrowed(side)?, ..look })
    };
    let is_chosen = move || narrowed().is_some_and(|it| it == scope.look.get());
    let named = match narrowed() {
        Some(_) => view! { <a href=move || narrowed().map_or_else(|| routes::SATISFACTION.to_owned(), |look| look.address())>{name}</a> }
            .into_any(),
        None => name.into_any(),
    };
    view! {
        <tr aria-current=move || is_chosen().then_some("true")>
            <th scope="row">{named}</th>
            {score(nps)}
            <td data-hide="phone"><Interval value=Signal::stored(nps.map(|nps| nps.score)) margin=Signal::stored(nps.map_or(0.0, |nps| nps.plus_minus)) range=(-100.0, 100.0)/></td>
            {percent(figures.csat)}
            {percent(figures.response)}
            {percent(figures.resolution)}
            <td><b>{format::number(figures.opened.n)}</b></td>
        </tr>
    }
    .into_any()
}

fn score(nps: Option<Nps>) -> AnyView {
    measured(nps.map(|nps| (format::fixed(nps.score, 0), format::fixed(nps.plus_minus, 0), nps.n)))
}

fn percent(tally: Tally) -> AnyView {
    let share = Share::of(tally);
    measured(
        share.map(|share| (format!("{}%", format::fixed(share.share * 100.0, 0)), format::fixed(share.plus_minus * 100.0, 0), share.n)),
    )
}

/// A figure with how sure it is and on how many it rests; a dash of none.
fn measured(figure: Option<(String, String, i64)>) -> AnyView {
    match figure {
        Some((value, margin, n)) => {
            let basis = format!("±{margin}　n {}", format::number(n));
            view! { <td><b>{value}</b> " " <small>{basis}</small></td> }.into_any()
        }
        None => view! { <td>"–"</td> }.into_any(),
    }
}
