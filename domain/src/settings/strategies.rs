//! Any company and any command about it, for properties.

use super::{Command, Company};
use crate::money::Currency;
use crate::{
    access::Reach,
    id::Id,
    testing::{moments, names},
    time::Zone,
};
use proptest::{collection::vec, prelude::*, sample::select};

fn zones() -> impl Strategy<Value = Zone> {
    ("[A-Z][a-z]{2,8}/[A-Z][a-z]{2,8}", -43_200..50_400i32, vec((any::<i64>(), -43_200..50_400i32), 0..3))
        .prop_map(|(name, first, then)| Zone { name, first, then })
}

pub fn companies() -> impl Strategy<Value = Company> {
    (names(), zones(), select(Currency::ALL), select(Reach::ALL), moments(), moments()).prop_map(
        |(name, zone, currency, sales_reach, created_at, updated_at)| Company {
            id: Id::ONLY,
            name,
            zone,
            currency,
            sales_reach,
            created_at,
            updated_at,
        },
    )
}

pub fn commands() -> BoxedStrategy<Command> {
    prop_oneof![names().prop_map(|name| Command::Rename { name }), select(Reach::ALL).prop_map(|reach| Command::SetSalesReach { reach }),]
        .boxed()
}
