//! Any company and any command about it, for properties.

use super::{Command, Company};
use crate::money::Currency;
use crate::{
    access::Reach,
    calendar::{Calendar, Period},
    id::Id,
    service_level::{Target, Targets},
    testing::{dates, moments, names},
    time::Zone,
};
use proptest::{array, collection::vec, prelude::*, sample::select};

fn zones() -> impl Strategy<Value = Zone> {
    ("[A-Z][a-z]{2,8}/[A-Z][a-z]{2,8}", -43_200..50_400i32, vec((any::<i64>(), -43_200..50_400i32), 0..3))
        .prop_map(|(name, first, then)| Zone { name, first, then })
}

fn calendars() -> impl Strategy<Value = Calendar> {
    let day = vec((0..1_500i64, 0..1_500i64).prop_map(|(from, to)| Period(from, to)), 0..3);
    (array::uniform7(day), vec((dates(), any::<bool>()), 0..3)).prop_map(|(week, days)| Calendar { week, days })
}

fn targets() -> impl Strategy<Value = Targets> {
    let target = || (-1..500i64, 0..50_000i64).prop_map(|(response, resolution)| Target { response, resolution });
    (target(), target(), target(), target()).prop_map(|(low, normal, high, urgent)| Targets { low, normal, high, urgent })
}

pub fn companies() -> impl Strategy<Value = Company> {
    (names(), zones(), select(Currency::ALL), select(Reach::ALL), calendars(), targets(), moments(), moments()).prop_map(
        |(name, zone, currency, sales_reach, calendar, targets, created_at, updated_at)| Company {
            id: Id::ONLY,
            name,
            zone,
            currency,
            sales_reach,
            calendar,
            targets,
            created_at,
            updated_at,
        },
    )
}

pub fn commands() -> BoxedStrategy<Command> {
    prop_oneof![
        names().prop_map(|name| Command::Rename { name }),
        select(Reach::ALL).prop_map(|reach| Command::SetSalesReach { reach }),
        calendars().prop_map(|calendar| Command::SetCalendar { calendar }),
        targets().prop_map(|targets| Command::SetTargets { targets }),
    ]
    .boxed()
}
