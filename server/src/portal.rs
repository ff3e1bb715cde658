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
    loyalty, orders,
    portal::House,
    row::{Missing, Rows},
    settings::Company,
    surveys,
    team::Person,
    text::Name,
    tickets::{self, portal},
};

use crate::db::{Json, Reading, json};

pub(crate) fn account(rows: &Reading<'_>, id: Id) -> Result<Option<Json>, Missing> {
    let Some(customer) = rows.get::<Customer>(id)? else { return Ok(None) };
    let adviser = customer.owner.map(|owner| ours(rows, owner)).transpose()?.flatten();
    json(&Account::of(&customer, adviser)).map(Some)
}

pub(crate) fn ticket(rows: &Reading<'_>, id: Id) -> Result<Option<Json>, Missing> {
    let Some(ticket) = rows.get::<tickets::Ticket>(id)? else { return Ok(None) };
    let asked_by = ticket.contact.map(|contact| theirs(rows, contact)).transpose()?.flatten();
    let carer = ticket.assignee.map(|person| ours(rows, person)).transpose()?.flatten();
    json(&portal::Ticket::of(&ticket, asked_by, carer)).map(Some)
}

pub(crate) fn ticket_entry(rows: &Reading<'_>, id: Id) -> Result<Option<Json>, Missing> {
    let Some(entry) = rows.get::<tickets::Entry>(id)? else { return Ok(None) };
    let name = match entry.by {
        Actor::Staff(person) => ours(rows, person)?,
        Actor::Portal { contact, .. } => theirs(rows, contact)?,
        Actor::Token(_) | Actor::System => None,
    };
    portal::Entry::of(&entry, name).map(|entry| json(&entry)).transpose()
}

/// What is shown as it is, without asking for anything else.
macro_rules! plain {
    ($($name:ident: $row:ty as $shown:ty),* $(,)?) => {$(
        pub(crate) fn $name(rows: &Reading<'_>, id: Id) -> Result<Option<Json>, Missing> {
            rows.get::<$row>(id)?.map(|row| json(&<$shown>::of(&row))).transpose()
        }
    )*};
}
plain! {
    house: Company as House,
    profile: Contact as Profile,
    order: orders::Order as orders::portal::Order,
    programme: loyalty::Programme as loyalty::portal::Programme,
    lot: loyalty::Lot as loyalty::portal::Lot,
    points: loyalty::Entry as loyalty::portal::Entry,
    member: loyalty::Member as loyalty::portal::Member,
    reward: loyalty::Reward as loyalty::portal::Reward,
    redemption: loyalty::Redemption as loyalty::portal::Redemption,
    answer: surveys::Answer as surveys::portal::Answer,
}

fn ours(rows: &Reading<'_>, id: PersonId) -> Result<Option<Name>, Missing> {
    Ok(rows.get::<Person>(id)?.map(|person| person.name))
}

fn theirs(rows: &Reading<'_>, id: ContactId) -> Result<Option<Name>, Missing> {
    Ok(rows.get::<Contact>(id)?.map(|contact| contact.name))
}
