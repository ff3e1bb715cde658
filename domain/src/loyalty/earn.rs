//! What purchases and refunds do to points: facts in, events out. Carried out as reactions to orders.

use super::{
    event::Event,
    ledger::{Entry, Lot, Member, Parts, Source, Why, qualifying},
    programme::Rules,
    versions::rules_on,
};
use crate::{
    context::Context,
    id::{CustomerId, OrderId},
    money::{Money, Points},
    row::{Field, Missing, Rows},
    text::Line,
    time::Date,
};

/// A paid order, as far as points go. Its currency is the company's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    pub order: OrderId,
    pub customer: CustomerId,
    pub on: Date,
    pub amount: Money,
    pub what: Option<Line>,
}

/// The points of a purchase. What is owed is paid first.
pub fn earn<R: Rows>(rows: &R, purchase: &Purchase, context: &Context) -> Result<Option<Event>, Missing> {
    let Some(rules) = rules_on(rows, purchase.on)? else { return Ok(None) };
    let member = member(rows, purchase.customer, context)?;
    let rate = rules.rate(member.rank_on(context.on));
    let why = Why::Bought { order: purchase.order, amount: purchase.amount, what: purchase.what.clone() };
    let lot = (Source::Order { rate }, Some(purchase.order), purchase.on);
    Ok(filled(member, lot, rate.of(purchase.amount), why, &rules, context))
}

/// A new lot of so many points, less what is owed; nothing for nothing.
pub(super) fn filled(
    member: Member,
    (source, order, on): (Source, Option<OrderId>, Date),
    points: Points,
    why: Why,
    rules: &Rules,
    context: &Context,
) -> Option<Event> {
    if points.is_zero() {
        return None;
    }
    let paid = member.owed.min(points);
    let lot = Lot {
        id: context.new_id(),
        customer: member.id,
        open_of: None,
        order,
        source,
        earned_on: on,
        opens_on: on.plus_days(rules.earning.lock_days),
        expires_on: rules.validity.last_day(on),
        earned: points,
        used: Points::ZERO,
        returned: paid,
        lapsed: Points::ZERO,
        reversed: Points::ZERO,
    }
    .opened_or_not();
    let left = points.less(paid);
    let entry = entry(member.id, (left.get(), -paid.get()), Parts(vec![(lot.id, left)]), why, on, context);
    let member =
        Member { earned: member.earned.plus(points), returned: member.returned.plus(paid), owed: member.owed.less(paid), ..member };
    Some(Event::Earned { lot: Box::new(lot), member, entry })
}

/// What a refund takes back: what the order earns by now, less. What was spent already is owed (trap 1, request 19).
pub fn give_back<R: Rows>(rows: &R, purchase: &Purchase, refunded: Money, context: &Context) -> Result<Option<Event>, Missing> {
    let lots: Vec<Lot> = rows.by::<Lot>("order", &purchase.order.to_cell())?;
    let Some(lot) = lots.into_iter().find(|lot| lot.customer == purchase.customer) else { return Ok(None) };
    let Source::Order { rate } = lot.source else { return Ok(None) };
    let reversed = lot.earned.less(rate.of(purchase.amount));
    let back = reversed.less(lot.reversed);
    if back.is_zero() {
        return Ok(None);
    }
    let member = member(rows, purchase.customer, context)?;
    // What has lapsed goes first: nobody misses it.
    let lapsed = back.min(lot.lapsed);
    let taken = back.less(lapsed).min(lot.holding().left());
    let owed = back.less(lapsed).less(taken);
    let gone = lapsed.plus(taken);
    let lot = Lot { reversed, returned: lot.returned.plus(gone), lapsed: lot.lapsed.less(lapsed), ..lot }.opened_or_not();
    let why = Why::Refunded { order: purchase.order, amount: refunded };
    let entry = entry(member.id, (-taken.get(), owed.get()), Parts(vec![(lot.id, gone)]), why, context.on, context);
    let (returned, lapsed) = (member.returned.plus(gone), member.lapsed.less(lapsed));
    let member = Member { returned, lapsed, owed: member.owed.plus(owed), ..member };
    Ok(Some(Event::GivenBack { lot: Box::new(lot), member, entry }))
}

/// The rank that a customer's points give on this day; where tiers are by share, the one that a review gave.
pub fn rank_of<R: Rows>(rows: &R, customer: CustomerId, on: Date) -> Result<i64, Missing> {
    let Some(rules) = rules_on(rows, on)? else { return Ok(0) };
    if rules.tiers.are_by_share() {
        return Ok(rows.get::<Member>(customer)?.map_or(0, |member| member.rank_on(on)));
    }
    reached(rows, &rules, customer, on)
}

fn reached<R: Rows>(rows: &R, rules: &Rules, customer: CustomerId, on: Date) -> Result<i64, Missing> {
    let lots = rows.by::<Lot>("customer", &customer.to_cell())?;
    Ok(rules.rank(qualifying(lots.iter().map(Lot::holding), &rules.tiers, on)))
}

/// The rank of a customer from this day on, and the one that is coming.
pub(super) fn standing_of<R: Rows>(rows: &R, member: &Member, on: Date) -> Result<(i64, Option<(i64, Date)>), Missing> {
    let held = member.rank_on(on);
    let coming = member.next_rank.zip(member.next_on).filter(|(_, from)| on < *from);
    let Some(rules) = rules_on(rows, on)? else { return Ok((0, None)) };
    if rules.tiers.are_by_share() {
        return Ok((held, coming));
    }
    let (rank, next) = rules.kept(held, reached(rows, &rules, member.id, on)?);
    // Grace that has begun goes on; it does not begin anew with every purchase.
    let ends = |days: i64| coming.map_or(on.plus_days(days), |(_, from)| from);
    Ok((rank, next.zip(rules.tiers.keeping).map(|(next, keeping)| (next, ends(keeping.days)))))
}

pub(super) fn member<R: Rows>(rows: &R, customer: CustomerId, context: &Context) -> Result<Member, Missing> {
    Ok(rows.get::<Member>(customer)?.unwrap_or(Member::new(customer, context.on)))
}

pub(super) fn entry(customer: CustomerId, (points, owed): (i64, i64), parts: Parts, why: Why, on: Date, context: &Context) -> Entry {
    Entry { id: context.new_id(), customer, at: context.at, on, by: context.by, points, owed, parts, why }
}
