//! Points and rewards as customers know them, and what customers may do with them.

use super::{
    decide::{self, Refusal},
    event::Event,
    ledger::{self, Holding, Why},
    programme::{self, Earning, Tiers, Validity},
    rewards::{self, RedemptionState, RewardKind},
};
use crate::{
    change::{Stop, known, unused},
    context::{Actor, Context},
    customers::{Customer, CustomerState},
    id::{CustomerId, Id, LedgerId, LotId, RedemptionId, RewardId},
    money::Points,
    row::{Missing, Rows, rows},
    sync::Scope,
    text::{Line, Name, Prose},
    time::{Date, Instant},
};
use serde::{Deserialize, Serialize};

rows! {
    Programme in "portal_programme" {
        id: Id,
        earning: Earning,
        validity: Validity,
        tiers: Tiers,
    }

    Lot in "portal_lot" {
        id: LotId,
        earned_on: Date,
        opens_on: Date,
        expires_on: Option<Date>,
        earned: Points,
        used: Points,
        returned: Points,
        lapsed: Points,
        reversed: Points,
    }

    Entry in "portal_points" {
        id: LedgerId,
        at: Instant,
        on: Date,
        points: i64,
        owed: i64,
        why: Why,
    }

    Member in "portal_member" {
        id: CustomerId,
        owed: Points,
        rank: i64,
        ranked_on: Date,
        next_rank: Option<i64>,
        next_on: Option<Date>,
    }

    Reward in "portal_reward" {
        id: RewardId,
        zh: Name,
        en: Option<Name>,
        details: Option<Prose>,
        kind: RewardKind,
        price: Points,
        /// Whether there is one left.
        left: bool,
        from_rank: i64,
        offered: bool,
    }

    Redemption in "portal_redemption" {
        id: RedemptionId,
        reward: RewardId,
        title: Line,
        price: Points,
        /// What is shown at the counter; none until it is granted.
        code: Option<String>,
        state: RedemptionState,
        at: Instant,
        closed_at: Option<Instant>,
    }
}

macro_rules! projections {
    ($($name:ident),*) => {$(
        impl $name {
            /// A projection is in no scope itself: it goes where its original is.
            fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
                Ok(Vec::new())
            }
        }
    )*};
}
projections!(Programme, Lot, Entry, Member, Reward, Redemption);

impl Programme {
    #[must_use]
    pub fn of(original: &programme::Programme) -> Self {
        let programme::Rules { earning, validity, tiers } = original.rules.clone();
        Self { id: original.id, earning, validity, tiers }
    }

    #[must_use]
    pub fn tier(&self, rank: i64) -> Option<&programme::Tier> {
        self.tiers.of(rank)
    }
}

impl Lot {
    #[must_use]
    pub fn of(original: &ledger::Lot) -> Self {
        let Holding { earned_on, opens_on, expires_on, earned, used, returned, lapsed, reversed } = original.holding();
        Self { id: original.id, earned_on, opens_on, expires_on, earned, used, returned, lapsed, reversed }
    }

    #[must_use]
    pub const fn holding(&self) -> Holding {
        let Self { id: _, earned_on, opens_on, expires_on, earned, used, returned, lapsed, reversed } = *self;
        Holding { earned_on, opens_on, expires_on, earned, used, returned, lapsed, reversed }
    }
}

impl Entry {
    #[must_use]
    pub fn of(original: &ledger::Entry) -> Self {
        let ledger::Entry { id, customer: _, at, on, by: _, points, owed, parts: _, ref why } = *original;
        Self { id, at, on, points, owed, why: why.clone() }
    }
}

impl Member {
    #[must_use]
    pub const fn of(original: &ledger::Member) -> Self {
        let ledger::Member { id, earned: _, used: _, returned: _, lapsed: _, owed, rank, ranked_on, next_rank, next_on } = *original;
        Self { id, owed, rank, ranked_on, next_rank, next_on }
    }

    /// The tier on this day.
    #[must_use]
    pub fn rank_on(&self, on: Date) -> i64 {
        ledger::rank_on(self.rank, self.next_rank.zip(self.next_on), on)
    }
}

impl Reward {
    #[must_use]
    pub fn of(original: &rewards::Reward) -> Self {
        let rewards::Reward { id, ref zh, ref en, ref details, kind, price, stock, from_rank, offered, created_at: _ } = *original;
        let left = stock.is_none_or(|stock| stock > 0);
        Self { id, zh: zh.clone(), en: en.clone(), details: details.clone(), kind, price, left, from_rank, offered }
    }
}

impl Redemption {
    #[must_use]
    pub fn of(original: &rewards::Redemption) -> Self {
        let rewards::Redemption { id, customer: _, reward, ref title, price, parts: _, ref code, state, by: _, at, on: _, closed_at } =
            *original;
        Self { id, reward, title: title.clone(), price, code: Some(code.clone()), state, at, closed_at }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// `price` is what the customer saw.
    Redeem { id: RedemptionId, reward: RewardId, price: Points },
}

/// On the server: whether the points are there, and which they are.
pub fn decide<R: Rows>(rows: &R, command: &Command, context: &Context) -> Result<Vec<Event>, Stop> {
    let Command::Redeem { id, reward, price } = command;
    let Actor::Portal { customer, .. } = context.by else { return known(None) };
    known(rows.get::<Customer>(customer)?.filter(|customer| customer.state == CustomerState::Active))?;
    Ok(vec![decide::redeem(rows, (*id, customer, *reward), *price, context)?])
}

/// On a customer's device: a reservation, until the server has looked at the points. What is certainly impossible is
/// refused at once.
pub fn run<R: Rows>(rows: &mut R, command: &Command, context: &Context) -> Result<(), Stop> {
    let Command::Redeem { id, reward, price } = command;
    let Actor::Portal { customer, .. } = context.by else { return known(None) };
    unused::<Redemption>(rows, *id)?;
    let reward = known(rows.get::<Reward>(*reward)?)?;
    let rank = rows.get::<Member>(customer).ok().flatten().map_or(0, |member| member.rank_on(context.on));
    if !reward.offered || !reward.left {
        return Err(Refusal::NotOffered.into());
    }
    if rank < reward.from_rank {
        return Err(Refusal::TierTooLow.into());
    }
    if reward.price != *price {
        return Err(Refusal::PriceChanged.into());
    }
    let title = Line::parse(reward.zh.as_str()).map_err(|_| Refusal::NoSuchReward)?;
    let (state, at) = (RedemptionState::Reserved, context.at);
    rows.put(&Redemption { id: *id, reward: reward.id, title, price: *price, code: None, state, at, closed_at: None })?;
    Ok(())
}
