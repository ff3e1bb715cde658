//! Laws that sync rests on: replay is repeatable, customers do not touch each other, a device foretells the server.

use super::{
    Held, Key, Scope, View,
    view::{Base, Overlay},
};
use crate::{
    change::{self, Command, Event, Stop},
    context::Context,
    id::PersonId,
    testing::{About, Office, Store, at, cases, commands, commands_about, days, moments, people},
    time::Instant,
    words::Say,
};
use proptest::{prelude::*, strategy::ValueTree};

type Deed = (PersonId, Instant, Command);

/// The `n`th deed with the circumstances that are always its own.
fn numbered(day: &[Deed]) -> impl Iterator<Item = (Context, &Command)> {
    (1u8..).zip(day).map(|(n, (by, now, command))| (at(*now, *by, n), command))
}

/// The store after these deeds, and what became of each.
fn done<'a>(mut store: Store, deeds: impl Iterator<Item = (Context, &'a Command)>) -> (Store, Vec<Result<Vec<Event>, Stop>>) {
    let outcomes = deeds.map(|(context, command)| change::run(&mut store, command, &context)).collect();
    (store, outcomes)
}

/// What a device holds of a store: the rows whose bit is set.
fn base(store: &Store, held: u64) -> Base {
    let rows = store.iter().enumerate().filter(|(n, _)| held.rotate_right(u32::try_from(*n).unwrap_or(0)) & 1 == 1);
    rows.map(|(_, (entity, id, json))| (Key::new(entity, id), Held { json: json.into(), scopes: [Scope::Org].into() })).collect()
}

/// What only the server knows: whether a number or an id is taken elsewhere, and which files have arrived. On a device it
/// is done all the same.
fn is_about_others(stop: &Stop) -> bool {
    let elsewhere = ["customers.number_taken", "order.number_taken", "access.id_taken", "attachments.not_there", "attachments.used"];
    matches!(stop, Stop::Refused(refusal) if elsewhere.contains(&refusal.code()))
}

/// Whatever a device says that holds these rows, the server says too.
fn foretold(store: &Store, held: u64, context: &Context, command: &Command) -> Result<(), TestCaseError> {
    let (base, overlay) = (base(store, held), Overlay::new());
    let decided = change::decide(&View::new(&base, &overlay), command, &context.clone());
    let judged = change::decide(store, command, &context.clone());
    match (&decided, &judged) {
        (Err(Stop::Unknown), _) => return Ok(()),
        (_, Err(elsewhere)) if is_about_others(elsewhere) => return Ok(()),
        _ => prop_assert_eq!(&decided, &judged),
    }
    let mut view = View::new(&base, &overlay);
    let mut after = store.clone();
    let ran = change::run(&mut view, command, &context.clone());
    let carried_out = change::run(&mut after, command, &context.clone());
    prop_assert_eq!(ran.is_ok(), carried_out.is_ok());
    if ran.is_err() {
        return Ok(());
    }
    let written = view.written();
    // Points and tiers follow from all lots there are, which no device can be sure to have.
    let points = carried_out.is_ok_and(|events| events.iter().any(|event| matches!(event, Event::Loyalty(_))));
    for (key, row) in &written {
        let kept = after.iter().find(|(entity, id, _)| *entity == &*key.entity && *id == key.id).map(|(_, _, json)| json);
        let shown = |row: Option<&str>| row.map(if points && &*key.entity == "loyalty_member" { without_rank } else { str::to_owned });
        prop_assert_eq!(shown(row.as_deref()), shown(kept), "{:?}", key);
    }
    let everything = held == u64::MAX && !points;
    // A notice comes up again or is new: only its reader's device could tell. What counts where stays on the server.
    let told = ["notice", "insight_cell", "insight_mark"];
    for (entity, id, json) in after.iter().filter(|(entity, ..)| everything && !told.contains(entity)) {
        let key = Key::new(entity, id);
        let shown = written.get(&key).map_or_else(|| base.get(&key).map(|held| &*held.json), |row| row.as_deref());
        prop_assert_eq!(shown, Some(json), "{:?}", key);
    }
    Ok(())
}

/// A member but for the tier, and the day it was reached.
fn without_rank(member: &str) -> String {
    member.split_once(",\"rank\"").map_or(member, |(before, _)| before).to_owned()
}

fn days_about(n: u8) -> impl Strategy<Value = Vec<Deed>> {
    prop::collection::vec((people(), moments(), commands_about(About(n))), 1..5)
}

/// The number that a command gives to a customer: what binds customers to each other.
fn number(command: &Command) -> Option<String> {
    let (_, args) = command.written()?;
    let args: serde_json::Value = serde_json::from_str(args.get()).ok()?;
    Some(args.get("draft")?.get("no")?.as_str()?.to_owned())
}

/// What came of a command but for the figures, which are sums over all customers: how they end is seen in the rows.
fn without_figures(outcome: Result<Vec<Event>, Stop>) -> Result<Vec<Event>, Stop> {
    outcome.map(|mut events| {
        events.retain(|event| !matches!(event, Event::Insights(_)));
        events
    })
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn the_accepted_commands_alone_give_the_same_rows(day in days(24)) {
        let (rows, outcomes) = done(Office::default().store, numbered(&day));
        prop_assert!(outcomes.iter().all(|outcome| *outcome != Err(Stop::Unknown)), "the server can always tell");
        let accepted = numbered(&day).zip(&outcomes).filter(|(_, outcome)| outcome.is_ok()).map(|(deed, _)| deed);
        let (again, repeated) = done(Office::default().store, accepted);
        prop_assert_eq!(&rows, &again);
        let told: Vec<_> = outcomes.into_iter().filter(Result::is_ok).collect();
        prop_assert_eq!(told, repeated);
    }

    #[test]
    fn what_is_refused_has_changed_nothing(day in days(12)) {
        let mut store = Office::default().store;
        for (context, command) in numbered(&day) {
            let before = store.clone();
            if change::run(&mut store, command, &context).is_err() {
                prop_assert_eq!(&store, &before);
            }
        }
    }

    #[test]
    fn commands_on_different_customers_commute(ours in days_about(0), theirs in days_about(2), turns in any::<u8>()) {
        let taken = |day: &[Deed]| day.iter().filter_map(|(_, _, command)| number(command)).collect::<Vec<_>>();
        prop_assume!(taken(&ours).iter().all(|no| !taken(&theirs).contains(no)));
        // Each deed keeps its circumstances, whenever it is done.
        let all: Vec<Deed> = ours.iter().chain(&theirs).cloned().collect();
        let (mut first, mut second): (Vec<_>, Vec<_>) = numbered(&all).enumerate().partition(|(n, _)| *n < ours.len());
        let one_after_the_other = first.iter().chain(&second).cloned().collect::<Vec<_>>();
        let mut mixed = Vec::new();
        first.reverse();
        second.reverse();
        for turn in 0..all.len() {
            let (now, else_) = if turns >> (turn % 8) & 1 == 1 { (&mut first, &mut second) } else { (&mut second, &mut first) };
            mixed.extend(now.pop().or_else(|| else_.pop()));
        }
        let (rows, mut outcomes) = done(Office::default().store, one_after_the_other.iter().map(|(_, deed)| deed.clone()));
        let (others, told) = done(Office::default().store, mixed.iter().map(|(_, deed)| deed.clone()));
        prop_assert_eq!(rows, others);
        for ((n, _), outcome) in mixed.iter().zip(told) {
            let before = std::mem::replace(&mut outcomes[*n], Err(Stop::Unknown));
            prop_assert_eq!(&without_figures(before), &without_figures(outcome));
        }
    }

    #[test]
    fn a_device_that_holds_everything_foretells_the_server(day in days(16), last in (people(), moments(), commands())) {
        let (store, _) = done(Office::default().store, numbered(&day));
        let (by, now, command) = last;
        foretold(&store, u64::MAX, &at(now, by, 99), &command)?;
    }

    /// A row that is not on the device is never taken for one that does not exist.
    #[test]
    fn a_device_that_holds_some_rows_is_silent_or_right(day in days(16), last in (people(), moments(), commands()), held in any::<u64>()) {
        let (store, _) = done(Office::default().store, numbered(&day));
        let (by, now, command) = last;
        foretold(&store, held, &at(now, by, 99), &command)?;
    }
}

/// The strategies would prove little if hardly anything were accepted or foretold.
#[test]
fn the_laws_are_tried_on_commands_that_are_carried_out() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut accepted, mut refused, mut told) = (0, 0, 0);
    let days = days(24);
    for _ in 0..80 {
        let day = days.new_tree(&mut runner).expect("a day").current();
        let (store, outcomes) = done(Office::default().store, numbered(&day));
        accepted += outcomes.iter().filter(|outcome| outcome.as_ref().is_ok_and(|events| !events.is_empty())).count();
        refused += outcomes.iter().filter(|outcome| outcome.is_err()).count();
        let (base, overlay) = (base(&store, u64::MAX), Overlay::new());
        let view = View::new(&base, &overlay);
        told += numbered(&day).filter(|(context, command)| change::decide(&view, command, context) != Err(Stop::Unknown)).count();
    }
    assert!(accepted > 150 && refused > 100 && told > 200, "{accepted} accepted, {refused} refused, {told} foretold");
    eprintln!("{accepted} commands accepted, {refused} refused, {told} foretold by a device");
}
