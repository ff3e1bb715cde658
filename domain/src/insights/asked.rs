//! What a device asks the server for because it holds only the cells of departments: figures of anything finer.

use super::{Cell, Dimension, Figures, Filter, Measure, Side};
use crate::{id::Id, time::Date};
use serde::{Deserialize, Serialize};

/// Figures of the days from `from` to `to`, both included. What a server does not know to narrow by it refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub from: Date,
    pub to: Date,
    #[serde(default)]
    pub of: Filter,
    pub by: Dimension,
}

/// One side, and what its figures are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub of: Side,
    pub figures: Figures,
}

/// Each side of which there is anything, once.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Breakdown {
    pub lines: Vec<Line>,
}

impl Breakdown {
    /// Months as cells, each on its first day: so they are summed as those are that a device holds.
    #[must_use]
    pub fn cells(&self) -> Vec<Cell> {
        let months =
            self.lines.iter().filter_map(|line| if let Side::Month(first) = line.of { Some((first, &line.figures)) } else { None });
        let cells = months.flat_map(|(on, figures)| {
            Measure::ALL.iter().map(move |measure| {
                let tally = figures.measured(*measure);
                Cell { id: Id::ONLY, on, department: None, measure: *measure, n: tally.n, good: tally.good, bad: tally.bad, sum: tally.sum }
            })
        });
        cells.collect()
    }
}
