//! One command, whole: the one way in for devices, the public API, imports, the demonstration and the command line.
//!
//! Invariants: what is refused has written nothing; what was carried out is in the audit, once, with the change it
//! made; a command is carried out once, however often and by whichever way it comes.

use std::sync::Arc;

use domain::{
    access,
    change::{self, Command, Event, Refusal, Stop},
    context::{Actor, Context},
    id::{CommandId, Id},
    portal,
    row::Rows,
    settings::Company,
    time::Zone,
    words::Say,
};
use rusqlite::OptionalExtension;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{
    customers,
    db::{Deed, Trouble, Tx},
    orders,
    rest::tokens,
    tickets,
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
        let (what, args) = command.written().ok_or_else(unwritable)?;
        self.perform(by, id, &what, &args, |tx, context| tx.judged(command, context))
    }

    /// As [`Tx::command`], by one of a customer's people and in their vocabulary.
    pub fn portal_command(
        &mut self,
        by: Actor,
        id: CommandId,
        command: &portal::Command,
    ) -> Result<Result<Vec<Event>, portal::Refusal>, Trouble> {
        let (what, args) = command.written().ok_or_else(unwritable)?;
        let done = self.perform(by, id, &format!("portal.{what}"), &args, |tx, context| {
            let grants = tx.grants(context.by)?;
            let mut rows = tx.within(&grants);
            let decided = portal::decide(&rows, command, context);
            applied(&mut rows, decided).map_err(|stop| stopped(stop, rows.met_foreign()))
        });
        Ok(done?.map_err(portal::Refusal::from))
    }

    /// What either vocabulary has in common: once, whole, and in the audit whatever comes of it.
    fn perform(
        &mut self,
        by: Actor,
        id: CommandId,
        what: &str,
        args: &RawValue,
        judge: impl FnOnce(&mut Self, &Context) -> Result<Vec<Event>, Stopped>,
    ) -> Result<Result<Vec<Event>, Refusal>, Trouble> {
        // What the job itself changed before is a change of its own.
        self.audit_remainder()?;
        if self.was_done(id)? {
            return Ok(Ok(Vec::new()));
        }
        let subject = subject(args.get());
        let deed = Deed { by, what, subject, command: Some(id), refused: None, args: Some(args.get()) };
        let done = self.nested(|tx| {
            let context = tx.context(by, id)?;
            let mut events = judge(tx, &context)?;
            change::react(&mut tx.rows(), &mut events, &context);
            customers::complete(tx, &events)?;
            tickets::complete(tx, &events)?;
            orders::complete(tx, &events)?;
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

    /// By the rules of staff, within what they see. The system sees everything, and so do other systems, which may do
    /// little: what only a job may do the rules refuse to them as to anybody.
    fn judged(&mut self, command: &Command, context: &Context) -> Result<Vec<Event>, Stopped> {
        if let Actor::Token(id) = context.by {
            self.permit_token(id, command)?;
        }
        if matches!(context.by, Actor::System | Actor::Token(_)) {
            let mut rows = self.rows();
            let decided = change::decide(&rows, command, context);
            return applied(&mut rows, decided).map_err(|stop| stopped(stop, false));
        }
        let standing = self.standing(context.by)?.ok_or(Stopped::Refused(Refusal::Access(access::Refusal::NotFound)))?;
        command.permit(standing.role).map_err(Stopped::Refused)?;
        let grants = self.grants(context.by)?;
        let mut rows = self.within(&grants);
        let decided = change::decide(&rows, command, context);
        applied(&mut rows, decided).map_err(|stop| stopped(stop, rows.met_foreign()))
    }

    /// Whether this token counts at this moment, and whether it may do that.
    fn permit_token(&self, id: Id, command: &Command) -> Result<(), Stopped> {
        let refused = |refusal| Err(Stopped::Refused(Refusal::Access(refusal)));
        let Some(holder) = tokens::by_id(self.connection(), id)?.filter(|holder| holder.is_alive(self.at())) else {
            return refused(access::Refusal::NotFound);
        };
        match command.needs() {
            Some(right) if !holder.may(right) => refused(access::Refusal::NotYourRole { right }),
            _ => Ok(()),
        }
    }

    /// Now, under the company's terms.
    fn context(&self, by: Actor, id: CommandId) -> Result<Context, Trouble> {
        let company = self.reading().get::<Company>(Id::ONLY)?;
        let context = Context::new(self.at(), Zone::fixed("UTC", 0).date_at(self.at()), by, id);
        Ok(match company {
            Some(company) => context.under(Arc::new(company.terms())),
            None => context,
        })
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

fn applied<R: Rows>(rows: &mut R, decided: Result<Vec<Event>, Stop>) -> Result<Vec<Event>, Stop> {
    let events = decided?;
    for event in &events {
        event.apply(rows)?;
    }
    Ok(events)
}

fn unwritable() -> Trouble {
    Trouble::Broken("a command that cannot be written".to_owned())
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
        ticket: Option<Id>,
        #[serde(default)]
        id: Option<Id>,
    }
    let names: Names = serde_json::from_str(args).ok()?;
    names.customer.or(names.ticket).or(names.id)
}
