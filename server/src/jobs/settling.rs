//! Points that have expired are booked, and tiers from whose window points have fallen are looked at again. The date
//! alone makes both true; this writes them down.

use std::collections::BTreeSet;

use domain::{
    change::Command,
    id::{CustomerId, Id},
    loyalty::{self, Programme},
    row::Rows,
    settings::Company,
    time::{Date, Instant},
};

use super::deeds::{Deed, carry_out, id_of};
use crate::db::{Db, Snapshot, Trouble};

const EXPIRED: &str = "SELECT open_of FROM loyalty_lot WHERE open_of IS NOT NULL AND expires_on < ?1";
const COMING: &str = "SELECT id FROM loyalty_member WHERE next_on <= ?1";
const FALLEN: &str = "SELECT customer FROM loyalty_lot WHERE earned_on BETWEEN ?1 AND ?2";

/// After so many days of standing still a server looks at everybody whose window moved meanwhile.
const LATE_DAYS: i64 = 31;

/// Each customer whose points or tier the date has changed, once a day.
pub async fn settle_points(db: &Db, now: Instant) -> Result<usize, Trouble> {
    let deeds = db.read(move |snapshot| {
        let Some(company) = snapshot.get::<Company>(Id::ONLY)? else { return Ok(Vec::new()) };
        let today = company.today(now);
        let midnight = company.zone.moment(today, 0);
        let settle = |customer: CustomerId| {
            let command = loyalty::Command::Settle { customer };
            Deed { id: id_of(customer.into(), Id::ONLY, midnight, 0), command: Command::Loyalty(command) }
        };
        Ok(concerned(snapshot, today)?.into_iter().map(settle).collect())
    });
    carry_out(db, now, deeds.await?).await
}

fn concerned(snapshot: &Snapshot<'_>, today: Date) -> Result<BTreeSet<CustomerId>, Trouble> {
    let mut expired = snapshot.connection().prepare_cached(EXPIRED)?;
    let expired = expired.query_map([today.to_string()], |row| Ok(Id::from_bytes(row.get(0)?).into()))?;
    let mut customers: BTreeSet<CustomerId> = expired.collect::<Result<_, _>>()?;
    let mut coming = snapshot.connection().prepare_cached(COMING)?;
    let coming = coming.query_map([today.to_string()], |row| Ok(Id::from_bytes(row.get(0)?).into()))?;
    customers.extend(coming.collect::<Result<Vec<CustomerId>, _>>()?);
    if let Some(programme) = snapshot.get::<Programme>(Id::ONLY)? {
        // Points count on the day they are earned and on as many days after, less one.
        let left = today.plus_days(-programme.rules.tiers.window_days);
        let span = (left.plus_days(-LATE_DAYS).to_string(), left.to_string());
        let mut fallen = snapshot.connection().prepare_cached(FALLEN)?;
        let fallen = fallen.query_map(span, |row| Ok(Id::from_bytes(row.get(0)?).into()))?;
        customers.extend(fallen.collect::<Result<Vec<CustomerId>, _>>()?);
    }
    Ok(customers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db;

    #[test]
    fn only_lots_of_these_days_are_looked_at() {
        assert!(db::plan(EXPIRED)[0].contains("USING COVERING INDEX loyalty_lot_expires_on (expires_on<?)"), "{:?}", db::plan(EXPIRED));
        assert_eq!(db::plan(COMING), ["SEARCH loyalty_member USING INDEX loyalty_member_next_on (next_on<?)"]);
        assert!(db::plan(FALLEN)[0].contains("USING COVERING INDEX loyalty_lot_earned_on (earned_on>? AND earned_on<?)"));
    }
}
