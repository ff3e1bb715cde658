//! The quarterly review of tiers by share (S118, S119): worked out as of a day, proposed, approved by marketing, and then
//! in force for everybody at one midnight.
//!
//! Who would move is entered with the proposal, so what was approved is what happens, whatever is bought meanwhile. Before
//! the midnight every one of them carries what is coming ([`Member::next_on`]); the date alone makes it true.

use super::{
    decide::Refusal,
    earn::member,
    event::Event,
    ledger::Member,
    programme::{Programme, Tiers},
    shares::{Contender, Placed, placed},
};
use crate::{
    access,
    change::{Stop, known, unused},
    context::{Actor, Context},
    id::{CustomerId, Id, ReviewId},
    money::Points,
    row::{Field, Missing, Rows, codes, json_fields, rows},
    sync::Scope,
    time::{Date, Instant},
};
use serde::{Deserialize, Serialize};

/// Nobody waits longer for what was approved.
pub const LONGEST_WAIT_DAYS: i64 = 31;

codes! {
    ReviewState {
        /// The server has not worked it out yet.
        Asked = "asked": "计算中", "Being worked out";
        Proposed = "proposed": "待批准", "To be approved";
        Approved = "approved": "已批准", "Approved";
        Done = "done": "已生效", "In effect";
        Dropped = "dropped": "未采用", "Not adopted";
    }
}

impl ReviewState {
    /// What may come of it.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Asked => &[Self::Proposed, Self::Dropped],
            Self::Proposed => &[Self::Approved, Self::Dropped],
            Self::Approved => &[Self::Done],
            Self::Done | Self::Dropped => &[],
        }
    }
}

/// The first day of the quarter, and that of the next: when the server has tiers by share looked at.
#[must_use]
pub fn quarter(on: Date) -> (Date, Date) {
    let first = |months: i64| {
        let (year, month) = (i64::from(on.year()) + months.div_euclid(12), months.rem_euclid(12) + 1);
        let day = i16::try_from(year).ok().zip(i8::try_from(month).ok()).and_then(|(year, month)| Date::new(year, month, 1).ok());
        day.unwrap_or(on)
    };
    let begins = (i64::from(on.month()) - 1) / 3 * 3;
    (first(begins), first(begins + 3))
}

/// How many customers a tier has and would have, by rank; the first are those in none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sizes(pub Vec<(i64, i64)>);

json_fields!(Sizes);

impl Sizes {
    /// Of all who were looked at.
    #[must_use]
    pub fn n(&self) -> i64 {
        self.0.iter().map(|(before, _)| before).sum()
    }
}

rows! {
    /// A look at everybody's tier.
    Review in "loyalty_review" {
        id: ReviewId,
        /// While something may come of it: there is one at most.
        open: bool,
        state: ReviewState,
        /// As of this day.
        on: Date,
        sizes: Sizes,
        rises: i64,
        falls: i64,
        /// All change at the beginning of this day.
        takes_effect_on: Option<Date>,
        by: Actor,
        at: Instant,
        decided_by: Option<Actor>,
        decided_at: Option<Instant>,
    }

    /// Somebody whose tier a review would change.
    Move in "loyalty_move" {
        id: Id,
        review: ReviewId,
        customer: CustomerId,
        /// Among all, from 1.
        place: i64,
        score: Points,
        from: i64,
        to: i64,
    }
}

impl Review {
    /// With those who see figures, who are those who manage the programme.
    #[expect(clippy::unnecessary_wraps, reason = "the shape of every row")]
    fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
        Ok(vec![Scope::Figures])
    }
}

impl Move {
    /// Asked for, never carried.
    #[expect(clippy::unnecessary_wraps, reason = "the shape of every row")]
    fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
        Ok(Vec::new())
    }
}

/// Somebody who would move, as a job enters it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mover {
    pub customer: CustomerId,
    pub place: i64,
    pub score: Points,
    pub from: i64,
    pub to: i64,
}

/// What a job found, once all movers are entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub on: Date,
    pub sizes: Sizes,
    pub rises: i64,
    pub falls: i64,
}

/// What a review as of this day finds, and who would move.
#[must_use]
pub fn judged(tiers: &Tiers, all: Vec<Contender>, on: Date) -> (Finding, Vec<Mover>) {
    let highest = i64::try_from(tiers.tiers.len()).unwrap_or_default();
    let mut sizes = vec![(0, 0); tiers.tiers.len() + 1];
    let mut movers = Vec::new();
    for Placed { contender: Contender { customer, rank: from, score, earned: _ }, place, rank: to } in placed(&tiers.tiers, all) {
        // A programme before this one may have had more tiers.
        let held = from.min(highest);
        for (rank, count) in [(held, (1, 0)), (to, (0, 1))] {
            if let Some(size) = usize::try_from(rank).ok().and_then(|rank| sizes.get_mut(rank)) {
                *size = (size.0 + count.0, size.1 + count.1);
            }
        }
        if held != to {
            movers.push(Mover { customer, place: i64::try_from(place).unwrap_or(i64::MAX), score, from: held, to });
        }
    }
    let count = |moves: fn(&&Mover) -> bool| i64::try_from(movers.iter().filter(moves).count()).unwrap_or(i64::MAX);
    let (rises, falls) = (count(|it| it.from < it.to), count(|it| it.to < it.from));
    (Finding { on, sizes: Sizes(sizes), rises, falls }, movers)
}

/// Only the server's jobs do this.
pub(super) fn is_a_job(context: &Context) -> Result<(), Stop> {
    if context.by == Actor::System { Ok(()) } else { Err(access::Refusal::NotFound.into()) }
}

pub(super) fn approve<R: Rows>(rows: &R, review: ReviewId, on: Date, context: &Context) -> Result<Event, Stop> {
    if on <= context.on || on.days_since(context.on) > LONGEST_WAIT_DAYS {
        return Err(Refusal::NoSuchDay.into());
    }
    let review = Review { takes_effect_on: Some(on), ..moved(rows, review, ReviewState::Approved)? };
    Ok(decided(review, context))
}

pub(super) fn dismiss<R: Rows>(rows: &R, review: ReviewId, context: &Context) -> Result<Event, Stop> {
    Ok(decided(moved(rows, review, ReviewState::Dropped)?, context))
}

/// One that the rules have overtaken.
pub(super) fn dropped(review: Review, context: &Context) -> Review {
    Review { open: false, state: ReviewState::Dropped, decided_by: Some(context.by), decided_at: Some(context.at), ..review }
}

pub(super) fn propose<R: Rows>(rows: &R, review: ReviewId, finding: &Finding, context: &Context) -> Result<Event, Stop> {
    is_a_job(context)?;
    let Finding { on, sizes, rises, falls } = finding.clone();
    Ok(reviewed(Review { on, sizes, rises, falls, ..moved(rows, review, ReviewState::Proposed)? }))
}

pub(super) fn finish<R: Rows>(rows: &R, review: ReviewId, context: &Context) -> Result<Event, Stop> {
    is_a_job(context)?;
    Ok(reviewed(moved(rows, review, ReviewState::Done)?))
}

pub(super) fn ask<R: Rows>(rows: &R, id: ReviewId, context: &Context) -> Result<Event, Stop> {
    unused::<Review>(rows, id)?;
    let programme = known(rows.get::<Programme>(Id::ONLY)?)?;
    if !programme.rules.tiers.are_by_share() {
        return Err(Refusal::NoShares.into());
    }
    is_none_open(rows)?;
    Ok(reviewed(Review {
        id,
        open: true,
        state: ReviewState::Asked,
        on: context.on,
        sizes: Sizes::default(),
        rises: 0,
        falls: 0,
        takes_effect_on: None,
        by: context.by,
        at: context.at,
        decided_by: None,
        decided_at: None,
    }))
}

/// One review at a time, and none while rules begin to hold.
pub(super) fn is_none_open<R: Rows>(rows: &R) -> Result<(), Stop> {
    // Only the server knows: a device goes on and lets it judge.
    let open = rows.by::<Review>("open", &true.to_cell()).unwrap_or_default();
    if open.is_empty() { Ok(()) } else { Err(Refusal::ReviewOpen.into()) }
}

fn moved<R: Rows>(rows: &R, id: ReviewId, to: ReviewState) -> Result<Review, Stop> {
    let review = known(rows.get::<Review>(id)?)?;
    if !review.state.next().contains(&to) {
        return Err(Refusal::ReviewDecided.into());
    }
    Ok(Review { open: !to.next().is_empty(), state: to, ..review })
}

fn decided(review: Review, context: &Context) -> Event {
    reviewed(Review { decided_by: Some(context.by), decided_at: Some(context.at), ..review })
}

fn reviewed(review: Review) -> Event {
    Event::Reviewed { review: Box::new(review) }
}

pub(super) fn enter<R: Rows>(rows: &R, review: ReviewId, movers: &[Mover], context: &Context) -> Result<Event, Stop> {
    is_a_job(context)?;
    let is_asked = known(rows.get::<Review>(review)?)?.state == ReviewState::Asked;
    if !is_asked {
        return Err(Refusal::ReviewDecided.into());
    }
    let moves = movers.iter().map(|Mover { customer, place, score, from, to }| Move {
        id: move_id(review, *customer),
        review,
        customer: *customer,
        place: *place,
        score: *score,
        from: *from,
        to: *to,
    });
    Ok(Event::Entered { moves: moves.collect() })
}

/// A customer moves once in a review.
#[must_use]
pub fn move_id(review: ReviewId, customer: CustomerId) -> Id {
    Id::from(review).together(customer.into(), 0)
}

pub(super) fn announce<R: Rows>(rows: &R, id: Id, context: &Context) -> Result<Event, Stop> {
    is_a_job(context)?;
    let it = known(rows.get::<Move>(id)?)?;
    let review = known(rows.get::<Review>(it.review)?)?;
    let (ReviewState::Approved, Some(on)) = (review.state, review.takes_effect_on) else {
        return Err(Refusal::ReviewDecided.into());
    };
    let member = Member { next_rank: Some(it.to), next_on: Some(on), ..member(rows, it.customer, context)? };
    Ok(Event::Announced { member })
}
