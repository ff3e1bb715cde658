//! Users: whoever has an account. Those who work here and those who are at a customer are two types, never one with gaps.

use super::account::{Account, Kind};
use domain::{
    access::Role,
    context::Actor,
    customers::{Contact, Customer, CustomerState},
    id::Id,
    row::{Missing, Rows},
    team::{Person, PersonState},
};

#[derive(Debug, Clone)]
pub enum User {
    Staff(Person),
    Portal(Box<Guest>),
}

/// One of a customer's people.
#[derive(Debug, Clone)]
pub struct Guest {
    pub contact: Contact,
    pub customer: Customer,
}

/// Whether somebody may be in now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    In,
    /// Invited, and has no password yet.
    Expected,
    /// Disabled, gone from the customer, or the customer is archived.
    Out,
}

impl User {
    /// Whose this account is, if there still is somebody.
    pub fn of(rows: &impl Rows, account: &Account) -> Result<Option<Self>, Missing> {
        Self::find(rows, account.user, account.kind)
    }

    pub fn find(rows: &impl Rows, id: Id, kind: Kind) -> Result<Option<Self>, Missing> {
        match kind {
            Kind::Staff => Ok(rows.get::<Person>(id)?.map(Self::Staff)),
            Kind::Portal => {
                let Some(contact) = rows.get::<Contact>(id)? else { return Ok(None) };
                let customer = rows.get::<Customer>(contact.customer)?;
                Ok(customer.map(|customer| Self::Portal(Box::new(Guest { contact, customer }))))
            }
        }
    }

    #[must_use]
    pub fn id(&self) -> Id {
        match self {
            Self::Staff(person) => person.id.into(),
            Self::Portal(guest) => guest.contact.id.into(),
        }
    }

    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Staff(_) => Kind::Staff,
            Self::Portal(_) => Kind::Portal,
        }
    }

    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Staff(person) => person.name.as_str(),
            Self::Portal(guest) => guest.contact.name.as_str(),
        }
    }

    #[must_use]
    pub fn actor(&self) -> Actor {
        match self {
            Self::Staff(person) => Actor::Staff(person.id),
            Self::Portal(guest) => guest.actor(),
        }
    }

    /// `None` for customers: no right is ever asked of them.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        match self {
            Self::Staff(person) => Some(person.role),
            Self::Portal(_) => None,
        }
    }

    #[must_use]
    pub fn standing(&self) -> Standing {
        match self {
            Self::Staff(person) => match person.state {
                PersonState::Active => Standing::In,
                PersonState::Invited => Standing::Expected,
                PersonState::Disabled => Standing::Out,
            },
            Self::Portal(guest) => guest.standing(),
        }
    }
}

impl Guest {
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Portal { contact: self.contact.id, customer: self.customer.id }
    }

    #[must_use]
    pub fn standing(&self) -> Standing {
        let is_there = !self.contact.removed && self.customer.state == CustomerState::Active;
        if is_there { Standing::In } else { Standing::Out }
    }
}
