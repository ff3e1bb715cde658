//! Any cell and any mark, for properties.

use super::{Cell, Mark, Measure, Sides, Tally, Touch};
use crate::{
    channel::Channel,
    testing::{dates, id, people},
};
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

pub fn sides() -> impl Strategy<Value = Sides> {
    let department = of((0..3u8).prop_map(|n| id(b'b', n).into()));
    (department, of(people()), 0..3i64, of(select(Touch::ALL)), of(select(Channel::ALL)))
        .prop_map(|(department, person, rank, touch, channel)| Sides { department, person, rank, touch, channel })
}

pub fn marks() -> impl Strategy<Value = Mark> {
    ((0..9u8), dates(), sides(), select(Measure::ALL), tallies()).prop_map(|(n, on, sides, measure, tally)| {
        let Sides { department, person, rank, touch, channel } = sides;
        Mark { id: id(b'i', n), on, department, measure, tally, person, rank, touch, channel }
    })
}
