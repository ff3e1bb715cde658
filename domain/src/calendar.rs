//! Working time: when promises run and reminders may come. Periods of each weekday, and the days that are otherwise.
//!
//! Sources: capabilities B.5; requests 7 and 8 (lunch breaks, split shifts, exact pauses); 调休 make-up working days.

use crate::{
    row::json_fields,
    time::{Date, Instant, Zone},
};
use serde::{Deserialize, Serialize};

/// Minutes since midnight: from, to. Not empty, and not past midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period(pub i64, pub i64);

const DAY_MINUTES: i64 = 24 * 60;

/// What a company's weeks look like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// From Monday on: the periods in which people work, in their order.
    pub week: [Vec<Period>; 7],
    /// Days that are otherwise, in their order: holidays, and make-up days that are worked like a Monday.
    pub days: Vec<(Date, bool)>,
}

json_fields!(Calendar);

impl Default for Calendar {
    /// Monday to Friday, 9 to 12 and 13 to 18.
    fn default() -> Self {
        let day = || vec![Period(9 * 60, 12 * 60), Period(13 * 60, 18 * 60)];
        Self { week: [day(), day(), day(), day(), day(), Vec::new(), Vec::new()], days: Vec::new() }
    }
}

impl Calendar {
    /// Whether periods are in order and do not meet, days are in order, and somebody works at all.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let day = |periods: &Vec<Period>| {
            let ends = std::iter::once(0).chain(periods.iter().map(|period| period.1));
            periods.iter().zip(ends).all(|(period, end)| period.0 >= end && period.0 < period.1 && period.1 <= DAY_MINUTES)
        };
        self.week.iter().all(day) && self.week.iter().any(|day| !day.is_empty()) && self.days.is_sorted_by(|a, b| a.0 < b.0)
    }

    /// The periods of this day.
    #[must_use]
    pub fn on(&self, date: Date) -> &[Period] {
        let other = self.days.binary_search_by_key(&date, |(day, _)| *day).ok().and_then(|at| self.days.get(at));
        // 1970-01-01 was a Thursday.
        let weekday = (date.days() + 3).rem_euclid(7).unsigned_abs();
        let weekday = usize::try_from(weekday).unwrap_or_default();
        match other {
            Some((_, false)) => &[],
            Some((_, true)) => self.week.first().map_or(&[], Vec::as_slice),
            None => self.week.get(weekday).map_or(&[], Vec::as_slice),
        }
    }
}

/// A calendar in its zone.
#[derive(Debug, Clone, Copy)]
pub struct WorkingTime<'a> {
    pub zone: &'a Zone,
    pub calendar: &'a Calendar,
}

/// Nobody is promised anything further ahead than so many days.
const HORIZON_DAYS: i64 = 3_660;

impl WorkingTime<'_> {
    /// Working periods as moments, from the one that holds or follows `from`.
    fn periods(&self, from: Instant) -> impl Iterator<Item = (Instant, Instant)> {
        let first = self.zone.date_at(from);
        (0..HORIZON_DAYS)
            .map(move |n| first.plus_days(n))
            .flat_map(move |date| {
                let moment = move |minute: i64| self.zone.moment(date, minute);
                self.calendar.on(date).iter().map(move |Period(from, to)| (moment(*from), moment(*to)))
            })
            .filter(move |(_, to)| *to > from)
    }

    /// The moment at which so many milliseconds of working time have passed since `from`. Where nobody ever works,
    /// time passes as it does.
    #[must_use]
    pub fn after(&self, from: Instant, milliseconds: i64) -> Instant {
        let mut left = milliseconds;
        for (begin, end) in self.periods(from) {
            let begin = begin.max(from);
            let span = end.0 - begin.0;
            if span >= left {
                return Instant(begin.0 + left);
            }
            left -= span;
        }
        Instant(from.0.saturating_add(left))
    }

    /// Milliseconds of working time from `from` to `to`; none if that is earlier.
    #[must_use]
    pub fn between(&self, from: Instant, to: Instant) -> i64 {
        self.periods(from).take_while(|(begin, _)| *begin < to).map(|(begin, end)| (end.min(to).0 - begin.max(from).0).max(0)).sum()
    }

    /// The first moment from here on at which somebody works.
    #[must_use]
    pub fn next(&self, from: Instant) -> Instant {
        self.after(from, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::cases;
    use proptest::prelude::*;

    const MINUTE: i64 = 60_000;

    fn shanghai() -> Zone {
        Zone::fixed("Asia/Shanghai", 8 * 3_600)
    }

    fn at(zone: &Zone, date: &str, hour: i64, minute: i64) -> Instant {
        zone.moment(date.parse().expect("a date"), hour * 60 + minute)
    }

    fn nine_to_five() -> Calendar {
        let day = || vec![Period(9 * 60, 17 * 60)];
        Calendar { week: [day(), day(), day(), day(), day(), Vec::new(), Vec::new()], days: Vec::new() }
    }

    /// Check values of chatwoot PR 13392: Friday 16:30 and an hour is Monday 9:30; Wednesday 7:00 and two hours is 11:00.
    #[test]
    fn an_hour_of_friday_evening_is_over_on_monday_morning() {
        let (zone, calendar) = (shanghai(), nine_to_five());
        let time = WorkingTime { zone: &zone, calendar: &calendar };
        assert_eq!(time.after(at(&zone, "2026-11-20", 16, 30), 60 * MINUTE), at(&zone, "2026-11-23", 9, 30));
        assert_eq!(time.after(at(&zone, "2026-11-18", 7, 0), 120 * MINUTE), at(&zone, "2026-11-18", 11, 0));
        // Zammad: sixteen hours at eight hours a day are two days.
        assert_eq!(time.after(at(&zone, "2026-11-16", 9, 0), 16 * 60 * MINUTE), at(&zone, "2026-11-17", 17, 0));
    }

    /// Request 7: lunch is nobody's time.
    #[test]
    fn nothing_passes_over_lunch() {
        let (zone, calendar) = (shanghai(), Calendar::default());
        let time = WorkingTime { zone: &zone, calendar: &calendar };
        assert_eq!(time.after(at(&zone, "2026-11-18", 11, 30), 120 * MINUTE), at(&zone, "2026-11-18", 14, 30));
        assert_eq!(time.between(at(&zone, "2026-11-18", 11, 30), at(&zone, "2026-11-18", 13, 30)), 60 * MINUTE);
        assert_eq!(time.next(at(&zone, "2026-11-18", 12, 15)), at(&zone, "2026-11-18", 13, 0));
    }

    /// 调休: a holiday on a weekday, and a Saturday that makes up for it (the example of `holiday-cn`, 2026-02-14).
    #[test]
    fn holidays_are_skipped_and_make_up_days_are_worked() {
        let zone = shanghai();
        let days = [("2026-02-14", true), ("2026-02-16", false), ("2026-02-17", false)];
        let days = days.map(|(day, worked)| (day.parse().expect("a date"), worked)).to_vec();
        let calendar = Calendar { days, ..Calendar::default() };
        assert!(calendar.is_sound());
        let time = WorkingTime { zone: &zone, calendar: &calendar };
        assert_eq!(time.after(at(&zone, "2026-02-13", 18, 0), 60 * MINUTE), at(&zone, "2026-02-14", 10, 0));
        assert_eq!(time.next(at(&zone, "2026-02-14", 18, 0)), at(&zone, "2026-02-18", 9, 0));
    }

    #[test]
    fn a_calendar_in_which_nobody_works_or_periods_meet_is_not_sound() {
        let with = |periods: &[Period]| Calendar { week: std::array::from_fn(|_| periods.to_vec()), days: Vec::new() }.is_sound();
        assert!(with(&[Period(0, 1_440)]) && with(&[Period(60, 120), Period(120, 180)]));
        for bad in
            [&[][..], &[Period(60, 60)], &[Period(60, 30)], &[Period(-1, 60)], &[Period(0, 1_441)], &[Period(60, 180), Period(120, 240)]]
        {
            assert!(!with(bad), "{bad:?}");
        }
    }

    #[test]
    fn where_nobody_ever_works_time_passes_as_it_does() {
        let (zone, calendar) = (shanghai(), Calendar { week: Default::default(), days: Vec::new() });
        let time = WorkingTime { zone: &zone, calendar: &calendar };
        assert_eq!(time.after(Instant(0), 5 * MINUTE), Instant(5 * MINUTE));
    }

    /// Any week, some days that are otherwise, and a zone that puts its clocks forward and back.
    fn weeks() -> impl Strategy<Value = (Calendar, Zone)> {
        let day = prop_oneof![
            Just(vec![]),
            Just(vec![Period(540, 720), Period(780, 1_080)]),
            Just(vec![Period(0, 1_440)]),
            Just(vec![Period(1_200, 1_410)])
        ];
        let days = prop::collection::btree_map(20_400i64..20_500, any::<bool>(), 0..6);
        let zone = Zone { name: "x".into(), first: -18_000, then: vec![(1_772_953_200, -14_400), (1_793_512_800, -18_000)] };
        (prop::collection::vec(day, 6), days, prop_oneof![Just(shanghai()), Just(zone)]).prop_map(|(some, days, zone)| {
            let mut week: [Vec<Period>; 7] = std::array::from_fn(|n| some.get(n).cloned().unwrap_or_default());
            week[6] = vec![Period(600, 660)];
            (Calendar { week, days: days.into_iter().map(|(day, worked)| (Date::from_days(day), worked)).collect() }, zone)
        })
    }

    proptest! {
        #![proptest_config(cases(128))]

        /// Counting forward and counting back agree, on either side of holidays and of clocks being changed.
        #[test]
        fn what_passes_until_a_deadline_is_what_was_promised((calendar, zone) in weeks(), from in 0i64..200_000, minutes in 0i64..6_000) {
            prop_assert!(calendar.is_sound());
            let time = WorkingTime { zone: &zone, calendar: &calendar };
            let from = Instant((20_400 * 86_400 + from * 60) * 1_000);
            let due = time.after(from, minutes * MINUTE);
            prop_assert!(due >= from);
            prop_assert_eq!(time.between(from, due), minutes * MINUTE);
        }

        #[test]
        fn working_time_adds_up((calendar, zone) in weeks(), from in 0i64..50_000, first in 0i64..50_000, second in 0i64..50_000) {
            let time = WorkingTime { zone: &zone, calendar: &calendar };
            let [a, b, c] = [from, from + first, from + first + second].map(|minute| Instant((20_400 * 86_400 + minute * 60) * 1_000));
            prop_assert_eq!(time.between(a, b) + time.between(b, c), time.between(a, c));
            prop_assert_eq!(time.between(c, a), 0);
        }
    }
}
