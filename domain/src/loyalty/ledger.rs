//! The ledger: points in lots that only fill and empty, an entry for each time they did, and a header per customer.

use super::{programme::Rate, programme::Tiers};
use crate::{
    context::Actor,
    id::{CustomerId, LedgerId, LotId, OrderId, RedemptionId},
    money::{Money, Points},
    row::{Missing, Rows, json_fields, rows},
    sync::Scope,
    text::Line,
    time::{Date, Instant},
};
use serde::{Deserialize, Serialize};

/// What a lot came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Order { rate: Rate },
    Given { reason: Line },
}

/// Why points came or went, for the customer to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Bought for this amount.
    Bought {
        order: OrderId,
        amount: Money,
        #[serde(default)]
        what: Option<Line>,
    },
    /// Got money back for it.
    Refunded {
        order: OrderId,
        amount: Money,
    },
    Redeemed {
        redemption: RedemptionId,
        title: Line,
    },
    /// A redemption was called off: the same points are back.
    Restored {
        redemption: RedemptionId,
        title: Line,
    },
    Given {
        reason: Line,
    },
    Taken {
        reason: Line,
    },
    Expired,
}

/// How many points of which lots.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Parts(pub Vec<(LotId, Points)>);

json_fields!(Source, Why, Parts);

/// The counts of one lot. What depends on the date is asked with the date and never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holding {
    pub earned_on: Date,
    /// The first day on which they can be spent.
    pub opens_on: Date,
    /// The last one.
    pub expires_on: Option<Date>,
    pub earned: Points,
    pub used: Points,
    /// Gone back for refunds: this lot's own or debts paid with it.
    pub returned: Points,
    /// Lasted too long, as far as that is booked.
    pub lapsed: Points,
    /// Of what was earned, what refunds took back, whether it was still here or is owed. For tiers it was never earned.
    pub reversed: Points,
}

impl Holding {
    /// What is left in it.
    #[must_use]
    pub fn left(&self) -> Points {
        self.earned.less(self.used).less(self.returned).less(self.lapsed)
    }

    /// What of it can be spent on this day.
    #[must_use]
    pub fn active(&self, on: Date) -> Points {
        let open = self.opens_on <= on && self.expires_on.is_none_or(|last| on <= last);
        if open { self.left() } else { Points::ZERO }
    }

    /// What of it waits for its day.
    #[must_use]
    pub fn locked(&self, on: Date) -> Points {
        if on < self.opens_on { self.left() } else { Points::ZERO }
    }

    /// What of it lasted until before this day, booked or not.
    #[must_use]
    pub fn expired(&self, on: Date) -> Points {
        let over = self.opens_on <= on && self.expires_on.is_some_and(|last| last < on);
        if over { self.lapsed.plus(self.left()) } else { self.lapsed }
    }
}

/// What can be spent on this day: the sum of open lots.
#[must_use]
pub fn available(lots: impl IntoIterator<Item = Holding>, on: Date) -> Points {
    lots.into_iter().map(|lot| lot.active(on)).sum()
}

/// All that expires, by its last day (trap 4: not only the earliest).
#[must_use]
pub fn expiring(lots: impl IntoIterator<Item = Holding>, on: Date) -> Vec<(Date, Points)> {
    let mut days: Vec<(Date, Points)> = Vec::new();
    let lasting = lots
        .into_iter()
        .filter_map(|lot| Some((lot.expires_on.filter(|last| on <= *last)?, lot.left())))
        .filter(|(_, left)| !left.is_zero());
    for (last, left) in lasting {
        match days.iter_mut().find(|(day, _)| *day == last) {
            Some((_, points)) => *points = points.plus(left),
            None => days.push((last, left)),
        }
    }
    days.sort_unstable();
    days
}

/// Points that count for a tier on this day: earned in the window, less what refunds took back; spending takes nothing
/// away (trap 3).
#[must_use]
pub fn qualifying(lots: impl IntoIterator<Item = Holding>, tiers: &Tiers, on: Date) -> Points {
    let counts = |lot: &Holding| lot.earned_on <= on && on.days_since(lot.earned_on) < tiers.window_days;
    lots.into_iter().filter(counts).map(|lot| lot.earned.less(lot.reversed)).sum()
}

/// The tier on a day, of somebody who has one and gets another.
#[must_use]
pub(super) fn rank_on(rank: i64, next: Option<(i64, Date)>, on: Date) -> i64 {
    next.filter(|(_, from)| *from <= on).map_or(rank, |(next, _)| next)
}

rows! {
    /// Points of one day and one source.
    Lot in "loyalty_lot" {
        id: LotId,
        customer: CustomerId,
        /// The customer again while points are left in it: how open lots are found.
        open_of: Option<CustomerId>,
        order: Option<OrderId>,
        source: Source,
        earned_on: Date,
        opens_on: Date,
        expires_on: Option<Date>,
        earned: Points,
        used: Points,
        returned: Points,
        lapsed: Points,
        reversed: Points,
    }

    /// One movement. Never changed.
    Entry in "loyalty_entry" {
        id: LedgerId,
        customer: CustomerId,
        at: Instant,
        on: Date,
        by: Actor,
        /// What it did to the points that are there; below zero if they went.
        points: i64,
        /// What it did to the points that are owed.
        owed: i64,
        parts: Parts,
        why: Why,
    }

    /// A customer in the programme. The totals are the sums of their lots.
    Member in "loyalty_member" {
        id: CustomerId,
        earned: Points,
        used: Points,
        returned: Points,
        lapsed: Points,
        /// Taken back after they had been spent: the next points earned go there.
        owed: Points,
        rank: i64,
        ranked_on: Date,
        /// What a review has given, and from when on. Asked with the day, as everything here.
        next_rank: Option<i64>,
        next_on: Option<Date>,
    }
}

impl Lot {
    #[must_use]
    pub const fn holding(&self) -> Holding {
        let Self {
            id: _,
            customer: _,
            open_of: _,
            order: _,
            source: _,
            earned_on,
            opens_on,
            expires_on,
            earned,
            used,
            returned,
            lapsed,
            reversed,
        } = *self;
        Holding { earned_on, opens_on, expires_on, earned, used, returned, lapsed, reversed }
    }

    /// Open while something is left in it.
    #[must_use]
    pub fn opened_or_not(self) -> Self {
        Self { open_of: (!self.holding().left().is_zero()).then_some(self.customer), ..self }
    }
}

macro_rules! in_ledger {
    ($($name:ident: $customer:ident),*) => {$(
        impl $name {
            fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
                Ok(vec![Scope::Ledger(self.$customer), Scope::Portal(self.$customer)])
            }
        }
    )*};
}
in_ledger!(Lot: customer, Entry: customer, Member: id);

impl Member {
    /// Somebody who has not earned anything yet.
    #[must_use]
    pub const fn new(id: CustomerId, on: Date) -> Self {
        let none = Points::ZERO;
        Self {
            id,
            earned: none,
            used: none,
            returned: none,
            lapsed: none,
            owed: none,
            rank: 0,
            ranked_on: on,
            next_rank: None,
            next_on: None,
        }
    }

    /// The tier on this day, booked or not.
    #[must_use]
    pub fn rank_on(&self, on: Date) -> i64 {
        rank_on(self.rank, self.next_rank.zip(self.next_on), on)
    }

    /// Points that are there, as far as expiry is booked: what lists show. A page asks the lots with the day.
    #[must_use]
    pub fn left(&self) -> Points {
        self.earned.less(self.used).less(self.returned).less(self.lapsed)
    }
}
