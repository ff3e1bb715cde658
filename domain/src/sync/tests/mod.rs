//! The device by itself: what it sends, what it keeps, and what it must not take for granted.

mod pages;

use super::{
    Committed, Device, Key, MAX_OFFLINE_DAYS, Pending, Pulled, Pushed, Saved, Scope, Wish,
    simulation::rules::{DEED, Deed, Homes, Item, ItemRules, Marks},
    wire::{
        Cursor, FIRST_PAGE_BYTES, MAX_MUTATIONS, MAX_PUSH_BYTES, Mutation, Page, PullResponse, PushRefused, PushResponse, SentRow, Verdict,
    },
};
use crate::{
    context::Actor,
    id::{ClientId, CommandId, CustomerId, Id},
    row::Row,
    testing::{LIN, command_id, id},
    time::Instant,
};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

const TEA: Id = id(b'i', 1);
const MILK: Id = id(b'i', 2);
const EAST: Scope = Scope::Team(crate::testing::EAST);
const SOUTH: Scope = Scope::Team(crate::testing::SOUTH);

fn device() -> Device<ItemRules> {
    let saved = Saved::fresh(ClientId(id(b'v', 1)));
    Device::new(ItemRules, Actor::Staff(LIN), saved, BTreeMap::new(), Vec::new())
}

/// The device as it starts again from what was kept of it.
fn again(device: &Device<ItemRules>) -> Device<ItemRules> {
    let rows = device.base().map(|(key, held)| (key.clone(), held.clone())).collect();
    Device::new(ItemRules, Actor::Staff(LIN), device.saved().clone(), rows, device.pending().to_vec())
}

fn mutation(n: u8, deed: &Deed) -> Mutation {
    let args = RawValue::from_string(serde_json::to_string(deed).expect("JSON")).expect("JSON");
    Mutation { mid: 0, cmd_id: command_id(n), v: 1, name: DEED.into(), args, client_ts: Instant(0) }
}

/// Makes the command and keeps it under this number.
fn keep(device: &mut Device<ItemRules>, n: u8, mid: u64, deed: &Deed) {
    device.submit(mutation(n, deed));
    device.number(command_id(n), mid);
}

fn mark(id: Id) -> Deed {
    Deed::Mark { ids: vec![id] }
}

fn make(id: Id) -> Deed {
    Deed::Make { id, homes: vec![EAST] }
}

fn sent(scope: Scope, id: Id, marks: &[CommandId]) -> SentRow {
    let item = Item { id, homes: Homes(vec![scope]), name: "new".into(), marks: Marks(marks.to_vec()) };
    let json = RawValue::from_string(serde_json::to_string(&item).expect("JSON")).expect("JSON");
    SentRow(scope, Item::ENTITY.into(), id, json)
}

/// A complete page of the first history with nothing on it.
fn page(head: u64, last_mid: u64) -> Page {
    let cursors = [(EAST, Cursor(head, head))].into();
    let (refused, drop, reset, rows, gone) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    Page { epoch: "e0".into(), head, done: true, last_mid, refused, drop, reset, cursors, rows, gone, archive: None }
}

fn pulled(device: &mut Device<ItemRules>, page: Page) -> Committed {
    match device.pulled(PullResponse::Page(page)) {
        Pulled::Done(committed, _) => *committed,
        Pulled::More | Pulled::Part(..) => panic!("the page was the last"),
    }
}

/// The server takes these numbers; it has come to `last_mid`.
fn taken(epoch: &str, mids: &[u64], last_mid: u64) -> Result<PushResponse, PushRefused> {
    let results = mids.iter().map(|mid| Verdict { mid: *mid, ok: true, refusal: None }).collect();
    Ok(PushResponse { epoch: epoch.into(), last_mid, results })
}

fn mids(device: &Device<ItemRules>) -> Vec<u64> {
    device.push_request().map(|push| push.mutations.iter().map(|mutation| mutation.mid).collect()).unwrap_or_default()
}

fn shows(device: &Device<ItemRules>, id: Id) -> Option<Vec<CommandId>> {
    let row = device.row(&Key::new(Item::ENTITY, id))?;
    serde_json::from_str::<Item>(row).ok().map(|item| item.marks.0)
}

#[test]
fn a_command_is_shown_at_once_and_sent_once_it_is_kept() {
    let mut device = device();
    device.submit(mutation(1, &make(TEA)));
    assert_eq!(shows(&device, TEA), Some(vec![command_id(1)]));
    assert_eq!(mids(&device), [0; 0], "not kept, not sent");
    device.number(command_id(1), 1);
    assert_eq!(mids(&device), [1]);
    assert!(device.is_unsynced(&Key::new(Item::ENTITY, TEA)));
}

#[test]
fn what_only_the_server_can_judge_waits_unseen_and_is_sent() {
    let mut device = device();
    keep(&mut device, 1, 1, &mark(TEA));
    assert!(device.is_waiting(command_id(1)));
    assert_eq!(shows(&device, TEA), None);
    assert_eq!(mids(&device), [1]);
    pulled(&mut device, Page { rows: vec![sent(EAST, TEA, &[])], ..page(1, 0) });
    assert_eq!(shows(&device, TEA), Some(vec![command_id(1)]), "once its facts are here it is shown");
    assert!(!device.is_waiting(command_id(1)));
}

#[test]
fn a_command_leaves_with_the_pull_that_carries_its_effect_and_not_before() {
    let mut device = device();
    keep(&mut device, 1, 1, &make(TEA));
    assert_eq!(device.pushed(&taken("e0", &[1], 1)), Pushed::Taken);
    assert_eq!(mids(&device), [0; 0]);
    assert_eq!((device.pending().len(), shows(&device, TEA)), (1, Some(vec![command_id(1)])));
    let done = pulled(&mut device, Page { rows: vec![sent(EAST, TEA, &[command_id(1)])], ..page(1, 1) });
    assert_eq!(done.settled, [command_id(1)]);
    assert_eq!((device.pending().len(), shows(&device, TEA)), (0, Some(vec![command_id(1)])));
}

#[test]
fn a_refused_command_is_handed_over_with_its_reason() {
    let mut device = device();
    keep(&mut device, 1, 1, &mark(TEA));
    device.pushed(&taken("e0", &[1], 1));
    let refusal = Verdict { mid: 1, ok: false, refusal: Some("no".into()) };
    let done = pulled(&mut device, Page { refused: vec![refusal], ..page(1, 1) });
    let [Pending { mutation, refusal }] = &done.refused[..] else { panic!("{done:?}") };
    assert_eq!((mutation.cmd_id, refusal.as_ref().and_then(|why| why.as_str())), (command_id(1), Some("no")));
    assert!(device.pending().is_empty());
}

/// A device that has rows of this history already.
fn filled() -> Device<ItemRules> {
    let mut device = device();
    pulled(&mut device, page(2, 0));
    device
}

/// A copy of this device has confirmed them meanwhile, and the server has forgotten them.
#[test]
fn a_refusal_that_was_heard_is_told_though_the_pull_no_longer_names_it() {
    let mut device = filled();
    keep(&mut device, 1, 1, &make(TEA));
    let mut answer = taken("e0", &[1], 1);
    if let Ok(taken) = &mut answer {
        taken.results[0] = Verdict { mid: 1, ok: false, refusal: Some("no".into()) };
    }
    device.pushed(&answer);
    let done = pulled(&mut device, page(3, 2));
    assert_eq!(done.refused.len(), 1);
    assert!(shows(&device, TEA).is_none());
}

#[test]
fn another_history_counts_once_all_of_it_is_here() {
    let mut device = device();
    pulled(&mut device, Page { rows: vec![sent(EAST, TEA, &[])], ..page(9, 0) });
    let other = || PullResponse::ResetAll { reset_all: true, epoch: "e1".into() };
    assert!(matches!(device.pulled(other()), Pulled::More));
    let next = device.pull_request();
    assert_eq!((next.epoch.as_deref(), next.scopes.len()), (Some("e1"), 0));
    assert!(shows(&device, TEA).is_some());
    device.pull_failed();
    assert_eq!(device.pull_request().epoch.as_deref(), Some("e0"), "cut off, the old one still stands");
    assert_eq!(device.saved().epoch.as_deref(), Some("e0"));
    device.pulled(other());
    let done = pulled(&mut device, Page { epoch: "e1".into(), rows: vec![sent(EAST, MILK, &[])], ..page(2, 0) });
    assert!(done.clear);
    assert!(shows(&device, TEA).is_none() && shows(&device, MILK).is_some());
}

#[test]
fn a_row_leaves_when_no_scope_that_is_held_has_it() {
    let mut device = device();
    let both = [(EAST, Cursor(1, 1)), (SOUTH, Cursor(1, 1))];
    let rows = vec![sent(EAST, TEA, &[]), sent(SOUTH, TEA, &[])];
    pulled(&mut device, Page { rows, cursors: both.into(), ..page(1, 0) });
    pulled(&mut device, Page { gone: vec![(EAST, Item::ENTITY.into(), TEA)], cursors: both.into(), ..page(2, 0) });
    assert!(shows(&device, TEA).is_some());
    pulled(&mut device, Page { drop: vec![SOUTH], ..page(3, 0) });
    assert!(shows(&device, TEA).is_none());
}

/// A copied profile has the same client id: what the other copy was told is no answer to this one.
#[test]
fn a_copy_does_not_take_the_others_numbers_for_its_own() {
    let mut ours = device();
    pulled(&mut ours, Page { rows: vec![sent(EAST, TEA, &[])], ..page(1, 0) });
    let mut copy = again(&ours);
    keep(&mut ours, 1, 1, &mark(TEA));
    ours.pushed(&taken("e0", &[1], 1));
    // The copy hears that number 1 was judged, and only then makes its own number 1.
    pulled(&mut copy, page(2, 1));
    keep(&mut copy, 2, 1, &mark(TEA));
    assert_eq!(mids(&copy), [1], "it was never sent");
    let done = pulled(&mut copy, page(2, 1));
    assert_eq!(done.settled, []);
    let mut copy = again(&copy);
    assert_eq!(mids(&copy), [1], "nor is it forgotten with a restart");
    assert_eq!(copy.pushed(&Err(PushRefused::ClientForked)), Pushed::Renew);
}

#[test]
fn an_answer_speaks_only_of_what_was_sent() {
    let mut device = device();
    keep(&mut device, 1, 1, &make(TEA));
    // The other copy has come to number 3; this one sent number 1 and makes number 2 meanwhile.
    assert_eq!(mids(&device), [1]);
    keep(&mut device, 2, 2, &mark(TEA));
    device.pushed(&taken("e0", &[1], 3));
    assert_eq!(mids(&device), [2]);
    assert_eq!(pulled(&mut device, page(5, 3)).settled, [command_id(1)]);
    assert_eq!(mids(&device), [2]);
}

/// The server was put back to a backup: what it had taken since is taken by nobody.
#[test]
fn what_a_lost_history_had_taken_is_sent_again() {
    let mut device = device();
    keep(&mut device, 1, 1, &make(TEA));
    device.pushed(&taken("e0", &[1], 1));
    pulled(&mut device, Page { rows: vec![sent(EAST, TEA, &[command_id(1)])], ..page(1, 1) });
    keep(&mut device, 2, 2, &mark(TEA));
    device.pushed(&taken("e0", &[2], 2));
    device.pulled(PullResponse::ResetAll { reset_all: true, epoch: "e1".into() });
    let done = pulled(&mut device, Page { epoch: "e1".into(), ..page(1, 1) });
    assert_eq!(done.settled, []);
    assert_eq!(mids(&device), [2]);
    assert_eq!(mids(&again(&device)), [2]);
}

#[test]
fn what_another_history_has_under_a_number_may_be_something_else() {
    let mut device = device();
    keep(&mut device, 1, 1, &make(TEA));
    device.pushed(&taken("e0", &[1], 1));
    // A copy was first to use the number in the history that counts now.
    device.pulled(PullResponse::ResetAll { reset_all: true, epoch: "e1".into() });
    assert_eq!(pulled(&mut device, Page { epoch: "e1".into(), ..page(1, 1) }).settled, []);
    assert_eq!(mids(&device), [1]);
    keep(&mut device, 2, 2, &mark(TEA));
    device.pushed(&taken("e2", &[1, 2], 2));
    assert_eq!(mids(&device), [1, 2], "a third history: sent once more, under its name");
    device.pushed(&taken("e2", &[1, 2], 2));
    assert_eq!(mids(&device), [0; 0]);
}

#[test]
fn spent_numbers_are_given_up_and_nothing_with_them() {
    let mut device = device();
    keep(&mut device, 1, 4, &make(TEA));
    keep(&mut device, 2, 5, &mark(TEA));
    assert_eq!(device.pushed(&Err(PushRefused::Gap { last_mid: 2 })), Pushed::Renew, "number 3 is nowhere");
    device.submit(mutation(3, &mark(TEA)));
    device.renew(ClientId(id(b'v', 2)));
    assert_eq!(mids(&device), [1, 2], "what is not kept yet has no number to give up");
    device.number(command_id(3), 3);
    assert_eq!(mids(&device), [1, 2, 3]);
    let commands: Vec<CommandId> = device.pending().iter().map(|pending| pending.mutation.cmd_id).collect();
    assert_eq!(commands, [command_id(1), command_id(2), command_id(3)]);
    assert_eq!(device.saved().confirmed_mid, 0);
}

#[test]
fn a_gap_is_filled_from_what_is_still_here() {
    let mut device = device();
    keep(&mut device, 1, 1, &make(TEA));
    keep(&mut device, 2, 2, &mark(TEA));
    device.pushed(&taken("e0", &[1, 2], 2));
    keep(&mut device, 3, 3, &mark(TEA));
    assert_eq!(mids(&device), [3]);
    assert_eq!(device.pushed(&Err(PushRefused::Gap { last_mid: 0 })), Pushed::Again);
    assert_eq!(mids(&device), [1, 2, 3]);
    assert_eq!(device.pushed(&Err(PushRefused::Gap { last_mid: 0 })), Pushed::Renew, "the same answer twice leads nowhere");
}

/// Two tabs: a command that was read from the store may be told once more by the tab that made it.
#[test]
fn a_command_that_is_told_twice_is_pending_once() {
    let mut device = device();
    keep(&mut device, 1, 1, &make(TEA));
    keep(&mut device, 2, 2, &mark(TEA));
    let told = Mutation { mid: 2, ..mutation(2, &mark(TEA)) };
    assert!(device.submit(told.clone()).is_empty());
    assert_eq!(shows(&device, TEA), Some(vec![command_id(1), command_id(2)]));
    device.pushed(&taken("e0", &[1, 2], 2));
    pulled(&mut device, Page { rows: vec![sent(EAST, TEA, &[command_id(1), command_id(2)])], ..page(2, 2) });
    device.submit(told);
    assert_eq!(shows(&device, TEA), Some(vec![command_id(1), command_id(2)]), "told late, it is not done anew");
    assert!(device.pending().is_empty());
}

/// What is shown before a restart is what is shown after it.
#[test]
fn commands_are_shown_in_the_order_of_their_numbers() {
    let mut device = device();
    pulled(&mut device, Page { rows: vec![sent(EAST, TEA, &[])], ..page(1, 0) });
    device.submit(mutation(1, &mark(TEA)));
    device.submit(Mutation { mid: 1, ..mutation(2, &mark(TEA)) });
    let changed = device.number(command_id(1), 2);
    assert!(changed.contains(&Key::new(Item::ENTITY, TEA)));
    assert_eq!(shows(&device, TEA), Some(vec![command_id(2), command_id(1)]));
    assert_eq!(shows(&again(&device), TEA), shows(&device, TEA));
    assert!(device.number(command_id(1), 2).is_empty(), "nothing moved, nothing to look at again");
}

#[test]
fn a_push_is_bounded_in_number_and_in_bytes() {
    let mut device = device();
    let all = u64::try_from(MAX_MUTATIONS).unwrap_or(0) + 10;
    for mid in 1..=all {
        keep(&mut device, u8::try_from(mid).unwrap_or(0), mid, &mark(TEA));
    }
    assert_eq!(mids(&device).len(), MAX_MUTATIONS);
    let mut device = self::device();
    let long = Deed::Rename { id: TEA, from: String::new(), to: "长".repeat(20_000) };
    for mid in 1..=6 {
        keep(&mut device, u8::try_from(mid).unwrap_or(0), mid, &long);
    }
    let push = device.push_request().expect("a push");
    let bytes: usize = push.mutations.iter().map(|mutation| mutation.args.get().len()).sum();
    assert!((1..6).contains(&push.mutations.len()) && bytes <= MAX_PUSH_BYTES, "{} in {bytes} bytes", push.mutations.len());
}

#[test]
fn another_tab_that_is_told_of_a_pull_shows_the_same() {
    let (mut leader, mut tab) = (device(), device());
    for device in [&mut leader, &mut tab] {
        keep(device, 1, 1, &make(TEA));
    }
    leader.pushed(&taken("e0", &[1], 1));
    let committed = pulled(&mut leader, Page { rows: vec![sent(EAST, TEA, &[command_id(1)]), sent(EAST, MILK, &[])], ..page(2, 1) });
    let changed = tab.take(&committed);
    assert_eq!(changed.len(), 2);
    assert_eq!(tab.saved(), leader.saved());
    assert!(tab.pending().is_empty());
    assert_eq!((shows(&tab, TEA), shows(&tab, MILK)), (shows(&leader, TEA), shows(&leader, MILK)));
}

#[test]
fn rows_of_a_kind_are_those_confirmed_and_those_made_here_without_those_erased() {
    let mut device = device();
    pulled(&mut device, Page { rows: vec![sent(EAST, TEA, &[])], ..page(1, 0) });
    keep(&mut device, 1, 1, &make(MILK));
    let ids = |device: &Device<ItemRules>| device.rows(Item::ENTITY).map(|(id, _)| id).collect::<Vec<_>>();
    assert_eq!(ids(&device), [TEA, MILK]);
    keep(&mut device, 2, 2, &Deed::Erase { id: TEA });
    assert_eq!(ids(&device), [MILK]);
    assert_eq!(device.rows("items").count() + device.rows("ite").count(), 0);
}

/// What is here is shown for as long as its user's access may be taken for granted.
#[test]
fn a_device_is_stale_once_its_server_has_been_silent_for_too_long() {
    const DAY: i64 = 86_400_000;
    let longest = Instant(MAX_OFFLINE_DAYS * DAY);
    let mut device = device();
    assert!(!device.saved().is_stale(Instant(100 * DAY)), "what has never been heard of its server has nothing to show");
    device.heard(Instant(0));
    pulled(&mut device, page(1, 0));
    let kept = again(&device);
    assert!(!kept.saved().is_stale(longest));
    assert!(kept.saved().is_stale(longest.plus_seconds(1)));
    assert!(!kept.saved().is_stale(Instant(-DAY)), "a clock that was set back is no reason");
}
