//! Between the book and the device's store: reading it at the start, keeping completed pulls and commands.

use super::{Book, by_key, lines};
use crate::browser::{
    clock, draft,
    store::{Batch, Kept, Store},
    tasks,
};
use domain::{
    id::CommandId,
    session::Me,
    sync::{Committed, Pending, Saved},
};

/// After so many chunks of changes the base is written anew as one snapshot.
const FOLD_AFTER: usize = 60;
/// Where nothing changes it is kept so often that the server was heard.
const HEARD_EVERY_SECONDS: i64 = 3_600;

/// The database of a user on this device.
pub fn name(me: &Me) -> String {
    format!("guanxi-{}", me.user)
}

/// Deletes what is kept of this user: a deliberate sign-out, or access withdrawn.
pub async fn forget_device(me: &Me) {
    draft::forget_all();
    Store::destroy(&name(me)).await;
}

/// What was kept, as the device takes it up.
pub fn read(kept: &Kept) -> (Option<Saved>, Vec<lines::Line>, Vec<Pending>, Vec<Pending>) {
    let saved = kept.saved.as_deref().and_then(|saved| serde_json::from_str(saved).ok());
    let base = lines::read(kept.base.iter().map(String::as_str));
    let pending = numbered(&kept.pending);
    let refused = kept.refused.iter().filter_map(|refused| serde_json::from_str(refused).ok()).collect();
    (saved, base, pending, refused)
}

/// Commands in the order of their numbers.
pub fn numbered(kept: &[(u64, String)]) -> Vec<Pending> {
    let one = |(mid, command): &(u64, String)| {
        let mut pending: Pending = serde_json::from_str(command).ok()?;
        pending.mutation.mid = *mid;
        Some(pending)
    };
    let pending: Vec<Pending> = kept.iter().filter_map(one).collect();
    by_key(&pending, |pending| pending.mutation.mid)
}

/// A completed pull as the store and the other tabs take it. `fold`: everything anew, as one snapshot.
pub fn batch(committed: &Committed, fold: Option<Vec<String>>) -> Batch {
    let changes = || lines::written(committed.rows.iter().map(|(key, held)| (key, held.as_ref())));
    let json = |pending: &Pending| serde_json::to_string(pending).unwrap_or_default();
    Batch {
        saved: serde_json::to_string(&committed.saved).unwrap_or_default(),
        fold: fold.is_some() || committed.clear,
        chunks: fold.unwrap_or_else(changes),
        settled: committed.settled.iter().map(ToString::to_string).collect(),
        refused: committed.refused.iter().map(|refused| (refused.mutation.cmd_id.to_string(), json(refused))).collect(),
    }
}

/// Keeps a completed pull. Where the disk is full the base stays as it was: it is a cache, and pulled again.
pub async fn commit(book: Book, committed: &Committed) {
    let inner = book.inner();
    let (store, fold, is_due) = {
        let mut inner = inner.borrow_mut();
        let now = clock::now();
        let is_due = inner.kept_at.is_none_or(|at| now.seconds_since(at) > HEARD_EVERY_SECONDS);
        inner.logged += 1;
        let fold = (inner.logged > FOLD_AFTER).then(|| lines::written(inner.device.base().map(|(key, held)| (key, Some(held)))));
        if fold.is_some() {
            inner.logged = 0;
        }
        (inner.store.clone(), fold, is_due)
    };
    let unchanged = committed.rows.is_empty() && committed.settled.is_empty() && !committed.clear;
    if let Some(store) = store.filter(|_| !unchanged || fold.is_some() || is_due) {
        let kept = store.commit(&batch(committed, fold)).await;
        inner.borrow_mut().kept_at = kept.is_ok().then(clock::now);
    }
}

pub fn forget_refused(book: Book, id: CommandId) {
    let store = book.inner().borrow().store.clone();
    tasks::run(async move {
        if let Some(store) = store {
            _ = store.forget_refused(&id.to_string()).await;
        }
    });
}
