//! Any ticket, any entry and any command about them, for properties.

use super::{Audience, Channel, Clock, Command, Draft, Entry, Kind, Rating, Stars, State, Ticket, What, portal};
use crate::{
    attachments::strategies::files,
    context::Actor,
    service_level::{Priority, Target},
    testing::{About, lines, moments, people, proses},
};
use proptest::{
    collection::vec,
    option::{of, weighted},
    prelude::*,
    sample::select,
};

fn stars() -> impl Strategy<Value = Stars> {
    (1..=5i64).prop_filter_map("from one to five", Stars::new)
}

fn ratings() -> impl Strategy<Value = Rating> {
    (stars(), of(proses()), moments()).prop_map(|(stars, comment, at)| Rating { stars, comment, at })
}

fn actors(about: About) -> BoxedStrategy<Actor> {
    let customer = about.customer();
    prop_oneof![people().prop_map(Actor::Staff), about.contacts().prop_map(move |contact| Actor::Portal { contact, customer })].boxed()
}

fn whats() -> BoxedStrategy<What> {
    let state = || select(State::ALL);
    prop_oneof![
        (proses(), files()).prop_map(|(text, files)| What::Said { text, files }),
        (state(), state()).prop_map(|(from, to)| What::Moved { from, to }),
        (of(people()), of(people())).prop_map(|(from, to)| What::Assigned { from, to }),
        (select(Priority::ALL), select(Priority::ALL)).prop_map(|(from, to)| What::Prioritised { from, to }),
        (select(Kind::ALL), select(Kind::ALL)).prop_map(|(from, to)| What::Reclassified { from, to }),
        ratings().prop_map(What::Rated),
    ]
    .boxed()
}

pub fn entries(about: About) -> impl Strategy<Value = Entry> {
    (about.ticket_entries(), about.tickets(), moments(), actors(about), select(Audience::ALL), whats())
        .prop_map(move |(id, ticket, at, by, audience, what)| Entry { id, ticket, customer: about.customer(), at, by, audience, what })
}

pub fn tickets(about: About) -> impl Strategy<Value = Ticket> {
    let what = (of(1..9_999i64), of(about.contacts()), select(Kind::ALL), select(Channel::ALL), lines(), select(Priority::ALL));
    let whose = (select(State::ALL), of(people()), actors(about));
    let clock = (1..500i64, 1..5_000i64, 0..9_000_000i64, of(moments())).prop_map(|(response, resolution, held, stopped)| Clock {
        target: Target { response, resolution },
        held,
        stopped,
    });
    let when = (moments(), moments(), moments(), of(moments()), of(moments()), of(moments()));
    let said = (moments(), any::<bool>(), 1..99i64, of(moments()), of(ratings()));
    (about.tickets(), what, whose, clock, when, said).prop_map(
        move |(
            id,
            (no, contact, kind, channel, subject, priority),
            (state, assignee, opened_by),
            clock,
            (opened_at, response_due, resolution_due, replied_at, solved_at, closed_at),
            (said_at, said_by_customer, said, seen_at, rating),
        )| Ticket {
            id,
            no,
            customer: about.customer(),
            contact,
            kind,
            channel,
            subject,
            priority,
            state,
            assignee,
            opened_by,
            opened_at,
            clock,
            response_due,
            resolution_due,
            replied_at,
            solved_at,
            closed_at,
            said_at,
            said_by_customer,
            said,
            seen_at,
            rating,
        },
    )
}

fn drafts(about: About) -> impl Strategy<Value = Draft> {
    let how = (select(Kind::ALL), select(Channel::ALL), of(select(Priority::ALL)), of(people()));
    (weighted(0.2, about.contacts()), how, lines(), proses(), files()).prop_map(
        move |(contact, (kind, channel, priority, assignee), subject, text, files)| Draft {
            customer: about.customer(),
            contact,
            kind,
            channel,
            subject,
            text,
            files,
            priority,
            assignee,
        },
    )
}

/// Any command about this customer's tickets.
pub fn commands(about: About) -> BoxedStrategy<Command> {
    let state = || select(State::ALL);
    prop_oneof![
        4 => (about.tickets(), drafts(about)).prop_map(|(id, draft)| Command::Open { id, draft: Box::new(draft) }),
        4 => (about.ticket_entries(), about.tickets(), proses(), files(), state())
            .prop_map(|(id, ticket, text, files, then)| Command::Reply { id, ticket, text, files, then }),
        1 => (about.ticket_entries(), about.tickets(), proses(), files(), vec(people(), 0..3))
            .prop_map(|(id, ticket, text, files, mentions)| Command::Note { id, ticket, text, files, mentions }),
        2 => (about.tickets(), state(), state()).prop_map(|(ticket, from, to)| Command::Move { ticket, from, to }),
        1 => (about.tickets(), of(people()), of(people())).prop_map(|(ticket, from, to)| Command::Assign { ticket, from, to }),
        2 => (about.tickets(), select(Priority::ALL)).prop_map(|(ticket, to)| Command::Prioritise { ticket, to }),
        1 => (about.tickets(), select(Kind::ALL)).prop_map(|(ticket, to)| Command::Reclassify { ticket, to }),
    ]
    .boxed()
}

/// Any command of a customer's about the tickets of this account.
pub fn portal_commands(about: About) -> BoxedStrategy<portal::Command> {
    prop_oneof![
        4 => (about.tickets(), select(Kind::ALL), lines(), proses(), files())
            .prop_map(|(id, kind, subject, text, files)| portal::Command::Open { id, kind, subject, text, files }),
        3 => (about.ticket_entries(), about.tickets(), proses(), files())
            .prop_map(|(id, ticket, text, files)| portal::Command::Write { id, ticket, text, files }),
        2 => (about.tickets(), stars(), of(proses())).prop_map(|(ticket, stars, comment)| portal::Command::Rate { ticket, stars, comment }),
        1 => about.tickets().prop_map(|ticket| portal::Command::Confirm { ticket }),
        1 => about.tickets().prop_map(|ticket| portal::Command::Seen { ticket }),
    ]
    .boxed()
}
