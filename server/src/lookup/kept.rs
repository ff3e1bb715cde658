//! Keeping the tables of lists: what they say of a customer and of a closed ticket, worked out from rows and written anew
//! where it is another than before.

use super::{grams::Part, sight::value, tickets::numbered};
use crate::db::{Listed, Reading, Trouble, Tx};
use domain::{
    customers::{self, Contact, Customer, Figure},
    id::{CustomerId, Id},
    row::Rows,
    search::folded,
    tickets::{State, Ticket},
};
use rusqlite::{Connection, OptionalExtension, params_from_iter, types::Value};

const CONTACTS: &str = "SELECT id FROM contact WHERE customer = ?1 ORDER BY id";
const NEXT: &str = "SELECT due FROM timeline_step WHERE customer = ?1 AND state = 'open' ORDER BY due LIMIT 1";
const CLOSED: &str = "SELECT id FROM ticket WHERE customer = ?1 AND state = 'closed' ORDER BY id";

const CUSTOMER: &str = "SELECT n, team, owner, name, elsewhere, sound FROM customer_list WHERE customer = ?1";
const PUT_CUSTOMER: &str = "INSERT INTO customer_list (customer, state, team, owner, nature, industry, no, sound, last_at, \
     created_at, next_due, name, elsewhere) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) \
     ON CONFLICT (customer) DO UPDATE SET state = excluded.state, team = excluded.team, owner = excluded.owner, \
     nature = excluded.nature, industry = excluded.industry, no = excluded.no, sound = excluded.sound, last_at = excluded.last_at, \
     created_at = excluded.created_at, next_due = excluded.next_due, name = excluded.name, elsewhere = excluded.elsewhere RETURNING n";
const FORGET_CUSTOMER: &str = "DELETE FROM customer_list WHERE customer = ?1 RETURNING n";
const PUT_NAMES: &str = "INSERT INTO customer_text (rowid, name, elsewhere, sound) VALUES (?1, ?2, ?3, ?4)";
const FORGET_NAMES: &str = "DELETE FROM customer_text WHERE rowid = ?1";
const HAND_OVER: &str = "UPDATE closed_ticket SET team = ?2, owner = ?3 WHERE customer = ?1";

const TICKET: &str = "SELECT n, subject, no FROM closed_ticket WHERE ticket = ?1";
const PUT_TICKET: &str = "INSERT INTO closed_ticket (ticket, customer, team, owner, kind, priority, assignee, solved_at, no, subject) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (ticket) DO UPDATE SET customer = excluded.customer, \
     team = excluded.team, owner = excluded.owner, kind = excluded.kind, priority = excluded.priority, assignee = excluded.assignee, \
     solved_at = excluded.solved_at, no = excluded.no, subject = excluded.subject RETURNING n";
const FORGET_TICKET: &str = "DELETE FROM closed_ticket WHERE ticket = ?1 RETURNING n";
const PUT_SUBJECT: &str = "INSERT INTO closed_ticket_text (rowid, subject, no) VALUES (?1, ?2, ?3)";
const FORGET_SUBJECT: &str = "DELETE FROM closed_ticket_text WHERE rowid = ?1";

const TO_LIST: &str = "SELECT customer FROM to_list ORDER BY customer";

/// Lists anew what this job has changed.
pub(crate) fn list_changed(tx: &Tx<'_>) -> Result<(), Trouble> {
    let Listed { customers, tickets } = tx.take_listed();
    customers.into_iter().try_for_each(|id| list_customer(tx, id))?;
    tickets.into_iter().try_for_each(|id| list_ticket(tx, id))
}

/// Lists whom a migration named, with their closed tickets.
pub(crate) fn list_anew(tx: &Tx<'_>) -> Result<(), Trouble> {
    let wanted: Vec<Id> = ids(tx.connection(), TO_LIST, None)?;
    for id in &wanted {
        list_customer(tx, *id)?;
        ids(tx.connection(), CLOSED, Some(*id))?.into_iter().try_for_each(|id| list_ticket(tx, id))?;
    }
    if !wanted.is_empty() {
        tx.connection().execute("DELETE FROM to_list", ())?;
        tracing::info!(customers = wanted.len(), "lists were filled");
    }
    Ok(())
}

fn ids(connection: &Connection, sql: &str, of: Option<Id>) -> Result<Vec<Id>, Trouble> {
    let mut statement = connection.prepare_cached(sql)?;
    let ids = statement.query_map(params_from_iter(of.map(value)), |row| Ok(Id::from_bytes(row.get(0)?)))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// What lists say of a customer, if there is one.
pub(super) fn told(rows: &Reading<'_>, connection: &Connection, id: Id) -> Result<Option<Vec<Value>>, Trouble> {
    let Some(customer) = rows.get::<Customer>(id)? else { return Ok(None) };
    let figure = rows.get::<Figure>(id)?.unwrap_or(Figure::new(customer.id));
    let contacts = ids(connection, CONTACTS, Some(id))?.into_iter().map(|id| rows.get::<Contact>(id));
    let contacts: Vec<Contact> = contacts.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    let next: Option<i64> = connection.prepare_cached(NEXT)?.query_row([value(id)], |row| row.get(0)).optional()?;
    let findable = customers::findable(&customer, &figure.sound, &contacts);
    let code = |code: Option<&str>| code.map(str::to_owned).into();
    Ok(Some(vec![
        value(id),
        code(Some(customer.state.code())),
        value(customer.team),
        customer.owner.map(value).into(),
        code(customer.nature.map(|nature| nature.code())),
        code(customer.industry.map(|industry| industry.code())),
        code(customer.no.as_ref().map(|no| no.as_str())),
        code(Some(figure.sound.as_str()).filter(|sound| !sound.is_empty())),
        figure.last_contact_at.map(|at| at.0).into(),
        customer.created_at.0.into(),
        next.into(),
        code(Some(findable.name())),
        code(Some(findable.elsewhere())),
    ]))
}

/// Where in [`told`] is what the index of words takes: the name, what else finds it, its sound.
pub(super) const NAMES: [usize; 3] = [11, 12, 7];

fn list_customer(tx: &Tx<'_>, id: Id) -> Result<(), Trouble> {
    let connection = tx.connection();
    let mut find = connection.prepare_cached(CUSTOMER)?;
    let before = find.query_row([value(id)], |row| (0..6).map(|n| row.get(n)).collect::<Result<Vec<Value>, _>>()).optional()?;
    let Some(told) = told(&tx.reading(), connection, id)? else { return forget(connection, FORGET_CUSTOMER, FORGET_NAMES, id) };
    let n: i64 = connection.prepare_cached(PUT_CUSTOMER)?.query_row(params_from_iter(&told), |row| row.get(0))?;
    let names = NAMES.map(|place| told.get(place));
    let same = |from: usize, values: &[Option<&Value>]| {
        before.as_ref().is_some_and(|before| values.iter().enumerate().all(|(n, value)| before.get(from + n) == *value))
    };
    if !same(3, &names) {
        connection.prepare_cached(FORGET_NAMES)?.execute([n])?;
        let [name, elsewhere, sound] = names.map(text);
        connection.prepare_cached(PUT_NAMES)?.execute((n, Part::Name.grams(name), Part::Elsewhere.grams(elsewhere), sound))?;
    }
    let whose = [told.get(2), told.get(3)];
    if before.is_some() && !same(1, &whose) {
        connection.prepare_cached(HAND_OVER)?.execute((value(id), whose[0], whose[1]))?;
    }
    Ok(())
}

fn forget(connection: &Connection, entry: &str, texts: &str, id: Id) -> Result<(), Trouble> {
    let n: Option<i64> = connection.prepare_cached(entry)?.query_row([value(id)], |row| row.get(0)).optional()?;
    if let Some(n) = n {
        connection.prepare_cached(texts)?.execute([n])?;
    }
    Ok(())
}

pub(super) fn text(value: Option<&Value>) -> &str {
    match value {
        Some(Value::Text(text)) => text,
        _ => "",
    }
}

/// What lists say of a ticket, if it is closed.
pub(super) fn told_of_ticket(rows: &Reading<'_>, id: Id) -> Result<Option<Vec<Value>>, Trouble> {
    let Some(ticket) = rows.get::<Ticket>(id)?.filter(|ticket| ticket.state == State::Closed) else { return Ok(None) };
    let Some(Customer { team, owner, .. }) = rows.get::<Customer>(CustomerId(ticket.customer.0))? else { return Ok(None) };
    Ok(Some(vec![
        value(id),
        value(ticket.customer),
        value(team),
        owner.map(value).into(),
        ticket.kind.code().to_owned().into(),
        ticket.priority.code().to_owned().into(),
        ticket.assignee.map(value).into(),
        ticket.solved_at.unwrap_or(ticket.said_at).0.into(),
        ticket.no.into(),
        folded(ticket.subject.as_str()).into(),
    ]))
}

/// What the index of words takes of [`told_of_ticket`].
pub(super) fn subject(told: &[Value]) -> (String, String) {
    let no = told.get(8).map_or(String::new(), |no| if let Value::Integer(no) = no { numbered(no) } else { String::new() });
    (Part::Name.grams(text(told.get(9))), no)
}

fn list_ticket(tx: &Tx<'_>, id: Id) -> Result<(), Trouble> {
    let connection = tx.connection();
    let Some(told) = told_of_ticket(&tx.reading(), id)? else { return forget(connection, FORGET_TICKET, FORGET_SUBJECT, id) };
    let mut find = connection.prepare_cached(TICKET)?;
    let before: Option<(Value, Value)> = find.query_row([value(id)], |row| Ok((row.get(1)?, row.get(2)?))).optional()?;
    let n: i64 = connection.prepare_cached(PUT_TICKET)?.query_row(params_from_iter(&told), |row| row.get(0))?;
    if before.is_none_or(|(subject, no)| told.get(9) != Some(&subject) || told.get(8) != Some(&no)) {
        let (subject, no) = subject(&told);
        connection.prepare_cached(FORGET_SUBJECT)?.execute([n])?;
        connection.prepare_cached(PUT_SUBJECT)?.execute((n, subject, no))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan;

    /// However many customers there are, one is listed by steps into indexes. What an upgrade leaves is walked once.
    #[test]
    fn one_customer_is_listed_without_looking_through_others() {
        let all = [CONTACTS, NEXT, CLOSED, CUSTOMER, PUT_CUSTOMER, FORGET_CUSTOMER, HAND_OVER, TICKET, PUT_TICKET, FORGET_TICKET];
        for sql in all {
            let plan = plan(sql);
            assert!(plan.iter().all(|step| !step.contains("SCAN")), "{sql}: {plan:?}");
        }
        assert_eq!(plan(NEXT), ["SEARCH timeline_step USING COVERING INDEX timeline_step_next (customer=?)"]);
    }
}
