//! What the customer's history keeps of an order.

use crate::{
    orders::{
        Draft,
        tests::{BEANS, did, draft, record, refund, today},
    },
    testing::{Office, company},
    time::Date,
    timeline::{Entry, What},
};

/// S034: on the customer's timeline; what is told afterwards stands on its own day.
#[test]
fn an_order_stands_on_the_timeline_on_the_day_it_was_paid() {
    let mut office = Office::default();
    let before = today().plus_days(-30);
    record(&mut office, BEANS, Draft { ordered_on: before, paid_on: Some(before), ..draft(300) }).expect("an order");
    did(&mut office, refund(1, 100));
    let mut entries = office.store.all::<Entry>();
    entries.sort_by_key(|entry| entry.happened_at);
    let days: Vec<Date> = entries.iter().map(|entry| company().zone.date_at(entry.happened_at)).collect();
    assert_eq!(days, [before, today()]);
    assert!(matches!((&entries[0].what, &entries[1].what), (What::Bought { .. }, What::Refunded { .. })));
}
