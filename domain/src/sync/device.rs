//! The device's half of sync, without IO: it is told what arrived and says what to keep and what to send.
//!
//! Invariants: a row is here exactly while a scope that is held contains it; pages are shown only when a
//! pull is complete, but for those of a device's first pull, before which there is nothing; a pending command
//! leaves only with the completed pull that carries its effect.

use super::{
    kept::{Committed, Held, Pending, Saved, Wish},
    staged::Staged,
    view::{Base, Key, Overlay, Replay, Rules, View},
    wire::{
        FIRST_PAGE_BYTES, MAX_MUTATIONS, MAX_PUSH_BYTES, Mutation, PAGE_BYTES, Page, PullRequest, PullResponse, PushRefused, PushRequest,
        PushResponse,
    },
};
use crate::{
    context::Actor,
    id::{ClientId, CommandId, CustomerId, Id},
    time::Instant,
};
use std::collections::{BTreeMap, BTreeSet};

/// What a pull's answer came to.
#[derive(Debug)]
pub enum Pulled {
    /// Ask again at once.
    More,
    /// A page of the first pull ever: show and keep it, and ask again at once.
    Part(Box<Committed>, BTreeSet<Key>),
    /// Keep this; these rows look different now.
    Done(Box<Committed>, BTreeSet<Key>),
}

/// What a push's answer came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Pushed {
    /// Push the rest, then pull.
    Taken,
    /// Send again from the number the server named.
    Again,
    /// This client's numbers are spent: call [`Device::renew`] and keep the pending commands anew.
    Renew,
}

pub struct Device<R> {
    rules: R,
    me: Actor,
    saved: Saved,
    base: Base,
    pending: Vec<Pending>,
    overlay: Overlay,
    waiting: Vec<CommandId>,
    acked_mid: u64,
    /// The history in which that was.
    acked_in: Option<String>,
    /// What it refused of that. The server forgets verdicts that a copy of this device has confirmed.
    refused: BTreeMap<u64, serde_json::Value>,
    staged: Option<Staged>,
    /// While the first pull ever is under way: what the next page may weigh.
    filling: Option<usize>,
}

impl<R: Rules> Device<R> {
    #[must_use]
    pub fn new(rules: R, me: Actor, saved: Saved, base: BTreeMap<Key, Held>, pending: Vec<Pending>) -> Self {
        let acked_mid = saved.confirmed_mid;
        let filling = saved.epoch.is_none().then_some(FIRST_PAGE_BYTES);
        let mut device = Self {
            rules,
            me,
            saved,
            base,
            pending,
            overlay: Overlay::new(),
            waiting: Vec::new(),
            acked_mid,
            acked_in: None,
            refused: BTreeMap::new(),
            staged: None,
            filling,
        };
        device.replay_all();
        device
    }

    #[must_use]
    pub fn saved(&self) -> &Saved {
        &self.saved
    }

    #[must_use]
    pub fn pending(&self) -> &[Pending] {
        &self.pending
    }

    /// The row as its user sees it.
    #[must_use]
    pub fn row(&self, key: &Key) -> Option<&str> {
        match self.overlay.get(key) {
            Some(row) => row.as_deref(),
            None => self.base.get(key).map(|held| &*held.json),
        }
    }

    /// Every confirmed row, for a snapshot.
    pub fn base(&self) -> impl Iterator<Item = (&Key, &Held)> {
        self.base.iter()
    }

    /// All rows of one kind as their user sees them.
    pub fn rows<'a>(&'a self, entity: &str) -> impl Iterator<Item = (Id, &'a str)> {
        let from = Key::new(entity, Id::ONLY);
        let kind = from.entity.clone();
        let same = move |key: &Key| key.entity == kind;
        let only_new = self.overlay.range(from.clone()..).take_while({
            let same = same.clone();
            move |(key, _)| same(key)
        });
        let only_new = only_new.filter(|(key, _)| !self.base.contains_key(key)).filter_map(|(key, row)| Some((key.id, row.as_deref()?)));
        let confirmed = self.base.range(from..).take_while(move |(key, _)| same(key));
        confirmed.filter_map(|(key, _)| Some((key.id, self.row(key)?))).chain(only_new)
    }

    /// Whether a pending command changed this row.
    #[must_use]
    pub fn is_unsynced(&self, key: &Key) -> bool {
        self.overlay.contains_key(key)
    }

    /// Whether this command shows no effect yet because only the server can judge it.
    #[must_use]
    pub fn is_waiting(&self, command: CommandId) -> bool {
        self.waiting.contains(&command)
    }

    /// What the view would be asked by a rule before a command is made.
    #[must_use]
    pub fn view(&self) -> View<'_> {
        View::new(&self.base, &self.overlay)
    }

    /// Takes a command of this device's user. It is shown at once and sent once [`Device::number`] knows it saved.
    /// Another tab may tell of one that was read from the store already, or even settled: that changes nothing.
    pub fn submit(&mut self, mutation: Mutation) -> BTreeSet<Key> {
        let is_settled = (1..=self.saved.confirmed_mid).contains(&mutation.mid);
        if is_settled || self.pending.iter().any(|pending| pending.mutation.cmd_id == mutation.cmd_id) {
            return BTreeSet::new();
        }
        // What was over the base stays over it.
        self.pending.push(Pending { mutation, refusal: None });
        self.replay_from(self.pending.len() - 1);
        self.overlaid()
    }

    /// The command has been saved on this device under this number. Says which rows look different if others came before it.
    pub fn number(&mut self, command: CommandId, mid: u64) -> BTreeSet<Key> {
        let Some(place) = self.pending.iter().position(|pending| pending.mutation.cmd_id == command) else { return BTreeSet::new() };
        let mut numbered = self.pending.remove(place);
        numbered.mutation.mid = mid;
        let order = |pending: &Pending| if pending.mutation.mid == 0 { u64::MAX } else { pending.mutation.mid };
        // Looked for one by one: while all are numbered anew they are in no order.
        let sorted = self.pending.iter().position(|pending| order(pending) > order(&numbered)).unwrap_or(self.pending.len());
        self.pending.insert(sorted, numbered);
        if sorted == place { BTreeSet::new() } else { self.replay_all() }
    }

    /// Whether a command before the next one to be sent is not here: another tab kept it and has not told yet, or never
    /// will. What is kept on the device knows.
    #[must_use]
    pub fn misses_some(&self) -> bool {
        let next = self.pending.iter().map(|pending| pending.mutation.mid).find(|mid| *mid > self.acked_mid);
        next.is_some_and(|mid| mid > self.acked_mid + 1)
    }

    /// What to send now, if anything waits.
    #[must_use]
    pub fn push_request(&self) -> Option<PushRequest> {
        let mut bytes = 0;
        let waiting = || self.pending.iter().map(|pending| &pending.mutation).filter(|mutation| mutation.mid > self.acked_mid);
        // After a server was put back there may be a gap before the first: the server says so.
        let mut next = waiting().map(|mutation| mutation.mid).next()?;
        let mutations: Vec<Mutation> = waiting()
            .take_while(|mutation| {
                let dense = mutation.mid == next;
                next += 1;
                bytes += mutation.args.get().len() + 200;
                dense && bytes <= MAX_PUSH_BYTES
            })
            .take(MAX_MUTATIONS)
            .cloned()
            .collect();
        if mutations.is_empty() {
            return None;
        }
        Some(PushRequest { client_id: self.saved.client_id, confirmed_mid: self.saved.confirmed_mid, mutations })
    }

    pub fn pushed(&mut self, answer: &Result<PushResponse, PushRefused>) -> Pushed {
        match answer {
            Ok(taken) => {
                let history = self.acked_in.as_ref().or(self.saved.epoch.as_ref());
                self.acked_mid = if history.is_none_or(|history| *history == taken.epoch) {
                    let refused = taken.results.iter().filter(|verdict| !verdict.ok);
                    self.refused.extend(refused.map(|verdict| (verdict.mid, verdict.refusal.clone().unwrap_or_default())));
                    // Of nothing but what was sent: the numbers after it may be those of a copy of this device.
                    taken.results.iter().map(|verdict| verdict.mid).fold(self.acked_mid, u64::max)
                } else {
                    // What the other history had taken, this one may not have: all is sent again.
                    self.refused.clear();
                    self.saved.confirmed_mid
                };
                self.acked_in = Some(taken.epoch.clone());
                Pushed::Taken
            }
            Err(PushRefused::Gap { last_mid }) => {
                let resent = self.pending.iter().any(|pending| pending.mutation.mid == last_mid + 1);
                if resent && *last_mid != self.acked_mid {
                    self.acked_mid = *last_mid;
                    Pushed::Again
                } else {
                    Pushed::Renew
                }
            }
            Err(PushRefused::ClientForked | PushRefused::ClientUnknown) => Pushed::Renew,
        }
    }

    /// Goes on as a new client: the same commands under new numbers from 1. The commands' own ids stay, so
    /// nothing that was done is done twice.
    pub fn renew(&mut self, client_id: ClientId) {
        self.saved.client_id = client_id;
        self.saved.confirmed_mid = 0;
        self.forget_acked();
        let saved = self.pending.iter_mut().filter(|pending| pending.mutation.mid != 0);
        for (mid, pending) in (1..).zip(saved) {
            pending.mutation.mid = mid;
        }
    }

    fn forget_acked(&mut self) {
        (self.acked_mid, self.acked_in) = (0, None);
        self.refused.clear();
    }

    #[must_use]
    pub fn pull_request(&self) -> PullRequest {
        let staged = self.staged.as_ref();
        let held = if staged.is_some_and(|staged| staged.clear) { BTreeMap::new() } else { self.saved.cursors.clone() };
        PullRequest {
            client_id: self.saved.client_id,
            epoch: staged.and_then(|staged| staged.epoch.clone()).or_else(|| self.saved.epoch.clone()),
            scopes: staged.map_or(held, |staged| staged.cursors.clone()),
            pins: self.saved.pins.clone(),
            confirmed_mid: self.saved.confirmed_mid,
            limit_bytes: self.filling.unwrap_or(PAGE_BYTES),
            wait_s: 0,
        }
    }

    /// Wants this customer's history here from now on, one of so many at `most`: those that were opened last, and before
    /// them, as long as there is room, what is near. Says whether that is new.
    pub fn pin(&mut self, customer: CustomerId, wish: Wish, most: usize) -> bool {
        self.saved.pin(customer, wish, most)
    }

    /// The server has answered: from now on this device may be without it as long as any.
    pub fn heard(&mut self, at: Instant) {
        self.saved.heard_at = Some(at);
    }

    /// Forgets the pages of a pull that was cut off.
    pub fn pull_failed(&mut self) {
        self.staged = None;
    }

    pub fn pulled(&mut self, answer: PullResponse) -> Pulled {
        match answer {
            // Kept only with the rows of that history: if its pages do not all arrive, the old one still stands.
            PullResponse::ResetAll { epoch, .. } => {
                self.staged = Some(Staged::anew(epoch));
                Pulled::More
            }
            PullResponse::Page(page) => {
                let only_adds = self.only_adds(&page);
                let mut staged = self.staged.take().unwrap_or_else(|| Staged::after(self.saved.cursors.clone()));
                let (done, last_mid, epoch) = (page.done, page.last_mid, page.epoch.clone());
                staged.add(&self.base, page);
                if !done && !only_adds {
                    self.staged = Some(staged);
                    return Pulled::More;
                }
                // What was pending is settled by what is complete.
                let committed = self.commit(staged, epoch, if done { last_mid } else { 0 });
                let changed = self.take(&committed);
                let committed = Box::new(committed);
                self.filling = self.filling.filter(|_| !done).map(|bytes| PAGE_BYTES.min(bytes * 2));
                if done { Pulled::Done(committed, changed) } else { Pulled::Part(committed, changed) }
            }
        }
    }

    /// Whether this page of a first pull can be shown by itself. A row that left one scope may come through another on a later
    /// page, and one with the effect of a command that is still pending would show it twice.
    fn only_adds(&self, page: &Page) -> bool {
        let first = self.filling.is_some() && self.staged.is_none();
        let takes_nothing = page.gone.is_empty() && page.drop.is_empty() && page.reset.is_empty();
        first && takes_nothing && !self.pending.iter().any(|pending| (1..=page.last_mid).contains(&pending.mutation.mid))
    }

    fn commit(&self, staged: Staged, epoch: String, last_mid: u64) -> Committed {
        // A number counts only where this device has heard its own command's verdict: a copy of it may have used the same.
        let heard = if self.acked_in.as_ref().is_none_or(|history| *history == epoch) { self.acked_mid } else { 0 };
        let judged = last_mid.min(heard);
        let confirmed_mid = self.saved.confirmed_mid.max(judged);
        let settled = |pending: &&Pending| (1..=judged).contains(&pending.mutation.mid);
        Committed {
            clear: staged.clear,
            rows: staged.touched.into_iter().collect(),
            saved: Saved { epoch: Some(epoch), cursors: staged.cursors, confirmed_mid, archive: staged.archive, ..self.saved.clone() },
            settled: self.pending.iter().filter(settled).map(|pending| pending.mutation.cmd_id).collect(),
            refused: self
                .pending
                .iter()
                .filter(settled)
                .filter_map(|pending| {
                    let mid = pending.mutation.mid;
                    let refusal = staged.refused.get(&mid).or_else(|| self.refused.get(&mid))?.clone();
                    Some(Pending { mutation: pending.mutation.clone(), refusal: Some(refusal) })
                })
                .collect(),
        }
    }

    /// Takes over a completed pull, one's own or another tab's. Says which rows look different now.
    pub fn take(&mut self, committed: &Committed) -> BTreeSet<Key> {
        let mut changed: BTreeSet<Key> = BTreeSet::new();
        if committed.clear {
            changed.extend(self.base.keys().cloned());
            self.base.clear();
        }
        for (key, held) in &committed.rows {
            match held {
                Some(held) => self.base.insert(key.clone(), held.clone()),
                None => self.base.remove(key),
            };
            changed.insert(key.clone());
        }
        self.saved = committed.saved.clone();
        // Another history has other numbers: what the old one had taken is to be sent again.
        if self.acked_in.is_some() && self.acked_in != self.saved.epoch {
            self.forget_acked();
        }
        self.acked_mid = self.acked_mid.max(self.saved.confirmed_mid);
        self.refused.retain(|mid, _| *mid > self.saved.confirmed_mid);
        self.staged = None;
        self.pending.retain(|pending| !committed.settled.contains(&pending.mutation.cmd_id));
        changed.extend(self.replay_all());
        changed
    }

    /// Puts the pending commands over the base again: after a pull, or once the rules know more. Says which rows they touched
    /// before or touch now.
    pub fn replay_all(&mut self) -> BTreeSet<Key> {
        let mut touched = self.overlaid();
        self.overlay.clear();
        self.waiting.clear();
        self.replay_from(0);
        touched.extend(self.overlay.keys().cloned());
        touched
    }

    /// The rows that pending commands touch.
    fn overlaid(&self) -> BTreeSet<Key> {
        // Inserted one by one: to collect a tree is to sort first, by code of its own for each kind.
        let mut keys = BTreeSet::new();
        keys.extend(self.overlay.keys().cloned());
        keys
    }

    fn replay_from(&mut self, first: usize) {
        for pending in self.pending.iter().skip(first) {
            let mutation = &pending.mutation;
            let mut view = View::new(&self.base, &self.overlay);
            match self.rules.replay(&mut view, mutation, self.me, mutation.client_ts) {
                Replay::Shown => {
                    let written = view.written();
                    self.overlay.extend(written);
                }
                Replay::Waiting => {
                    self.waiting.push(mutation.cmd_id);
                }
            }
        }
    }
}
