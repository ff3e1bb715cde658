//! Tiers by share: so many of a hundred customers, the best first (S116, S117).
//!
//! A band has two edges, so that nobody comes and goes with every review: down to the first one customers enter, down to
//! the second one those who are in stay in. Both are shares of all customers, each tier's beside the others' (appendix B7).

use super::programme::Tier;
use crate::{id::CustomerId, money::Points};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// How many of a thousand customers are in a tier. It travels as one number, `50080` for 5 to 8 %: code to read a pair would
/// be in every first visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "i64", into = "i64")]
pub struct Band {
    /// So many at least: down to here customers enter.
    pub least: i64,
    /// So many at most: down to here those who are in it stay.
    pub most: i64,
}

impl From<i64> for Band {
    fn from(both: i64) -> Self {
        Self { least: both.div_euclid(1_000), most: both.rem_euclid(1_000) }
    }
}

impl From<Band> for i64 {
    fn from(Band { least, most }: Band) -> Self {
        least.saturating_mul(1_000).saturating_add(most)
    }
}

impl Band {
    /// The edges lie so far apart that among a hundred there is always a whole number between them.
    #[must_use]
    pub const fn is_sound(self) -> bool {
        self.least > 0 && self.most - self.least >= 10 && self.most < 1_000
    }

    /// How many of `n` enter, and how many there are at most. Of fewer than a hundred a share may be no whole number: then
    /// those who enter are rounded up, so that there is one at least.
    #[must_use]
    pub fn edges(self, n: usize) -> (usize, usize) {
        let share = |permille: i64| n.saturating_mul(usize::try_from(permille).unwrap_or_default());
        let enter = share(self.least).div_ceil(1_000);
        (enter, (share(self.most) / 1_000).max(enter))
    }
}

/// A customer, as a review looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contender {
    pub customer: CustomerId,
    pub rank: i64,
    /// Points that count now: [`super::qualifying`].
    pub score: Points,
    /// Points earned ever.
    pub earned: Points,
}

/// Where a review puts a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    pub contender: Contender,
    /// Among all, from 1.
    pub place: usize,
    pub rank: i64,
}

/// Everybody's place and tier. What is the same in score stands by tier, so that a tie changes nothing; then by what was ever
/// earned; then by id.
#[must_use]
pub fn placed(tiers: &[Tier], mut all: Vec<Contender>) -> Vec<Placed> {
    all.sort_by_key(|it| (Reverse(it.score), Reverse(it.rank), Reverse(it.earned), it.customer));
    let n = all.len();
    let mut placed: Vec<Placed> = all.into_iter().zip(1..).map(|(contender, place)| Placed { contender, place, rank: 0 }).collect();
    for (rank, band) in (1..).zip(tiers.iter().map(|tier| tier.band)).collect::<Vec<_>>().into_iter().rev() {
        let Some(band) = band else { continue };
        let (enter, most) = band.edges(n);
        for (at, it) in placed.iter_mut().filter(|it| it.rank == 0).enumerate().take(most) {
            if at < enter || it.contender.rank >= rank {
                it.rank = rank;
            }
        }
    }
    placed
}
