//! What waits for the writer: commands in one lane, long work in another that is served when the first is empty.

use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

use super::{trouble::Trouble, tx::Tx};

/// Says a job's result, once it is known whether it has been committed.
pub(super) type Answer = Box<dyn FnOnce(Result<(), Trouble>) + Send>;

/// Does a job and keeps or undoes it as a whole.
pub(super) type Run = Box<dyn FnOnce(&mut Tx<'_>) -> Answer + Send>;

pub(super) struct Job {
    pub run: Run,
    /// In a transaction of its own.
    pub alone: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    Commands,
    Idle,
}

/// Commit together what waits, but never wait for more.
const MAX_BATCH: usize = 64;

/// More than this is answered with "try again later" at once.
const MAX_WAITING: usize = 4_096;

#[derive(Default)]
pub(super) struct Queue {
    lanes: Mutex<Lanes>,
    woken: Condvar,
}

#[derive(Default)]
struct Lanes {
    commands: VecDeque<Job>,
    idle: VecDeque<Job>,
    closed: bool,
}

impl Queue {
    /// A panic elsewhere leaves the lanes as they are: jobs are moved in and out whole.
    fn lanes(&self) -> MutexGuard<'_, Lanes> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn add(&self, lane: Lane, job: Job) -> Result<(), Trouble> {
        let mut lanes = self.lanes();
        if lanes.closed {
            return Err(Trouble::closed());
        }
        let waiting = match lane {
            Lane::Commands => &mut lanes.commands,
            Lane::Idle => &mut lanes.idle,
        };
        if waiting.len() >= MAX_WAITING {
            return Err(Trouble::overloaded());
        }
        waiting.push_back(job);
        self.woken.notify_one();
        Ok(())
    }

    pub fn waiting(&self) -> usize {
        let lanes = self.lanes();
        lanes.commands.len() + lanes.idle.len()
    }

    /// What to do in the next transaction; `None` when the queue is closed and empty.
    pub fn next(&self) -> Option<Vec<Job>> {
        let mut lanes = self.lanes();
        loop {
            if !lanes.commands.is_empty() {
                return Some(batch(&mut lanes.commands));
            }
            if let Some(job) = lanes.idle.pop_front() {
                return Some(vec![job]);
            }
            if lanes.closed {
                return None;
            }
            lanes = self.woken.wait(lanes).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// What waits is still done.
    pub fn close(&self) {
        self.lanes().closed = true;
        self.woken.notify_all();
    }
}

fn batch(waiting: &mut VecDeque<Job>) -> Vec<Job> {
    let alone = waiting.front().is_some_and(|job| job.alone);
    let together = waiting.iter().take(MAX_BATCH).take_while(|job| !job.alone).count();
    waiting.drain(..if alone { 1 } else { together }).collect()
}
