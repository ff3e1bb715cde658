//! The programme by itself: how long points last, what an amount earns, what makes no sense.

use super::{Band, Command, Contender, Metal, Placed, Refusal, ReviewState, Rules, Tier, Tiers, Validity, judged, placed, quarter};
use crate::{
    change,
    id::{CustomerId, Id, VersionId},
    money::{Money, Points},
    testing::{HE, Office, cases, company, id, name},
    time::Date,
};
use proptest::prelude::*;

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
    let tier = |from: &i64| Tier {
        zh: name("级"),
        en: name("Tier"),
        metal: Metal::Silver,
        from: points(*from),
        band: None,
        percent: 100,
        benefits: vec![],
    };
    Tiers { window_days, keeping: None, tiers: from.iter().map(tier).collect() }
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
    let usual = Rules::usual(Money::new(100).expect("an amount"));
    assert!(usual.is_sound());
    let falling = Rules { tiers: tiered(365, &[500, 500]), ..usual.clone() };
    let short = Rules { tiers: tiered(7, &[500]), ..usual.clone() };
    let endless = Rules { validity: Validity::Days { days: 0 }, ..usual.clone() };
    let free = Rules { earning: super::Earning { per: Money::ZERO, ..usual.earning }, ..usual };
    for bad in [falling, short, endless, free] {
        let mut office = Office::default();
        let from = company().today(office.now);
        let plan = Command::PlanProgramme { id: VersionId(id(b'V', 1)), from, rules: Box::new(bad) };
        assert_eq!(does(&mut office, plan), refused(Refusal::NoSuchProgramme));
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

fn by_share() -> Tiers {
    Tiers::usual_by_share()
}

fn contenders(longest: usize) -> impl Strategy<Value = Vec<Contender>> {
    // Few scores, so that many are the same.
    let one = (0..60i64, 0..3i64, 0..5i64);
    proptest::collection::vec(one, 1..longest).prop_map(|all| {
        let of = |(n, (score, rank, earned)): (usize, (i64, i64, i64))| Contender {
            customer: CustomerId(Id::from_bytes((n as u128).to_be_bytes())),
            rank,
            score: points(score),
            earned: points(score + earned),
        };
        all.into_iter().enumerate().map(of).collect()
    })
}

/// Below so many a share may be no whole number.
const FEW: usize = 100;

fn count(placed: &[Placed], rank: i64) -> usize {
    placed.iter().filter(|it| it.rank == rank).count()
}

proptest! {
    #![proptest_config(cases(128))]

    /// S116, S117: whatever came before, a review ends inside the bands.
    #[test]
    fn shares_are_inside_their_bands(all in contenders(400)) {
        let n = all.len();
        let placed = placed(&by_share().tiers, all);
        for (rank, least, most) in [(2, 5, 8), (1, 12, 15)] {
            let size = count(&placed, rank);
            prop_assert!(size * 100 >= n * least || n < FEW, "tier {rank} has {size} of {n}");
            prop_assert!(size * 100 <= n * most || n < FEW, "tier {rank} has {size} of {n}");
        }
        prop_assert!(count(&placed, 2) > 0, "one at least");
        prop_assert!(placed.windows(2).all(|pair| pair[0].contender.score >= pair[1].contender.score && pair[0].place < pair[1].place));
    }

    /// Nobody flaps: the same scores once more move nobody, and between the edges a tier is kept, not given.
    #[test]
    fn a_review_of_the_same_moves_nobody(all in contenders(400)) {
        let tiers = by_share();
        let first = placed(&tiers.tiers, all);
        let n = first.len();
        let (enter, most) = Band { least: 50, most: 80 }.edges(n);
        for it in &first {
            let (place, held) = (it.place, it.contender.rank == 2);
            prop_assert_eq!(it.rank == 2, place <= enter || (place <= most && held), "{:?}", it);
        }
        let again = first.iter().map(|it| Contender { rank: it.rank, ..it.contender }).collect();
        let (finding, movers) = judged(&tiers, again, date("2026-10-01"));
        prop_assert_eq!(&movers, &[]);
        prop_assert_eq!((finding.rises, finding.falls, finding.sizes.n()), (0, 0, n as i64));
        prop_assert!(finding.sizes.0.iter().all(|(before, after)| before == after));
    }
}

/// The issue's own check: a hundred customers are 5 to 8 and 12 to 15.
#[test]
fn a_hundred_customers_who_are_new_enter_at_the_first_edge() {
    let all = (0..100u8).map(|n| Contender {
        customer: CustomerId(crate::testing::id(b'c', n)),
        rank: 0,
        score: points(i64::from(n)),
        earned: points(i64::from(n)),
    });
    let placed = placed(&by_share().tiers, all.collect());
    assert_eq!((count(&placed, 2), count(&placed, 1), count(&placed, 0)), (5, 12, 83));
    assert_eq!(placed[0].contender.score, points(99));
}

#[test]
fn shares_that_cannot_be_kept_are_refused() {
    let with = |change: &dyn Fn(&mut Tiers)| {
        let mut tiers = by_share();
        change(&mut tiers);
        Rules { tiers, ..Rules::usual(Money::new(100).expect("an amount")) }.is_sound()
    };
    assert!(with(&|_| ()));
    assert!(!with(&|tiers| tiers.tiers[0].band = None), "all or none");
    assert!(!with(&|tiers| tiers.tiers[0].from = points(5)), "points and shares");
    assert!(!with(&|tiers| tiers.tiers[0].band = Some(Band { least: 120, most: 125 })), "no whole number between the edges");
    assert!(!with(&|tiers| tiers.tiers[0].band = Some(Band { least: 0, most: 100 })));
    assert!(!with(&|tiers| tiers.tiers[0].band = Some(Band { least: 500, most: 960 })), "more than all");
}

/// Every way a review may go, and no other.
#[test]
fn a_review_goes_forward() {
    use ReviewState::{Approved, Asked, Done, Dropped, Proposed};
    let legal = [(Asked, Proposed), (Asked, Dropped), (Proposed, Approved), (Proposed, Dropped), (Approved, Done)];
    for from in ReviewState::ALL {
        for to in ReviewState::ALL {
            assert_eq!(from.next().contains(to), legal.contains(&(*from, *to)), "{from:?} {to:?}");
        }
    }
}

#[test]
fn a_quarter_begins_in_january_april_july_and_october() {
    let of = |day: &str| {
        let (first, next) = quarter(date(day));
        (first.to_string(), next.to_string())
    };
    for (day, first, next) in [
        ("2026-01-01", "2026-01-01", "2026-04-01"),
        ("2026-06-30", "2026-04-01", "2026-07-01"),
        ("2028-02-29", "2028-01-01", "2028-04-01"),
        ("2026-11-22", "2026-10-01", "2027-01-01"),
        ("2026-12-31", "2026-10-01", "2027-01-01"),
    ] {
        assert_eq!(of(day), (first.to_owned(), next.to_owned()), "{day}");
    }
}

/// A programme before had three tiers: whoever was in its highest is in the highest of two, and stays or falls from there.
#[test]
fn whoever_was_higher_in_another_programme_is_in_the_highest() {
    let tiers = by_share();
    let programme = Rules { tiers: tiers.clone(), ..Rules::usual(Money::new(100).expect("an amount")) };
    assert_eq!(programme.tier(3), programme.tier(2));
    assert_eq!((programme.tier(0), programme.tier(-1)), (None, None));
    let all = (0..100u8).map(|n| Contender {
        customer: CustomerId(crate::testing::id(b'c', n)),
        rank: 3,
        score: points(i64::from(n)),
        earned: points(i64::from(n)),
    });
    let (finding, movers) = judged(&tiers, all.collect(), date("2026-10-01"));
    assert_eq!(finding.sizes.0, [(0, 77), (0, 15), (100, 8)]);
    assert!(movers.len() == 92 && movers.iter().all(|it| it.from == 2 && it.to < 2));
}
