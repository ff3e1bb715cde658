//! Figures out of cells: each with how many it rests on, and how far chance alone would move it.

use super::{Cell, Measure, Tally};
use crate::{id::DepartmentId, time::Date};
use serde::{Deserialize, Serialize};

/// Two standard errors and a little less: 95 of 100 intervals hold the truth.
const CONFIDENCE: f64 = 1.96;

/// The net promoter score: promoters less detractors, of all answers, times 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nps {
    pub n: i64,
    /// From −100 to +100.
    pub score: f64,
    /// Half the 95 % interval, in points: `var = p + d − (p − d)²`, `SE = √(var ÷ n)` (spec 3.2, "NPS noise").
    pub plus_minus: f64,
}

/// A share of good ones: of ratings, of answers in time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    pub n: i64,
    /// From 0 to 1.
    pub share: f64,
    /// Half the width of the 95 % interval by Wilson (1927), which stays inside 0 and 1 and holds for few.
    pub plus_minus: f64,
}

/// The score of so many answers; nothing of none.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub fn nps_of(tally: Tally) -> Option<Nps> {
    if tally.n <= 0 {
        return None;
    }
    let n = tally.n as f64;
    let (promoters, detractors) = (tally.good as f64 / n, tally.bad as f64 / n);
    let net = promoters - detractors;
    let error = ((promoters + detractors - net * net).max(0.0) / n).sqrt();
    Some(Nps { n: tally.n, score: net * 100.0, plus_minus: CONFIDENCE * error * 100.0 })
}

impl Share {
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    pub fn of(tally: Tally) -> Option<Self> {
        if tally.n <= 0 {
            return None;
        }
        let n = tally.n as f64;
        let share = tally.good as f64 / n;
        let z2 = CONFIDENCE * CONFIDENCE;
        let plus_minus = CONFIDENCE / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
        Some(Self { n: tally.n, share, plus_minus })
    }

    /// From where to where. Its middle lies nearer to a half than the share does.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    pub fn interval(&self) -> (f64, f64) {
        let (n, z2) = (self.n as f64, CONFIDENCE * CONFIDENCE);
        let middle = (self.share + z2 / (2.0 * n)) / (1.0 + z2 / n);
        ((middle - self.plus_minus).max(0.0), (middle + self.plus_minus).min(1.0))
    }
}

/// All measures over some days and departments, or any other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Figures {
    pub nps: Tally,
    pub csat: Tally,
    pub opened: Tally,
    pub response: Tally,
    pub resolution: Tally,
}

impl Figures {
    /// Of the cells from `from` to `to`, both included; of one department, or of all.
    #[must_use]
    pub fn of<'a>(cells: impl IntoIterator<Item = &'a Cell>, from: Date, to: Date, department: Option<Option<DepartmentId>>) -> Self {
        let mut figures = Self::default();
        let wanted = |cell: &&Cell| from <= cell.on && cell.on <= to && department.is_none_or(|department| cell.department == department);
        for cell in cells.into_iter().filter(wanted) {
            figures.add(cell.measure, cell.tally());
        }
        figures
    }

    pub fn add(&mut self, measure: Measure, tally: Tally) {
        let slot = self.slot(measure);
        *slot = slot.plus(tally);
    }

    #[must_use]
    pub fn measured(mut self, measure: Measure) -> Tally {
        *self.slot(measure)
    }

    fn slot(&mut self, measure: Measure) -> &mut Tally {
        match measure {
            Measure::Nps => &mut self.nps,
            Measure::Csat => &mut self.csat,
            Measure::Opened => &mut self.opened,
            Measure::Response => &mut self.response,
            Measure::Resolution => &mut self.resolution,
        }
    }
}

/// Figures of each month from that of `from` to that of `to`: the first day of the month, and its figures.
#[must_use]
pub fn by_month(cells: &[&Cell], from: Date, to: Date, department: Option<Option<DepartmentId>>) -> Vec<(Date, Figures)> {
    let mut months = Vec::new();
    let mut first = first_of_month(from);
    while first <= to {
        let next = first_of_month(first.plus_days(31));
        months.push((first, Figures::of(cells.iter().copied(), first, next.plus_days(-1).min(to), department)));
        if next <= first {
            break;
        }
        first = next;
    }
    months
}

fn first_of_month(date: Date) -> Date {
    date.plus_days(1 - i64::from(date.day()))
}
