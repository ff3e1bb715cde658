//! What may be done with points, rewards and the programme, and what it does.

use super::{
    earn::{entry, filled, member, standing_of},
    event::Event,
    ledger::{Lot, Member, Parts, Source, Why},
    programme::Rules,
    review::{self, Finding, Mover},
    rewards::{Redemption, RedemptionState, Reward, RewardKind, code_of},
    versions::{self, rules_on},
};
use crate::{
    change::{Stop, known, unused},
    context::Context,
    customers::Customer,
    id::{CustomerId, Id, LotId, RedemptionId, ReviewId, RewardId, VersionId},
    money::Points,
    row::{Field, Missing, Rows},
    text::{Line, Name, Prose},
    time::{Date, Instant},
};
use serde::{Deserialize, Serialize};

/// What jobs do is the server's alone: a browser neither writes nor reads it, and carries no code to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// For a customer; `price` is what its author saw.
    Redeem {
        id: RedemptionId,
        customer: CustomerId,
        reward: RewardId,
        price: Points,
    },
    /// Handed over, done, deducted.
    Fulfil {
        redemption: RedemptionId,
    },
    /// Called off: the same points go back into the same lots.
    CallOff {
        redemption: RedemptionId,
    },
    Give {
        customer: CustomerId,
        points: Points,
        reason: Line,
    },
    Take {
        customer: CustomerId,
        points: Points,
        reason: Line,
    },
    AddReward {
        id: RewardId,
        reward: Box<RewardDraft>,
    },
    EditReward {
        id: RewardId,
        reward: Box<RewardDraft>,
    },
    /// Rules that hold from this day on.
    PlanProgramme {
        id: VersionId,
        from: Date,
        rules: Box<Rules>,
    },
    /// Calls off what is planned from this day on.
    DropPlan {
        from: Date,
    },
    /// A job's alone: its day has come.
    #[cfg_attr(target_family = "wasm", serde(skip))]
    BeginVersion {
        version: VersionId,
    },
    /// A job's alone: everybody is in the tier that it gives them.
    #[cfg_attr(target_family = "wasm", serde(skip))]
    FinishVersion {
        version: VersionId,
    },
    /// A job's alone: books what has expired and looks at the tier again.
    #[cfg_attr(target_family = "wasm", serde(skip))]
    Settle {
        customer: CustomerId,
    },
    /// Has all tiers by share looked at.
    AskReview {
        id: ReviewId,
    },
    /// From this day on it is so.
    ApproveReview {
        review: ReviewId,
        on: Date,
    },
    /// Everything stays as it is.
    DropReview {
        review: ReviewId,
    },
    /// A job's alone: some of those who would move.
    #[cfg_attr(target_family = "wasm", serde(skip))]
    EnterMovers {
        review: ReviewId,
        movers: Vec<Mover>,
    },
    /// A job's alone: all who would move are entered.
    #[cfg_attr(target_family = "wasm", serde(skip))]
    ProposeReview {
        review: ReviewId,
        finding: Finding,
    },
    /// A job's alone: tells somebody what is coming.
    #[cfg_attr(target_family = "wasm", serde(skip))]
    AnnounceMove {
        id: Id,
    },
    /// A job's alone: all have moved.
    #[cfg_attr(target_family = "wasm", serde(skip))]
    FinishReview {
        review: ReviewId,
    },
}

/// A reward, as marketing describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RewardDraft {
    pub zh: Name,
    #[serde(default)]
    pub en: Option<Name>,
    #[serde(default)]
    pub details: Option<Prose>,
    pub kind: RewardKind,
    pub price: Points,
    #[serde(default)]
    pub stock: Option<i64>,
    #[serde(default)]
    pub from_rank: i64,
    pub offered: bool,
}

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// So many points are missing.
    NotEnoughPoints {
        missing: i64,
    },
    /// The reward costs something else by now.
    PriceChanged,
    /// Nothing of it is left, or it is not offered any more.
    NotOffered,
    /// It is for members of a higher tier.
    TierTooLow,
    /// It was used or called off already.
    RedemptionClosed,
    /// No points are neither given nor taken.
    NoPoints,
    /// Tiers that do not rise, a share below everybody's, days or counts out of reason.
    NoSuchProgramme,
    NoSuchReward,
    /// Tiers are not by share, so there is nothing to review.
    NoShares,
    /// A review is under way: first it is decided.
    ReviewOpen,
    /// Somebody has decided on it already.
    ReviewDecided,
    /// Not a day between tomorrow and a month ahead; of rules, between today and a year ahead.
    NoSuchDay,
    /// These rules hold already, were called off, or others have taken their place.
    PlanDecided,
}

/// What `command` would do, or why it may not.
pub fn decide<R: Rows>(rows: &R, command: &Command, context: &Context) -> Result<Vec<Event>, Stop> {
    match command {
        Command::Redeem { id, customer, reward, price } => Ok(vec![redeem(rows, (*id, *customer, *reward), *price, context)?]),
        Command::Fulfil { redemption } => {
            let redemption = granted(rows, *redemption)?;
            Ok(vec![Event::Fulfilled { redemption: Box::new(closed(redemption, RedemptionState::Used, context)) }])
        }
        Command::CallOff { redemption } => Ok(vec![call_off(rows, granted(rows, *redemption)?, context)?]),
        Command::Give { customer, points, reason } => {
            known(rows.get::<Customer>(*customer)?)?;
            let rules = known(rules_on(rows, context.on)?)?;
            let lot = (Source::Given { reason: reason.clone() }, None, context.on);
            let why = Why::Given { reason: reason.clone() };
            let given = filled(member(rows, *customer, context)?, lot, *points, why, &rules, context);
            Ok(vec![given.ok_or(Refusal::NoPoints)?])
        }
        Command::Take { customer, points, reason } => Ok(vec![take(rows, *customer, *points, reason, context)?]),
        Command::AddReward { id, reward } => {
            unused::<Reward>(rows, *id)?;
            Ok(vec![described(*id, reward, context.at)?])
        }
        Command::EditReward { id, reward } => {
            let before = known(rows.get::<Reward>(*id)?)?;
            Ok(vec![described(*id, reward, before.created_at)?])
        }
        Command::PlanProgramme { id, from, rules } => Ok(vec![versions::plan(rows, *id, *from, rules, context)?]),
        Command::DropPlan { from } => Ok(vec![versions::call_off(rows, *from, context)?]),
        Command::BeginVersion { version } => Ok(vec![versions::begin(rows, *version, context)?]),
        Command::FinishVersion { version } => Ok(vec![versions::finish(rows, *version, context)?]),
        Command::Settle { customer } => settle(rows, *customer, context),
        Command::AskReview { id } => Ok(vec![review::ask(rows, *id, context)?]),
        Command::ApproveReview { review, on } => Ok(vec![review::approve(rows, *review, *on, context)?]),
        Command::DropReview { review } => Ok(vec![review::dismiss(rows, *review, context)?]),
        Command::EnterMovers { review, movers } => Ok(vec![review::enter(rows, *review, movers, context)?]),
        Command::ProposeReview { review, finding } => Ok(vec![review::propose(rows, *review, finding, context)?]),
        Command::AnnounceMove { id } => Ok(vec![review::announce(rows, *id, context)?]),
        Command::FinishReview { review } => Ok(vec![review::finish(rows, *review, context)?]),
    }
}

/// The redemption of a reward, decided where all lots are known.
pub(super) fn redeem<R: Rows>(
    rows: &R,
    (id, customer, reward): (RedemptionId, CustomerId, RewardId),
    price: Points,
    context: &Context,
) -> Result<Event, Stop> {
    known(rows.get::<Customer>(customer)?)?;
    unused::<Redemption>(rows, id)?;
    let mut reward = known(rows.get::<Reward>(reward)?)?;
    let member = member(rows, customer, context)?;
    is_offered(&reward, member.rank_on(context.on))?;
    if reward.price != price {
        return Err(Refusal::PriceChanged.into());
    }
    let (lots, parts) = emptied(rows, customer, price, context.on)?;
    let title = Line::parse(reward.zh.as_str()).map_err(|_| Refusal::NoSuchReward)?;
    let entry =
        entry(customer, (-price.get(), 0), parts.clone(), Why::Redeemed { redemption: id, title: title.clone() }, context.on, context);
    let redemption = Redemption {
        id,
        customer,
        reward: reward.id,
        title,
        price,
        parts,
        code: code_of(id),
        state: RedemptionState::Granted,
        by: context.by,
        at: context.at,
        on: context.on,
        closed_at: None,
    };
    reward.stock = reward.stock.map(|stock| stock - 1);
    let member = Member { used: member.used.plus(price), ..member };
    Ok(Event::Redeemed { lots, member, entry, redemption: Box::new(redemption), reward: Box::new(reward) })
}

/// Whether somebody of this rank may have it now.
fn is_offered(reward: &Reward, rank: i64) -> Result<(), Refusal> {
    if !reward.offered || reward.stock.is_some_and(|stock| stock <= 0) {
        return Err(Refusal::NotOffered);
    }
    if rank < reward.from_rank { Err(Refusal::TierTooLow) } else { Ok(()) }
}

fn take<R: Rows>(rows: &R, customer: CustomerId, points: Points, reason: &Line, context: &Context) -> Result<Event, Stop> {
    known(rows.get::<Customer>(customer)?)?;
    if points.is_zero() {
        return Err(Refusal::NoPoints.into());
    }
    let (lots, parts) = emptied(rows, customer, points, context.on)?;
    let entry = entry(customer, (-points.get(), 0), parts, Why::Taken { reason: reason.clone() }, context.on, context);
    let member = member(rows, customer, context)?;
    Ok(Event::Taken { lots, member: Member { used: member.used.plus(points), ..member }, entry })
}

/// Takes so many points from open lots: nearest expiry first, then the oldest, what never expires last.
fn emptied<R: Rows>(rows: &R, customer: CustomerId, points: Points, on: Date) -> Result<(Vec<Lot>, Parts), Stop> {
    let mut lots = rows.by::<Lot>("open_of", &customer.to_cell())?;
    lots.retain(|lot| !lot.holding().active(on).is_zero());
    lots.sort_by_key(|lot| (lot.expires_on.is_none(), lot.expires_on, lot.earned_on, lot.id));
    let (mut missing, mut parts) = (points, Vec::new());
    let mut touched = Vec::new();
    for lot in lots {
        let part = lot.holding().left().min(missing);
        if part.is_zero() {
            break;
        }
        missing = missing.less(part);
        parts.push((lot.id, part));
        touched.push(Lot { used: lot.used.plus(part), ..lot }.opened_or_not());
    }
    if missing.is_zero() { Ok((touched, Parts(parts))) } else { Err(Refusal::NotEnoughPoints { missing: missing.get() }.into()) }
}

fn granted<R: Rows>(rows: &R, id: RedemptionId) -> Result<Redemption, Stop> {
    let redemption = known(rows.get::<Redemption>(id)?)?;
    if redemption.state == RedemptionState::Granted { Ok(redemption) } else { Err(Refusal::RedemptionClosed.into()) }
}

fn closed(redemption: Redemption, state: RedemptionState, context: &Context) -> Redemption {
    Redemption { state, closed_at: Some(context.at), ..redemption }
}

fn call_off<R: Rows>(rows: &R, redemption: Redemption, context: &Context) -> Result<Event, Stop> {
    let mut lots = Vec::new();
    for (id, part) in &redemption.parts.0 {
        let lot: Lot = known(rows.get(*id)?)?;
        lots.push(Lot { used: lot.used.less(*part), ..lot }.opened_or_not());
    }
    let why = Why::Restored { redemption: redemption.id, title: redemption.title.clone() };
    let entry = entry(redemption.customer, (redemption.price.get(), 0), redemption.parts.clone(), why, context.on, context);
    let member = member(rows, redemption.customer, context)?;
    let member = Member { used: member.used.less(redemption.price), ..member };
    let reward = rows.get::<Reward>(redemption.reward)?.map(|reward| Reward { stock: reward.stock.map(|stock| stock + 1), ..reward });
    let redemption = Box::new(closed(redemption, RedemptionState::Cancelled, context));
    Ok(Event::CalledOff { lots, member, entry, redemption, reward: reward.map(Box::new) })
}

fn described(id: RewardId, draft: &RewardDraft, created_at: Instant) -> Result<Event, Refusal> {
    let RewardDraft { zh, en, details, kind, price, stock, from_rank, offered } = draft.clone();
    let stocked = stock.is_none_or(|stock| (0..=1_000_000).contains(&stock));
    if price.is_zero() || !stocked || !(0..=6).contains(&from_rank) {
        return Err(Refusal::NoSuchReward);
    }
    Ok(Event::RewardPut { reward: Box::new(Reward { id, zh, en, details, kind, price, stock, from_rank, offered, created_at }) })
}

fn settle<R: Rows>(rows: &R, customer: CustomerId, context: &Context) -> Result<Vec<Event>, Stop> {
    review::is_a_job(context)?;
    let mut over = rows.by::<Lot>("open_of", &customer.to_cell())?;
    over.retain(|lot| lot.expires_on.is_some_and(|last| last < context.on));
    let Some(mut member) = rows.get::<Member>(customer)? else { return Ok(Vec::new()) };
    let mut events = Vec::new();
    if !over.is_empty() {
        let parts: Vec<(LotId, Points)> = over.iter().map(|lot| (lot.id, lot.holding().left())).collect();
        let points: Points = parts.iter().map(|(_, points)| *points).sum();
        let entry = entry(customer, (-points.get(), 0), Parts(parts), Why::Expired, context.on, context);
        let lapsed = |lot: Lot| Lot { lapsed: lot.lapsed.plus(lot.holding().left()), open_of: None, ..lot };
        member.lapsed = member.lapsed.plus(points);
        events.push(Event::Expired { lots: over.into_iter().map(lapsed).collect(), member: member.clone(), entry });
    }
    events.extend(reranked(rows, member, context)?);
    Ok(events)
}

/// The tier that the lots give now, or that is coming, where it is another.
pub(crate) fn reranked<R: Rows>(rows: &R, member: Member, context: &Context) -> Result<Option<Event>, Missing> {
    let (from, today) = (member.rank, context.on);
    let (rank, next) = standing_of(rows, &member, today)?;
    let (next_rank, next_on) = next.unzip();
    let is_told = (next_rank, next_on) == (member.next_rank, member.next_on);
    let ranked_on = if rank == from { member.ranked_on } else { today };
    let changes = rank != from || !is_told;
    Ok(changes.then_some(Event::Ranked { member: Member { rank, ranked_on, next_rank, next_on, ..member }, from }))
}
