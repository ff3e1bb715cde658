//! Reminders: of next steps when they fall due, of promises to customers shortly before.
//!
//! A notice is one row per person, cause and thing, and comes up again by itself; each moment is reminded of once.

use std::collections::BTreeSet;

use domain::{
    access::Role,
    change::Command,
    customers::Customer,
    id::{CustomerId, Id, PersonId, StepId, TicketId},
    notices::{self, Cause},
    row::{Field, Rows},
    team::{Person, PersonState},
    text::Line,
    tickets::Ticket,
    time::Instant,
    timeline::Step,
};

use super::deeds::{Deed, carry_out, id_of};
use crate::db::{Db, Snapshot, Trouble};

/// Whoever promised something hears of it so long before.
const AHEAD_SECONDS: i64 = 30 * 60;
/// What fell due longer ago, while the server stood still, is on everybody's list already.
const LATE_SECONDS: i64 = 14 * 86_400;

const STEPS: &str = "SELECT id FROM timeline_step WHERE state = 'open' AND due > ?1 AND due <= ?2 ORDER BY due";
const ANSWERS: &str = "SELECT id FROM ticket \
     WHERE state IN ('new', 'open') AND replied_at IS NULL AND response_due > ?1 AND response_due <= ?2 ORDER BY response_due";
const SOLUTIONS: &str = "SELECT id FROM ticket \
     WHERE state IN ('new', 'open') AND resolution_due > ?1 AND resolution_due <= ?2 ORDER BY resolution_due";
const TOLD: &str = "SELECT 1 FROM seen_command WHERE cmd_id = ?1";

/// Something of which people are reminded.
struct Subject {
    cause: Cause,
    thing: Id,
    due: Instant,
    customer: CustomerId,
    ticket: Option<TicketId>,
    text: Line,
}

/// Tells whoever means to do something that its time has come.
pub async fn remind_of_steps(db: &Db, now: Instant) -> Result<usize, Trouble> {
    let deeds = db.read(move |snapshot| {
        let mut deeds = Vec::new();
        for id in due(snapshot, STEPS, now.plus_seconds(-LATE_SECONDS), now)? {
            let Some(Step { id, customer, text, due, who, .. }) = snapshot.get(id)? else { continue };
            deeds.extend(reminders(snapshot, &step(id, customer, due, text), active(snapshot, who)?)?);
        }
        Ok(deeds)
    });
    carry_out(db, now, deeds.await?).await
}

fn step(id: StepId, customer: CustomerId, due: Instant, text: Line) -> Subject {
    Subject { cause: Cause::StepDue, thing: id.into(), due, customer, ticket: None, text }
}

/// The reminder of a step: by whomever it is sent, it is sent once.
pub fn reminder_of_step(id: StepId, customer: CustomerId, due: Instant, text: Line, who: PersonId) -> Deed {
    reminder(&step(id, customer, due, text), who)
}

/// Tells whoever takes care of a ticket, or those who could, that an answer or a solution is owed soon.
pub async fn remind_of_promises(db: &Db, now: Instant) -> Result<usize, Trouble> {
    let deeds = db.read(move |snapshot| {
        let (from, to) = (now.plus_seconds(-LATE_SECONDS), now.plus_seconds(AHEAD_SECONDS));
        let mut ids: BTreeSet<Id> = due(snapshot, ANSWERS, from, to)?.into_iter().collect();
        ids.extend(due(snapshot, SOLUTIONS, from, to)?);
        let mut deeds = Vec::new();
        for id in ids {
            let Some(ticket) = snapshot.get::<Ticket>(id)? else { continue };
            let Some(due) = ticket.next_due().filter(|due| (from..=to).contains(due)) else { continue };
            let cause = if ticket.replied_at.is_none() { Cause::ResponseDue } else { Cause::ResolutionDue };
            let people = responsible(snapshot, &ticket)?;
            let Ticket { id: ticket, customer, subject: text, .. } = ticket;
            let subject = Subject { cause, thing: id, due, customer, ticket: Some(ticket), text };
            deeds.extend(reminders(snapshot, &subject, people)?);
        }
        Ok(deeds)
    });
    carry_out(db, now, deeds.await?).await
}

/// Ids of what is due in this span of time.
fn due(snapshot: &Snapshot<'_>, sql: &str, from: Instant, to: Instant) -> Result<Vec<Id>, Trouble> {
    let mut due = snapshot.connection().prepare_cached(sql)?;
    let ids = due.query_map((from.0, to.0), |row| Ok(Id::from_bytes(row.get(0)?)))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// One reminder for each of these people who has not had it.
fn reminders(snapshot: &Snapshot<'_>, subject: &Subject, people: impl IntoIterator<Item = PersonId>) -> Result<Vec<Deed>, Trouble> {
    let mut deeds = Vec::new();
    for person in people {
        let deed = reminder(subject, person);
        if !snapshot.connection().prepare_cached(TOLD)?.exists([Id::from(deed.id).bytes()])? {
            deeds.push(deed);
        }
    }
    Ok(deeds)
}

fn reminder(subject: &Subject, person: PersonId) -> Deed {
    let Subject { cause, thing, due, customer, ticket, ref text } = *subject;
    let mark = Cause::ALL.iter().position(|it| *it == cause).and_then(|n| u32::try_from(n).ok()).unwrap_or_default();
    let command = notices::Command::Remind { person, cause, thing, customer: Some(customer), ticket, text: Some(text.clone()) };
    Deed { id: id_of(thing, person.into(), due, mark), command: Command::Notices(command) }
}

/// Who takes care of it; while nobody does, service in the customer's team and the customer's owner (S149, S153).
fn responsible(snapshot: &Snapshot<'_>, ticket: &Ticket) -> Result<BTreeSet<PersonId>, Trouble> {
    let assignee = ticket.assignee.map(|assignee| active(snapshot, assignee)).transpose()?.flatten();
    if let Some(assignee) = assignee {
        return Ok(BTreeSet::from([assignee]));
    }
    let Some(customer) = snapshot.get::<Customer>(ticket.customer)? else { return Ok(BTreeSet::new()) };
    let service = snapshot.by::<Person>("role", &Role::Service.to_cell())?.into_iter();
    let service = service.filter(|person| person.state == PersonState::Active && person.teams.0.contains(&customer.team));
    let mut people: BTreeSet<PersonId> = service.map(|person| person.id).collect();
    people.extend(customer.owner.map(|owner| active(snapshot, owner)).transpose()?.flatten());
    Ok(people)
}

/// This person, if they still work here.
fn active(snapshot: &Snapshot<'_>, id: PersonId) -> Result<Option<PersonId>, Trouble> {
    Ok(snapshot.get::<Person>(id)?.filter(|person| person.state == PersonState::Active).map(|person| person.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db;

    /// Read every minute: each is a span of an index that holds only what is open.
    #[test]
    fn only_what_falls_due_is_looked_at() {
        for (sql, index) in [(STEPS, "timeline_step_due"), (ANSWERS, "ticket_answer_due"), (SOLUTIONS, "ticket_solution_due")] {
            let plan = db::plan(sql);
            assert!(plan.len() == 1 && plan[0].contains(&format!("INDEX {index} (")), "{sql}: {plan:?}");
        }
        assert!(db::plan(TOLD)[0].starts_with("SEARCH seen_command"));
    }
}
