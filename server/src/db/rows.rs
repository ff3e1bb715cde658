//! The two ways in which rules reach rows: as the system, and as somebody who holds certain scopes.

use std::{
    cell::{Cell as Flag, RefCell},
    collections::{BTreeSet, HashSet},
};

use domain::{
    id::Id,
    row::{Cell, Missing, Row, Rows},
    sync::Scope,
};

use super::{
    granted::Granted,
    registry::{self, Sql},
    trouble::Trouble,
    tx::Tx,
};

/// All rows. What is put or deleted moves in the index of scopes too.
pub struct Everything<'a>(&'a Tx<'a>);

impl<'a> Everything<'a> {
    pub(super) fn new(tx: &'a Tx<'a>) -> Self {
        Self(tx)
    }
}

impl Rows for Everything<'_> {
    fn get<T: Row>(&self, id: impl Into<Id>) -> Result<Option<T>, Missing> {
        self.0.store.told(self.0.store.get(id.into()))
    }

    fn by<T: Row>(&self, column: &'static str, value: &Cell) -> Result<Vec<T>, Missing> {
        self.0.store.told(self.0.store.by(column, value))
    }

    fn put<T: Row>(&mut self, row: &T) -> Result<(), Missing> {
        let before = self.get::<T>(row.id())?;
        self.0.store.told(self.0.put(before.as_ref(), row))
    }

    fn del<T: Row>(&mut self, id: impl Into<Id>) -> Result<(), Missing> {
        self.0.store.told(self.0.del::<T>(id.into()))
    }
}

/// The rows of somebody's scopes. A row is read by its id only where a scope that is held contains it or opens the history
/// that does, and a row that exists is written only by a rule that has read it: so an id from a command's body reaches nothing foreign, and a
/// new row's id takes nothing over.
///
/// [`Rows::by`] answers with all rows: a rule that asks whether a number is taken, or whether another administrator
/// is left, must not take the rows its author sees for all there are. What it finds outside cannot be written.
pub struct Within<'a> {
    tx: &'a Tx<'a>,
    granted: Granted,
    read: RefCell<HashSet<(i64, Id)>>,
    foreign: Flag<bool>,
}

impl<'a> Within<'a> {
    pub(super) fn new(tx: &'a Tx<'a>, grants: &BTreeSet<Scope>) -> Self {
        // Without the scopes' numbers nothing is granted; the trouble is remembered.
        let granted = tx.store.told(tx.granted(grants)).unwrap_or_else(|Missing| Granted::nothing());
        Self { tx, granted, read: RefCell::default(), foreign: Flag::new(false) }
    }

    /// Whether a write was refused because the row, or a row it names, is not this actor's to see.
    #[must_use]
    pub fn met_foreign(&self) -> bool {
        self.foreign.get()
    }

    fn was_read(&self, sql: &Sql, id: Id) -> bool {
        self.read.borrow().contains(&(sql.entity.number, id))
    }

    fn note(&self, sql: &Sql, id: Id) {
        self.read.borrow_mut().insert((sql.entity.number, id));
    }

    fn refuse(&self) -> Result<(), Trouble> {
        self.foreign.set(true);
        Err(Trouble::Broken("a foreign row was to be written".to_owned()))
    }

    fn find<T: Row>(&self, id: Id) -> Result<Option<T>, Trouble> {
        let sql = registry::named(T::ENTITY)?;
        if !self.sees(sql, id)? {
            return Ok(None);
        }
        let row = self.tx.store.get::<T>(id)?;
        if row.is_some() {
            self.note(sql, id);
        }
        Ok(row)
    }

    /// Whether this actor may name the row.
    fn sees(&self, sql: &Sql, id: Id) -> Result<bool, Trouble> {
        Ok(self.was_read(sql, id) || self.granted.shows(&self.tx.store, sql, id)?)
    }

    /// Whether every other row that the new one names, and the old one did not, is this actor's to see.
    fn names_only_seen<T: Row>(&self, sql: &Sql, before: Option<&T>, row: &T) -> Result<bool, Trouble> {
        let (cells, old) = (row.cells(), before.map(Row::cells).unwrap_or_default());
        for (column, entity) in sql.entity.names {
            let position = T::COLUMNS.iter().position(|it| it.name == *column);
            let position = position.ok_or_else(|| Trouble::Broken(format!("{} has no column {column}", T::ENTITY)))?;
            let Some(Cell::Id(id)) = cells.get(position) else { continue };
            let is_new = old.get(position) != cells.get(position);
            if is_new && !self.sees(registry::named(entity)?, *id)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn write<T: Row>(&self, row: &T) -> Result<(), Trouble> {
        let sql = registry::named(T::ENTITY)?;
        let before = self.tx.store.get::<T>(row.id())?;
        let may_write = before.is_none() || self.was_read(sql, row.id());
        if !may_write || !self.names_only_seen(sql, before.as_ref(), row)? {
            return self.refuse();
        }
        self.note(sql, row.id());
        self.tx.put(before.as_ref(), row)
    }

    fn erase<T: Row>(&self, id: Id) -> Result<(), Trouble> {
        let sql = registry::named(T::ENTITY)?;
        if self.was_read(sql, id) { self.tx.del::<T>(id) } else { self.refuse() }
    }

    /// What is foreign is a refusal, not a trouble: only the rest is remembered.
    fn told(&self, result: Result<(), Trouble>) -> Result<(), Missing> {
        if self.foreign.get() { result.map_err(|_| Missing) } else { self.tx.store.told(result) }
    }
}

impl Rows for Within<'_> {
    fn get<T: Row>(&self, id: impl Into<Id>) -> Result<Option<T>, Missing> {
        self.tx.store.told(self.find(id.into()))
    }

    fn by<T: Row>(&self, column: &'static str, value: &Cell) -> Result<Vec<T>, Missing> {
        let rows: Vec<T> = self.tx.store.told(self.tx.store.by(column, value))?;
        let noted = registry::named(T::ENTITY).and_then(|sql| {
            for row in &rows {
                if self.sees(sql, row.id())? {
                    self.note(sql, row.id());
                }
            }
            Ok(())
        });
        self.tx.store.told(noted).map(|()| rows)
    }

    fn put<T: Row>(&mut self, row: &T) -> Result<(), Missing> {
        let result = self.write(row);
        self.told(result)
    }

    fn del<T: Row>(&mut self, id: impl Into<Id>) -> Result<(), Missing> {
        let result = self.erase::<T>(id.into());
        self.told(result)
    }
}
