//! The rows of an answer, as staff see them: each once.

use super::paging::Page;
use crate::db::{Snapshot, Trouble, described};
use domain::{
    customers::{Contact, Customer, Figure},
    id::Id,
    lookup::FoundRow,
    loyalty::Move,
    row::{Row, Rows as _},
    surveys::Answer,
    tickets::Ticket,
    timeline::Step,
};
use std::collections::BTreeSet;

const CONTACTS: &str = "SELECT id FROM contact WHERE customer = ?1 AND removed = 0 ORDER BY id";
const NEXT: &str = "SELECT id FROM timeline_step WHERE customer = ?1 AND state = 'open' ORDER BY due, id LIMIT 1";

pub(super) struct Rows<'a> {
    snapshot: &'a Snapshot<'a>,
    told: BTreeSet<(&'static str, Id)>,
    pub rows: Vec<FoundRow>,
}

impl<'a> Rows<'a> {
    pub fn new(snapshot: &'a Snapshot<'a>) -> Self {
        Self { snapshot, told: BTreeSet::new(), rows: Vec::new() }
    }

    pub fn add<T: Row>(&mut self, id: Id) -> Result<(), Trouble> {
        if self.told.insert((T::ENTITY, id))
            && let Some(json) = (described::<T>()?.staff)(&self.snapshot.rows(), id)?
        {
            self.rows.push(FoundRow(T::ENTITY.to_owned(), id, json));
        }
        Ok(())
    }

    /// Adds what belongs to each of a page.
    pub fn of(&mut self, page: Page, each: fn(&mut Self, Id) -> Result<(), Trouble>) -> Result<Page, Trouble> {
        page.ids.iter().try_for_each(|id| each(self, *id))?;
        Ok(page)
    }

    /// A ticket, with its customer.
    pub fn ticket(&mut self, id: Id) -> Result<(), Trouble> {
        self.add::<Ticket>(id)?;
        self.snapshot.rows().get::<Ticket>(id)?.map_or(Ok(()), |ticket| self.head(ticket.customer.into()))
    }

    /// A step, with its customer.
    pub fn step(&mut self, id: Id) -> Result<(), Trouble> {
        self.add::<Step>(id)?;
        self.snapshot.rows().get::<Step>(id)?.map_or(Ok(()), |step| self.head(step.customer.into()))
    }

    /// An answer, with its customer and who gave it.
    pub fn answer(&mut self, id: Id) -> Result<(), Trouble> {
        self.add::<Answer>(id)?;
        let Some(answer) = self.snapshot.rows().get::<Answer>(id)? else { return Ok(()) };
        self.add::<Contact>(answer.contact.into())?;
        self.head(answer.customer.into())
    }

    /// Somebody who moves, with who it is.
    pub fn mover(&mut self, id: Id) -> Result<(), Trouble> {
        self.add::<Move>(id)?;
        self.snapshot.rows().get::<Move>(id)?.map_or(Ok(()), |it| self.head(it.customer.into()))
    }

    /// The rows that bear a customer's id.
    pub fn head(&mut self, customer: Id) -> Result<(), Trouble> {
        self.add::<Customer>(customer)?;
        self.add::<Figure>(customer)
    }

    /// As lists show it: with its people, and what is to be done next.
    pub fn listed(&mut self, customer: Id) -> Result<(), Trouble> {
        self.head(customer)?;
        self.each::<Contact>(CONTACTS, customer)?;
        self.each::<Step>(NEXT, customer)
    }

    fn each<T: Row>(&mut self, sql: &str, customer: Id) -> Result<(), Trouble> {
        let mut ids = self.snapshot.connection().prepare_cached(sql)?;
        let ids = ids.query_map([customer.bytes()], |row| Ok(Id::from_bytes(row.get(0)?)))?;
        ids.collect::<Result<Vec<_>, _>>()?.into_iter().try_for_each(|id| self.add::<T>(id))
    }
}
