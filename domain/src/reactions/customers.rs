//! What happens to the archive goes on the customer's timeline; who gets a customer is told.

use crate::{
    change,
    context::{Actor, Context},
    customers::{Contact, Event},
    id::{ContactId, CustomerId, Id, PersonId},
    notices::{self, Cause, Notice},
    row::{Missing, Rows},
    text::Name,
    time::Instant,
    timeline::{self, Entry, What},
};

pub fn to<R: Rows>(event: &Event, rows: &R, context: &Context) -> Result<Vec<change::Event>, Missing> {
    let at = context.at;
    Ok(match event {
        Event::Opened { customer } => {
            let told = customer.owner.and_then(|owner| assigned(owner, customer.id, at, context));
            entry(customer.id, What::Opened, at, context).into_iter().chain(told).collect()
        }
        Event::Edited { id, changes, .. } => entry(*id, What::Edited { changes: changes.clone() }, at, context),
        Event::Archived { id, .. } => entry(*id, What::Archived, at, context),
        Event::Restored { id, .. } => entry(*id, What::Restored, at, context),
        Event::Transferred { id, from, to, .. } => {
            let told = to.filter(|to| Some(*to) != *from).and_then(|to| assigned(to, *id, at, context));
            entry(*id, What::Transferred { from: *from, to: *to }, at, context).into_iter().chain(told).collect()
        }
        Event::ContactAdded { contact } => entry(contact.customer, What::ContactAdded { name: contact.name.clone() }, at, context),
        Event::ContactEdited { id, customer, changes, .. } => {
            let name = name_of(rows, *id)?;
            name.map_or_else(Vec::new, |name| entry(*customer, What::ContactEdited { name, changes: changes.clone() }, at, context))
        }
        Event::ContactRemoved { id, customer } => {
            name_of(rows, *id)?.map_or_else(Vec::new, |name| entry(*customer, What::ContactRemoved { name }, at, context))
        }
        Event::ContactRestored { id, customer } => {
            name_of(rows, *id)?.map_or_else(Vec::new, |name| entry(*customer, What::ContactAdded { name }, at, context))
        }
        Event::Contacted { .. } | Event::Asked { .. } | Event::Ranked { .. } | Event::Valued { .. } => Vec::new(),
    })
}

fn entry(customer: CustomerId, what: What, at: Instant, context: &Context) -> Vec<change::Event> {
    let entry = Entry { id: context.new_id(), customer, happened_at: at, by: context.by, what, withdrawn: false };
    vec![change::Event::Timeline(timeline::Event::Recorded { entry })]
}

/// Nobody is told what they did themselves; what the system hands over is told once, for all of it.
fn assigned(person: PersonId, customer: CustomerId, at: Instant, context: &Context) -> Option<change::Event> {
    if context.by.person() == Some(person) || context.by == Actor::System {
        return None;
    }
    let notice = Notice { customer: Some(customer), by: context.by, ..Notice::of(person, Cause::Assigned, Id::from(customer), at) };
    Some(change::Event::Notices(notices::Event::Told { notice }))
}

fn name_of<R: Rows>(rows: &R, id: ContactId) -> Result<Option<Name>, Missing> {
    Ok(rows.get::<Contact>(id)?.map(|contact| contact.name))
}
