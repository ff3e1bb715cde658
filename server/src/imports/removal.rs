//! Taking a row back: the one operation that deletes customers and orders. It takes away nothing but what the import
//! made, with all that its command caused, and leaves a customer who has anything else.

use std::sync::LazyLock;

use super::{
    deciding::{command_of, digest},
    kept::{Did, Touched},
    words::Kept,
};
use crate::{
    customers::voice,
    db::{Trouble, Tx, entities},
};
use domain::{
    customers::{Customer, Figure, Worth},
    id::{CommandId, CustomerId, Id, LedgerId, LotId},
    imports::Kind,
    loyalty::{self, Lot, Member, Parts},
    money::Points,
    orders::Order,
    row::{Field as _, Row, Rows},
    settings::Company,
    time::Date,
    timeline,
};
use rusqlite::OptionalExtension;

/// More rows than these are not caused by a command that opens a customer, edits one or records an order.
const CAUSED: u32 = 12;

const LAST_ORDER: &str = "SELECT max(ordered_on) FROM sales_order WHERE customer = ?1 AND state IN ('paid', 'delivered', 'refunded')";
const EXPIRED: &str = "SELECT id FROM loyalty_entry WHERE customer = ?1 AND why = '\"expired\"' AND instr(parts, ?2) > 0";
const ANY_ENTRY: &str = "SELECT 1 FROM loyalty_entry WHERE customer = ?1 LIMIT 1";
const FORGET: &str = "DELETE FROM seen_command WHERE cmd_id = ?1";

/// Whose rows name customers, and how they are asked for those of one.
static BELONGINGS: LazyLock<Vec<(&'static str, String)>> = LazyLock::new(|| {
    let naming = entities().flat_map(|entity| entity.names.iter().map(move |(column, of)| (entity.name, *column, *of)));
    naming
        .filter(|(.., of)| *of == Customer::ENTITY)
        .map(|(name, column, _)| (name, format!("SELECT id FROM \"{name}\" WHERE \"{column}\" = ?1")))
        .collect()
});

/// Takes a row back, or says why it stays.
pub(super) fn take_back(tx: &mut Tx<'_>, kind: Kind, import: Id, row: &Touched) -> Result<Option<Kept>, Trouble> {
    let command = command_of(import, row.line);
    let kept = match (kind, row.did) {
        (Kind::Customers, Did::Made) => remove_customer(tx, command, row)?,
        (Kind::Customers, Did::Changed) => restore_customer(tx, command, row)?,
        (Kind::Orders, _) => remove_order(tx, command, row)?,
    };
    if kept.is_none() {
        tx.connection().prepare_cached(FORGET)?.execute([Id::from(command).bytes()])?;
    }
    Ok(kept)
}

/// The row, if it is as the import left it.
fn untouched<T: Row>(tx: &Tx<'_>, row: &Touched) -> Result<Result<T, Kept>, Trouble> {
    let Some(found) = tx.reading().get::<T>(row.row)? else { return Ok(Err(Kept::Gone)) };
    Ok(if digest(&found)? == row.after { Ok(found) } else { Err(Kept::EditedSince) })
}

/// Ids of the rows that a command may have caused: they are derived from its own.
fn caused(command: CommandId) -> impl Iterator<Item = Id> {
    (0..CAUSED).map(move |n| Id::from(command).derived(n))
}

fn remove_customer(tx: &mut Tx<'_>, command: CommandId, row: &Touched) -> Result<Option<Kept>, Trouble> {
    if let Err(kept) = untouched::<Customer>(tx, row)? {
        return Ok(Some(kept));
    }
    for (entity, sql) in BELONGINGS.iter() {
        let mut ids = tx.connection().prepare_cached(sql)?;
        let ids = ids.query_map([row.row.bytes()], |found| found.get(0))?.collect::<Result<Vec<[u8; 16]>, _>>()?;
        let is_ours = |id: Id| match *entity {
            Figure::ENTITY | Worth::ENTITY => id == row.row,
            timeline::Entry::ENTITY => caused(command).any(|caused| caused == id),
            _ => false,
        };
        if !ids.into_iter().map(Id::from_bytes).all(is_ours) {
            return Ok(Some(Kept::InUse));
        }
    }
    forget_timeline(tx, command)?;
    let mut rows = tx.rows();
    rows.del::<Worth>(row.row)?;
    rows.del::<Figure>(row.row)?;
    rows.del::<Customer>(row.row)?;
    Ok(None)
}

fn restore_customer(tx: &mut Tx<'_>, command: CommandId, row: &Touched) -> Result<Option<Kept>, Trouble> {
    let now: Customer = match untouched(tx, row)? {
        Ok(now) => now,
        Err(kept) => return Ok(Some(kept)),
    };
    let before = row.before.as_deref().and_then(|before| serde_json::from_str::<Customer>(before).ok());
    // What an earlier version wrote may not say all that a customer is now.
    let Some(before) = before else { return Ok(Some(Kept::EditedSince)) };
    forget_timeline(tx, command)?;
    tx.rows().put(&before)?;
    if now.name != before.name {
        voice(tx, before.id)?;
    }
    Ok(None)
}

fn forget_timeline(tx: &mut Tx<'_>, command: CommandId) -> Result<(), Trouble> {
    let mut rows = tx.rows();
    caused(command).try_for_each(|id| rows.del::<timeline::Entry>(id))?;
    Ok(())
}

fn remove_order(tx: &mut Tx<'_>, command: CommandId, row: &Touched) -> Result<Option<Kept>, Trouble> {
    let order: Order = match untouched(tx, row)? {
        Ok(order) => order,
        Err(kept) => return Ok(Some(kept)),
    };
    let lot = tx.reading().by::<Lot>("order", &order.id.to_cell())?.pop();
    let is_whole = |lot: &Lot| lot.used.is_zero() && lot.returned.is_zero() && lot.reversed.is_zero();
    if lot.as_ref().is_some_and(|lot| !is_whole(lot)) {
        return Ok(Some(Kept::PointsSpent));
    }
    forget_timeline(tx, command)?;
    if let Some(lot) = &lot {
        forget_points(tx, command, lot)?;
    }
    tx.rows().del::<Order>(order.id)?;
    if order.state.is_paid() {
        devalue(tx, &order)?;
    }
    if let Some(lot) = &lot {
        settle(tx, lot, row.before.as_deref())?;
    }
    Ok(None)
}

/// The lot, the entry that brought it, and its part in the entries that booked what had expired.
fn forget_points(tx: &mut Tx<'_>, command: CommandId, lot: &Lot) -> Result<(), Trouble> {
    let expired: Vec<LedgerId> = {
        let mut expired = tx.connection().prepare_cached(EXPIRED)?;
        let ids = expired.query_map((Id::from(lot.customer).bytes(), Id::from(lot.id).to_string()), |row| row.get(0))?;
        ids.map(|id| id.map(|id| Id::from_bytes(id).into())).collect::<Result<_, _>>()?
    };
    let mut rows = tx.rows();
    caused(command).try_for_each(|id| rows.del::<loyalty::Entry>(id))?;
    for id in expired {
        let Some(entry) = rows.get::<loyalty::Entry>(id)? else { continue };
        let parts: Vec<(LotId, Points)> = entry.parts.0.iter().copied().filter(|(of, _)| *of != lot.id).collect();
        if parts.is_empty() {
            rows.del::<loyalty::Entry>(id)?;
        } else {
            let points: Points = parts.iter().map(|(_, points)| *points).sum();
            rows.put(&loyalty::Entry { points: -points.get(), parts: Parts(parts), ..entry })?;
        }
    }
    rows.del::<Lot>(lot.id)?;
    Ok(())
}

/// What the customer is worth without the order.
fn devalue(tx: &mut Tx<'_>, order: &Order) -> Result<(), Trouble> {
    let company = tx.rows().get::<Company>(Id::ONLY)?;
    let counts = company.is_some_and(|company| company.currency == order.currency);
    let last: Option<String> =
        tx.connection().prepare_cached(LAST_ORDER)?.query_row([Id::from(order.customer).bytes()], |row| row.get(0))?;
    let last_order_on = last.and_then(|last| last.parse().ok());
    tx.rows().change::<Worth>(order.customer, |worth| {
        if counts {
            worth.spent = worth.spent.less(order.amount);
        }
        worth.orders = (worth.orders - 1).max(0);
        worth.last_order_on = last_order_on;
    })?;
    Ok(())
}

/// The member without the lot; gone, where nothing ever was earned but that. `stood` is where they were before.
fn settle(tx: &mut Tx<'_>, lot: &Lot, stood: Option<&str>) -> Result<(), Trouble> {
    let customer = lot.customer;
    let any: Option<()> = tx.connection().prepare_cached(ANY_ENTRY)?.query_row([Id::from(customer).bytes()], |_| Ok(())).optional()?;
    let rank = rank_now(tx, customer)?;
    let mut rows = tx.rows();
    let Some(mut member) = rows.get::<Member>(customer)? else { return Ok(()) };
    rows.change::<Figure>(customer, |figure| figure.rank = rank)?;
    if any.is_none() {
        rows.del::<Member>(customer)?;
        return Ok(());
    }
    member.earned = member.earned.less(lot.earned);
    member.lapsed = member.lapsed.less(lot.lapsed);
    if member.rank != rank {
        let stood = stood.and_then(|stood| serde_json::from_str::<(i64, Date)>(stood).ok());
        member.ranked_on = stood.filter(|(before, _)| *before == rank).map_or(member.ranked_on, |(_, on)| on);
        member.rank = rank;
    }
    rows.put(&member)?;
    Ok(())
}

fn rank_now(tx: &mut Tx<'_>, customer: CustomerId) -> Result<i64, Trouble> {
    let at = tx.at();
    let rows = tx.rows();
    let Some(company) = rows.get::<Company>(Id::ONLY)? else { return Ok(0) };
    Ok(loyalty::rank_of(&rows, customer, company.today(at))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db;

    #[test]
    fn only_the_customers_own_rows_are_looked_at() {
        let belongings = BELONGINGS.iter().map(|(_, sql)| sql.as_str());
        for sql in [LAST_ORDER, EXPIRED, ANY_ENTRY, FORGET].into_iter().chain(belongings) {
            let plan = db::plan(sql);
            assert!(plan.iter().all(|step| !step.starts_with("SCAN")), "{sql}: {plan:?}");
        }
        assert!(BELONGINGS.len() >= 15, "the registry is read");
    }
}
