//! The rules of the programme, for those who manage it: which there were, and what others would do, worked out from
//! everybody's points and purchases.

use std::{cmp::Reverse, collections::HashMap};

use domain::{
    customers::Customer,
    id::{CustomerId, Id},
    loyalty::{Draft, MOST_NAMED, Mover, Named, Preview, Programme, Reckoning, Rules, Standing, Version, replaced},
    money::{Money, Points},
    row::{Field, Rows},
    time::Date,
};

use super::scores::{Score, ranks, scores};
use crate::db::{Snapshot, Trouble};

/// All there were and are, the latest first.
pub fn versions(snapshot: &Snapshot<'_>) -> Result<Vec<Version>, Trouble> {
    let mut versions = snapshot.rows().by::<Version>("programme", &Id::ONLY.to_cell())?;
    versions.sort_by_key(|version| Reverse((version.from, version.at, version.id)));
    Ok(versions)
}

/// Hands on every purchase that is looked back on.
pub type Purchases<'p> = &'p dyn Fn(&mut dyn FnMut(CustomerId, Money)) -> Result<(), Trouble>;

/// Nothing where there is no programme.
pub fn previewed(snapshot: &Snapshot<'_>, draft: &Draft, purchases: Purchases<'_>) -> Result<Option<Preview>, Trouble> {
    let rows = snapshot.rows();
    let Some(programme) = rows.get::<Programme>(Id::ONLY)? else { return Ok(None) };
    let (now, then) = (&programme.rules, &draft.rules);
    let all = standings(snapshot, now, then, draft.from)?;
    let (finding, movers) = replaced(then, all.clone(), draft.from);
    let mut reckoning = Reckoning::new(now, then, &all, &movers);
    purchases(&mut |customer, amount| reckoning.add(customer, amount))?;
    let name = |Mover { customer, score, from, to, .. }: Mover| -> Result<Named, Trouble> {
        let known = rows.get::<Customer>(customer)?;
        let called = known.and_then(|it| it.name.map(|name| name.to_string()).or_else(|| Some(it.no?.to_string())));
        Ok(Named { customer, called: called.unwrap_or_default(), score, from, to })
    };
    let named = movers.into_iter().take(MOST_NAMED).map(name).collect::<Result<_, _>>()?;
    Ok(Some(Preview { sizes: finding.sizes, rises: finding.rises, falls: finding.falls, cost: reckoning.cost, named }))
}

/// Where everybody will stand that day if nothing is bought until then.
fn standings(snapshot: &Snapshot<'_>, now: &Rules, then: &Rules, on: Date) -> Result<Vec<Standing>, Trouble> {
    let held = ranks(snapshot, on)?;
    let by_points: HashMap<CustomerId, Points> = match now.tiers.are_by_share() {
        true => HashMap::new(),
        false => scores(snapshot, now.tiers.window_days, on)?.into_iter().map(|it| (it.customer, it.score)).collect(),
    };
    let stand = |Score { customer, score, earned }| {
        let held = held.get(&customer)?.held;
        let rank = by_points.get(&customer).map_or(held, |score| now.kept(held, now.rank(*score)).0);
        Some(Standing { customer, rank, score, earned })
    };
    Ok(scores(snapshot, then.tiers.window_days, on)?.into_iter().filter_map(stand).collect())
}
