//! Which backups stay: the newest of each hour, day and week that has one, so many of each.
//!
//! Counted by the backups there are, not by the clock: a machine that was off, or whose clock went wrong, loses none.

use std::collections::BTreeSet;

use domain::time::Instant;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;
/// 1970 began on a Thursday, weeks begin on Mondays.
const MONDAY: i64 = 3 * DAY;

/// So many of each are kept. Five weeks, since what was erased must not live on for long.
const KEPT: [(i64, i64, usize); 3] = [(HOUR, 0, 24), (DAY, 0, 14), (WEEK, MONDAY, 5)];

/// The moments of backups that may go, of all there are.
#[must_use]
pub fn dispensable(all: &BTreeSet<Instant>) -> Vec<Instant> {
    let kept: BTreeSet<Instant> = KEPT.iter().flat_map(|(span, from, count)| newest_of_each(all, *span, *from, *count)).collect();
    all.difference(&kept).copied().collect()
}

fn newest_of_each(all: &BTreeSet<Instant>, span: i64, from: i64, count: usize) -> Vec<Instant> {
    let mut newest = Vec::new();
    let mut last = None;
    for at in all.iter().rev() {
        let period = (at.0 + from).div_euclid(span);
        if last != Some(period) && newest.len() < count {
            last = Some(period);
            newest.push(*at);
        }
    }
    newest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday, 2 November 2026, 00:00 UTC.
    const MONDAY_MORNING: i64 = 1_793_577_600_000;

    fn hourly(hours: i64) -> BTreeSet<Instant> {
        (0..hours).map(|hour| Instant(MONDAY_MORNING + hour * HOUR)).collect()
    }

    /// As an hourly backup does it: one more, then those go that may.
    fn after(hours: i64) -> BTreeSet<Instant> {
        let mut kept = BTreeSet::new();
        for at in hourly(hours) {
            kept.insert(at);
            for gone in dispensable(&kept) {
                kept.remove(&gone);
            }
        }
        kept
    }

    #[test]
    fn a_day_of_hours_two_weeks_of_days_and_five_weeks_are_kept() {
        let kept = after(100 * 24);
        let newest = kept.last().expect("the newest").0;
        assert_eq!(newest, MONDAY_MORNING + (100 * 24 - 1) * HOUR);
        let within = |age: i64| kept.iter().filter(|at| newest - at.0 < age).count();
        assert_eq!(within(DAY), 24);
        // Each day's last hour, the first day of them being the one of the hours.
        assert_eq!(within(14 * DAY), 24 + 13);
        assert_eq!(kept.len(), 24 + 13 + 2, "two Sundays are not among the days");
        assert!(kept.iter().all(|at| newest - at.0 < 35 * DAY), "nothing lives longer");
    }

    #[test]
    fn few_are_all_kept_and_the_newest_always_is() {
        assert_eq!(dispensable(&BTreeSet::new()), []);
        assert_eq!(dispensable(&hourly(24)), []);
        let of_one_hour: BTreeSet<Instant> = (0..60).map(|minute| Instant(MONDAY_MORNING + minute * 60_000)).collect();
        assert_eq!(dispensable(&of_one_hour).len(), 59);
        assert!(!dispensable(&of_one_hour).contains(&Instant(MONDAY_MORNING + 59 * 60_000)));
    }

    /// What was made before a long pause is not thrown away because it is old.
    #[test]
    fn a_long_pause_loses_nothing() {
        let mut all = after(100 * 24);
        let before = all.clone();
        all.insert(Instant(MONDAY_MORNING + 400 * DAY));
        let gone = dispensable(&all);
        assert!(gone.len() <= 3, "one of the oldest hours, days and weeks at most: {gone:?}");
        assert!(gone.iter().all(|at| before.contains(at)));
    }
}
