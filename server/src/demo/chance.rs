//! Chance that can be repeated: the same seed makes the same company.

use domain::{
    id::Id,
    time::{Date, Instant, Zone},
};
use rand::{RngExt, SeedableRng, rngs::ChaCha12Rng, seq::IndexedRandom};
use std::ops::Range;

pub struct Chance(ChaCha12Rng);

impl Chance {
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(ChaCha12Rng::seed_from_u64(seed))
    }

    /// In so many of a hundred cases.
    pub fn percent(&mut self, percent: u32) -> bool {
        self.0.random_ratio(percent.min(100), 100)
    }

    pub fn number(&mut self, range: Range<i64>) -> i64 {
        if range.is_empty() { range.start } else { self.0.random_range(range) }
    }

    /// One of these; there is always one to choose.
    pub fn of<T: Copy>(&mut self, these: &[T]) -> T {
        match these.choose(&mut self.0) {
            Some(one) => *one,
            None => unreachable!("chosen from nothing"),
        }
    }

    /// One of these, by their weights.
    pub fn weighed<T: Copy>(&mut self, these: &[(T, u32)]) -> T {
        match these.choose_weighted(&mut self.0, |(_, weight)| *weight) {
            Ok((one, _)) => *one,
            Err(_) => unreachable!("chosen from nothing"),
        }
    }

    /// An id as it would have been made at this moment.
    pub fn id(&mut self, at: Instant) -> Id {
        let millis = u64::try_from(at.0).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &self.0.random()).into_uuid().into()
    }

    /// A moment of this day at which people work.
    pub fn at_work(&mut self, zone: &Zone, day: Date) -> Instant {
        let minute = self.number(9 * 12..18 * 12) * 5;
        zone.moment(workday(day), minute)
    }
}

/// This day, or the Monday after it. 1970 began on a Thursday.
fn workday(day: Date) -> Date {
    match (day.days() + 3).rem_euclid(7) {
        5 => day.plus_days(2),
        6 => day.plus_days(1),
        _ => day,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_works_on_saturday_and_sunday() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        assert_eq!(workday(day("2026-11-21")), day("2026-11-23"));
        assert_eq!(workday(day("2026-11-22")), day("2026-11-23"));
        assert_eq!(workday(day("2026-11-20")), day("2026-11-20"));
    }

    #[test]
    fn the_same_seed_draws_the_same() {
        let drawn = |seed| {
            let mut chance = Chance::new(seed);
            (0..20).map(|_| (chance.number(0..1_000), chance.id(Instant(7)))).collect::<Vec<_>>()
        };
        assert_eq!(drawn(1), drawn(1));
        assert_ne!(drawn(1), drawn(2));
    }
}
