//! Everybody's points at once, as of a day.

use domain::{
    id::{CustomerId, Id},
    money::Points,
    time::Date,
};
use std::collections::HashMap;

use crate::db::{Snapshot, Trouble};

/// What counts in the window, as [`domain::loyalty::qualifying`] says of one customer, and what was ever earned.
const SCORES: &str = "SELECT customer, coalesce(sum(CASE WHEN earned_on > ?1 THEN earned - reversed END), 0), sum(earned) FROM loyalty_lot
    WHERE earned_on <= ?2 GROUP BY customer";

/// Active customers with points, their tier on a day, and the one that is coming after it.
const RANKS: &str = "SELECT member.id, CASE WHEN next_on <= ?1 THEN next_rank ELSE rank END, CASE WHEN next_on > ?1 THEN next_rank END
    FROM loyalty_member AS member
    JOIN customer ON customer.id = member.id WHERE customer.state = 'active'";

pub(crate) struct Score {
    pub customer: CustomerId,
    pub score: Points,
    pub earned: Points,
}

/// Somebody's tier on a day, whether it is booked or not.
pub(crate) struct Rank {
    pub held: i64,
    pub coming: Option<i64>,
}

/// Everybody's.
pub(crate) fn ranks(snapshot: &Snapshot<'_>, on: Date) -> Result<HashMap<CustomerId, Rank>, Trouble> {
    let mut ranks = snapshot.connection().prepare_cached(RANKS)?;
    let ranks = ranks
        .query_map([on.to_string()], |row| Ok((Id::from_bytes(row.get(0)?).into(), Rank { held: row.get(1)?, coming: row.get(2)? })))?;
    Ok(ranks.collect::<Result<_, _>>()?)
}

/// Of everybody who had earned anything by then.
pub(crate) fn scores(snapshot: &Snapshot<'_>, window_days: i64, on: Date) -> Result<Vec<Score>, Trouble> {
    let points = |count: i64| Points::new(count).ok_or_else(|| Trouble::Broken(format!("{count} points earned")));
    let mut found = snapshot.connection().prepare_cached(SCORES)?;
    let mut found = found.query((on.plus_days(-window_days).to_string(), on.to_string()))?;
    let mut scores = Vec::new();
    while let Some(row) = found.next()? {
        let customer = Id::from_bytes(row.get(0)?).into();
        scores.push(Score { customer, score: points(row.get(1)?)?, earned: points(row.get(2)?)? });
    }
    Ok(scores)
}
