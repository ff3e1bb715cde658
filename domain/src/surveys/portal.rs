//! Surveys as customers meet them.

use super::{Answer as Original, Event, Refusal, Score, asked_again_on};
use crate::{
    change::{Stop, known, unused},
    context::{Actor, Context},
    customers::{Customer, CustomerState},
    id::{AnswerId, ContactId},
    row::{Field, Missing, Rows, rows},
    sync::Scope,
    text::Prose,
    time::Date,
};
use serde::{Deserialize, Serialize};

rows! {
    /// What one has said oneself.
    Answer in "portal_answer" {
        id: AnswerId,
        contact: ContactId,
        score: Score,
        comment: Option<Prose>,
        on: Date,
    }
}

impl Answer {
    fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
        Ok(Vec::new())
    }

    /// Every field of the original is named here, shown or not.
    #[must_use]
    pub fn of(original: &Original) -> Self {
        let Original { id, customer: _, contact, score, ref comment, at: _, on, taken_up_by: _, taken_up_at: _ } = *original;
        Self { id, contact, score, comment: comment.clone(), on }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    Answer {
        id: AnswerId,
        score: Score,
        #[serde(default)]
        comment: Option<Prose>,
    },
}

/// On the server.
pub fn decide<R: Rows>(rows: &R, command: &Command, context: &Context) -> Result<Vec<Event>, Stop> {
    let Command::Answer { id, score, comment } = command;
    let Actor::Portal { contact, customer } = context.by else { return known(None) };
    known(rows.get::<Customer>(customer)?.filter(|customer| customer.state == CustomerState::Active))?;
    unused::<Original>(rows, *id)?;
    let before = rows.by::<Original>("contact", &contact.to_cell())?;
    let again = before.iter().map(|answer| asked_again_on(answer.on)).max();
    if let Some(on) = again.filter(|on| context.on < *on) {
        return Err(Refusal::AskedAgainOn { on }.into());
    }
    let (score, comment) = (*score, comment.clone());
    let answer =
        Original { id: *id, customer, contact, score, comment, at: context.at, on: context.on, taken_up_by: None, taken_up_at: None };
    Ok(vec![Event::Answered { answer }])
}

/// On a customer's device.
pub fn run<R: Rows>(rows: &mut R, command: &Command, context: &Context) -> Result<(), Stop> {
    let Command::Answer { id, score, comment } = command;
    let Actor::Portal { contact, .. } = context.by else { return known(None) };
    unused::<Answer>(rows, *id)?;
    rows.put(&Answer { id: *id, contact, score: *score, comment: comment.clone(), on: context.on })?;
    Ok(())
}
