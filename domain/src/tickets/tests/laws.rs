//! Laws of tickets: a header is the fold of its entries, and a customer's device foretells the server.

use super::{does, guest, monday};
use crate::{
    access,
    attachments::strategies::stored,
    change,
    context::Actor,
    customers::ContactDraft,
    id::{ContactId, PersonId, TicketEntryId},
    row::Rows,
    testing::{About, NOON, Office, SHIHE, acting, cases, company, id, name},
    tickets::{Audience, Command, Entry, State, Ticket, What, portal, strategies},
    time::Instant,
};
use proptest::prelude::*;

/// What staff and customers do with the tickets of one account.
#[derive(Debug, Clone)]
enum Deed {
    Staff(PersonId, Command),
    Guest(ContactId, portal::Command),
}

fn deeds() -> impl Strategy<Value = Vec<(Deed, i64)>> {
    let about = About(0);
    let deed = prop_oneof![
        (crate::testing::people(), strategies::commands(about)).prop_map(|(by, command)| Deed::Staff(by, command)),
        (about.contacts(), strategies::portal_commands(about)).prop_map(|(by, command)| Deed::Guest(by, command)),
    ];
    prop::collection::vec((deed, 0..40_000i64), 1..20)
}

/// The office after these deeds, and when each was done.
fn after(deeds: &[(Deed, i64)], mut each: impl FnMut(&Office, &Deed)) -> Office {
    let mut office = Office::default();
    office.now = monday(9, 0);
    for (contact, customer) in [(0, SHIHE), (1, SHIHE), (2, SHIHE)] {
        let draft = ContactDraft { name: name("王芳"), position: None, decision_role: None, phone: None, email: None, preferences: None };
        let who = Actor::Portal { contact: ContactId(id(b'k', contact)), customer };
        office.store = office.store.with(&draft.added(ContactId(id(b'k', contact)), customer, NOON)).with(&stored(contact, who));
    }
    for (deed, seconds) in deeds {
        office.now = office.now.plus_seconds(*seconds);
        each(&office, deed);
        _ = match deed {
            Deed::Staff(by, command) => does(&mut office, *by, command.clone()),
            Deed::Guest(by, command) => guest(&mut office, *by, SHIHE, command.clone()),
        };
    }
    office
}

/// A header as its entries tell it.
fn folded(entries: &[Entry]) -> (State, Option<PersonId>, i64, Option<Instant>, Option<Instant>) {
    let (mut state, mut assignee, mut said, mut replied_at, mut solved_at) = (State::New, None, 0, None, None);
    for entry in entries {
        match &entry.what {
            What::Said { .. } if entry.audience == Audience::Customer => {
                said += 1;
                if matches!(entry.by, Actor::Staff(_)) && said > 1 {
                    replied_at = replied_at.or(Some(entry.at));
                }
            }
            What::Moved { from, to } => {
                assert_eq!(*from, state, "a state follows from the one before");
                assert!(from.may_become(*to));
                state = *to;
                solved_at = match to {
                    State::Solved => Some(entry.at),
                    State::Closed => solved_at,
                    _ => None,
                };
            }
            What::Assigned { to, .. } => assignee = *to,
            _ => {}
        }
    }
    (state, assignee, said, replied_at, solved_at)
}

proptest! {
    #![proptest_config(cases(96))]

    /// House 5: a header is the fold of its entries, and its clock the working time in which it was ours.
    #[test]
    fn a_header_is_what_its_entries_tell(deeds in deeds()) {
        let mut order: Vec<TicketEntryId> = Vec::new();
        let office = after(&deeds, |office, _| {
            let mut fresh: Vec<Entry> = office.store.all::<Entry>().into_iter().filter(|entry| !order.contains(&entry.id)).collect();
            fresh.sort_by_key(|entry| matches!(entry.what, What::Moved { .. }));
            order.extend(fresh.iter().map(|entry| entry.id));
        });
        let mut fresh: Vec<Entry> = office.store.all::<Entry>().into_iter().filter(|entry| !order.contains(&entry.id)).collect();
        fresh.sort_by_key(|entry| matches!(entry.what, What::Moved { .. }));
        order.extend(fresh.iter().map(|entry| entry.id));
        let company = company();
        let terms = company.terms();
        for ticket in office.store.all::<Ticket>() {
            let entries: Vec<Entry> = order.iter().map(|id| office.store.row::<Entry>(*id)).filter(|entry| entry.ticket == ticket.id).collect();
            let (state, assignee, said, replied_at, solved_at) = folded(&entries);
            let first = ticket.assignee.filter(|_| !entries.iter().any(|entry| matches!(entry.what, What::Assigned { .. })));
            prop_assert_eq!((ticket.state, ticket.assignee, ticket.said), (state, assignee.or(first), said));
            prop_assert_eq!((ticket.replied_at, ticket.solved_at), (replied_at, solved_at));
            let end = ticket.clock.stopped.unwrap_or(office.now);
            let ours = terms.working().between(ticket.opened_at, end) - ticket.clock.held;
            prop_assert!(ours >= 0);
            let promised = ticket.clock.target.resolution * 60_000;
            prop_assert!(if end <= ticket.resolution_due { ours <= promised } else { ours >= promised }, "late once our time is used up");
            prop_assert_eq!(ticket.clock.stopped.is_none(), ticket.state.is_ours());
        }
    }

    /// House 6: what the portal predicts, the server decides, whenever the portal knows its facts.
    #[test]
    fn a_customers_device_foretells_the_server(deeds in deeds()) {
        let mut wrong = Vec::new();
        after(&deeds, |office, deed| {
            let Deed::Guest(by, command) = deed else { return };
            let mut shown = projected(office);
            let context = acting(office.now, Actor::Portal { contact: *by, customer: SHIHE }, 77);
            let foretold = portal::run(&mut shown, command, &context);
            let mut office = office.clone();
            let context = acting(office.now, Actor::Portal { contact: *by, customer: SHIHE }, 77);
            let decided = portal::decide(&office.store, command, &context).map(|events| {
                for event in events {
                    event.apply(&mut office.store).expect("memory");
                }
            });
            use change::{Refusal, Stop};
            if matches!(&decided, Err(Stop::Refused(Refusal::Access(access::Refusal::IdTaken) | Refusal::Attachments(_)))) {
                // Only the server knows every id, it may be that of a note; and which files have arrived.
                return;
            }
            if foretold != decided || foretold.is_ok() && shown != projected(&office) {
                wrong.push(format!("{command:?}: {foretold:?} {decided:?} {shown:?}"));
            }
        });
        prop_assert!(wrong.is_empty(), "{wrong:?}");
    }
}

/// Everything about tickets, as customers are shown it. By when we answer is the server's to say.
fn projected(office: &Office) -> crate::testing::Store {
    let mut shown = crate::testing::Store::default();
    for ticket in office.store.all::<Ticket>() {
        let ticket = portal::Ticket { answer_due: None, ..portal::Ticket::of(&ticket, None, None) };
        shown.put(&ticket).expect("memory");
    }
    for entry in office.store.all::<Entry>() {
        if let Some(entry) = portal::Entry::of(&entry, None) {
            shown.put(&entry).expect("memory");
        }
    }
    shown
}
