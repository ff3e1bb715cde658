//! Any entry, any step and any command about them, for properties.

use super::{Command, Entry, FieldChange, FollowUp, Method, Outcome, Step, StepDraft, StepState, What};
use crate::{
    context::Actor,
    money::Currency,
    testing::{About, lines, moments, moneys, names, people, points, proses},
};
use proptest::{collection::vec, option::of, prelude::*, sample::select};

pub fn follow_ups(about: About) -> BoxedStrategy<FollowUp> {
    (select(Method::ALL), select(Outcome::ALL), of(about.contacts()), of(names()), proses())
        .prop_map(|(method, outcome, contact, with, details)| FollowUp { method, outcome, contact, with, details })
        .boxed()
}

pub fn step_drafts(about: About) -> BoxedStrategy<StepDraft> {
    (about.steps(), lines(), moments(), people()).prop_map(|(id, text, due, who)| StepDraft { id, text, due, who }).boxed()
}

fn changes() -> impl Strategy<Value = Vec<FieldChange>> {
    let change = ("[a-z_]{1,12}", of("\\PC{0,12}"), of("\\PC{0,12}"), any::<bool>());
    vec(change.prop_map(|(field, from, to, unseen)| FieldChange { field, from, to, unseen }), 0..3)
}

fn whats(about: About) -> BoxedStrategy<What> {
    prop_oneof![
        Just(What::Opened),
        follow_ups(about).prop_map(What::FollowedUp),
        changes().prop_map(|changes| What::Edited { changes }),
        names().prop_map(|name| What::ContactAdded { name }),
        (names(), changes()).prop_map(|(name, changes)| What::ContactEdited { name, changes }),
        names().prop_map(|name| What::ContactRemoved { name }),
        Just(What::Archived),
        Just(What::Restored),
        (of(people()), of(people())).prop_map(|(from, to)| What::Transferred { from, to }),
        lines().prop_map(|text| What::StepDone { text }),
        (about.tickets(), lines()).prop_map(|(ticket, subject)| What::TicketOpened { ticket, subject }),
        (about.tickets(), lines()).prop_map(|(ticket, subject)| What::TicketSolved { ticket, subject }),
        (about.orders(), moneys(), select(Currency::ALL)).prop_map(|(order, amount, currency)| What::Bought { order, amount, currency }),
        (about.orders(), moneys(), select(Currency::ALL)).prop_map(|(order, amount, currency)| What::Refunded { order, amount, currency }),
        (lines(), points()).prop_map(|(title, points)| What::Redeemed { title, points }),
        (0..11u8, of(proses())).prop_map(|(score, comment)| What::Answered { score, comment }),
        (any::<bool>(), of(names()), of(names())).prop_map(|(rises, zh, en)| What::Ranked { rises, zh, en }),
        (about.tickets(), lines(), 1..6u8).prop_map(|(ticket, subject, stars)| What::TicketRated { ticket, subject, stars }),
    ]
    .boxed()
}

fn actors(about: About) -> impl Strategy<Value = Actor> {
    let customer = about.customer();
    prop_oneof![
        people().prop_map(Actor::Staff),
        about.contacts().prop_map(move |contact| Actor::Portal { contact, customer }),
        Just(Actor::Token(crate::testing::id(b'x', 1))),
        Just(Actor::System),
    ]
}

pub fn entries(about: About) -> impl Strategy<Value = Entry> {
    let customer = about.customer();
    (about.entries(), moments(), actors(about), whats(about), any::<bool>()).prop_map(move |(id, happened_at, by, what, withdrawn)| Entry {
        id,
        customer,
        happened_at,
        by,
        what,
        withdrawn,
    })
}

pub fn steps(about: About) -> impl Strategy<Value = Step> {
    (step_drafts(about), select(StepState::ALL), moments(), of(moments())).prop_map(move |(draft, state, created_at, finished_at)| {
        let StepDraft { id, text, due, who } = draft;
        Step { id, customer: about.customer(), text, due, who, state, created_at, finished_at }
    })
}

/// Any command about this customer's timeline.
pub fn commands(about: About) -> BoxedStrategy<Command> {
    let customer = about.customer();
    let next = of(step_drafts(about));
    prop_oneof![
        3 => (about.entries(), moments(), follow_ups(about), of(about.steps()), next).prop_map(
            move |(id, happened_at, record, finishes, next)| Command::FollowUp { id, customer, happened_at, record, finishes, next }
        ),
        1 => about.entries().prop_map(|id| Command::Withdraw { id }),
        1 => about.entries().prop_map(|id| Command::Reinstate { id }),
        2 => step_drafts(about).prop_map(move |step| Command::Plan { customer, step }),
        2 => (about.steps(), moments(), moments()).prop_map(|(id, from, to)| Command::Reschedule { id, from, to }),
        1 => about.steps().prop_map(|id| Command::Finish { id }),
        1 => about.steps().prop_map(|id| Command::Drop { id }),
        1 => about.steps().prop_map(|id| Command::Reopen { id }),
        1 => (about.steps(), people(), people()).prop_map(|(id, from, to)| Command::Pass { id, from, to }),
    ]
    .boxed()
}
