//! What this device knows: rows to read as signals, commands to submit, and how sync stands.
//!
//! Reads never wait and never fail: a row is here or it is not. A submitted command is shown at once, kept on the
//! device, sent when there is a line, and leaves only with the pull that carries its effect.

mod day;
mod engine;
mod keep;
mod line;
mod lines;
mod listing;
mod looked;
mod order;
mod status;
mod table;
mod tabs;
mod vocabulary;

pub use keep::forget_device;
pub use listing::{Asked, Asking, Listing};
pub use order::{by_key, ordered};
pub use status::Status;
pub use table::Kept;
pub(crate) use table::kept;
pub use vocabulary::{FetchRules, Vocabulary};

use crate::browser::{
    clock,
    store::{Store, Tabs},
    tasks,
};
use domain::{
    id::{CommandId, CustomerId, Id},
    session::Me,
    sync::{
        Device, Held, Key, Pending, Saved, Scope, Wish,
        wire::{Cursor, MAX_COMMAND_BYTES, Mutation},
    },
    time::Instant,
};
use futures::channel::mpsc;
use leptos::prelude::*;
use listing::Lists;
use looked::Looked;
use serde_json::value::RawValue;
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    sync::Arc,
};
use table::{Kind, Table, Tables};
use vocabulary::{Learned, Tongue};

/// How far what happened with a customer is on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum History {
    Here,
    Coming,
    /// There is no line, and it was not opened here before.
    Elsewhere,
}

/// The book in context. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Book {
    inner: StoredValue<Rc<RefCell<Inner>>, LocalStorage>,
    status: RwSignal<Status>,
    unsent: RwSignal<usize>,
    refused: RwSignal<Vec<Pending>>,
    /// Whether the device could not keep a command, which is lost with this page until it is sent.
    unkept: RwSignal<bool>,
    /// How often rows came.
    pulls: RwSignal<u32>,
}

/// A command that the server refused, until its author has dealt with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused<V: Vocabulary> {
    pub id: CommandId,
    /// `None` if this build does not know the command.
    pub command: Option<V>,
    pub why: V::Refusal,
    pub made_at: Instant,
}

impl<V: Vocabulary> Refused<V> {
    fn of(pending: &Pending) -> Self {
        let mutation = &pending.mutation;
        let why = pending.refusal.clone().and_then(|refusal| serde_json::from_value(refusal).ok());
        Self {
            id: mutation.cmd_id,
            command: V::read(&mutation.name, mutation.v, &mutation.args),
            why: why.unwrap_or(V::MALFORMED),
            made_at: mutation.client_ts,
        }
    }
}

pub(crate) struct Inner {
    me: Me,
    tongue: Tongue,
    device: Device<Learned>,
    tables: Tables,
    looked: Looked,
    lists: Lists,
    store: Option<Rc<Store>>,
    tabs: Option<Tabs>,
    /// Whether this is the tab that speaks with the server.
    leads: bool,
    /// Whether other tabs kept commands under numbers that may be others by now.
    is_behind: bool,
    /// What was saved of this device's pulls when its store was read last.
    read: Option<String>,
    /// Wakes the engine.
    nudge: Option<mpsc::UnboundedSender<()>>,
    /// Chunks of changes kept since the last snapshot.
    logged: usize,
    /// The next number where no store gives one.
    next_mid: u64,
    /// When how far this device has come was last kept.
    kept_at: Option<Instant>,
}

impl Book {
    fn with(me: Me, tongue: Tongue, saved: Saved, rows: BTreeMap<Key, Held>, status: Status) -> Self {
        let device = Device::new(tongue.rules.clone(), me.actor, saved, rows, Vec::new());
        let unsent = device.pending().len();
        let inner = Inner {
            me,
            tongue,
            device,
            tables: Tables::default(),
            looked: Looked::default(),
            lists: Lists::default(),
            store: None,
            tabs: None,
            leads: false,
            is_behind: false,
            read: None,
            nudge: None,
            logged: 0,
            next_mid: 1,
            kept_at: None,
        };
        Self {
            inner: StoredValue::new_local(Rc::new(RefCell::new(inner))),
            status: RwSignal::new(status),
            unsent: RwSignal::new(unsent),
            refused: RwSignal::new(Vec::new()),
            unkept: RwSignal::new(false),
            pulls: RwSignal::new(0),
        }
    }

    /// A book that lives in memory only, for tests: these rows, confirmed.
    #[must_use]
    pub fn of_rows<V: Vocabulary>(me: Me, rows: Vec<(Key, Held)>) -> Self {
        let book = Self::before_rules::<V>(me, rows);
        book.learn::<V>();
        book
    }

    /// The same before its rules have come.
    #[must_use]
    pub fn before_rules<V: Vocabulary>(me: Me, rows: Vec<(Key, Held)>) -> Self {
        let tongue = Tongue { rules: Learned::default(), fetch: |_| Box::pin(std::future::ready(())), zone: V::zone };
        // All there is, is here.
        let pinned = rows.iter().flat_map(|(key, _)| Scope::pinned(key.id.into()));
        let saved = Saved { cursors: pinned.map(|scope| (scope, Cursor(0, 0))).collect(), ..Saved::fresh(clock::new_id()) };
        Self::with(me, tongue, saved, rows.into_iter().collect(), Status::Synced(clock::now()))
    }

    /// Opens this user's book: from the device's store at once, then from the server for as long as the page lives.
    /// Its rules may come later: nobody needs them to read.
    #[must_use]
    pub fn open<V: Vocabulary>(me: Me, fetch: FetchRules) -> Self {
        let tongue = Tongue { rules: Learned::default(), fetch, zone: V::zone };
        let book = Self::with(me, tongue, Saved::fresh(clock::new_id()), BTreeMap::new(), Status::Opening);
        engine::start(book);
        book
    }

    /// From now on the rules are here: what waited for them is shown, and what they forbid is refused on the spot.
    pub fn learn<V: Vocabulary>(&self) {
        let inner = self.inner();
        let changed = {
            let mut inner = inner.borrow_mut();
            inner.tongue.rules.learn::<V>().then(|| inner.device.replay_all())
        };
        if let Some(changed) = changed {
            self.tell(&changed);
        }
    }

    /// Done when the rules are here, or cannot come now.
    async fn fetch_rules(self) {
        let tongue = self.inner().borrow().tongue.clone();
        if !tongue.rules.is_there() {
            (tongue.fetch)(self).await;
        }
    }

    /// Puts a command over what is here, as soon as there are rules to do it by.
    fn show(&self, mutation: Mutation) -> BTreeSet<Key> {
        let inner = self.inner();
        let mut inner = inner.borrow_mut();
        if !inner.tongue.rules.is_there() {
            tasks::run(self.fetch_rules());
        }
        inner.device.submit(mutation)
    }

    fn inner(&self) -> Rc<RefCell<Inner>> {
        self.inner.get_value()
    }

    #[must_use]
    pub fn me(&self) -> Me {
        self.inner().borrow().me.clone()
    }

    #[must_use]
    pub fn status(&self) -> Signal<Status> {
        self.status.into()
    }

    /// Commands that the server has not confirmed yet.
    #[must_use]
    pub fn unsent(&self) -> Signal<usize> {
        self.unsent.into()
    }

    /// Whether something unsent is in this page's memory alone. Tracked.
    #[must_use]
    pub fn has_unkept(&self) -> bool {
        self.unkept.get() && self.unsent.get() > 0
    }

    #[must_use]
    pub fn refused<V: Vocabulary>(&self) -> Signal<Vec<Refused<V>>> {
        let refused = self.refused;
        Signal::derive(move || refused.with(|refused| refused.iter().map(Refused::of).collect()))
    }

    /// Whether the server refused something. Tracked.
    #[must_use]
    pub fn has_refused(&self) -> bool {
        self.refused.with(|refused| !refused.is_empty())
    }

    /// Calls back once all is here and the browser has nothing else to do. Without a line: once there is one.
    pub fn once_calm(&self, then: fn(Book)) {
        let (book, status) = (*self, self.status);
        let stands = Memo::new(move |_| matches!(status.get(), Status::Synced(_)));
        Effect::new(move |done: Option<bool>| {
            let done = done.unwrap_or_default();
            if !done && stands.get() {
                tasks::when_idle(move || then(book));
            }
            done || stands.get()
        });
    }

    fn read<T: Kept, O>(&self, look: impl FnOnce(&Table) -> O) -> O {
        let inner = self.inner();
        let mut inner = inner.borrow_mut();
        let Inner { device, tables, looked, .. } = &mut *inner;
        let table = tables.of(Kind::of::<T>(), device, looked);
        table.watch();
        look(table)
    }

    /// This row as its user sees it. Tracked: call it inside a memo or a view.
    #[must_use]
    pub fn row<T: Kept>(&self, id: impl Into<Id>) -> Option<Arc<T>> {
        self.read::<T, _>(|table| table.row(id.into()))
    }

    /// All rows of a type, in no order. Tracked.
    #[must_use]
    pub fn rows<T: Kept>(&self) -> Vec<Arc<T>> {
        self.read::<T, _>(Table::all)
    }

    /// The rows of a type that belong to a customer. Tracked.
    #[must_use]
    pub fn of<T: Kept>(&self, customer: CustomerId) -> Vec<Arc<T>> {
        self.read::<T, _>(|table| table.of(customer))
    }

    /// Has the history of a customer come to this device, and stay as one of those that were opened last.
    pub fn open_history(&self, customer: CustomerId) {
        engine::pin(*self, &[customer], Wish::Opened);
    }

    /// Has the histories of these come too, as far as there is room beside those that were opened: for when there is no line.
    pub fn keep_near(&self, customers: &[CustomerId]) {
        engine::pin(*self, customers, Wish::Near);
    }

    /// How far the history of this customer is here. Tracked.
    #[must_use]
    pub fn history(&self, customer: CustomerId) -> History {
        self.pulls.track();
        if self.inner().borrow().device.saved().is_whole(customer) {
            return History::Here;
        }
        if self.status.get().is_cut_off() { History::Elsewhere } else { History::Coming }
    }

    /// Whether something about this row is not with the server yet. Tracked.
    #[must_use]
    pub fn is_unsynced<T: Kept>(&self, id: impl Into<Id>) -> bool {
        self.read::<T, _>(|_| ());
        self.inner().borrow().device.is_unsynced(&Key::new(T::ENTITY, id.into()))
    }

    /// Why this could not be done now, for the button that would do it. `None` also where only the server can tell.
    #[must_use]
    pub fn why_not<V: Vocabulary>(&self, command: &V) -> Option<V::Refusal> {
        let inner = self.inner();
        let inner = inner.borrow();
        inner.tongue.rules.refusal(command, inner.device.view(), &inner.me, clock::now())
    }

    /// Does it: shown now, kept on this device, sent when there is a line.
    pub fn submit<V: Vocabulary>(&self, command: &V) -> Result<CommandId, V::Refusal> {
        if let Some(refusal) = self.why_not(command) {
            return Err(refusal);
        }
        let (name, args) = command.written().filter(|(_, args)| args.get().len() <= MAX_COMMAND_BYTES).ok_or(V::MALFORMED)?;
        Ok(self.take(V::VERSION, name, args))
    }

    fn take(&self, v: u32, name: String, args: Box<RawValue>) -> CommandId {
        let id: CommandId = clock::new_id();
        let mutation = Mutation { mid: 0, cmd_id: id, v, name, args, client_ts: clock::now() };
        let changed = self.show(mutation.clone());
        self.tell(&changed);
        engine::keep_and_send(*self, mutation);
        id
    }

    /// The author has seen the refusal and leaves it at that.
    pub fn dismiss(&self, id: CommandId) {
        self.refused.update(|refused| refused.retain(|one| one.mutation.cmd_id != id));
        keep::forget_refused(*self, id);
    }

    /// Tries again now: after signing in anew, or when somebody asks for it.
    pub fn nudge(&self) {
        if let Some(nudge) = &self.inner().borrow().nudge {
            // Fails only when the engine is gone, and then there is nothing to wake.
            _ = nudge.unbounded_send(());
        }
    }

    /// Rows came: calls their readers, and those who wait for a history.
    fn took(&self, changed: &BTreeSet<Key>) {
        self.tell(changed);
        self.pulls.update(|pulls| *pulls = pulls.wrapping_add(1));
    }

    /// Calls the readers of changed rows.
    fn tell(&self, changed: &BTreeSet<Key>) {
        let inner = self.inner();
        let (versions, unsent) = {
            let mut inner = inner.borrow_mut();
            let Inner { device, tables, looked, .. } = &mut *inner;
            looked.give_way(device, changed);
            (tables.update(device, looked, changed), device.pending().len())
        };
        for version in versions {
            version.update(|n| *n += 1);
        }
        if self.unsent.get_untracked() != unsent {
            self.unsent.set(unsent);
        }
    }
}

/// The book of the surface that is open.
#[must_use]
pub fn use_book() -> Book {
    expect_context::<Book>()
}
