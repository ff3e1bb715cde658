//! The programme by itself: how long points last, what an amount earns, what makes no sense.

use super::{Command, Metal, Programme, Refusal, Tier, Tiers, Validity};
use crate::{
    change,
    money::{Money, Points},
    testing::{HE, NOON, Office, name},
    time::Date,
};

fn points(count: i64) -> Points {
    Points::new(count).expect("points")
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn does(office: &mut Office, command: Command) -> Result<Vec<change::Event>, change::Refusal> {
    office.does(HE, &change::Command::Loyalty(command))
}

fn refused(refusal: Refusal) -> Result<Vec<change::Event>, change::Refusal> {
    Err(change::Refusal::Loyalty(refusal))
}

fn tiered(window_days: i64, from: &[i64]) -> Tiers {
    let tier =
        |from: &i64| Tier { zh: name("级"), en: name("Tier"), metal: Metal::Silver, from: points(*from), percent: 100, benefits: vec![] };
    Tiers { window_days, tiers: from.iter().map(tier).collect() }
}

#[test]
fn validity_ends_with_a_day_of_the_calendar() {
    let last = |validity: Validity, from: &str| validity.last_day(date(from)).map(|day| day.to_string());
    assert_eq!(last(Validity::Months { months: 12 }, "2026-11-18"), Some("2027-11-30".into()));
    assert_eq!(last(Validity::Months { months: 3 }, "2026-11-30"), Some("2027-02-28".into()));
    assert_eq!(last(Validity::Months { months: 1 }, "2027-12-31"), Some("2028-01-31".into()));
    assert_eq!(last(Validity::Days { days: 30 }, "2026-11-18"), Some("2026-12-18".into()));
    assert_eq!(last(Validity::Never, "2026-11-18"), None);
}

#[test]
fn a_programme_that_makes_no_sense_is_refused() {
    let usual = Programme::usual(Money::new(100).expect("an amount"), NOON);
    assert!(usual.is_sound());
    let falling = Programme { tiers: tiered(365, &[500, 500]), ..usual.clone() };
    let short = Programme { tiers: tiered(7, &[500]), ..usual.clone() };
    let endless = Programme { validity: Validity::Days { days: 0 }, ..usual.clone() };
    let free = Programme { earning: super::Earning { per: Money::ZERO, ..usual.earning }, ..usual };
    for bad in [falling, short, endless, free] {
        let mut office = Office::default();
        assert_eq!(does(&mut office, Command::SetProgramme { programme: Box::new(bad) }), refused(Refusal::NoSuchProgramme));
    }
}

/// B6: nothing runs over.
#[test]
fn the_largest_amounts_earn_without_running_over() {
    let rate = super::Rate { points: points(10_000), per: Money::new(1).expect("an amount"), percent: 1_000 };
    assert_eq!(rate.of(Money::new(1_000_000_000_000).expect("an amount")), Points::ZERO, "more than there can be is none");
    let usual = super::Rate { points: points(1), per: Money::new(100).expect("an amount"), percent: 100 };
    assert_eq!(usual.of(Money::new(99).expect("an amount")), Points::ZERO);
    assert_eq!(usual.of(Money::new(12_850).expect("an amount")), points(128));
}
