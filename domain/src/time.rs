//! Moments, days and zones. No clock here: time comes in as an argument, zones as data.

use jiff::civil;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A moment: milliseconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000)))
    }

    /// Whole seconds from `earlier` to here; negative if it is later.
    #[must_use]
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).div_euclid(1_000)
    }
}

/// A calendar day in company time, written `2026-11-21`; from year 1 to 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// Not a day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadDate;

impl Date {
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self, BadDate> {
        if year < 1 {
            return Err(BadDate);
        }
        civil::Date::new(year, month, day).map(Self).map_err(|_| BadDate)
    }

    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    #[must_use]
    pub fn month(self) -> i8 {
        self.0.month()
    }

    #[must_use]
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn days(self) -> i64 {
        days_from_civil(i64::from(self.year()), i64::from(self.month()), i64::from(self.day()))
    }

    /// The day so many days after 1970-01-01, or the nearest day the calendar has.
    #[must_use]
    pub fn from_days(days: i64) -> Self {
        let (year, month, day) = civil_from_days(days);
        match i16::try_from(year).map(|year| Self::new(year, month, day)) {
            Ok(Ok(date)) => date,
            _ if days < 0 => Self(civil::Date::constant(1, 1, 1)),
            _ => Self(civil::Date::constant(9999, 12, 31)),
        }
    }

    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self::from_days(self.days().saturating_add(days))
    }

    /// Whole days from `earlier` to here.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        self.days() - earlier.days()
    }
}

/// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let year_of_era = y.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The inverse, from the same paper.
#[expect(clippy::cast_possible_truncation, reason = "month and day are below 32")]
fn civil_from_days(days: i64) -> (i64, i8, i8) {
    let z = days.saturating_add(719_468);
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month as i8, day as i8)
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Date {
    type Err = BadDate;

    fn from_str(text: &str) -> Result<Self, BadDate> {
        let digits = text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
        if text.len() != 10 || !digits {
            return Err(BadDate);
        }
        let part = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<i16>().ok()).ok_or(BadDate);
        let small = |n: i16| i8::try_from(n).map_err(|_| BadDate);
        Self::new(part(0..4)?, small(part(5..7)?)?, small(part(8..10)?)?)
    }
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(|BadDate| serde::de::Error::custom("not a date"))
    }
}

/// A time zone as the server wrote it out: its offsets from UTC and since when each holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// IANA name, such as `Asia/Shanghai`.
    pub name: String,
    /// Offset in seconds east of UTC before the first transition.
    pub first: i32,
    /// `(from, offset)`: from this second since 1970 on, this offset. Ascending.
    pub then: Vec<(i64, i32)>,
}

impl Zone {
    /// A zone that never changes its clocks.
    #[must_use]
    pub fn fixed(name: &str, offset: i32) -> Self {
        Self { name: name.to_owned(), first: offset, then: Vec::new() }
    }

    /// Seconds east of UTC at this moment.
    #[must_use]
    pub fn offset_at(&self, at: Instant) -> i32 {
        let seconds = at.0.div_euclid(1_000);
        let after = self.then.partition_point(|(from, _)| *from <= seconds);
        after.checked_sub(1).and_then(|i| self.then.get(i)).map_or(self.first, |(_, offset)| *offset)
    }

    /// The day it is there at this moment.
    #[must_use]
    pub fn date_at(&self, at: Instant) -> Date {
        Date::from_days(self.local_seconds(at).div_euclid(86_400))
    }

    /// Minutes since that day's midnight.
    #[must_use]
    pub fn minute_at(&self, at: Instant) -> i64 {
        self.local_seconds(at).rem_euclid(86_400) / 60
    }

    /// The moment at which clocks there show this day and minute. Where clocks are put forward over it,
    /// the moment of the change; where it comes twice, the first.
    #[must_use]
    pub fn moment(&self, date: Date, minute: i64) -> Instant {
        let local = date.days() * 86_400 + minute * 60;
        let mut candidates = std::iter::once(self.first).chain(self.then.iter().map(|(_, offset)| *offset));
        let exact = candidates
            .by_ref()
            .map(|offset| Instant((local - i64::from(offset)) * 1_000))
            .filter(|at| self.local_seconds(*at) == local)
            .min();
        exact.unwrap_or_else(|| {
            let gap = self
                .then
                .iter()
                .find(|(from, offset)| from + i64::from(*offset) > local && self.local_seconds(Instant((from - 1) * 1_000)) < local);
            Instant(gap.map_or(local - i64::from(self.first), |(from, _)| *from) * 1_000)
        })
    }

    fn local_seconds(&self, at: Instant) -> i64 {
        at.0.div_euclid(1_000) + i64::from(self.offset_at(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        assert_eq!(date("2024-02-29").to_string(), "2024-02-29");
        for bad in ["2023-02-29", "2026-11-31", "2026-13-01", "2026-1-1", "0000-01-01", "2026/01/01", "２０２６-01-01", ""] {
            assert_eq!(bad.parse::<Date>(), Err(BadDate), "{bad}");
        }
    }

    #[test]
    fn a_day_begins_at_midnight_in_shanghai() {
        let shanghai = Zone::fixed("Asia/Shanghai", 8 * 3_600);
        let midnight = shanghai.moment(date("2026-11-21"), 0);
        assert_eq!(midnight, Instant(1_795_190_400_000));
        assert_eq!(shanghai.date_at(midnight), date("2026-11-21"));
        assert_eq!(shanghai.date_at(Instant(midnight.0 - 1)), date("2026-11-20"));
    }

    #[test]
    fn clocks_put_forward_and_back_are_followed() {
        // New York 2026: forward on 8 March 07:00 UTC, back on 1 November 06:00 UTC.
        let zone = Zone { name: "America/New_York".into(), first: -18_000, then: vec![(1_772_953_200, -14_400), (1_793_512_800, -18_000)] };
        assert_eq!(zone.moment(date("2026-03-08"), 150), Instant(1_772_953_200_000), "02:30 does not exist");
        assert_eq!(zone.moment(date("2026-11-01"), 90), Instant(1_793_511_000_000), "01:30 comes twice, the first counts");
    }

    proptest! {
        #[test]
        fn days_count_up_and_back(days in -700_000i64..2_900_000) {
            let date = Date::from_days(days);
            prop_assert_eq!(date.days(), days);
            prop_assert_eq!(date.plus_days(1).days(), days + 1);
        }

        #[test]
        fn the_moment_of_a_day_lies_on_it(days in 0i64..40_000, minute in 0i64..1_440, offset in -12i32..14) {
            let zone = Zone::fixed("x", offset * 3_600);
            let at = zone.moment(Date::from_days(days), minute);
            prop_assert_eq!(zone.date_at(at).days(), days);
            prop_assert_eq!(zone.minute_at(at), minute);
        }
    }
}
