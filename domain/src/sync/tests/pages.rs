//! Pages of a pull, and what a device asks for beside what it is granted.

use super::*;

#[test]
fn pages_are_shown_when_the_last_is_there() {
    let mut device = filled();
    let first = Page { done: false, cursors: [(EAST, Cursor(3, 9))].into(), rows: vec![sent(EAST, TEA, &[])], ..page(9, 0) };
    assert!(matches!(device.pulled(PullResponse::Page(first)), Pulled::More));
    assert_eq!(shows(&device, TEA), None);
    let next = device.pull_request();
    // Without the history's name the server would begin again, for ever.
    assert_eq!((next.epoch.as_deref(), next.scopes.get(&EAST)), (Some("e0"), Some(&Cursor(3, 9))));
    pulled(&mut device, Page { rows: vec![sent(EAST, MILK, &[])], ..page(9, 0) });
    assert!(shows(&device, TEA).is_some() && shows(&device, MILK).is_some());
}

#[test]
fn the_first_pull_is_shown_page_by_page_and_goes_on_where_it_was_cut_off() {
    let mut device = device();
    assert_eq!(device.pull_request().limit_bytes, FIRST_PAGE_BYTES);
    let first = Page { done: false, cursors: [(EAST, Cursor(3, 9))].into(), rows: vec![sent(EAST, TEA, &[])], ..page(9, 0) };
    assert!(matches!(device.pulled(PullResponse::Page(first)), Pulled::Part(..)));
    assert!(shows(&device, TEA).is_some());
    device.pull_failed();
    let next = device.pull_request();
    assert_eq!((next.scopes.get(&EAST), next.limit_bytes), (Some(&Cursor(3, 9)), 2 * FIRST_PAGE_BYTES));
    pulled(&mut device, Page { rows: vec![sent(EAST, MILK, &[])], ..page(9, 0) });
    assert!(shows(&device, TEA).is_some() && shows(&device, MILK).is_some());
}

#[test]
fn a_first_page_with_the_effect_of_a_pending_command_is_not_shown_beside_it() {
    let mut device = device();
    keep(&mut device, 1, 1, &make(TEA));
    device.pushed(&taken("e0", &[1], 1));
    let first = Page { done: false, rows: vec![sent(EAST, TEA, &[command_id(1)])], ..page(9, 1) };
    assert!(matches!(device.pulled(PullResponse::Page(first)), Pulled::More));
    assert_eq!(shows(&device, TEA), Some(vec![command_id(1)]));
}

#[test]
fn so_many_customers_are_kept_and_they_are_those_that_were_opened_last() {
    let mut device = device();
    let [a, b, c] = [1, 2, 3].map(|n| CustomerId(id(b'c', n)));
    for customer in [a, b, a, c] {
        device.pin(customer, Wish::Opened, 2);
    }
    assert!(!device.pin(b, Wish::Near, 2), "what is near drives nothing out");
    assert_eq!(device.pull_request().pins, [a, c]);
    assert!(!device.saved().is_whole(a));
    pulled(&mut device, Page { cursors: [(EAST, Cursor(9, 9)), (Scope::History(a), Cursor(9, 9))].into(), ..page(9, 0) });
    assert!(device.saved().is_whole(a) && !device.saved().is_whole(c), "c is not this user's to open");
}
