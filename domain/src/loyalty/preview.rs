//! What other rules would do, before anybody decides on them: who would rise, who would fall, and what the purchases of
//! the past year would have earned (request 20).

use super::{
    programme::Rules,
    review::{Finding, Mover, Sizes, judged},
    shares::Contender,
};
use crate::{
    id::CustomerId,
    money::{Money, Points},
    time::Date,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Purchases of so many days before today are earned again.
pub const LOOKED_BACK_DAYS: i64 = 365;
/// So many of those who move are named, the most points first.
pub const MOST_NAMED: usize = 200;

/// What is asked: these rules from this day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub from: Date,
    pub rules: Rules,
}

/// Where a customer stands on the day from which rules would hold, and what counts for their tier by them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub customer: CustomerId,
    /// By the rules before.
    pub rank: i64,
    /// Earned within the window of the new rules.
    pub score: Points,
    /// Ever earned.
    pub earned: Points,
}

/// What purchases earn by the rules of now and by others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cost {
    pub purchases: i64,
    pub now: Points,
    pub then: Points,
}

/// Somebody who would move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub customer: CustomerId,
    /// Their name, else their number.
    pub called: String,
    pub score: Points,
    pub from: i64,
    pub to: i64,
}

/// What other rules would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// Customers by rank, before and after; of tiers by share, as a review of that day would find.
    pub sizes: Sizes,
    pub rises: i64,
    pub falls: i64,
    pub cost: Cost,
    pub named: Vec<Named>,
}

/// Who would be in which tier. Tiers by share are given by the first review.
#[must_use]
pub fn replaced(rules: &Rules, all: Vec<Standing>, from: Date) -> (Finding, Vec<Mover>) {
    let contend = |Standing { customer, rank, score, earned }| Contender { customer, rank, score, earned };
    if rules.tiers.are_by_share() {
        return judged(&rules.tiers, all.into_iter().map(contend).collect(), from);
    }
    let mut sizes: Vec<(i64, i64)> = Vec::new();
    let mut count = |rank: i64, (before, after): (i64, i64)| {
        let rank = usize::try_from(rank).unwrap_or_default();
        sizes.resize(sizes.len().max(rank + 1), (0, 0));
        if let Some(size) = sizes.get_mut(rank) {
            *size = (size.0 + before, size.1 + after);
        }
    };
    (0..=rules.tiers.tiers.len()).for_each(|rank| count(i64::try_from(rank).unwrap_or_default(), (0, 0)));
    let mut movers = Vec::new();
    for Standing { customer, rank: held, score, earned: _ } in all {
        let (to, _) = rules.kept(held, rules.rank(score));
        count(held, (1, 0));
        count(to, (0, 1));
        if held != to {
            movers.push(Mover { customer, place: 0, score, from: held, to });
        }
    }
    movers.sort_by_key(|it| (std::cmp::Reverse(it.score), it.customer));
    let count = |moves: fn(&&Mover) -> bool| i64::try_from(movers.iter().filter(moves).count()).unwrap_or(i64::MAX);
    let (rises, falls) = (count(|it| it.from < it.to), count(|it| it.to < it.from));
    (Finding { on: from, sizes: Sizes(sizes), rises, falls }, movers)
}

/// Adds up what purchases earn by the rules of now, in the tiers of now, and by others, in theirs.
#[derive(Debug)]
pub struct Reckoning<'r> {
    rules: [&'r Rules; 2],
    ranks: BTreeMap<CustomerId, [i64; 2]>,
    pub cost: Cost,
}

impl<'r> Reckoning<'r> {
    #[must_use]
    pub fn new(now: &'r Rules, then: &'r Rules, all: &[Standing], movers: &[Mover]) -> Self {
        let mut ranks: BTreeMap<CustomerId, [i64; 2]> = all.iter().map(|it| (it.customer, [it.rank, it.rank])).collect();
        for Mover { customer, to, .. } in movers {
            ranks.entry(*customer).or_default()[1] = *to;
        }
        Self { rules: [now, then], ranks, cost: Cost::default() }
    }

    pub fn add(&mut self, customer: CustomerId, amount: Money) {
        let [now, then] = self.rules;
        let [before, after] = self.ranks.get(&customer).copied().unwrap_or_default();
        let Cost { purchases, now: sum_now, then: sum_then } = self.cost;
        self.cost = Cost {
            purchases: purchases + 1,
            now: sum_now.plus(now.rate(before).of(amount)),
            then: sum_then.plus(then.rate(after).of(amount)),
        };
    }
}
