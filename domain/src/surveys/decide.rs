//! What staff do with answers. Answers themselves come from customers.

use super::Answer;
use crate::{
    change::{Stop, known},
    context::Context,
    id::{AnswerId, PersonId},
    row::{Missing, Rows},
    time::{Date, Instant},
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Somebody has spoken with them about it: the loop is closed.
    TakeUp {
        answer: AnswerId,
    },
    LetGo {
        answer: AnswerId,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Answered { answer: Answer },
    TakenUp { answer: AnswerId, by: Option<PersonId>, at: Instant },
    LetGo { answer: AnswerId },
}

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// They have told us not long ago.
    AskedAgainOn { on: Date },
}

/// What `command` would do, or why it may not.
pub fn decide<R: Rows>(rows: &R, command: &Command, context: &Context) -> Result<Vec<Event>, Stop> {
    match command {
        Command::TakeUp { answer } => {
            let answer = known(rows.get::<Answer>(*answer)?)?;
            let taken = Event::TakenUp { answer: answer.id, by: context.by.person(), at: context.at };
            Ok(if answer.taken_up_at.is_some() { Vec::new() } else { vec![taken] })
        }
        Command::LetGo { answer } => {
            let answer = known(rows.get::<Answer>(*answer)?)?;
            Ok(if answer.taken_up_at.is_some() { vec![Event::LetGo { answer: answer.id }] } else { Vec::new() })
        }
    }
}

impl Event {
    /// What happened, happened: changes the rows it names.
    pub fn apply<R: Rows>(&self, rows: &mut R) -> Result<(), Missing> {
        match self {
            Self::Answered { answer } => rows.put(answer),
            Self::TakenUp { answer, by, at } => rows.change::<Answer>(*answer, |answer| {
                answer.taken_up_by = *by;
                answer.taken_up_at = Some(*at);
            }),
            Self::LetGo { answer } => rows.change::<Answer>(*answer, |answer| {
                answer.taken_up_by = None;
                answer.taken_up_at = None;
            }),
        }
    }
}
