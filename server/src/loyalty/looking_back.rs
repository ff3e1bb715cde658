//! What the ledger tells of any day: where all points are, what reviews of tiers would have given, and one customer's history.

use domain::{
    customers::Customer,
    id::{CustomerId, Id},
    loyalty::{Contender, Entry, Finding, Lot, Programme, Tiers, Totals, Why, as_of, judged, quarter},
    money::{Currency, Points},
    row::{Field, Rows},
    text::CustomerNo,
    time::Date,
    words::Lang,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

use super::scores::{Score, scores};
use crate::db::{Snapshot, Trouble};

/// What is looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// What reviews at the beginning of each quarter would have given, each after the one before.
    Reviews { from: Date, to: Date },
    /// Where all points are.
    Points { on: Option<Date> },
    /// A customer's history, line by line.
    History { customer: CustomerNo },
}

/// The answer in lines, as of the company's day and in its currency; nothing, where there is no such customer or no programme.
pub fn told(snapshot: &Snapshot<'_>, asked: &Asked, (today, currency): (Date, Currency), lang: Lang) -> Result<Vec<String>, Trouble> {
    match asked {
        Asked::Reviews { from, to } => reviews(snapshot, *from, *to, lang),
        Asked::Points { on } => points(snapshot, on.unwrap_or(today), lang),
        Asked::History { customer } => history(snapshot, customer, (today, currency), lang),
    }
}

/// Whoever had earned anything by then takes part. Of a programme whose tiers are reached by points, the usual shares.
fn reviews(snapshot: &Snapshot<'_>, from: Date, to: Date, lang: Lang) -> Result<Vec<String>, Trouble> {
    let Some(programme) = snapshot.rows().get::<Programme>(Id::ONLY)? else { return Ok(Vec::new()) };
    let tiers = if programme.rules.tiers.are_by_share() { programme.rules.tiers } else { Tiers::usual_by_share() };
    let names = tiers.tiers.iter().map(|tier| tier.name(lang));
    let mut lines = vec![match lang {
        Lang::Zh => ["评定日", "客户", "无等级"].into_iter().chain(names).chain(["升", "降"]).collect::<Vec<_>>().join("\t"),
        Lang::En => ["on", "customers", "no tier"].into_iter().chain(names).chain(["rise", "fall"]).collect::<Vec<_>>().join("\t"),
    }];
    let mut ranks: HashMap<CustomerId, i64> = HashMap::new();
    let mut on = if quarter(from).0 < from { quarter(from).1 } else { from };
    while on <= to {
        let contend = |Score { customer, score, earned }| {
            let rank = ranks.get(&customer).copied().unwrap_or_default();
            Contender { customer, rank, score, earned }
        };
        let contenders = scores(snapshot, tiers.window_days, on)?.into_iter().map(contend).collect();
        let (Finding { sizes, rises, falls, .. }, movers) = judged(&tiers, contenders, on);
        ranks.extend(movers.into_iter().map(|it| (it.customer, it.to)));
        let n = sizes.n();
        let permille = |count: i64| count * 1_000 / n.max(1);
        let tiers = sizes.0.iter().map(|(_, after)| format!("{after} ({}.{}%)", permille(*after) / 10, permille(*after) % 10));
        let line = [on.to_string(), n.to_string()].into_iter().chain(tiers).chain([rises.to_string(), falls.to_string()]);
        lines.push(line.collect::<Vec<_>>().join("\t"));
        on = quarter(on).1;
    }
    Ok(lines)
}

/// Customer by customer, so that no more than one ledger is in memory.
fn points(snapshot: &Snapshot<'_>, on: Date, lang: Lang) -> Result<Vec<String>, Trouble> {
    let mut members = snapshot.connection().prepare("SELECT id FROM loyalty_member ORDER BY id")?;
    let members = members.query_map((), |row| Ok(Id::from_bytes(row.get(0)?)))?.collect::<Result<Vec<Id>, _>>()?;
    let mut sum = Totals::default();
    let mut unbalanced = 0;
    for member in members {
        let (lots, entries) = ledger(snapshot, member.into())?;
        let totals = Totals::of(as_of(&lots, &entries, on).values(), on);
        unbalanced += usize::from(!totals.balances());
        sum = sum.plus(&totals);
    }
    let Totals { earned, active, locked, used, expired, returned } = sum;
    let [earned, active, locked, used, expired, returned] = [earned, active, locked, used, expired, returned].map(Points::get);
    Ok(match lang {
        Lang::Zh => vec![
            format!("{on}：累计获得 {earned} = 可用 {active} + 待生效 {locked} + 已使用 {used} + 已过期 {expired} + 已收回 {returned}"),
            format!("账目不平的客户：{unbalanced}"),
        ],
        Lang::En => vec![
            format!("{on}: earned {earned} = active {active} + locked {locked} + used {used} + expired {expired} + taken back {returned}"),
            format!("customers whose ledger does not balance: {unbalanced}"),
        ],
    })
}

fn ledger(snapshot: &Snapshot<'_>, customer: CustomerId) -> Result<(Vec<Lot>, Vec<Entry>), Trouble> {
    let rows = snapshot.rows();
    Ok((rows.by::<Lot>("customer", &customer.to_cell())?, rows.by::<Entry>("customer", &customer.to_cell())?))
}

/// Every entry with what was there after it.
fn history(snapshot: &Snapshot<'_>, no: &CustomerNo, (today, currency): (Date, Currency), lang: Lang) -> Result<Vec<String>, Trouble> {
    let Some(customer) = snapshot.rows().by::<Customer>("no", &no.to_cell())?.pop() else { return Ok(Vec::new()) };
    let (lots, mut entries) = ledger(snapshot, customer.id)?;
    entries.sort_by_key(|entry| (entry.on, entry.at, entry.id));
    let mut left = 0;
    let mut lines: Vec<String> = Vec::new();
    for entry in &entries {
        left += entry.points;
        lines.push(format!("{}\t{:+}\t{left}\t{}", entry.on, entry.points, said(&entry.why, currency, lang)));
    }
    for lot in lots.iter().filter(|lot| !lot.holding().left().is_zero()) {
        let (left, last) = (lot.holding().left().get(), lot.expires_on.map(|last| last.to_string()).unwrap_or_default());
        let state = match lot.holding() {
            holding if !holding.active(today).is_zero() => "active",
            holding if !holding.locked(today).is_zero() => "locked",
            _ => "expired",
        };
        lines.push(format!("{}\t{left}\t{last}\t{state}", lot.earned_on));
    }
    Ok(lines)
}

fn said(why: &Why, currency: Currency, lang: Lang) -> String {
    let word = |zh: &str, en: &str, what: String| match lang {
        Lang::Zh => format!("{zh} {what}"),
        Lang::En => format!("{en} {what}"),
    };
    match why {
        Why::Bought { amount, .. } => word("购买", "bought for", amount.decimal(currency)),
        Why::Refunded { amount, .. } => word("退款", "refunded", amount.decimal(currency)),
        Why::Redeemed { title, .. } => word("兑换", "redeemed", title.to_string()),
        Why::Restored { title, .. } => word("取消兑换", "called off", title.to_string()),
        Why::Given { reason } => word("赠送", "given", reason.to_string()),
        Why::Taken { reason } => word("扣减", "taken", reason.to_string()),
        Why::Expired => word("过期", "expired", String::new()),
    }
}
