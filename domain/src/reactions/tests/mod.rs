//! What one feature's event brings about in another.

mod figures;
mod ledger;
mod orders;
mod points;
mod reviews;
mod surveys;
mod tickets;
mod versions;

use crate::{
    change::{Command, Event},
    context::Actor,
    customers::{self, Contact, ContactDraft, CustomerDraft, Edit, Kind, Was},
    id::{ContactId, CustomerId, EntryId, Id, PersonId},
    notices::{Cause, Notice},
    testing::{EAST, LIN, Office, SHEN, SHIHE, ZHOU, at, cases, command_id, days, id, name, phone, prose},
    timeline::{self, Entry, FollowUp, Method, Outcome, What},
};
use proptest::prelude::*;
use std::collections::BTreeSet;

const WANG: ContactId = ContactId(id(b'k', 1));

fn wang() -> ContactDraft {
    ContactDraft { name: name("王芳"), position: None, decision_role: None, phone: None, email: None, preferences: None }
}

fn whats(office: &Office) -> Vec<What> {
    let mut entries = office.store.all::<Entry>();
    entries.sort_by_key(|entry| entry.happened_at);
    entries.into_iter().map(|entry| entry.what).collect()
}

/// One after another, a minute apart.
fn does(office: &mut Office, by: PersonId, commands: &[customers::Command]) {
    for command in commands {
        office.now = office.now.plus_seconds(60);
        office.did(by, &Command::Customers(command.clone()));
    }
}

fn transfer(from: Option<PersonId>, to: Option<PersonId>) -> customers::Command {
    customers::Command::Transfer { id: SHIHE, from, to, team: EAST }
}

/// S034, S094: everything that happens with a customer is in one history.
#[test]
fn whatever_changes_an_archive_stands_on_its_timeline() {
    let mut office = Office::default();
    let draft = CustomerDraft { name: Some(name("云上咖啡")), ..CustomerDraft::of(Kind::Company, EAST) };
    let new = CustomerId(id(b'c', 9));
    does(
        &mut office,
        ZHOU,
        &[
            customers::Command::Open { id: new, draft: Box::new(draft), contacts: Vec::new() },
            customers::Command::AddContact { id: WANG, customer: new, draft: wang() },
            customers::Command::RemoveContact { id: WANG },
            customers::Command::RestoreContact { id: WANG },
            customers::Command::Transfer { id: new, from: None, to: Some(LIN), team: EAST },
            customers::Command::Archive { id: new },
            customers::Command::Restore { id: new },
        ],
    );
    let told = whats(&office);
    let wang = || name("王芳");
    let expected = [
        What::Opened,
        What::ContactAdded { name: wang() },
        What::ContactRemoved { name: wang() },
        What::ContactAdded { name: wang() },
        What::Transferred { from: None, to: Some(LIN) },
        What::Archived,
        What::Restored,
    ];
    assert_eq!(told, expected);
    assert!(office.store.all::<Entry>().iter().all(|entry| entry.by == Actor::Staff(ZHOU) && entry.customer == new));
}

/// S094: what was written over unseen can be read in the history.
#[test]
fn a_value_written_over_unseen_is_in_the_history() {
    let mut office = Office::default();
    let needs = |was: Option<&str>, now: &str| Edit::Needs(Was { was: was.map(prose), now: Some(prose(now)) });
    let edit = |edits| customers::Command::Edit { id: SHIHE, edits };
    let both = vec![needs(None, "少盐"), Edit::Phone(Some(phone("13812345678")))];
    does(&mut office, LIN, &[edit(vec![needs(None, "每周三到货")]), edit(both)]);
    let Some(What::Edited { changes }) = whats(&office).pop() else { panic!("{:?}", whats(&office)) };
    let [over, masked] = &changes[..] else { panic!("{changes:?}") };
    assert_eq!((over.from.as_deref(), over.to.as_deref(), over.unseen), (Some("每周三到货"), Some("少盐"), true));
    assert_eq!((masked.to.as_deref(), masked.unseen), (Some("138****5678"), false));
}

/// S090, S093: who gets a customer is told, by whom.
#[test]
fn who_is_given_a_customer_is_told() {
    let mut office = Office::default();
    does(&mut office, ZHOU, &[transfer(Some(LIN), Some(SHEN))]);
    let [notice] = &office.store.all::<Notice>()[..] else { panic!("one notice") };
    assert_eq!((notice.person, notice.cause, notice.customer), (SHEN, Cause::Assigned, Some(SHIHE)));
    assert_eq!((notice.by, notice.read_at), (Actor::Staff(ZHOU), None));
}

#[test]
fn nobody_is_told_what_they_did_themselves() {
    let mut office = Office::default();
    does(&mut office, SHEN, &[transfer(Some(LIN), Some(SHEN))]);
    let own = CustomerDraft { name: Some(name("云上")), owner: Some(SHEN), ..CustomerDraft::of(Kind::Company, EAST) };
    let open = customers::Command::Open { id: CustomerId(id(b'c', 9)), draft: Box::new(own), contacts: Vec::new() };
    does(&mut office, SHEN, &[open]);
    assert_eq!(office.store.all::<Notice>(), []);
}

#[test]
fn nobody_is_told_that_a_customer_stays_theirs_or_goes() {
    let mut office = Office::default();
    let moves = customers::Command::Transfer { id: SHIHE, from: Some(LIN), to: Some(LIN), team: crate::testing::SOUTH };
    does(&mut office, ZHOU, &[moves, transfer(Some(LIN), None)]);
    assert_eq!(office.store.all::<Notice>(), []);
}

proptest! {
    #![proptest_config(cases(64))]

    /// A reaction to a reaction to … comes to an end by itself, not because it is cut off, and stays small.
    #[test]
    fn no_command_sets_off_a_cycle_or_an_avalanche(day in days(24)) {
        let mut office = Office::default();
        for (by, now, command) in day {
            office.now = now;
            let Ok(mut caused) = office.does(by, &command) else { continue };
            prop_assert!(caused.len() <= 200, "{} events", caused.len());
            let context = at(now, by, 99);
            for _ in 0..=super::DEPTH {
                caused = caused.iter().flat_map(|event| super::to(event, &office.store, &context)).collect();
            }
            prop_assert_eq!(caused, []);
        }
    }
}

/// Device and server make the same rows: their ids follow from the command's.
#[test]
fn rows_that_a_reaction_makes_are_named_after_the_command() {
    let mut office = Office::default();
    does(&mut office, ZHOU, &[transfer(Some(LIN), Some(SHEN))]);
    let command = Id::from(command_id(1));
    let entries = office.store.all::<Entry>().into_iter().map(|entry| Id::from(entry.id));
    let notices = office.store.all::<Notice>().into_iter().map(|notice| Id::from(notice.id));
    let made: BTreeSet<Id> = entries.chain(notices).collect();
    let notice = Notice::of(SHEN, Cause::Assigned, Id::from(SHIHE), office.now);
    assert_eq!(made, BTreeSet::from([command.derived(0), Id::from(notice.id)]));
}

#[test]
fn what_was_caused_is_told_with_its_cause() {
    let mut office = Office::default();
    let record = FollowUp { method: Method::Visit, outcome: Outcome::Agreed, contact: None, with: None, details: prose("签了") };
    let id = EntryId(id(b'e', 1));
    let command = timeline::Command::FollowUp { id, customer: SHIHE, happened_at: office.now, record, finishes: None, next: None };
    let events = office.did(LIN, &Command::Timeline(command));
    let contacted = Event::Customers(customers::Event::Contacted { id: SHIHE, at: office.now });
    assert_eq!(events.len(), 2);
    assert_eq!(events.last(), Some(&contacted));
}

#[test]
fn a_contacts_history_names_it_as_it_was_called_afterwards() {
    let mut office = Office::default();
    let edit = customers::ContactEdit::Name(Was { was: name("王芳"), now: name("王小芳") });
    let add = customers::Command::AddContact { id: WANG, customer: SHIHE, draft: wang() };
    does(&mut office, LIN, &[add, customers::Command::EditContact { id: WANG, edits: vec![edit] }]);
    assert_eq!(office.store.row::<Contact>(WANG).name, name("王小芳"));
    let Some(What::ContactEdited { name: called, changes }) = whats(&office).pop() else { panic!("{:?}", whats(&office)) };
    assert_eq!((called.as_str(), changes[0].from.as_deref()), ("王小芳", Some("王芳")));
}
