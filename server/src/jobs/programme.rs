//! Rules that were planned begin at the midnight of their day; everybody then gets the tier that they give, in small
//! batches while others work.

use domain::{
    change::Command,
    id::{CustomerId, Id},
    loyalty::{self, Programme, Rules, Version, VersionState},
    row::{Field, Rows},
    settings::Company,
    time::{Date, Instant},
};

use super::deeds::{Deed, carry_out, id_of};
use crate::{
    db::{Db, Snapshot, Trouble},
    loyalty::{Score, ranks, scores},
};

/// One step further; says how much was done.
pub async fn keep_programme(db: &Db, now: Instant) -> Result<usize, Trouble> {
    let deeds = db.read(move |snapshot| next(snapshot, now)).await?;
    carry_out(db, now, deeds).await
}

fn next(snapshot: &Snapshot<'_>, now: Instant) -> Result<Vec<Deed>, Trouble> {
    let rows = snapshot.rows();
    let (Some(company), Some(programme)) = (rows.get::<Company>(Id::ONLY)?, rows.get::<Programme>(Id::ONLY)?) else {
        return Ok(Vec::new());
    };
    let (versions, today) = (rows.by::<Version>("programme", &programme.id.to_cell())?, company.today(now));
    if let Some(due) = versions.iter().find(|version| version.state == VersionState::Planned && version.from <= today) {
        return Ok(vec![deed(due, now, loyalty::Command::BeginVersion { version: due.id })]);
    }
    let begun: Vec<&Version> = versions.iter().filter(|version| version.state == VersionState::Begun).collect();
    if begun.is_empty() { Ok(Vec::new()) } else { carried_on(snapshot, &begun, &programme.rules, today, now) }
}

fn deed(version: &Version, now: Instant, command: loyalty::Command) -> Deed {
    Deed { id: id_of(version.id.into(), Id::ONLY, now, 0), command: Command::Loyalty(command) }
}

/// Whoever is in another tier than the rules of now give is looked at again, until nobody is.
fn carried_on(snapshot: &Snapshot<'_>, begun: &[&Version], rules: &Rules, today: Date, now: Instant) -> Result<Vec<Deed>, Trouble> {
    let wrong = misplaced(snapshot, rules, today)?;
    if wrong.is_empty() {
        let finish = |version: &&Version| deed(version, now, loyalty::Command::FinishVersion { version: version.id });
        return Ok(begun.iter().map(finish).collect());
    }
    let settle = |customer: CustomerId| {
        let command = loyalty::Command::Settle { customer };
        Deed { id: id_of(customer.into(), Id::ONLY, now, 1), command: Command::Loyalty(command) }
    };
    Ok(wrong.into_iter().map(settle).collect())
}

/// Tiers by share are given by reviews alone.
fn misplaced(snapshot: &Snapshot<'_>, rules: &Rules, today: Date) -> Result<Vec<CustomerId>, Trouble> {
    if rules.tiers.are_by_share() {
        return Ok(Vec::new());
    }
    let held = ranks(snapshot, today)?;
    let is_wrong =
        |it: &Score| held.get(&it.customer).is_some_and(|rank| (rank.held, rank.coming) != rules.kept(rank.held, rules.rank(it.score)));
    Ok(scores(snapshot, rules.tiers.window_days, today)?.into_iter().filter(is_wrong).map(|it| it.customer).collect())
}
