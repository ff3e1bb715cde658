//! Laws of the ledger: whatever is bought, redeemed, given back and expires, it balances.

use super::points::{WANG, cup, did, on, points};
use crate::{
    change,
    id::{Id, RedemptionId, RewardId},
    loyalty::{Command, Entry, Holding, Lot, Member, Programme, Totals, as_of, portal, qualifying, strategies},
    money::Points,
    orders, portal as guests,
    row::Rows,
    testing::{About, HE, NOON, Office, SHIHE, cases, company, days, id},
    time::Date,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Every identity of the ledger, whatever happened (issue: earned = active + locked + used + expired + taken back).
fn balances(office: &Office, on: Date) -> Result<(), TestCaseError> {
    let lots = office.store.all::<Lot>();
    let entries = office.store.all::<Entry>();
    let sum = |count: fn(&Holding) -> Points, lots: &[Lot]| lots.iter().map(|lot| count(&lot.holding()).get()).sum::<i64>();
    for lot in &lots {
        let Holding { earned, used, returned, lapsed, reversed, .. } = lot.holding();
        prop_assert!(used.get() + returned.get() + lapsed.get() <= earned.get() && reversed <= earned, "{lot:?}");
        prop_assert_eq!(lot.open_of.is_none(), lot.holding().left().is_zero());
    }
    let ids: BTreeSet<_> = lots.iter().map(|lot| lot.customer).chain(entries.iter().map(|entry| entry.customer)).collect();
    for customer in ids {
        let lots: Vec<Lot> = lots.iter().filter(|lot| lot.customer == customer).cloned().collect();
        let entries: Vec<&Entry> = entries.iter().filter(|entry| entry.customer == customer).collect();
        let member: Member = office.store.row(customer);
        let own: Vec<Entry> = entries.iter().map(|entry| (*entry).clone()).collect();
        let replayed = as_of(&lots, &own, on);
        let held = lots.iter().filter(|lot| lot.earned_on <= on).map(|lot| (lot.id, lot.holding())).collect();
        prop_assert_eq!(&replayed, &held, "replay equals state");
        prop_assert!(Totals::of(replayed.values(), on).balances());
        let (active, locked, expired) = lots
            .iter()
            .map(Lot::holding)
            .fold((0, 0, 0), |(a, l, e), lot| (a + lot.active(on).get(), l + lot.locked(on).get(), e + lot.expired(on).get()));
        let (earned, used, returned) = (sum(|lot| lot.earned, &lots), sum(|lot| lot.used, &lots), sum(|lot| lot.returned, &lots));
        prop_assert_eq!(earned, active + locked + used + expired + returned);
        prop_assert_eq!((member.earned.get(), member.used.get(), member.returned.get()), (earned, used, returned));
        prop_assert_eq!(sum(|lot| lot.reversed, &lots), returned + member.owed.get(), "what refunds took is gone or owed");
        let moved: i64 = entries.iter().map(|entry| entry.points).sum();
        prop_assert_eq!(moved, active + locked + expired - member.lapsed.get(), "the ledger tells what is there");
        prop_assert_eq!(moved, member.left().get());
        prop_assert_eq!(sum(|lot| lot.lapsed, &lots), member.lapsed.get());
        prop_assert_eq!(entries.iter().map(|entry| entry.owed).sum::<i64>(), member.owed.get());
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(104))]

    #[test]
    fn no_history_unbalances_the_ledger(day in days(48), later in 0..800i64) {
        let mut office = Office::default();
        for (by, now, command) in day {
            office.now = now;
            _ = office.does(by, &command);
        }
        balances(&office, company().today(NOON))?;
        office.now = NOON.plus_seconds(later * 86_400);
        for customer in 0..3u8 {
            _ = office.by_itself(&change::Command::Loyalty(Command::Settle { customer: About(customer).customer() }));
        }
        balances(&office, company().today(office.now))?;
    }

    /// Only points and orders, so that many of them are carried out; customers of their own among them.
    #[test]
    fn no_purchases_and_redemptions_unbalance_the_ledger(deeds in proptest::collection::vec((deeds(), 0..90i64), 1..40)) {
        let mut office = on("2026-11-18");
        for reward in 0..3u8 {
            did(&mut office, Command::AddReward { id: RewardId(id(b'a', reward)), reward: cup(i64::from(reward) * 40 + 10) });
        }
        for (deed, days) in deeds {
            office.now = office.now.plus_seconds(days * 86_400);
            _ = match deed {
                Deed::Staff(command) => office.does(HE, &command),
                Deed::Guest(command) => office.in_portal(WANG, SHIHE, &guests::Command::Loyalty(command)),
                Deed::Job => office.by_itself(&change::Command::Loyalty(Command::Settle { customer: SHIHE })),
            };
            let on = company().today(office.now);
            balances(&office, on)?;
            if let Ok(Some(member)) = office.store.get::<Member>(SHIHE) {
                let programme: Programme = office.store.row(Id::ONLY);
                let lots = office.store.all::<Lot>();
                let now = programme.rules.rank(qualifying(lots.iter().map(Lot::holding), &programme.rules.tiers, on));
                let follows = member.ranked_on < on || member.rank == now || programme.rules.tiers.are_by_share();
                prop_assert!(follows, "a tier follows at once");
            }
        }
    }
}

#[derive(Debug, Clone)]
enum Deed {
    Staff(change::Command),
    Guest(portal::Command),
    Job,
}

fn deeds() -> impl Strategy<Value = Deed> {
    let loyalty =
        strategies::commands(About(0)).prop_filter("jobs come by themselves", |command| !matches!(command, Command::Settle { .. }));
    let redeem = (0..3u8, 0..6u8).prop_map(|(reward, n)| portal::Command::Redeem {
        id: RedemptionId(id(b'd', n)),
        reward: RewardId(id(b'a', reward)),
        price: points(i64::from(reward) * 40 + 10),
    });
    prop_oneof![
        4 => orders::strategies::commands(About(0)).prop_map(|command| Deed::Staff(change::Command::Orders(command))),
        3 => loyalty.prop_map(|command| Deed::Staff(change::Command::Loyalty(command))),
        3 => redeem.prop_map(Deed::Guest),
        1 => strategies::portal_commands(About(0)).prop_map(Deed::Guest),
        2 => Just(Deed::Job),
    ]
}
