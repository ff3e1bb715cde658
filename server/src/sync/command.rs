//! One command, whole: the one way in for devices, the public API, imports, the demonstration and the command line.
//!
//! Invariants: what is refused has written nothing; what was carried out is in the audit, once, with the change it
//! made; a command is carried out once, however often and by whichever way it comes.

use domain::{
    access,
    change::{self, Command, Event, Refusal, Stop},
    context::{Actor, Context},
    id::{CommandId, Id},
    row::Rows,
    settings::Company,
    time::{Date, Zone},
    words::Say,
};
use rusqlite::OptionalExtension;
use serde::Deserialize;

use crate::{
    customers,
    db::{Deed, Trouble, Tx},
};

/// So long a command's id is remembered.
const REMEMBERED_SECONDS: i64 = 400 * 86_400;

/// Why a command ended without effect.
enum Stopped {
    Refused(Refusal),
    Broke(Trouble),
}

impl From<Trouble> for Stopped {
    fn from(trouble: Trouble) -> Self {
        Self::Broke(trouble)
    }
}

impl Tx<'_> {
    /// Carries a command out, or says why not. A command that was carried out before does nothing more.
    pub fn command(&mut self, by: Actor, id: CommandId, command: &Command) -> Result<Result<Vec<Event>, Refusal>, Trouble> {
        // What the job itself changed before is a change of its own.
        self.audit_remainder()?;
        if self.was_done(id)? {
            return Ok(Ok(Vec::new()));
        }
        let (what, args) = command.written().ok_or_else(|| Trouble::Broken("a command that cannot be written".to_owned()))?;
        let subject = subject(args.get());
        let deed = Deed { by, what: &what, subject, command: Some(id), refused: None, args: Some(args.get()) };
        let done = self.nested(|tx| {
            let events = tx.carry_out(by, id, command)?;
            tx.remember_done(id)?;
            tx.audit(&deed)?;
            Ok(events)
        });
        match done {
            Ok(events) => Ok(Ok(events)),
            Err(Stopped::Refused(refusal)) => {
                self.audit(&Deed { refused: Some(refusal.code()), ..deed })?;
                Ok(Err(refusal))
            }
            Err(Stopped::Broke(trouble)) => Err(trouble),
        }
    }

    fn carry_out(&mut self, by: Actor, id: CommandId, command: &Command) -> Result<Vec<Event>, Stopped> {
        let context = Context::new(self.at(), self.today()?, by, id);
        let mut events = match by {
            Actor::System => decided(&mut self.rows(), command, &context).map_err(|stop| stopped(stop, false))?,
            Actor::Staff(_) | Actor::Portal { .. } => {
                let standing = self.standing(by)?.ok_or(Stopped::Refused(Refusal::Access(access::Refusal::NotFound)))?;
                command.permit(standing.role).map_err(Stopped::Refused)?;
                let grants = self.grants(by)?;
                let mut rows = self.within(&grants);
                decided(&mut rows, command, &context).map_err(|stop| stopped(stop, rows.met_foreign()))?
            }
        };
        change::react(&mut self.rows(), &mut events, &context);
        customers::complete(self, &events)?;
        Ok(events)
    }

    /// The business day of now.
    fn today(&self) -> Result<Date, Trouble> {
        let company = self.reading().get::<Company>(Id::ONLY)?;
        Ok(company.map_or_else(|| Zone::fixed("UTC", 0).date_at(self.at()), |company| company.today(self.at())))
    }

    pub(super) fn was_done(&self, id: CommandId) -> Result<bool, Trouble> {
        let mut find = self.connection().prepare_cached("SELECT 1 FROM seen_command WHERE cmd_id = ?1")?;
        Ok(find.query_row([Id::from(id).bytes()], |_| Ok(())).optional()?.is_some())
    }

    fn remember_done(&self, id: CommandId) -> Result<(), Trouble> {
        let until = self.at().plus_seconds(REMEMBERED_SECONDS);
        let mut note = self.connection().prepare_cached("INSERT INTO seen_command (cmd_id, until) VALUES (?1, ?2)")?;
        note.execute((Id::from(id).bytes(), until.0))?;
        Ok(())
    }
}

fn decided<R: Rows>(rows: &mut R, command: &Command, context: &Context) -> Result<Vec<Event>, Stop> {
    let events = change::decide(rows, command, context)?;
    for event in &events {
        event.apply(rows)?;
    }
    Ok(events)
}

/// The server can always tell, unless a row is not this actor's, or something broke (which the transaction remembers).
fn stopped(stop: Stop, met_foreign: bool) -> Stopped {
    match stop {
        Stop::Refused(refusal) => Stopped::Refused(refusal),
        Stop::Unknown if met_foreign => Stopped::Refused(Refusal::Access(access::Refusal::NotFound)),
        Stop::Unknown => Stopped::Broke(Trouble::Broken("the rule found a row missing".to_owned())),
    }
}

/// What a command is about, as nearly all of them name it.
fn subject(args: &str) -> Option<Id> {
    #[derive(Deserialize)]
    struct Names {
        #[serde(default)]
        customer: Option<Id>,
        #[serde(default)]
        id: Option<Id>,
    }
    let names: Names = serde_json::from_str(args).ok()?;
    names.customer.or(names.id)
}
