//! What customers are shown: for each row type that concerns them a type of their own, with names in place of people.
//!
//! Invariants: a row type without a projection here never leaves for a customer; whose name a projection shows is
//! listed with its row type, so that a new name is sent. What was said keeps the name under which it was first sent.

use domain::{
    context::Actor,
    customers::{
        Contact, Customer,
        portal::{Account, Profile},
    },
    id::{ContactId, Id, PersonId},
    portal::House,
    row::{Missing, Rows},
    settings::Company,
    team::Person,
    text::Name,
    tickets::{self, portal},
};

use crate::db::{Reading, json};

pub(crate) fn house(rows: &Reading<'_>, id: Id) -> Result<Option<String>, Missing> {
    rows.get::<Company>(id)?.map(|company| json(&House::of(&company))).transpose()
}

pub(crate) fn account(rows: &Reading<'_>, id: Id) -> Result<Option<String>, Missing> {
    let Some(customer) = rows.get::<Customer>(id)? else { return Ok(None) };
    let adviser = customer.owner.map(|owner| ours(rows, owner)).transpose()?.flatten();
    json(&Account::of(&customer, adviser)).map(Some)
}

pub(crate) fn profile(rows: &Reading<'_>, id: Id) -> Result<Option<String>, Missing> {
    rows.get::<Contact>(id)?.map(|contact| json(&Profile::of(&contact))).transpose()
}

pub(crate) fn ticket(rows: &Reading<'_>, id: Id) -> Result<Option<String>, Missing> {
    let Some(ticket) = rows.get::<tickets::Ticket>(id)? else { return Ok(None) };
    let asked_by = ticket.contact.map(|contact| theirs(rows, contact)).transpose()?.flatten();
    let carer = ticket.assignee.map(|person| ours(rows, person)).transpose()?.flatten();
    json(&portal::Ticket::of(&ticket, asked_by, carer)).map(Some)
}

pub(crate) fn ticket_entry(rows: &Reading<'_>, id: Id) -> Result<Option<String>, Missing> {
    let Some(entry) = rows.get::<tickets::Entry>(id)? else { return Ok(None) };
    let name = match entry.by {
        Actor::Staff(person) => ours(rows, person)?,
        Actor::Portal { contact, .. } => theirs(rows, contact)?,
        Actor::System => None,
    };
    portal::Entry::of(&entry, name).map(|entry| json(&entry)).transpose()
}

fn ours(rows: &Reading<'_>, id: PersonId) -> Result<Option<Name>, Missing> {
    Ok(rows.get::<Person>(id)?.map(|person| person.name))
}

fn theirs(rows: &Reading<'_>, id: ContactId) -> Result<Option<Name>, Missing> {
    Ok(rows.get::<Contact>(id)?.map(|contact| contact.name))
}
