//! Figures with their check values, and cells that stay the sum of what counts.

use super::{
    Breakdown, Cell, Dimension, Event, Fact, Figures, Filter, Line, Mark, Measure, Question, Share, Side, Sides, Tally, Touch, by_month,
    count, nps_of, strategies,
};
use crate::{
    channel::Channel,
    id::{DepartmentId, Id},
    testing::{Store, ZHOU, cases, id},
    time::Date,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn tally(n: i64, good: i64, bad: i64) -> Tally {
    Tally { n, good, bad, sum: 0 }
}

/// Spec 3.2: each score once gives −45.45…; 100 promoters, 30 passives and 80 detractors give 9.5.
#[test]
fn the_net_promoter_score_has_its_check_values() {
    let once = nps_of(tally(11, 2, 7)).expect("a score");
    assert!((once.score + 45.454_545).abs() < 1e-4, "{once:?}");
    let many = nps_of(tally(210, 100, 80)).expect("a score");
    assert!((many.score - 9.523_8).abs() < 1e-3, "{many:?}");
    // "n = 210: SE ≈ 6.4 points: a +1–2 move is noise."
    assert!((many.plus_minus / 1.96 - 6.4).abs() < 0.05, "{many:?}");
    assert_eq!(nps_of(tally(0, 0, 0)), None, "nothing of nobody");
}

/// Spec 3.2: 80 of 100 → 80 %.
#[test]
fn a_share_says_how_certain_it_is() {
    let share = Share::of(tally(100, 80, 5)).expect("a share");
    assert!((share.share - 0.8).abs() < 1e-9);
    // Wilson's interval for 80 of 100 is 0.711 to 0.867.
    assert!((share.plus_minus - 0.078).abs() < 0.001, "{share:?}");
    let few = Share::of(tally(2, 2, 0)).expect("a share");
    assert!(few.plus_minus > 0.3, "two of two prove little");
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn cell(on: &str, department: Option<DepartmentId>, n: i64) -> Cell {
    Cell {
        id: super::cell_id(date(on), department, Measure::Opened),
        on: date(on),
        department,
        measure: Measure::Opened,
        n,
        good: 0,
        bad: 0,
        sum: 0,
    }
}

#[test]
fn figures_are_of_days_and_departments() {
    let east = Some(id(b'b', 1).into());
    let cells = [cell("2026-09-30", None, 1), cell("2026-10-01", None, 2), cell("2026-10-31", east, 4), cell("2026-11-02", east, 8)];
    let opened = |from, to, department| Figures::of(&cells, date(from), date(to), department).opened.n;
    assert_eq!(opened("2026-10-01", "2026-10-31", None), 6);
    assert_eq!(opened("2026-10-01", "2026-11-30", Some(east)), 12);
    assert_eq!(opened("2026-01-01", "2026-12-31", Some(None)), 3, "of nobody's department");
    let all: Vec<&Cell> = cells.iter().collect();
    let months: Vec<(String, i64)> = by_month(&all, date("2026-09-15"), date("2026-11-20"), None)
        .into_iter()
        .map(|(first, figures)| (first.to_string(), figures.opened.n))
        .collect();
    assert_eq!(months, [("2026-09-01".to_owned(), 1), ("2026-10-01".to_owned(), 6), ("2026-11-01".to_owned(), 8)]);
}

#[test]
fn a_period_is_compared_with_the_whole_one_before() {
    let spans = |period: super::Period, today: &str| {
        let (from, to) = period.days(date(today));
        let (earlier, until) = period.before(date(today));
        [from, to, earlier, until].map(|day| day.to_string())
    };
    use super::Period::{Month, Quarter, Year};
    assert_eq!(spans(Month, "2026-11-22"), ["2026-11-01", "2026-11-22", "2026-10-01", "2026-10-31"]);
    assert_eq!(spans(Month, "2027-01-31"), ["2027-01-01", "2027-01-31", "2026-12-01", "2026-12-31"]);
    assert_eq!(spans(Quarter, "2026-11-22"), ["2026-10-01", "2026-11-22", "2026-07-01", "2026-09-30"]);
    assert_eq!(spans(Quarter, "2027-02-28"), ["2027-01-01", "2027-02-28", "2026-10-01", "2026-12-31"]);
    assert_eq!(spans(Year, "2026-11-22"), ["2025-12-01", "2026-11-22", "2024-12-01", "2025-11-30"]);
}

/// Every cell, counted anew from the marks.
pub(crate) fn recounted(store: &Store) -> BTreeMap<Id, Tally> {
    let mut cells: BTreeMap<Id, Tally> = BTreeMap::new();
    for mark in store.all::<Mark>() {
        let cell = cells.entry(super::cell_id(mark.on, mark.department, mark.measure)).or_default();
        *cell = cell.plus(mark.tally);
    }
    cells
}

pub(crate) fn kept(store: &Store) -> BTreeMap<Id, Tally> {
    store.all::<Cell>().into_iter().map(|cell| (cell.id, cell.tally())).filter(|(_, tally)| *tally != Tally::default()).collect()
}

fn sides() -> Sides {
    Sides { department: None, person: Some(ZHOU), rank: 2, touch: Some(Touch::Support), channel: Some(Channel::Phone) }
}

#[test]
fn a_filter_is_about_all_that_it_names() {
    let none = Filter::default();
    assert!(none.admits(&sides()) && !none.is_fine());
    let tier = |tier| Filter { tier: Some(tier), ..none };
    assert!(tier(2).admits(&sides()) && !tier(0).admits(&sides()) && tier(0).is_fine());
    let phone = Filter { channel: Some(Channel::Phone), touch: Some(Touch::Support), person: Some(ZHOU), ..none };
    assert!(phone.admits(&sides()) && !Filter { touch: Some(Touch::Survey), ..phone }.admits(&sides()));
    let department = Filter { department: Some(id(b'b', 1).into()), ..none };
    assert!(!department.admits(&sides()), "nobody's department is none that can be asked for");
    assert!(!department.is_fine(), "devices hold the cells of departments");
}

#[test]
fn a_filter_is_narrowed_to_a_side_and_widened_again() {
    let none = Filter::default();
    for by in Dimension::ALL.iter().copied().filter(|by| ![Dimension::Department, Dimension::Month].contains(by)) {
        let side = sides().by(by, date("2026-11-22"));
        let narrowed = none.narrowed(side).expect("a side that can be asked for");
        assert!(narrowed.admits(&sides()) && narrowed.is_fine(), "{by:?}");
        assert_eq!((narrowed.narrowed(side), narrowed.widened(by)), (Some(narrowed), none), "{by:?}");
    }
    assert_eq!(none.narrowed(Side::Person(None)), None);
    assert_eq!(none.narrowed(Side::Month(date("2026-11-01"))), None);
}

/// Old servers refuse what they do not know to narrow by, and so does this one.
#[test]
fn a_question_travels_as_it_was() {
    let of = Filter { person: Some(ZHOU), tier: Some(1), touch: Some(Touch::Survey), ..Filter::default() };
    let question = Question { from: date("2026-10-01"), to: date("2026-11-22"), of, by: Dimension::Person };
    let json = serde_json::to_string(&question).expect("json");
    assert_eq!(serde_json::from_str::<Question>(&json).expect("a question"), question);
    for wrong in [r#""by":"colour""#, r#""by":"tier","of":{"product":"x"}"#, r#""by":"tier","more":1"#] {
        let json = format!(r#"{{"from":"2026-10-01","to":"2026-11-22",{wrong}}}"#);
        assert!(serde_json::from_str::<Question>(&json).is_err(), "{json}");
    }
}

/// What comes month by month is summed as what a device holds.
#[test]
fn months_that_were_asked_for_are_cells() {
    let figures = |n| Figures { opened: tally(n, 0, 1), ..Figures::default() };
    let line = |first, n| Line { of: Side::Month(date(first)), figures: figures(n) };
    let cells = Breakdown { lines: vec![line("2026-09-01", 2), line("2026-10-01", 3), line("2026-11-01", 4)] }.cells();
    assert_eq!(Figures::of(&cells, date("2026-10-01"), date("2026-11-22"), None), Figures { opened: tally(7, 0, 2), ..Figures::default() });
    let other = Breakdown { lines: vec![Line { of: Side::Tier(1), figures: figures(9) }] };
    assert_eq!(other.cells(), []);
    assert_eq!(sides().by(Dimension::Month, date("2026-11-22")), Side::Month(date("2026-11-01")));
}

proptest! {
    #![proptest_config(cases(96))]

    /// A cell is the sum of its marks, whatever counted, changed its mind or went.
    #[test]
    fn a_cell_is_the_sum_of_its_marks(facts in prop::collection::vec((0..4u8, 0..3i64, strategies::sides(), prop::option::of(0..3i64)), 1..40)) {
        let mut store = Store::default();
        for (of, day, sides, good) in facts {
            let fact = Fact {
                of: id(b'w', of),
                measure: Measure::Csat,
                on: date("2026-11-20").plus_days(day),
                sides,
                tally: good.map(|good| Tally::one(good > 1, good < 1, good)),
            };
            if let Some(event) = count(&store, &fact).expect("memory") {
                let Event::Counted { mark, .. } = &event;
                prop_assert_eq!(mark.sides(), sides);
                event.apply(&mut store).expect("memory");
            }
            prop_assert_eq!(count(&store, &fact).expect("memory"), None, "what counts already counts once");
        }
        prop_assert_eq!(kept(&store), recounted(&store));
    }
}
