//! What belongs to somebody who is disabled goes to whoever takes over their work: customers, open tickets, open steps.
//!
//! It goes by the commands that people use, so each is on its timeline; what turns up later goes the same way.

use domain::{
    change::Command,
    customers::{self, Customer},
    id::{CommandId, Id, PersonId},
    notices::{self, Cause},
    row::Rows,
    team::Person,
    text::Line,
    tickets,
    time::Instant,
    timeline,
};

use super::deeds::{Deed, carry_out, id_of};
use crate::db::{Db, Snapshot, Trouble};

/// So many of each kind in one round.
const HANDED_OVER: &str = "SELECT id FROM person WHERE successor IS NOT NULL";
const CUSTOMERS: &str = "SELECT id FROM customer WHERE owner = ?1 AND state = 'active' LIMIT 200";
const TICKETS: &str = "SELECT id FROM ticket WHERE assignee = ?1 AND state <> 'closed' LIMIT 200";
const STEPS: &str = "SELECT id FROM timeline_step WHERE who = ?1 AND state = 'open' LIMIT 200";

/// Moves it all, and tells whoever takes over once a round, however much it is.
pub async fn hand_over(db: &Db, now: Instant) -> Result<usize, Trouble> {
    let deeds = db.read(move |snapshot| {
        let mut deeds = Vec::new();
        for person in ids(snapshot, HANDED_OVER, None)? {
            let Some(Person { id: from, name, successor: Some(to), .. }) = snapshot.get::<Person>(person)? else { continue };
            let before = deeds.len();
            deeds.extend(customers_of(snapshot, from, to, now)?);
            deeds.extend(tickets_of(snapshot, from, to, now)?);
            deeds.extend(steps_of(snapshot, from, to, now)?);
            if deeds.len() > before {
                let text = Line::parse(name.as_str()).ok();
                let (cause, thing) = (Cause::HandedOver, Id::from(from));
                let told = notices::Command::Remind { person: to, cause, thing, customer: None, ticket: None, text };
                deeds.push(Deed { id: deed(thing, from, now), command: Command::Notices(told) });
            }
        }
        Ok(deeds)
    });
    carry_out(db, now, deeds.await?).await
}

/// What has been handed over is not found again, so a moment tells one time from another.
fn deed(thing: Id, from: PersonId, now: Instant) -> CommandId {
    id_of(thing, from.into(), now, 0)
}

fn customers_of(snapshot: &Snapshot<'_>, from: PersonId, to: PersonId, now: Instant) -> Result<Vec<Deed>, Trouble> {
    let mut deeds = Vec::new();
    for id in ids(snapshot, CUSTOMERS, Some(from))? {
        let Some(Customer { id, team, .. }) = snapshot.get::<Customer>(id)? else { continue };
        let command = customers::Command::Transfer { id, from: Some(from), to: Some(to), team };
        deeds.push(Deed { id: deed(id.into(), from, now), command: Command::Customers(command) });
    }
    Ok(deeds)
}

fn tickets_of(snapshot: &Snapshot<'_>, from: PersonId, to: PersonId, now: Instant) -> Result<Vec<Deed>, Trouble> {
    let assign = |id: Id| {
        let command = tickets::Command::Assign { ticket: id.into(), from: Some(from), to: Some(to) };
        Deed { id: deed(id, from, now), command: Command::Tickets(command) }
    };
    Ok(ids(snapshot, TICKETS, Some(from))?.into_iter().map(assign).collect())
}

fn steps_of(snapshot: &Snapshot<'_>, from: PersonId, to: PersonId, now: Instant) -> Result<Vec<Deed>, Trouble> {
    let pass = |id: Id| {
        let command = timeline::Command::Pass { id: id.into(), from, to };
        Deed { id: deed(id, from, now), command: Command::Timeline(command) }
    };
    Ok(ids(snapshot, STEPS, Some(from))?.into_iter().map(pass).collect())
}

fn ids(snapshot: &Snapshot<'_>, sql: &str, of: Option<PersonId>) -> Result<Vec<Id>, Trouble> {
    let mut found = snapshot.connection().prepare_cached(sql)?;
    let found = found.query_map(rusqlite::params_from_iter(of.map(|of| Id::from(of).bytes())), |row| Ok(Id::from_bytes(row.get(0)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db;

    #[test]
    fn only_work_that_is_theirs_is_looked_at() {
        assert_eq!(db::plan(CUSTOMERS), ["SEARCH customer USING INDEX customer_owner (owner=?)"]);
        assert_eq!(db::plan(TICKETS), ["SEARCH ticket USING INDEX ticket_assignee (assignee=?)"]);
        assert_eq!(db::plan(STEPS), ["SEARCH timeline_step USING COVERING INDEX timeline_step_planned (who=?)"]);
        assert!(db::plan(HANDED_OVER)[0].contains("INDEX person_successor"), "{:?}", db::plan(HANDED_OVER));
    }
}
