//! The database: one SQLite file, one thread that writes, readers beside it.
//!
//! Invariants: an answered write is on the disk; a change to a synced row moves its place in the index of scopes in
//! the same transaction; what fails for want of disk is never recorded as anybody's verdict.

mod anew;
mod audit;
mod check;
mod clock;
mod entity;
mod granted;
mod migrations;
mod open;
mod queue;
mod readers;
mod registry;
mod rows;
mod scopes;
mod store;
mod tally;
mod trouble;
mod tx;
mod writer;

pub use audit::Deed;
pub use check::{Finding, Kind, Part, check, check_aloud, check_as_is};
pub use clock::Clock;
pub use entity::{Asked, Entity, Json, Projection, json};
#[cfg(test)]
pub(crate) use migrations::{plan, plan_in};
pub use open::outdated;
pub use readers::Snapshot;
pub use registry::{described, entities, numbered};
pub use rows::{Everything, Within};
pub(crate) use scopes::number_of;
pub use store::Reading;
pub use trouble::Trouble;
pub(crate) use tx::{Listed, number};
pub use tx::{MAX_ROWS, Tx};
pub use writer::Changed;

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crate::lookup;
use queue::{Job, Lane, Queue};
use readers::Readers;
use rusqlite::Connection;
use tokio::sync::{Semaphore, broadcast, oneshot};
use writer::Writer;

/// Jobs that read at the same time; more wait.
const READERS: usize = 4;

/// Jobs that somebody with many of them hands to the writer before waiting for their end.
const TOGETHER: usize = 512;

/// Commits that a slow listener may be behind before it is told only that it missed some.
const CHANGES: usize = 256;

/// The database, shared by all that use it. Closed when the last of them lets go.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    queue: Arc<Queue>,
    readers: Readers,
    permits: Arc<Semaphore>,
    changes: broadcast::Sender<Arc<Changed>>,
    clock: Clock,
    writer: Option<thread::JoinHandle<()>>,
    /// When the disk last did not take what somebody wanted kept.
    refused: Mutex<Option<Instant>>,
}

impl Db {
    /// Opens the file, or makes it, and brings it up to date.
    pub fn open(file: &Path) -> Result<Self, Trouble> {
        Self::open_at(file, Clock::System)
    }

    /// A file that is nobody's before it is finished: nothing of it is on the disk before somebody sees to it.
    pub fn unfinished(file: &Path) -> Result<Self, Trouble> {
        let connection = open::writer(file)?;
        connection.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;")?;
        Self::over(file, Clock::System, connection)
    }

    /// As [`Db::open`], by another clock than the machine's.
    pub fn open_at(file: &Path, clock: Clock) -> Result<Self, Trouble> {
        Self::over(file, clock, open::writer(file)?)
    }

    fn over(file: &Path, clock: Clock, connection: Connection) -> Result<Self, Trouble> {
        let (changes, _) = broadcast::channel(CHANGES);
        let queue = Arc::new(Queue::default());
        let writer = Writer { connection, clock: clock.clone(), changes: changes.clone(), scope_ids: std::cell::RefCell::default() };
        let waiting = queue.clone();
        writer.prepare()?;
        let thread = thread::Builder::new().name("writer".to_owned()).spawn(move || writer.serve(&waiting));
        let thread = thread.map_err(|error| Trouble::Broken(format!("no thread for the writer: {error}")))?;
        Ok(Self(Arc::new(Inner {
            queue,
            readers: Readers::new(file.to_owned()),
            permits: Arc::new(Semaphore::new(READERS)),
            changes,
            clock,
            writer: Some(thread),
            refused: Mutex::default(),
        })))
    }

    #[must_use]
    pub fn file(&self) -> &Path {
        self.0.readers.file()
    }

    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Commits from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Changed>> {
        self.0.changes.subscribe()
    }

    /// How many jobs wait for the writer.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.0.queue.waiting()
    }

    /// How many hear of commits.
    #[must_use]
    pub fn listeners(&self) -> usize {
        self.0.changes.receiver_count()
    }

    /// Does a job that writes, whole or not at all; answered when it is on the disk.
    pub async fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Tx<'_>) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, Trouble> {
        self.done(self.enqueue(Lane::Commands, false, job)?.await)
    }

    /// As [`Db::write`], sharing its transaction with nobody: for what has failed once already.
    pub async fn write_alone<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Tx<'_>) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, Trouble> {
        self.done(self.enqueue(Lane::Commands, true, job)?.await)
    }

    /// As [`Db::write`], when nobody's command waits: for one step of long work.
    pub async fn write_when_idle<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Tx<'_>) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, Trouble> {
        self.done(self.enqueue(Lane::Idle, false, job)?.await)
    }

    /// As [`Db::write`], for the command line: never inside a runtime.
    pub fn write_blocking<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Tx<'_>) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, Trouble> {
        self.done(self.enqueue(Lane::Commands, false, job)?.blocking_recv())
    }

    /// As [`Db::write_blocking`], for many small jobs in their order, each whole or not at all: few commits for all of
    /// them, while what each may have to take back stays small.
    pub fn write_each_blocking<J>(&self, jobs: impl IntoIterator<Item = J>) -> Result<(), Trouble>
    where
        J: FnOnce(&mut Tx<'_>) -> Result<(), Trouble> + Send + 'static,
    {
        let mut jobs = jobs.into_iter().peekable();
        while jobs.peek().is_some() {
            let waiting = jobs.by_ref().take(TOGETHER).map(|job| self.enqueue(Lane::Commands, false, job));
            let waiting = waiting.collect::<Result<Vec<_>, _>>()?;
            waiting.into_iter().try_for_each(|answer| self.done(answer.blocking_recv()))?;
        }
        Ok(())
    }

    /// As [`Db::write_when_idle`], on a thread of one's own: never inside a runtime.
    pub fn write_blocking_when_idle<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Tx<'_>) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, Trouble> {
        self.done(self.enqueue(Lane::Idle, false, job)?.blocking_recv())
    }

    /// What belongs to the file for a while is kept beside it.
    #[must_use]
    pub fn directory(&self) -> &Path {
        self.file().parent().unwrap_or_else(|| Path::new("."))
    }

    fn enqueue<T: Send + 'static>(
        &self,
        lane: Lane,
        alone: bool,
        job: impl FnOnce(&mut Tx<'_>) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<oneshot::Receiver<Result<T, Trouble>>, Trouble> {
        let (send, receive) = oneshot::channel();
        let run = Box::new(move |tx: &mut Tx<'_>| {
            let result = tx.nested(|tx| {
                let value = job(tx)?;
                tx.audit_remainder()?;
                lookup::list_changed(tx)?;
                Ok::<T, Trouble>(value)
            });
            let answer = move |committed: Result<(), Trouble>| {
                // Whoever asked may have gone.
                _ = send.send(committed.and(result));
            };
            Box::new(answer) as queue::Answer
        });
        self.0.queue.add(lane, Job { run, alone })?;
        Ok(receive)
    }

    /// A job that was never begun was not kept either.
    fn done<T>(&self, answer: Result<Result<T, Trouble>, oneshot::error::RecvError>) -> Result<T, Trouble> {
        let result = answer.unwrap_or_else(|_| Err(Trouble::closed()));
        if matches!(result, Err(Trouble::Storage(_))) {
            *self.refused() = Some(Instant::now());
        }
        result
    }

    fn refused(&self) -> MutexGuard<'_, Option<Instant>> {
        self.0.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the disk did not take somebody's work so short a time ago.
    #[must_use]
    pub fn refused_within(&self, time: Duration) -> bool {
        self.refused().is_some_and(|at| at.elapsed() < time)
    }

    /// Reads, all of one moment.
    pub async fn read<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Snapshot<'_>) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, Trouble> {
        let permit = self.0.permits.clone().acquire_owned().await.map_err(|_| Trouble::closed())?;
        let db = self.clone();
        let read = tokio::task::spawn_blocking(move || {
            let result = db.read_blocking(job);
            drop(permit);
            result
        });
        read.await.unwrap_or_else(|failed| Err(Trouble::Broken(failed.to_string())))
    }

    /// As [`Db::read`], on this thread.
    pub fn read_blocking<T>(&self, job: impl FnOnce(&Snapshot<'_>) -> Result<T, Trouble>) -> Result<T, Trouble> {
        self.0.readers.read(self.0.clock.now(), job)
    }
}

impl Drop for Inner {
    /// What waits is done first. The writer lets go of the file last, and so leaves nothing beside it. The last hold may
    /// be let go by a job, on the writer's own thread.
    fn drop(&mut self) {
        self.readers.close();
        self.queue.close();
        if let Some(writer) = self.writer.take().filter(|writer| writer.thread().id() != thread::current().id()) {
            _ = writer.join();
        }
    }
}
