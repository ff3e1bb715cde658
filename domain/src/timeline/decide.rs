//! What may be recorded and planned, and what it does.

use super::entry::{Entry, FollowUp, Step, StepDraft, StepState, What};
use crate::{
    change::{Stop, known, unused},
    context::Context,
    customers::{Contact, Customer},
    id::{ContactId, CustomerId, EntryId, PersonId, StepId},
    row::{Missing, Rows},
    time::Instant,
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Records a contact, finishes the step it carried out, plans the next one.
    FollowUp {
        id: EntryId,
        customer: CustomerId,
        happened_at: Instant,
        record: FollowUp,
        #[serde(default)]
        finishes: Option<StepId>,
        #[serde(default)]
        next: Option<StepDraft>,
    },
    Withdraw {
        id: EntryId,
    },
    Reinstate {
        id: EntryId,
    },
    Plan {
        customer: CustomerId,
        step: StepDraft,
    },
    /// `from` is the time its author saw.
    Reschedule {
        id: StepId,
        from: Instant,
        to: Instant,
    },
    Finish {
        id: StepId,
    },
    Drop {
        id: StepId,
    },
    Reopen {
        id: StepId,
    },
    /// To whoever does it instead; `from` is whose it was when its author looked.
    Pass {
        id: StepId,
        from: PersonId,
        to: PersonId,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Recorded { entry: Entry },
    Withdrawn { id: EntryId },
    Reinstated { id: EntryId },
    Planned { step: Step },
    Rescheduled { id: StepId, to: Instant },
    Finished { step: Step, at: Instant },
    Dropped { id: StepId, at: Instant },
    Reopened { id: StepId },
    Passed { id: StepId, to: PersonId },
}

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// A contact cannot lie in the future.
    NotYet,
    /// Only follow-ups are withdrawn, and only by their author.
    NotYours,
    /// Finished or dropped already.
    StepClosed,
    /// Somebody else has moved it.
    StepMoved,
}

/// A device's clock may be ahead by this much before a contact counts as lying in the future.
const CLOCK_SLACK_SECONDS: i64 = 300;

/// What `command` would do, or why it may not.
pub fn decide<R: Rows>(rows: &R, command: &Command, context: &Context) -> Result<Vec<Event>, Stop> {
    match command {
        Command::FollowUp { id, customer, happened_at, record, finishes, next } => {
            known(rows.get::<Customer>(*customer)?)?;
            if happened_at.seconds_since(context.at) > CLOCK_SLACK_SECONDS {
                return Err(Refusal::NotYet.into());
            }
            record.contact.map_or(Ok(()), |contact| theirs(rows, contact, *customer))?;
            unused::<Entry>(rows, *id)?;
            if let Some(next) = next {
                unused::<Step>(rows, next.id)?;
            }
            let what = What::FollowedUp(record.clone());
            let entry = Entry { id: *id, customer: *customer, happened_at: *happened_at, by: context.by, what, withdrawn: false };
            let finished = finishes.map(|step| finish(rows, step, context)).transpose()?;
            let planned = next.clone().map(|draft| Event::Planned { step: planned(draft, *customer, context) });
            Ok(std::iter::once(Event::Recorded { entry }).chain(finished).chain(planned).collect())
        }
        Command::Withdraw { id } => {
            Ok(if own_follow_up(rows, *id, context)?.withdrawn { Vec::new() } else { vec![Event::Withdrawn { id: *id }] })
        }
        Command::Reinstate { id } => {
            Ok(if own_follow_up(rows, *id, context)?.withdrawn { vec![Event::Reinstated { id: *id }] } else { Vec::new() })
        }
        Command::Plan { customer, step } => {
            known(rows.get::<Customer>(*customer)?)?;
            unused::<Step>(rows, step.id)?;
            Ok(vec![Event::Planned { step: planned(step.clone(), *customer, context) }])
        }
        Command::Reschedule { id, from, to } => reschedule(rows, *id, *from, *to),
        Command::Finish { id } => Ok(vec![finish(rows, *id, context)?]),
        Command::Drop { id } => {
            open(rows, *id)?;
            Ok(vec![Event::Dropped { id: *id, at: context.at }])
        }
        Command::Pass { id, from, to } => pass(rows, *id, *from, *to),
        Command::Reopen { id } => {
            let step = known(rows.get::<Step>(*id)?)?;
            Ok(if step.state == StepState::Open { Vec::new() } else { vec![Event::Reopened { id: *id }] })
        }
    }
}

/// Whoever was spoken with is one of this customer's people. A device that does not know them leaves it to the server.
fn theirs<R: Rows>(rows: &R, contact: ContactId, customer: CustomerId) -> Result<(), Stop> {
    known(rows.get::<Contact>(contact)?.filter(|contact| contact.customer == customer)).map(drop)
}

fn planned(draft: StepDraft, customer: CustomerId, context: &Context) -> Step {
    let StepDraft { id, text, due, who } = draft;
    Step { id, customer, text, due, who, state: StepState::Open, created_at: context.at, finished_at: None }
}

fn reschedule<R: Rows>(rows: &R, id: StepId, from: Instant, to: Instant) -> Result<Vec<Event>, Stop> {
    if open(rows, id)?.due != from {
        return Err(Refusal::StepMoved.into());
    }
    Ok(if from == to { Vec::new() } else { vec![Event::Rescheduled { id, to }] })
}

fn pass<R: Rows>(rows: &R, id: StepId, from: PersonId, to: PersonId) -> Result<Vec<Event>, Stop> {
    if open(rows, id)?.who != from {
        return Err(Refusal::StepMoved.into());
    }
    Ok(if from == to { Vec::new() } else { vec![Event::Passed { id, to }] })
}

fn finish<R: Rows>(rows: &R, id: StepId, context: &Context) -> Result<Event, Stop> {
    Ok(Event::Finished { step: open(rows, id)?, at: context.at })
}

fn open<R: Rows>(rows: &R, id: StepId) -> Result<Step, Stop> {
    let step = known(rows.get::<Step>(id)?)?;
    if step.state == StepState::Open { Ok(step) } else { Err(Refusal::StepClosed.into()) }
}

fn own_follow_up<R: Rows>(rows: &R, id: EntryId, context: &Context) -> Result<Entry, Stop> {
    let entry = known(rows.get::<Entry>(id)?)?;
    let own = matches!(entry.what, What::FollowedUp(_)) && entry.by == context.by;
    if own { Ok(entry) } else { Err(Refusal::NotYours.into()) }
}

impl Event {
    /// What happened, happened: changes the rows it names.
    pub fn apply<R: Rows>(&self, rows: &mut R) -> Result<(), Missing> {
        match self {
            Self::Recorded { entry } => rows.put(entry),
            Self::Withdrawn { id } => rows.change::<Entry>(*id, |entry| entry.withdrawn = true),
            Self::Reinstated { id } => rows.change::<Entry>(*id, |entry| entry.withdrawn = false),
            Self::Planned { step } => rows.put(step),
            Self::Rescheduled { id, to } => rows.change::<Step>(*id, |step| step.due = *to),
            Self::Finished { step, at } => close(rows, step.id, StepState::Done, *at),
            Self::Dropped { id, at } => close(rows, *id, StepState::Dropped, *at),
            Self::Reopened { id } => rows.change::<Step>(*id, |step| {
                step.state = StepState::Open;
                step.finished_at = None;
            }),
            Self::Passed { id, to } => rows.change::<Step>(*id, |step| step.who = *to),
        }
    }
}

fn close<R: Rows>(rows: &mut R, id: StepId, state: StepState, at: Instant) -> Result<(), Missing> {
    rows.change::<Step>(id, |step| {
        step.state = state;
        step.finished_at = Some(at);
    })
}
