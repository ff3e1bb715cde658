//! Any cell and any mark, for properties.

use super::{Cell, Mark, Measure, Tally};
use crate::testing::{dates, id};
use proptest::{option::of, prelude::*, sample::select};

fn tallies() -> impl Strategy<Value = Tally> {
    (0..99i64, 0..99i64, 0..99i64, 0..999i64).prop_map(|(n, good, bad, sum)| Tally { n, good, bad, sum })
}

pub fn cells() -> impl Strategy<Value = Cell> {
    (dates(), of((0..3u8).prop_map(|n| id(b'b', n).into())), select(Measure::ALL), tallies()).prop_map(
        |(on, department, measure, tally)| {
            let Tally { n, good, bad, sum } = tally;
            Cell { id: super::cell_id(on, department, measure), on, department, measure, n, good, bad, sum }
        },
    )
}

pub fn marks() -> impl Strategy<Value = Mark> {
    ((0..9u8), dates(), of((0..3u8).prop_map(|n| id(b'b', n).into())), select(Measure::ALL), tallies())
        .prop_map(|(n, on, department, measure, tally)| Mark { id: id(b'i', n), on, department, measure, tally })
}
