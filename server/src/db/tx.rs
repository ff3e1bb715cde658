//! One job's part of a write transaction: every change to a synced row goes through here.
//!
//! Invariants: the rows of one change carry one number, numbers have no gaps, and the index of scopes says where
//! each row is; what is rolled back leaves nothing behind, in the database or in memory.

use std::{
    any::Any,
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
};

use domain::{
    id::Id,
    row::{Cell, Row},
    sync::Scope,
    tickets::Ticket,
    time::Instant,
};
use rusqlite::Connection;
use serde_json::{Map, Value};

use super::{
    Everything, Within,
    entity::Entity,
    registry,
    scopes::{Dependant, ScopeIds},
    store::{Reading, Store},
    trouble::Trouble,
};

/// What would change more in one command is a job of many.
pub const MAX_ROWS: usize = 200;

pub struct Tx<'c> {
    pub(super) store: Store<'c>,
    pub(super) scope_ids: &'c RefCell<ScopeIds>,
    pub(super) state: RefCell<State>,
    at: Instant,
}

/// Columns' values, by row.
pub(super) type Details = BTreeMap<String, Map<String, Value>>;

/// What this job has changed so far.
#[derive(Clone, Default)]
pub(super) struct State {
    /// The number of the change being made, once it has changed a row.
    pub seq: Option<u64>,
    /// Rows of this change; true where it made them.
    pub rows: BTreeMap<(i64, Id), bool>,
    /// What its rows held before and hold now, for the audit.
    pub old: Details,
    pub new: Details,
    /// The last number given out in this job.
    pub head: Option<u64>,
    pub touched: BTreeSet<Scope>,
    pub access: bool,
    /// What is listed anew before the job ends.
    pub listed: Listed,
}

/// Customers of whom lists say something else than before, and tickets.
#[derive(Debug, Clone, Default)]
pub(crate) struct Listed {
    pub customers: BTreeSet<Id>,
    pub tickets: BTreeSet<Id>,
}

impl<'c> Tx<'c> {
    pub(super) fn new(connection: &'c Connection, scope_ids: &'c RefCell<ScopeIds>, at: Instant) -> Self {
        Self { store: Store::new(connection), scope_ids, state: RefCell::default(), at }
    }

    /// For tables that are not synced: accounts, sessions, invitations.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        self.store.connection
    }

    /// The moment at which this job counts as done.
    #[must_use]
    pub fn at(&self) -> Instant {
        self.at
    }

    /// Does what follows as of another moment: for those who tell a past, such as a demonstration.
    pub fn as_of(&mut self, at: Instant) {
        self.at = at;
    }

    /// All rows, as the system sees them. Belongs to no command: its changes are one change of the system's,
    /// until [`Tx::audit`] says whose.
    pub fn rows(&mut self) -> Everything<'_> {
        Everything::new(self)
    }

    /// The rows that somebody with these scopes may read, and may write once read.
    pub fn within(&mut self, grants: &BTreeSet<Scope>) -> Within<'_> {
        Within::new(self, grants)
    }

    pub(crate) fn reading(&self) -> Reading<'_> {
        Reading(&self.store)
    }

    /// Does a part of the job that is kept or dropped as a whole, also when it panics.
    pub fn nested<T, E: From<Trouble>>(&mut self, part: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        if self.connection().is_autocommit() {
            return Err(Trouble::lost().into());
        }
        let kept = self.state.borrow().clone();
        self.run_sql("SAVEPOINT part")?;
        let result = catch_unwind(AssertUnwindSafe(|| part(self)));
        let result = result.unwrap_or_else(|panic| Err(Trouble::Broken(said(&*panic)).into()));
        let result = self.store.take_trouble().map_or(result, |trouble| Err(trouble.into()));
        let result = result.and_then(|value| self.run_sql("RELEASE part").map(|()| value).map_err(E::from));
        if result.is_err() {
            self.state.replace(kept);
            self.scope_ids.borrow_mut().clear();
            self.undo();
        }
        result
    }

    /// Some failures have rolled back everything already, and if this fails everything must be: the writer notices.
    fn undo(&self) {
        if self.connection().is_autocommit() {
            return;
        }
        let undone = self.run_sql("ROLLBACK TO part").and_then(|()| self.run_sql("RELEASE part"));
        if undone.is_err() {
            _ = self.run_sql("ROLLBACK");
        }
    }

    fn run_sql(&self, sql: &str) -> Result<(), Trouble> {
        self.connection().prepare_cached(sql)?.execute(())?;
        Ok(())
    }

    pub(super) fn put<T: Row>(&self, before: Option<&T>, row: &T) -> Result<(), Trouble> {
        if before == Some(row) {
            return Ok(());
        }
        let entity = registry::named(T::ENTITY)?.entity;
        let left = before.map(|before| before.scopes(&self.reading())).transpose()?.unwrap_or_default();
        let (old, new) = (before.map(Row::cells), row.cells());
        let leads = entity.differs(entity.leads, old.as_deref(), Some(&new));
        let dependants = if leads { self.dependants(entity, row.id())? } else { Vec::new() };
        self.store.write(row)?;
        let entered = row.scopes(&self.reading())?;
        self.changed(entity, row.id(), &left, &entered, dependants)?;
        if entity.differs(&["name"], old.as_deref(), Some(&new)) {
            self.requote(entity, row.id(), self.seq()?)?;
        }
        self.state.borrow_mut().access |= entity.differs(entity.access, old.as_deref(), Some(&new));
        self.note_listed(entity, row.id(), old.as_deref(), Some(&new));
        entity.follow.map_or(Ok(()), |follow| follow(self.connection(), old.as_deref(), Some(&new)))?;
        self.remember(entity, row.id(), old, Some(new))
    }

    pub(super) fn del<T: Row>(&self, id: Id) -> Result<(), Trouble> {
        let sql = registry::named(T::ENTITY)?;
        let Some(before) = self.store.get::<T>(id)? else { return Ok(()) };
        let left = before.scopes(&self.reading())?;
        let dependants = self.dependants(sql.entity, id)?;
        self.store.erase(sql, id)?;
        self.changed(sql.entity, id, &left, &[], dependants)?;
        self.state.borrow_mut().access |= !sql.entity.access.is_empty();
        let cells = before.cells();
        self.note_listed(sql.entity, id, Some(&cells), None);
        sql.entity.follow.map_or(Ok(()), |follow| follow(self.connection(), Some(&cells), None))?;
        self.remember(sql.entity, id, Some(cells), None)
    }

    /// Notes whose place in lists this change may move. A ticket has one of its own.
    fn note_listed(&self, entity: &Entity, id: Id, before: Option<&[Cell]>, after: Option<&[Cell]>) {
        if !entity.differs(entity.listed, before, after) {
            return;
        }
        let mut state = self.state.borrow_mut();
        if entity.name == Ticket::ENTITY {
            state.listed.tickets.insert(id);
            return;
        }
        let position = entity.columns.iter().position(|column| Some(column.name) == entity.customer);
        for cells in [before, after].into_iter().flatten() {
            if let Some(Cell::Id(customer)) = position.and_then(|position| cells.get(position)) {
                state.listed.customers.insert(*customer);
            }
        }
    }

    /// What is to be listed anew, once.
    pub(crate) fn take_listed(&self) -> Listed {
        std::mem::take(&mut self.state.borrow_mut().listed)
    }

    fn changed(
        &self,
        entity: &'static Entity,
        id: Id,
        left: &[Scope],
        entered: &[Scope],
        dependants: Vec<Dependant>,
    ) -> Result<(), Trouble> {
        let seq = self.seq()?;
        self.place(entity, id, left, entered, seq)?;
        for Dependant { entity, id, mut left } in dependants {
            let mut entered = (entity.scopes)(&self.reading(), id)?.unwrap_or_default();
            // It has not changed itself: whoever has it already keeps it as it is.
            let stays: Vec<Scope> = entered.extract_if(.., |scope| left.contains(scope)).collect();
            left.retain(|scope| !stays.contains(scope));
            self.place(entity, id, &left, &entered, seq)?;
        }
        Ok(())
    }

    /// The number of this change: the next one, when it changes its first row.
    pub(super) fn seq(&self) -> Result<u64, Trouble> {
        if let Some(seq) = self.state.borrow().seq {
            return Ok(seq);
        }
        let mut next = self.connection().prepare_cached("UPDATE clock SET seq = seq + 1 RETURNING seq")?;
        let seq = number(next.query_row((), |row| row.get(0))?)?;
        let mut state = self.state.borrow_mut();
        (state.seq, state.head) = (Some(seq), Some(seq));
        Ok(seq)
    }
}

/// SQLite's integers have a sign, ours that count have none.
pub(crate) fn number(n: i64) -> Result<u64, Trouble> {
    u64::try_from(n).map_err(|_| Trouble::Broken(format!("{n} is not a count")))
}

/// What a panic said.
fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("panicked: {}", text.unwrap_or("without a word"))
}
