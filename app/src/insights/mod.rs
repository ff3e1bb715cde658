//! Figures on screen: a sentence, tiles, a line over time, sides of them side by side.

mod asked;
mod breakdown;
mod conditions;
mod figures;
mod headline;
mod look;
mod months;
pub mod words;

pub use breakdown::BreakdownCard;
pub use conditions::Conditions;
pub use figures::Figures;
pub use headline::Headline;
pub use look::Look;
pub use months::Months;

use crate::book::{Asked, Book, use_book};
use asked::Told;
use domain::{
    id::DepartmentId,
    insights::{self, Cell, Dimension, Period, Question},
    time::Date,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Which days, and whose: of departments this device holds the cells, of what is finer the server tells.
#[derive(Clone, Copy)]
pub struct Scope {
    pub look: Memo<Look>,
    book: Book,
    told: Told,
}

/// Cells to be summed, and of which department among them.
type Cells = (Vec<Arc<Cell>>, Option<Option<DepartmentId>>);

impl Scope {
    #[must_use]
    pub fn new(look: Memo<Look>) -> Self {
        let book = use_book();
        let told = Told::of(move || {
            let Look { period, of, .. } = look.get();
            let today = book.today();
            let from = period.before(today).0.min(Period::Year.days(today).0);
            of.is_fine().then_some(Question { from, to: today, of, by: Dimension::Month })
        });
        Self { look, book, told }
    }

    #[must_use]
    pub fn period(self) -> Period {
        self.look.get().period
    }

    /// From when to when.
    #[must_use]
    pub fn days(self) -> Signal<(Date, Date)> {
        Signal::derive(move || self.period().days(self.book.today()))
    }

    /// Whether what stands there is not yet, or not, what was asked for.
    #[must_use]
    pub fn asked(self) -> Asked {
        self.told.asked()
    }

    fn cells(self) -> Cells {
        match self.told.answer() {
            Some(months) => (months.cells().into_iter().map(Arc::new).collect(), None),
            None => (self.book.rows::<Cell>(), self.look.get().of.department.map(Some)),
        }
    }

    /// Whether figures are of all customers, as this device holds them.
    fn is_whole(self) -> bool {
        self.told.answer().is_none()
    }

    /// The figures of now, and of the period before.
    fn figures(self) -> Memo<(insights::Figures, insights::Figures)> {
        Memo::new(move |_| {
            let (cells, department) = self.cells();
            let of = |(from, to): (Date, Date)| insights::Figures::of(cells.iter().map(|cell| &**cell), from, to, department);
            let (period, today) = (self.period(), self.book.today());
            (of(period.days(today)), of(period.before(today)))
        })
    }
}

/// Whether a change is more than chance makes: beyond the intervals of both taken together.
fn is_beyond_noise(change: f64, now: f64, before: f64) -> bool {
    change.abs() > (now * now + before * before).sqrt()
}

#[cfg(test)]
mod tests {
    //! What the sheet says: of what this device holds, of what the server told, and of what could not be asked.

    use super::{BreakdownCard, Figures, Headline, Look, Scope, asked::Told, breakdown::table_of, is_beyond_noise};
    use crate::{
        book::{Asked, use_book},
        browser::clock,
        testing::{held, render},
        words::Lang,
    };
    use domain::{
        access::Role,
        channel::Channel,
        id::{DepartmentId, Id},
        insights::{self, Breakdown, Cell, Dimension, Filter, Line, Measure, Period, Side, Tally, Touch, cell_id},
        loyalty::Programme,
        money::Money,
        team::Department,
        text::Name,
        time::{Date, Instant, Zone},
    };
    use leptos::prelude::*;

    const EAST: DepartmentId = DepartmentId(Id::from_bytes([1; 16]));

    fn look(of: Filter) -> Look {
        Look { period: Period::Year, of, by: Dimension::Department }
    }

    /// Lately, wherever one is.
    fn day() -> Date {
        Zone::fixed("UTC", 0).date_at(clock::now()).plus_days(-2)
    }

    fn cell(department: Option<DepartmentId>, measure: Measure, tally: Tally) -> Cell {
        let on = day();
        let Tally { n, good, bad, sum } = tally;
        Cell { id: cell_id(on, department, measure), on, department, measure, n, good, bad, sum }
    }

    fn tally(n: i64, good: i64, bad: i64) -> Tally {
        Tally { n, good, bad, sum: 0 }
    }

    fn rows() -> Vec<(domain::sync::Key, domain::sync::Held)> {
        let department = Department { id: EAST, name: Name::parse("售后服务部").expect("a name"), created_at: Instant(0) };
        vec![
            held(&department),
            held(&cell(Some(EAST), Measure::Nps, tally(210, 100, 80))),
            held(&cell(Some(EAST), Measure::Csat, tally(100, 80, 5))),
            held(&cell(None, Measure::Opened, tally(900, 0, 9))),
        ]
    }

    fn scope(of: Filter, asked: Asked, answer: Option<Breakdown>) -> Scope {
        let look = Memo::new(move |_| look(of));
        Scope { look, book: use_book(), told: Told::standing(asked, answer) }
    }

    fn shown(of: Filter, asked: Asked, answer: Option<Breakdown>) -> String {
        render(Role::Manager, rows(), move || {
            let scope = scope(of, asked, answer);
            let show = Callback::new(|_| ());
            view! {
                <Headline scope/>
                <Figures scope/>
                <BreakdownCard scope show/>
            }
            .into_any()
        })
    }

    fn place(html: &str, part: &str) -> usize {
        html.find(part).unwrap_or_else(|| panic!("{part} in {html}"))
    }

    #[test]
    fn departments_stand_side_by_side_with_how_many_each_figure_rests_on() {
        let html = shown(Filter::default(), Asked::Not, None);
        assert!(html.contains("NPS 10（±12）") && html.contains("投诉率（占客户）"), "{html}");
        for part in ["<b>10</b> <small>±12　n 210</small>", "<b>80%</b> <small>±8　n 100</small>", "<b>900</b>"] {
            place(&html, part);
        }
        assert!(place(&html, "售后服务部") < place(&html, "未归属部门"), "what is nobody's comes last");
        place(&html, &format!("department={EAST}"));
        assert!(!html.contains("aria-current"));
    }

    #[test]
    fn what_is_narrowed_is_what_the_server_told() {
        let of = Filter { touch: Some(Touch::Support), ..Filter::default() };
        let months = Breakdown {
            lines: vec![Line {
                of: Side::Month(Period::Year.days(day()).1.plus_days(1 - i64::from(day().day()))),
                figures: insights::Figures { csat: tally(4, 4, 0), opened: tally(50, 0, 5), ..insights::Figures::default() },
            }],
        };
        let html = shown(of, Asked::Here, Some(months));
        assert!(html.contains("满意率 100%（±24），没有推荐意愿答卷") && html.contains("4 次工单评价，50 张新建工单"), "{html}");
        assert!(html.contains("投诉率（占新建工单）"), "nobody counts the customers of a touch point");
    }

    /// Two who contradict each other say nothing about the others.
    #[test]
    fn a_score_of_very_few_is_not_spoken_of() {
        let of = Filter { tier: Some(1), ..Filter::default() };
        let first = Period::Year.days(day()).1.plus_days(1 - i64::from(day().day()));
        let figures = insights::Figures { nps: tally(2, 1, 1), ..insights::Figures::default() };
        let html = shown(of, Asked::Here, Some(Breakdown { lines: vec![Line { of: Side::Month(first), figures }] }));
        assert!(html.contains("近 12 个月只有 2 份推荐意愿答卷，还说不出 NPS。"), "{html}");
    }

    /// Without a line the whole figures stay, those of a department among them, and it is said where the others come from.
    #[test]
    fn what_cannot_be_asked_for_leaves_what_is_held() {
        let of = Filter { department: Some(EAST), channel: Some(Channel::Phone), ..Filter::default() };
        let html = shown(of, Asked::Failed, None);
        assert!(html.contains("NPS 10（±12）") && html.contains("210 份推荐意愿答卷，100 次工单评价，0 张新建工单"), "{html}");
    }

    #[test]
    fn tiers_stand_highest_first_and_the_one_that_is_asked_for_is_marked() {
        let figures = |n| insights::Figures { opened: tally(n, 0, 0), ..insights::Figures::default() };
        let line = |rank, n| Line { of: Side::Tier(rank), figures: figures(n) };
        let programme = Programme::usual(Money::new(100).expect("money"), Date::from_days(0), Instant(0));
        let names: Vec<String> = programme.rules.tiers.tiers.iter().map(|tier| tier.zh.to_string()).collect();
        let html = render(Role::Manager, vec![held(&programme)], move || {
            let of = Filter { tier: Some(2), ..Filter::default() };
            let scope = scope(of, Asked::Here, None);
            let sides = vec![(line(0, 9)), line(1, 5), line(2, 7)];
            table_of(scope, sides.into_iter().map(|line| (line.of, line.figures)).collect(), use_book(), Lang::Zh)
        });
        let [silver, gold] = [&names[0], &names[1]];
        assert!(place(&html, gold) < place(&html, silver) && place(&html, silver) < place(&html, "无等级"), "{html}");
        let chosen = place(&html, "aria-current=\"true\"");
        assert!(chosen < place(&html, gold) && html.matches("aria-current").count() == 1, "{html}");
        place(&html, "tier=0");
    }

    /// "n = 210: a +1–2 move is noise."
    #[test]
    fn a_small_change_is_noise() {
        assert!(!is_beyond_noise(2.0, 12.6, 12.6));
        assert!(is_beyond_noise(-20.0, 12.6, 12.6));
    }
}
