//! What somebody may see now: worked out afresh in the transaction that asks, from rows alone.

use std::collections::BTreeSet;

use domain::{
    access::{self, Reach, Standing},
    context::Actor,
    customers::{Contact, Customer, CustomerState},
    id::{ContactId, CustomerId, Id},
    row::Rows,
    settings::Company,
    sync::{Scope, wire::MAX_PINS},
    team::{Person, PersonState},
};
use rusqlite::{Connection, OptionalExtension};

use crate::db::{self, Snapshot, Trouble, Tx};

impl Tx<'_> {
    /// What this person's access depends on; nothing for those who have none.
    pub fn standing(&self, by: Actor) -> Result<Option<Standing>, Trouble> {
        standing(&self.reading(), by)
    }

    /// The scopes that this actor holds at this moment.
    pub fn grants(&self, by: Actor) -> Result<BTreeSet<Scope>, Trouble> {
        grants(&self.reading(), self.connection(), by)
    }
}

impl Snapshot<'_> {
    /// What a device that asks for these customers holds of them: what its grants open, of no more than a device may ask for.
    pub fn pinned(&self, grants: &BTreeSet<Scope>, pins: &[CustomerId]) -> Result<BTreeSet<Scope>, Trouble> {
        let mut pinned = BTreeSet::new();
        for scope in pins.iter().rev().take(MAX_PINS).flat_map(|pin| Scope::pinned(*pin)) {
            if self.opens(grants, scope)? {
                pinned.insert(scope);
            }
        }
        Ok(pinned)
    }

    /// How many customers somebody with these grants sees through their teams.
    pub fn customers(&self, grants: &BTreeSet<Scope>) -> Result<u64, Trouble> {
        let mut size = self.connection().prepare_cached("SELECT customers FROM scope WHERE name = ?1")?;
        let teams = grants.iter().filter(|scope| matches!(scope, Scope::Team(_)));
        let sizes = teams.map(|scope| size.query_row([scope.to_string()], |row| row.get::<_, i64>(0)).optional());
        sizes.map(|size| db::number(size?.unwrap_or_default())).sum()
    }

    pub fn standing(&self, by: Actor) -> Result<Option<Standing>, Trouble> {
        standing(self, by)
    }

    /// The scopes that this actor holds at the moment of the snapshot.
    pub fn grants(&self, by: Actor) -> Result<BTreeSet<Scope>, Trouble> {
        grants(self, self.connection(), by)
    }
}

fn standing<R: Rows>(rows: &R, by: Actor) -> Result<Option<Standing>, Trouble> {
    let Some(person) = by.person() else { return Ok(None) };
    let person = rows.get::<Person>(person)?.filter(|person| person.state == PersonState::Active);
    Ok(person.map(|person| person.standing()))
}

/// Whoever has left the customer, or whose customer is archived, holds nothing.
fn of_customer<R: Rows>(rows: &R, contact: ContactId, customer: CustomerId) -> Result<BTreeSet<Scope>, Trouble> {
    let is_there = rows.get::<Contact>(contact)?.is_some_and(|contact| contact.customer == customer && !contact.removed);
    let is_active = rows.get::<Customer>(customer)?.is_some_and(|customer| customer.state == CustomerState::Active);
    let scopes = [Scope::Everyone, Scope::User(contact.into()), Scope::Portal(customer)];
    Ok(scopes.into_iter().filter(|_| is_there && is_active).collect())
}

/// The system holds no scopes: it does not read through them.
fn grants<R: Rows>(rows: &R, connection: &Connection, by: Actor) -> Result<BTreeSet<Scope>, Trouble> {
    if let Actor::Portal { contact, customer } = by {
        return of_customer(rows, contact, customer);
    }
    let Some(standing) = standing(rows, by)? else { return Ok(BTreeSet::new()) };
    // Before the company is set up nobody sees more than their own.
    let reach = rows.get::<Company>(Id::ONLY)?.map_or(Reach::Own, |company| company.sales_reach);
    let mut teams = connection.prepare_cached("SELECT id FROM team ORDER BY id")?;
    let teams = teams.query_map((), |row| row.get(0))?.collect::<Result<Vec<[u8; 16]>, _>>()?;
    let teams: Vec<_> = teams.into_iter().map(|id| Id::from_bytes(id).into()).collect();
    Ok(access::grants(&standing, &teams, reach).into_iter().collect())
}
