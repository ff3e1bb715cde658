//! The engine: keeps the device in step with the server, one tab at a time, for as long as the page lives.

use super::{
    Book, Status, keep, line,
    tabs::{self, Told},
};
use crate::browser::{
    clock, network,
    network::Trouble,
    presence,
    store::{Lead, Store, Tabs},
    tasks, window,
};
use domain::{
    id::{ClientId, CustomerId},
    session::Me,
    sync::{
        Committed, Device, Key, Pending, Pulled, Pushed, Saved, Wish,
        wire::{MAX_PINS, Mutation, PullResponse, PushRefused, PushResponse},
    },
    time::Instant,
};
use futures::{FutureExt, StreamExt, channel::mpsc, select};
use leptos::prelude::*;
use std::{collections::BTreeSet, rc::Rc};

/// Without a poke, so often.
const PULL_EVERY_MS: u32 = 60_000;
/// While somebody works, so often.
const PRESENT_EVERY_SECONDS: i64 = 300;
/// Full jitter between these, doubling.
const RETRY_FIRST_MS: f64 = 500.0;
const RETRY_LAST_MS: f64 = 60_000.0;

/// Wakes the engine.
type Nudged = mpsc::UnboundedReceiver<()>;

/// Why a round ended early.
enum Ended {
    Unreached,
    SignedOut,
    Revoked,
    TooOld,
}

pub fn start(book: Book) {
    tasks::run(async move {
        let me = book.me();
        let name = keep::name(&me);
        let store = Store::open(&name).await.ok().map(Rc::new);
        book.inner().borrow_mut().store = store;
        // Before the store is read: what is kept afterwards is heard of.
        let tabs = Tabs::open(&name, move |text| tabs::hear(book, &text));
        book.inner().borrow_mut().tabs = Some(tabs);
        let (nudge, mut nudged) = mpsc::unbounded();
        book.inner().borrow_mut().nudge = Some(nudge);
        network::on_return(move || book.nudge());
        if !is_open(book, &mut nudged).await {
            return;
        }
        reload(book).await;
        let known = book.inner().borrow().device.saved().epoch.is_some();
        book.status.set(if known { Status::Syncing } else { Status::First });
        window::ask_before_leaving(move || untrack(|| book.has_unkept()));
        let _lead = Lead::take(&name).await;
        book.inner().borrow_mut().leads = true;
        // Whoever led before may have kept more than it told.
        reload(book).await;
        tasks::run(line::listen(book));
        lead(book, nudged).await;
    });
}

/// Whether what is kept here may be read: a device that has been without its server for too long waits for it first.
/// False if its user has lost their access.
async fn is_open(book: Book, nudged: &mut Nudged) -> bool {
    let Some(store) = book.inner().borrow().store.clone() else { return true };
    let saved: Option<Saved> = store.saved().await.ok().flatten().and_then(|saved| serde_json::from_str(&saved).ok());
    if !saved.is_some_and(|saved| saved.is_stale(clock::now())) {
        return true;
    }
    let user = book.me().user;
    let mut failures = 0;
    loop {
        let ended = match network::get::<Me>("/auth/me").await {
            Ok(me) if me.user == user => return true,
            Ok(_) => Ended::SignedOut,
            Err(trouble) => ended(trouble),
        };
        if matches!(ended, Ended::Revoked) {
            revoked(book).await;
            return false;
        }
        book.status.set(if matches!(ended, Ended::SignedOut) { Status::SignedOut } else { Status::Locked });
        failures += 1;
        wait(nudged, jittered(failures)).await;
    }
}

/// Takes up what is kept on this device, but for what was read before.
async fn reload(book: Book) {
    let Some(store) = book.inner().borrow().store.clone() else { return };
    let Ok(kept) = store.load().await else { return };
    {
        let inner = book.inner();
        let mut inner = inner.borrow_mut();
        // With every pull what is saved changes: as long as it is the same, only commands can have been added.
        if inner.read.is_some() && inner.read == kept.saved {
            inner.is_behind = true;
            return;
        }
        inner.read.clone_from(&kept.saved);
    }
    let (saved, rows, pending, refused) = keep::read(&kept);
    // Whoever comes back sees at once what they did before.
    if !pending.is_empty() {
        book.fetch_rules().await;
    }
    let Some(saved) = saved.or_else(|| (!pending.is_empty()).then(|| book.inner().borrow().device.saved().clone())) else { return };
    let changed = {
        let inner = book.inner();
        let mut inner = inner.borrow_mut();
        inner.logged = kept.base.len();
        let me = inner.me.actor;
        let mut base = std::collections::BTreeMap::new();
        for (key, held) in rows {
            match held {
                Some(held) => base.insert(key, held),
                None => base.remove(&key),
            };
        }
        let mut keys = BTreeSet::new();
        keys.extend(base.keys().cloned().chain(inner.device.base().map(|(key, _)| key.clone())));
        // What was opened since is wanted still.
        let wanted = inner.device.saved().pins.clone();
        inner.device = Device::new(inner.tongue.rules.clone(), me, saved, base, pending);
        for customer in wanted {
            inner.device.pin(customer, Wish::Opened, MAX_PINS);
        }
        keys
    };
    book.refused.set(refused);
    book.took(&changed);
}

async fn lead(book: Book, mut nudged: Nudged) {
    let mut failures = 0;
    let mut told = None;
    loop {
        let pause = match round(book).await {
            Ok(()) => {
                failures = 0;
                book.status.set(Status::Synced(clock::now()));
                stay_signed_in(&mut told).await;
                PULL_EVERY_MS
            }
            Err(Ended::Unreached) => {
                book.status.set(Status::Offline);
                // A fresh page reads nothing of what is kept before it has been in touch.
                if book.inner().borrow().device.saved().is_stale(clock::now()) {
                    window::reload();
                }
                failures += 1;
                jittered(failures)
            }
            Err(Ended::SignedOut) => {
                book.status.set(Status::SignedOut);
                u32::MAX >> 1
            }
            Err(Ended::TooOld) => {
                book.status.set(Status::TooOld);
                window::look_for_update();
                PULL_EVERY_MS
            }
            Err(Ended::Revoked) => return revoked(book).await,
        };
        wait(&mut nudged, pause).await;
    }
}

/// Waits so long, or until there is something to do.
async fn wait(nudged: &mut Nudged, milliseconds: u32) {
    let mut waited = tasks::pause(milliseconds).boxed_local().fuse();
    select! {
        _ = nudged.next() => {}
        () = waited => {}
    }
    while nudged.try_recv().is_ok() {}
}

/// Access was withdrawn: nothing of this user stays here.
async fn revoked(book: Book) {
    if let Some(store) = book.inner().borrow_mut().store.take() {
        store.close();
    }
    keep::forget_device(&book.me()).await;
    book.status.set(Status::Revoked);
}

/// Syncing is no sign of life: a tab does it alone. Tells the server now and then that somebody is at work.
async fn stay_signed_in(told: &mut Option<Instant>) {
    let seen = presence::last_seen();
    if let Some(at) = seen.filter(|at| told.is_none_or(|told| at.seconds_since(told) > PRESENT_EVERY_SECONDS)) {
        *told = Some(at);
        _ = network::get::<Me>("/auth/me").await;
    }
}

/// Full jitter: between nothing and the whole pause, which doubles with every failure.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded by RETRY_LAST_MS")]
pub fn jittered(failures: i32) -> u32 {
    ((RETRY_FIRST_MS * 2f64.powi(failures)).min(RETRY_LAST_MS) * tasks::chance()) as u32 + 200
}

/// Sends what waits, then fetches what is new.
async fn round(book: Book) -> Result<(), Ended> {
    while push(book).await? {}
    while pull(book).await? {}
    // A command made meanwhile would wait for the next nudge, which its making has sent.
    Ok(())
}

/// Takes up what other tabs have kept, under the numbers it has there.
async fn catch_up(book: Book) {
    let store = {
        let inner = book.inner();
        let mut inner = inner.borrow_mut();
        let is_behind = std::mem::take(&mut inner.is_behind) || inner.device.misses_some();
        inner.store.clone().filter(|_| is_behind)
    };
    let Some(store) = store else { return };
    let Ok(kept) = store.pending().await else { return };
    let mut changed = BTreeSet::new();
    for Pending { mutation, .. } in keep::numbered(&kept) {
        changed.extend(made(book, mutation));
    }
    book.tell(&changed);
}

/// Shows a command that another tab has kept under this number.
pub fn made(book: Book, mutation: Mutation) -> BTreeSet<Key> {
    let (command, mid) = (mutation.cmd_id, mutation.mid);
    let mut changed = book.show(mutation);
    changed.extend(book.inner().borrow_mut().device.number(command, mid));
    changed
}

/// One push; true if there is more to push.
async fn push(book: Book) -> Result<bool, Ended> {
    catch_up(book).await;
    let Some(request) = book.inner().borrow().device.push_request() else { return Ok(false) };
    let body = serde_json::to_string(&request).map_err(|_| Ended::Unreached)?;
    let answer = network::send("POST", "/sync/push", Some(body), 30_000).await.map_err(|_| Ended::Unreached)?;
    let refused = || serde_json::from_str::<PushRefused>(&answer.body).ok().map(Err);
    let outcome: Result<PushResponse, PushRefused> = match answer.status {
        404 | 409 => refused().ok_or(Ended::Unreached)?,
        _ => Ok(answer.read().map_err(ended)?),
    };
    let pushed = book.inner().borrow_mut().device.pushed(&outcome);
    if pushed == Pushed::Renew {
        renew(book).await;
    }
    Ok(true)
}

/// Goes on under a new client id with the same commands.
async fn renew(book: Book) {
    let inner = book.inner();
    let (store, saved, ids) = {
        let mut inner = inner.borrow_mut();
        inner.device.renew(clock::new_id::<ClientId>());
        let ids: Vec<String> = inner.device.pending().iter().map(|pending| pending.mutation.cmd_id.to_string()).collect();
        inner.next_mid = ids.len() as u64 + 1;
        inner.is_behind = true;
        (inner.store.clone(), serde_json::to_string(inner.device.saved()).unwrap_or_default(), ids)
    };
    if let Some(store) = store {
        _ = store.renumber(&saved, &ids).await;
    }
}

/// One page; true if there is more.
async fn pull(book: Book) -> Result<bool, Ended> {
    let request = book.inner().borrow().device.pull_request();
    let answer: Result<PullResponse, Trouble> = network::post("/sync/pull", &request).await;
    let answer = match answer {
        Ok(answer) => answer,
        Err(trouble) => {
            book.inner().borrow_mut().device.pull_failed();
            return Err(ended(trouble));
        }
    };
    let pulled = {
        let inner = book.inner();
        let mut inner = inner.borrow_mut();
        inner.device.heard(clock::now());
        inner.device.pulled(answer)
    };
    let (committed, changed, more) = match pulled {
        Pulled::More => return Ok(true),
        Pulled::Part(committed, changed) => (committed, changed, true),
        Pulled::Done(committed, changed) => (committed, changed, false),
    };
    take(book, &committed, &changed).await;
    Ok(more)
}

/// Shows what came, keeps it, and tells the other tabs: one that opens before that finds it in the store.
async fn take(book: Book, committed: &Committed, changed: &BTreeSet<Key>) {
    book.took(changed);
    announce_refused(book, committed);
    keep::commit(book, committed).await;
    tabs::tell(book, &Told::pulled(committed));
}

/// Wants histories here, and says so to the other tabs: one of them may be the one that fetches.
pub fn pin(book: Book, customers: &[CustomerId], wish: Wish) {
    if want(book, customers, wish) {
        tabs::tell(book, &Told::Wanted { customers: customers.to_vec(), wish });
        book.nudge();
    }
}

/// True if any of them was not wanted before.
pub fn want(book: Book, customers: &[CustomerId], wish: Wish) -> bool {
    let inner = book.inner();
    let mut inner = inner.borrow_mut();
    let new = customers.iter().filter(|customer| inner.device.pin(**customer, wish, MAX_PINS)).count();
    new > 0
}

pub fn announce_refused(book: Book, committed: &Committed) {
    if !committed.refused.is_empty() {
        book.refused.update(|refused| refused.extend(committed.refused.iter().cloned()));
    }
}

fn ended(trouble: Trouble) -> Ended {
    match trouble {
        Trouble::Refused { status: 401, .. } => Ended::SignedOut,
        Trouble::Refused { status: 426, .. } => Ended::TooOld,
        Trouble::Refused { status: 403, problem: Some(problem) } if problem.code == "access.revoked" => Ended::Revoked,
        Trouble::Refused { .. } | Trouble::Unreached => Ended::Unreached,
    }
}

/// Keeps a command on this device, tells the other tabs, wakes the engine.
pub fn keep_and_send(book: Book, mutation: Mutation) {
    tasks::run(async move {
        let inner = book.inner();
        let store = inner.borrow().store.clone();
        let json = serde_json::to_string(&Pending { mutation: mutation.clone(), refusal: None }).unwrap_or_default();
        let kept = match store {
            Some(store) => store.append(&mutation.cmd_id.to_string(), &json).await.ok(),
            None => None,
        };
        // The last one that was not kept may have been sent meanwhile.
        book.unkept.update(|unkept| *unkept = kept.is_none() || (*unkept && book.unsent.get_untracked() > 1));
        let mid = {
            let mut inner = inner.borrow_mut();
            // Where nothing can be kept (a private window, a full disk) the command still goes out from memory.
            let mid = kept.unwrap_or(inner.next_mid);
            inner.next_mid = mid + 1;
            inner.device.number(mutation.cmd_id, mid);
            mid
        };
        tabs::tell(book, &Told::Made { mutation: Mutation { mid, ..mutation } });
        book.nudge();
    });
}
