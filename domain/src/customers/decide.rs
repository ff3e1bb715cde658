//! What may be done with the archive, and what it does.

use super::{
    archive::{Contact, ContactDraft, Customer, CustomerDraft, CustomerState, Figure, Worth},
    edit::{ContactEdit, Edit, FieldChange},
};
use crate::{
    change::{Stop, known, unused},
    context::Context,
    id::{ContactId, CustomerId, PersonId, TeamId},
    row::{Field, Missing, Rows},
    time::Instant,
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    Open {
        id: CustomerId,
        draft: Box<CustomerDraft>,
        contacts: Vec<(ContactId, ContactDraft)>,
    },
    Edit {
        id: CustomerId,
        edits: Vec<Edit>,
    },
    Archive {
        id: CustomerId,
    },
    Restore {
        id: CustomerId,
    },
    /// To another owner or team; `from` is the owner its author saw.
    Transfer {
        id: CustomerId,
        from: Option<PersonId>,
        to: Option<PersonId>,
        team: TeamId,
    },
    AddContact {
        id: ContactId,
        customer: CustomerId,
        draft: ContactDraft,
    },
    EditContact {
        id: ContactId,
        edits: Vec<ContactEdit>,
    },
    RemoveContact {
        id: ContactId,
    },
    RestoreContact {
        id: ContactId,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Opened {
        customer: Box<Customer>,
    },
    Edited {
        id: CustomerId,
        edits: Vec<Edit>,
        changes: Vec<FieldChange>,
        at: Instant,
    },
    Archived {
        id: CustomerId,
        at: Instant,
    },
    Restored {
        id: CustomerId,
        at: Instant,
    },
    Transferred {
        id: CustomerId,
        from: Option<PersonId>,
        to: Option<PersonId>,
        team: TeamId,
        at: Instant,
    },
    ContactAdded {
        contact: Contact,
    },
    ContactEdited {
        id: ContactId,
        customer: CustomerId,
        edits: Vec<ContactEdit>,
        changes: Vec<FieldChange>,
    },
    ContactRemoved {
        id: ContactId,
        customer: CustomerId,
    },
    ContactRestored {
        id: ContactId,
        customer: CustomerId,
    },
    /// Somebody of ours spoke with them.
    Contacted {
        id: CustomerId,
        at: Instant,
    },
    /// So many tickets of theirs were opened, or closed where it is less than none.
    Asked {
        id: CustomerId,
        tickets: i64,
    },
    /// They are in another tier now.
    Ranked {
        id: CustomerId,
        rank: i64,
    },
    /// What they are worth to us is this now.
    Valued {
        worth: Worth,
    },
}

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Neither name nor number: nobody could tell who it is.
    NeitherNameNorNumber,
    /// Another customer has this number.
    NumberTaken {
        no: String,
    },
    /// An archived customer is restored before it is changed.
    Archived,
    /// It has another owner by now.
    OwnerChanged,
    /// Would leave the customer with a name that only a number can replace.
    NothingToCallIt,
    ContactRemoved,
}

/// What `command` would do, or why it may not.
pub fn decide<R: Rows>(rows: &R, command: &Command, context: &Context) -> Result<Vec<Event>, Stop> {
    match command {
        Command::Open { id, draft, contacts } => open(rows, *id, draft, contacts, context),
        Command::Edit { id, edits } => {
            let mut customer = active(rows, *id)?;
            let changes: Vec<FieldChange> = edits.iter().filter_map(|edit| edit.apply(&mut customer)).collect();
            if customer.name.is_none() && customer.no.is_none() {
                return Err(Refusal::NothingToCallIt.into());
            }
            if changes.is_empty() {
                return Ok(Vec::new());
            }
            Ok(vec![Event::Edited { id: *id, edits: edits.clone(), changes, at: context.at }])
        }
        Command::Archive { id } => {
            let customer = known(rows.get::<Customer>(*id)?)?;
            Ok(if customer.state == CustomerState::Active { vec![Event::Archived { id: *id, at: context.at }] } else { Vec::new() })
        }
        Command::Restore { id } => {
            let customer = known(rows.get::<Customer>(*id)?)?;
            Ok(if customer.state == CustomerState::Archived { vec![Event::Restored { id: *id, at: context.at }] } else { Vec::new() })
        }
        Command::Transfer { id, from, to, team } => {
            let customer = active(rows, *id)?;
            if customer.owner != *from {
                return Err(Refusal::OwnerChanged.into());
            }
            if customer.owner == *to && customer.team == *team {
                return Ok(Vec::new());
            }
            Ok(vec![Event::Transferred { id: *id, from: *from, to: *to, team: *team, at: context.at }])
        }
        Command::AddContact { .. } | Command::EditContact { .. } | Command::RemoveContact { .. } | Command::RestoreContact { .. } => {
            decide_contact(rows, command, context)
        }
    }
}

/// The commands about the people at a customer.
fn decide_contact<R: Rows>(rows: &R, command: &Command, context: &Context) -> Result<Vec<Event>, Stop> {
    match command {
        Command::AddContact { id, customer, draft } => {
            active(rows, *customer)?;
            unused::<Contact>(rows, *id)?;
            Ok(vec![Event::ContactAdded { contact: draft.clone().added(*id, *customer, context.at) }])
        }
        Command::EditContact { id, edits } => {
            let mut contact = contact_of_active(rows, *id)?;
            if contact.removed {
                return Err(Refusal::ContactRemoved.into());
            }
            let changes: Vec<FieldChange> = edits.iter().filter_map(|edit| edit.apply(&mut contact)).collect();
            Ok(if changes.is_empty() {
                Vec::new()
            } else {
                vec![Event::ContactEdited { id: *id, customer: contact.customer, edits: edits.clone(), changes }]
            })
        }
        Command::RemoveContact { id } => {
            let contact = contact_of_active(rows, *id)?;
            Ok(if contact.removed { Vec::new() } else { vec![Event::ContactRemoved { id: *id, customer: contact.customer }] })
        }
        Command::RestoreContact { id } => {
            let contact = contact_of_active(rows, *id)?;
            Ok(if contact.removed { vec![Event::ContactRestored { id: *id, customer: contact.customer }] } else { Vec::new() })
        }
        _ => Ok(Vec::new()),
    }
}

fn open<R: Rows>(
    rows: &R,
    id: CustomerId,
    draft: &CustomerDraft,
    contacts: &[(ContactId, ContactDraft)],
    context: &Context,
) -> Result<Vec<Event>, Stop> {
    if draft.name.is_none() && draft.no.is_none() {
        return Err(Refusal::NeitherNameNorNumber.into());
    }
    if let Some(no) = &draft.no {
        // Only the server knows every number; a device goes on and lets it judge.
        let taken = rows.by::<Customer>("no", &no.to_cell());
        if taken.is_ok_and(|others| others.iter().any(|other| other.id != id)) {
            return Err(Refusal::NumberTaken { no: no.to_string() }.into());
        }
    }
    unused::<Customer>(rows, id)?;
    for (contact, _) in contacts {
        unused::<Contact>(rows, *contact)?;
    }
    let customer = draft.clone().opened(id, context.at);
    let added = contacts.iter().map(|(contact, draft)| Event::ContactAdded { contact: draft.clone().added(*contact, id, context.at) });
    Ok(std::iter::once(Event::Opened { customer: Box::new(customer) }).chain(added).collect())
}

fn active<R: Rows>(rows: &R, id: CustomerId) -> Result<Customer, Stop> {
    let customer = known(rows.get::<Customer>(id)?)?;
    if customer.state == CustomerState::Archived { Err(Refusal::Archived.into()) } else { Ok(customer) }
}

/// A contact is part of the archive: who is archived keeps the people as they were.
fn contact_of_active<R: Rows>(rows: &R, id: ContactId) -> Result<Contact, Stop> {
    let contact = known(rows.get::<Contact>(id)?)?;
    active(rows, contact.customer)?;
    Ok(contact)
}

impl Event {
    /// What happened, happened: changes the rows it names.
    pub fn apply<R: Rows>(&self, rows: &mut R) -> Result<(), Missing> {
        match self {
            Self::Opened { customer } => {
                rows.put(&**customer)?;
                rows.put(&Figure::new(customer.id))?;
                rows.put(&Worth::new(customer.id))
            }
            Self::Edited { id, edits, at, .. } => rows.change::<Customer>(*id, |customer| {
                for edit in edits {
                    edit.apply(customer);
                }
                customer.updated_at = *at;
            }),
            Self::Archived { id, at } => rows.change::<Customer>(*id, |customer| {
                customer.state = CustomerState::Archived;
                customer.updated_at = *at;
            }),
            Self::Restored { id, at } => rows.change::<Customer>(*id, |customer| {
                customer.state = CustomerState::Active;
                customer.updated_at = *at;
            }),
            Self::Transferred { id, to, team, at, .. } => rows.change::<Customer>(*id, |customer| {
                customer.owner = *to;
                customer.team = *team;
                customer.updated_at = *at;
            }),
            Self::ContactAdded { contact } => rows.put(contact),
            Self::ContactEdited { id, edits, .. } => rows.change::<Contact>(*id, |contact| {
                for edit in edits {
                    edit.apply(contact);
                }
            }),
            Self::ContactRemoved { id, .. } => rows.change::<Contact>(*id, |contact| contact.removed = true),
            Self::ContactRestored { id, .. } => rows.change::<Contact>(*id, |contact| contact.removed = false),
            Self::Contacted { id, at } => {
                rows.change::<Figure>(*id, |figure| figure.last_contact_at = figure.last_contact_at.max(Some(*at)))
            }
            Self::Asked { id, tickets } => rows.change::<Figure>(*id, |figure| figure.open_tickets += tickets),
            Self::Ranked { id, rank } => rows.change::<Figure>(*id, |figure| figure.rank = *rank),
            Self::Valued { worth } => rows.put(worth),
        }
    }
}
