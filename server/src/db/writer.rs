//! The one thread that writes: what waits shares a transaction, each job in a savepoint of its own, and all are
//! answered after the commit.

use std::{
    cell::RefCell,
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use crate::{insights, lookup};
use domain::sync::Scope;
use rusqlite::Connection;
use tokio::sync::broadcast;

use super::{
    Clock,
    anew::place_anew,
    queue::{Answer, Job, Queue},
    scopes::ScopeIds,
    trouble::Trouble,
    tx::{State, Tx},
};

/// A commit that changed synced rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The history to which `seq` belongs.
    pub epoch: String,
    pub seq: u64,
    /// Audiences that see something new.
    pub scopes: BTreeSet<Scope>,
    /// Rows changed on which grants depend.
    pub access: bool,
}

pub(super) struct Writer {
    pub connection: Connection,
    pub clock: Clock,
    pub changes: broadcast::Sender<Arc<Changed>>,
    pub scope_ids: RefCell<ScopeIds>,
}

impl Writer {
    /// What a migration left to be done, before anybody asks for anything.
    pub fn prepare(&self) -> Result<(), Trouble> {
        self.begin()?;
        let mut tx = Tx::new(&self.connection, &self.scope_ids, self.clock.now());
        match place_anew(&mut tx).and_then(|()| lookup::list_anew(&tx)).and_then(|()| insights::count_anew(&tx)) {
            Ok(()) => Ok(self.connection.execute_batch("COMMIT")?),
            Err(trouble) => {
                _ = self.connection.execute_batch("ROLLBACK");
                Err(trouble)
            }
        }
    }

    /// A panic of our own, outside of any job, takes down what waits for its answer, and no more: that was answered by
    /// nobody, so whoever asked tries again.
    pub fn serve(self, queue: &Queue) {
        while let Some(jobs) = queue.next() {
            if catch_unwind(AssertUnwindSafe(|| self.transact(jobs))).is_err() {
                tracing::error!("the writer panicked and goes on");
                self.forget();
            }
        }
    }

    /// Undoes what was begun, in memory too.
    fn forget(&self) {
        self.scope_ids.borrow_mut().clear();
        if !self.connection.is_autocommit() {
            _ = self.connection.execute_batch("ROLLBACK");
        }
    }

    fn transact(&self, jobs: Vec<Job>) {
        let mut answers = Vec::new();
        let mut all = State::default();
        let result = self.perform(jobs, &mut all, &mut answers);
        match &result {
            // Nobody may be listening.
            Ok(Some(changed)) => _ = self.changes.send(Arc::new(changed.clone())),
            Ok(None) => {}
            Err(trouble) => {
                tracing::error!(%trouble, jobs = answers.len(), "a transaction was not kept");
                self.forget();
            }
        }
        for answer in answers {
            let outcome = result.as_ref().map(|_| ()).map_err(Trouble::again);
            // What one of them drops on the way must not keep the others from hearing.
            if catch_unwind(AssertUnwindSafe(|| answer(outcome))).is_err() {
                tracing::error!("an answer of the writer panicked");
            }
        }
    }

    fn perform(&self, jobs: Vec<Job>, all: &mut State, answers: &mut Vec<Answer>) -> Result<Option<Changed>, Trouble> {
        let mut begun = self.begin();
        for job in jobs {
            // Without a transaction nothing may run: it would be kept statement by statement.
            let mut tx = Tx::new(&self.connection, &self.scope_ids, self.clock.now());
            answers.push((job.run)(&mut tx));
            all.add(tx.state.into_inner());
            if begun.is_ok() && self.connection.is_autocommit() {
                begun = Err(Trouble::lost());
            }
        }
        begun?;
        let changed = self.changed(all)?;
        self.connection.prepare_cached("COMMIT")?.execute(())?;
        Ok(changed)
    }

    fn begin(&self) -> Result<(), Trouble> {
        self.connection.prepare_cached("BEGIN IMMEDIATE")?.execute(())?;
        Ok(())
    }

    fn changed(&self, all: &mut State) -> Result<Option<Changed>, Trouble> {
        let Some(seq) = all.head else { return Ok(None) };
        let epoch = self.connection.prepare_cached("SELECT epoch FROM clock")?.query_row((), |row| row.get(0))?;
        Ok(Some(Changed { epoch, seq, scopes: std::mem::take(&mut all.touched), access: all.access }))
    }
}

impl State {
    fn add(&mut self, job: Self) {
        self.head = self.head.max(job.head);
        self.touched.extend(job.touched);
        self.access |= job.access;
    }
}
