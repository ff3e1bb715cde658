//! The rules of the programme, for those who manage it: which there were, and what others would do, worked out from
//! everybody's points and purchases.

use std::{cmp::Reverse, collections::HashMap};

use domain::{
    access::Right,
    context::Actor,
    customers::Customer,
    id::{CustomerId, Id},
    loyalty::{Draft, LOOKED_BACK_DAYS, MOST_NAMED, Mover, Named, Preview, Programme, Reckoning, Rules, Standing, Version, replaced},
    money::Points,
    row::{Field, Rows},
    settings::Company,
    team::Person,
    time::Date,
};

use super::scores::{Score, ranks, scores};
use crate::{
    db::{Snapshot, Trouble},
    orders,
};

/// Whoever manages the programme now.
fn manages(snapshot: &Snapshot<'_>, by: Actor) -> Result<bool, Trouble> {
    let me = by.person().map(|person| snapshot.rows().get::<Person>(person)).transpose()?.flatten();
    Ok(me.is_some_and(|me| me.role.may(Right::ManageLoyalty)))
}

/// All there were and are, the latest first; nothing for those who do not manage the programme.
pub fn versions(snapshot: &Snapshot<'_>, by: Actor) -> Result<Option<Vec<Version>>, Trouble> {
    if !manages(snapshot, by)? {
        return Ok(None);
    }
    let mut versions = snapshot.rows().by::<Version>("programme", &Id::ONLY.to_cell())?;
    versions.sort_by_key(|version| Reverse((version.from, version.at, version.id)));
    Ok(Some(versions))
}

/// Nothing for those who do not manage the programme, and where there is none.
pub fn previewed(snapshot: &Snapshot<'_>, by: Actor, draft: &Draft) -> Result<Option<Preview>, Trouble> {
    let rows = snapshot.rows();
    let (Some(company), Some(programme)) = (rows.get::<Company>(Id::ONLY)?, rows.get::<Programme>(Id::ONLY)?) else { return Ok(None) };
    if !manages(snapshot, by)? {
        return Ok(None);
    }
    let (now, then) = (&programme.rules, &draft.rules);
    let all = standings(snapshot, now, then, draft.from)?;
    let (finding, movers) = replaced(then, all.clone(), draft.from);
    let mut reckoning = Reckoning::new(now, then, &all, &movers);
    let since = company.today(snapshot.at()).plus_days(-LOOKED_BACK_DAYS);
    orders::each_that_earned(snapshot, company.currency, since, |customer, amount| reckoning.add(customer, amount))?;
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
