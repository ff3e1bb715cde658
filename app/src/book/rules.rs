//! The staff rules on a device: the same `decide` that the server enforces, over what this device knows.

use domain::{
    change::{self, Command, Stop},
    context::{Actor, Context},
    id::{CommandId, Id},
    row::Rows,
    settings::Company,
    sync::{Replay, Rules, View, wire::Mutation},
    time::{Date, Instant},
};
use std::sync::Arc;

pub struct StaffRules;

impl Rules for StaffRules {
    fn replay(&self, view: &mut View<'_>, mutation: &Mutation, by: Actor, at: Instant) -> Replay {
        let Ok(command) = Command::read(&mutation.name, mutation.v, &mutation.args) else { return Replay::Waiting };
        let context = context(view, mutation.cmd_id, by, at);
        change::run(view, &command, &context).map_or(Replay::Waiting, |_| Replay::Shown)
    }
}

/// Why this command would be refused here and now. What cannot be judged here is not refused.
pub fn refusal(view: &View<'_>, command: &Command, by: Actor, at: Instant) -> Option<change::Refusal> {
    let context = context(view, CommandId(Id::ONLY), by, at);
    match change::decide(view, command, &context) {
        Err(Stop::Refused(refusal)) => Some(refusal),
        Ok(_) | Err(Stop::Unknown) => None,
    }
}

/// In company time and under its terms; in UTC and without any until the company's row is here.
fn context(view: &View<'_>, command: CommandId, by: Actor, at: Instant) -> Context {
    let context = Context::new(at, Date::from_days(at.0.div_euclid(86_400_000)), by, command);
    match view.get::<Company>(Id::ONLY) {
        Ok(Some(company)) => context.under(Arc::new(company.terms())),
        Ok(None) | Err(_) => context,
    }
}
