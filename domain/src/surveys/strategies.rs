//! Any answer and any command about them, for properties.

use super::{Answer, Command, Score, portal};
use crate::testing::{About, dates, moments, people, proses};
use proptest::{option::of, prelude::*};

pub fn scores() -> impl Strategy<Value = Score> {
    (0..=10i64).prop_filter_map("from 0 to 10", Score::new)
}

pub fn answers(about: About) -> impl Strategy<Value = Answer> {
    (about.answers(), about.contacts(), scores(), of(proses()), moments(), dates(), of(people()), of(moments())).prop_map(
        move |(id, contact, score, comment, at, on, taken_up_by, taken_up_at)| Answer {
            id,
            customer: about.customer(),
            contact,
            score,
            comment,
            at,
            on,
            taken_up_by,
            taken_up_at,
        },
    )
}

/// Any command about this customer's answers.
pub fn commands(about: About) -> BoxedStrategy<Command> {
    prop_oneof![about.answers().prop_map(|answer| Command::TakeUp { answer }), about.answers().prop_map(|answer| Command::LetGo { answer })]
        .boxed()
}

/// Any answer of a customer's.
pub fn portal_commands(about: About) -> BoxedStrategy<portal::Command> {
    (about.answers(), scores(), of(proses())).prop_map(|(id, score, comment)| portal::Command::Answer { id, score, comment }).boxed()
}
