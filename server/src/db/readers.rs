//! Readers: connections that cannot write, each used by one job at a time inside one deferred transaction.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use domain::{
    id::Id,
    row::{Cell, Missing, Row, Rows},
    sync::Scope,
    time::Instant,
};
use rusqlite::Connection;

use super::{
    entity::Entity,
    granted::{self, Granted},
    open, registry, scopes,
    store::{Reading, Store},
    trouble::Trouble,
};

/// Everything a reader sees is of one moment. As [`Rows`], all rows as the system sees them.
pub struct Snapshot<'c> {
    pub(super) store: Store<'c>,
    at: Instant,
}

impl Snapshot<'_> {
    #[must_use]
    pub fn connection(&self) -> &Connection {
        self.store.connection
    }

    #[must_use]
    pub fn at(&self) -> Instant {
        self.at
    }

    /// A row by its id, if one of these scopes contains it: absent and foreign are not told apart.
    pub fn granted<T: Row>(&self, id: impl Into<Id>, grants: &BTreeSet<Scope>) -> Result<Option<T>, Trouble> {
        let granted = Granted::of(grants, |scope| scopes::number_of(self.connection(), scope))?;
        let id = id.into();
        if granted.shows(&self.store, registry::named(T::ENTITY)?, id)? { self.store.get(id) } else { Ok(None) }
    }

    /// Whether somebody who holds these scopes may ask for this one.
    pub fn opens(&self, held: &BTreeSet<Scope>, scope: Scope) -> Result<bool, Trouble> {
        granted::opens(&self.rows(), held, scope)
    }

    /// The customer to whom this row belongs, or which it is.
    pub fn customer_of(&self, entity: &Entity, id: Id) -> Result<Option<Id>, Trouble> {
        self.store.customer_of(registry::named(entity.name)?, id)
    }

    #[must_use]
    pub fn rows(&self) -> Reading<'_> {
        Reading(&self.store)
    }
}

impl Rows for Snapshot<'_> {
    fn get<T: Row>(&self, id: impl Into<Id>) -> Result<Option<T>, Missing> {
        self.rows().get(id)
    }
    fn by<T: Row>(&self, column: &'static str, value: &Cell) -> Result<Vec<T>, Missing> {
        self.rows().by(column, value)
    }
    fn put<T: Row>(&mut self, row: &T) -> Result<(), Missing> {
        self.rows().put(row)
    }
    fn del<T: Row>(&mut self, id: impl Into<Id>) -> Result<(), Missing> {
        self.rows().del::<T>(id)
    }
}

pub(super) struct Readers {
    file: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub fn new(file: PathBuf) -> Self {
        Self { file, idle: Mutex::default() }
    }

    pub fn file(&self) -> &Path {
        &self.file
    }

    pub fn close(&self) {
        self.idle().clear();
    }

    /// A panic elsewhere leaves the list as it is: connections are moved in and out whole.
    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection whose job panics is not used again.
    pub fn read<T>(&self, at: Instant, job: impl FnOnce(&Snapshot<'_>) -> Result<T, Trouble>) -> Result<T, Trouble> {
        let idle = self.idle().pop();
        let connection = idle.map_or_else(|| open::reader(&self.file), Ok)?;
        connection.prepare_cached("BEGIN DEFERRED")?.execute(())?;
        let snapshot = Snapshot { store: Store::new(&connection), at };
        let result = job(&snapshot);
        let result = snapshot.store.take_trouble().map_or(result, Err);
        connection.prepare_cached("ROLLBACK")?.execute(())?;
        self.idle().push(connection);
        result
    }
}
