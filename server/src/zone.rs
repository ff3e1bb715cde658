//! Time zones as data: rules of the world's clocks, written out once for the rules of ours.

use domain::time::Zone;
use jiff::{Timestamp, civil, tz::TimeZone};

/// For which years a zone is written out.
const YEARS: (i16, i16) = (1970, 2060);

/// The zone of this IANA name, with every change of its clocks in the years in question.
#[must_use]
pub fn written_out(name: &str) -> Option<Zone> {
    let zone = TimeZone::get(name).ok()?;
    let name = zone.iana_name()?.to_owned();
    let start = civil::date(YEARS.0, 1, 1).to_zoned(TimeZone::UTC).ok()?.timestamp();
    let end = civil::date(YEARS.1 + 1, 1, 1).to_zoned(TimeZone::UTC).ok()?.timestamp();
    let first = zone.to_offset(start).seconds();
    let changes = zone.following(start).map(|change| (change.timestamp(), change.offset().seconds()));
    let mut then: Vec<(i64, i32)> = Vec::new();
    for (at, offset) in changes.take_while(|(at, _)| *at < end) {
        let before = then.last().map_or(first, |(_, before)| *before);
        // Some changes are of the name alone.
        if offset != before {
            then.push((Timestamp::as_second(at), offset));
        }
    }
    Some(Zone { name, first, then })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::{Date, Instant};

    #[test]
    fn shanghai_kept_summer_time_in_the_eighties_only() {
        let zone = written_out("Asia/Shanghai").expect("a zone");
        assert_eq!(zone.first, 28_800);
        assert!(zone.then.iter().all(|(at, _)| *at < 700_000_000), "{:?}", zone.then);
        assert_eq!(zone.offset_at(Instant(1_795_190_400_000)), 28_800);
        assert_eq!(zone.offset_at(Instant(583_000_000_000)), 32_400, "June 1988");
    }

    /// What is written out says the same as the library, hour by hour through a year with changes.
    #[test]
    fn what_is_written_out_agrees_with_the_worlds_clocks() {
        for name in ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca"] {
            let (zone, world) = (written_out(name).expect("a zone"), TimeZone::get(name).expect("a zone"));
            let start = Date::new(2026, 1, 1).expect("a day").days() * 86_400;
            for hour in 0..24 * 366 {
                let at = start + hour * 3_600;
                let offset = world.to_offset(Timestamp::from_second(at).expect("a moment")).seconds();
                assert_eq!(zone.offset_at(Instant(at * 1_000)), offset, "{name} at {at}");
            }
        }
    }

    #[test]
    fn only_names_of_the_list_are_zones() {
        for bad in ["", "Mars/Olympus", "../etc/passwd", "Asia/", "asia shanghai"] {
            assert_eq!(written_out(bad), None, "{bad}");
        }
    }
}
