//! One browser: the tab that leads, what the store kept, the one request on the line, and other tabs that are told.
//!
//! As the app's engine does: what waits is pushed before anything is pulled, a broken line ends the round, and a completed
//! pull is kept in one transaction before the next request. Between any two of these steps anything else may happen.

use super::{
    rules::{Deed, Item, ItemRules},
    server::Sabotage,
    tabs::{Tab, Told},
};
use crate::{
    context::Actor,
    id::{ClientId, CommandId, CustomerId, Id, PersonId},
    row::Row,
    sync::{
        Committed, Device, Held, Key, Pending, Pulled, Pushed, Saved, Scope, Wish,
        wire::{Mutation, Page, PullRequest, PullResponse, PushRefused, PushRequest, PushResponse},
    },
};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Customers that a browser keeps, so few that others fall out soon.
pub const PINS: usize = 2;

/// What is still there after a crash.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    pub saved: Option<Saved>,
    pub base: BTreeMap<Key, Held>,
    /// With their numbers.
    pub pending: BTreeMap<CommandId, Pending>,
    /// The last number that was given.
    pub mid: u64,
}

#[derive(Debug, Clone)]
pub enum Request {
    Push(PushRequest),
    Pull(PullRequest),
}

#[derive(Debug, Clone)]
pub enum Answer {
    Push(Result<PushResponse, PushRefused>),
    Pull(PullResponse, AsOf),
}

/// How things stood when a pull was answered: an answer may be long on its way.
#[derive(Debug, Clone)]
pub struct AsOf {
    pub granted: BTreeSet<Scope>,
    /// Items that the user could not see.
    pub hidden: BTreeSet<Id>,
}

#[derive(Debug, Clone, Default)]
pub enum Line {
    #[default]
    Idle,
    Asked(Request),
    Answered(Answer),
}

/// What taking an answer came to.
pub enum Took {
    Nothing,
    /// Its numbers are spent.
    Renewed,
    /// A page of a first pull is shown; with the scopes that were granted then. It is kept with the next step.
    Part(BTreeSet<Scope>),
    /// A pull is complete; with the scopes that were granted then. It is kept with the next step.
    Pulled(Box<Committed>, BTreeSet<Scope>),
}

/// A mark that its author has seen, on these items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub command: CommandId,
    pub items: Vec<Id>,
}

pub struct Driver {
    pub user: PersonId,
    pub device: Device<ItemRules>,
    pub kept: Kept,
    pub line: Line,
    pub seen: Vec<Seen>,
    pub tabs: Vec<Tab>,
    /// What other tabs told the one that leads.
    pub inbox: VecDeque<Told>,
    /// Whether other tabs kept commands under numbers that may be others by now.
    pub is_behind: bool,
    /// Rounds that came to their end.
    pub rounds: u32,
    /// Whether another device goes on under the same name with the same commands.
    pub is_copied: bool,
    /// Made, shown, and not kept yet.
    unsaved: Vec<CommandId>,
    /// What was out of the user's sight when the last pull was answered.
    pub hidden: BTreeSet<Id>,
    /// A completed pull that is not kept yet.
    fresh: Option<Box<Committed>>,
    pulling: bool,
}

pub fn started(user: PersonId, kept: &Kept, client_id: ClientId) -> Device<ItemRules> {
    let mut pending: Vec<Pending> = kept.pending.values().cloned().collect();
    pending.sort_by_key(|pending| pending.mutation.mid);
    Device::new(ItemRules, Actor::Staff(user), kept.saved.clone().unwrap_or_else(|| Saved::fresh(client_id)), kept.base.clone(), pending)
}

/// An item as this tab shows it.
pub fn item(device: &Device<ItemRules>, id: Id) -> Option<Item> {
    device.row(&Key::new(Item::ENTITY, id)).map(|json| serde_json::from_str(json).expect("an item"))
}

/// What its author sees of a command from now on, if it is shown and may stay.
pub fn shown(device: &Device<ItemRules>, command: CommandId, deed: Option<&Deed>, stays: impl Fn(&Id) -> bool) -> Option<Seen> {
    let deed = deed.filter(|deed| matches!(deed, Deed::Make { .. } | Deed::Mark { .. }))?;
    let items = deed.items();
    let is_there = |id: &Id| item(device, *id).is_some_and(|item| item.marked_by(command) > 0);
    (!device.is_waiting(command) && items.iter().all(is_there) && items.iter().all(stays)).then_some(Seen { command, items })
}

impl Driver {
    /// `client_id` counts only where none was kept.
    pub fn start(user: PersonId, kept: Kept, client_id: ClientId) -> Self {
        let device = started(user, &kept, client_id);
        let (line, seen, unsaved, fresh) = (Line::Idle, Vec::new(), Vec::new(), None);
        let (tabs, inbox) = (Vec::new(), VecDeque::new());
        Self {
            user,
            device,
            kept,
            line,
            seen,
            tabs,
            inbox,
            is_behind: false,
            rounds: 0,
            is_copied: false,
            unsaved,
            hidden: BTreeSet::new(),
            fresh,
            pulling: false,
        }
    }

    /// The tab dies and is opened again.
    pub fn crash(&mut self, client_id: ClientId) {
        self.device = started(self.user, &self.kept, client_id);
        self.line = Line::Idle;
        self.erased_elsewhere();
        let unsaved = std::mem::take(&mut self.unsaved);
        self.seen.retain(|seen| !unsaved.contains(&seen.command));
        if self.fresh.take().is_some() {
            // Rows that were shown and not kept come again with the next pull.
            self.seen.clear();
        }
        self.pulling = false;
    }

    /// Whether a start from what is kept would show what is shown now.
    pub fn is_all_kept(&self) -> bool {
        self.unsaved.is_empty() && self.fresh.is_none() && self.inbox.is_empty() && !self.is_behind
    }

    /// Every item as its user sees it.
    pub fn items(&self) -> BTreeMap<Id, Item> {
        self.device.rows(Item::ENTITY).map(|(id, json)| (id, serde_json::from_str(json).expect("an item"))).collect()
    }

    /// `stays` says of an item whether its user may go on to see it, as far as the server knows.
    pub fn submit(&mut self, mutation: Mutation, stays: impl Fn(&Id) -> bool) {
        let command = mutation.cmd_id;
        let deed = Deed::read(&mutation);
        self.device.submit(mutation);
        self.unsaved.push(command);
        let seen = shown(&self.device, command, deed.as_ref(), stays);
        self.seen.extend(seen);
        self.erases(deed);
    }

    /// Its own author takes it away.
    pub fn erases(&mut self, deed: Option<Deed>) {
        if let Some(Deed::Erase { id }) = deed {
            self.unsee(|seen| seen.items.contains(&id));
        }
    }

    /// Its user opens a customer, or has it near.
    pub fn pin(&mut self, customer: CustomerId, wish: Wish) {
        let before = self.device.saved().pins.clone();
        self.device.pin(customer, wish, PINS);
        if before.iter().any(|pin| !self.device.saved().pins.contains(pin)) {
            self.unsee(|_| true);
        }
    }

    /// What may disappear from now on.
    pub fn unsee(&mut self, may: impl Fn(&Seen) -> bool) {
        self.seen.retain(|seen| !may(seen));
        self.tabs.iter_mut().for_each(|tab| tab.seen.retain(|seen| !may(seen)));
    }

    /// The oldest command that is not kept yet gets its number in the transaction that keeps it.
    pub fn save_next(&mut self) -> Option<CommandId> {
        let command = (!self.unsaved.is_empty()).then(|| self.unsaved.remove(0))?;
        let pending = self.device.pending().iter().find(|pending| pending.mutation.cmd_id == command)?;
        self.kept.mid += 1;
        let mut pending = pending.clone();
        pending.mutation.mid = self.kept.mid;
        self.tell(None, &Told::Made(pending.mutation.clone()));
        self.kept.pending.insert(command, pending);
        self.device.number(command, self.kept.mid);
        Some(command)
    }

    /// Keeps a completed pull, if there is one to keep, and tells the other tabs of it: whoever opens one afterwards finds it.
    pub fn keep(&mut self, sabotage: Option<Sabotage>) -> bool {
        let Some(committed) = self.fresh.take() else { return false };
        if sabotage != Some(Sabotage::TellsBeforeKeeping) {
            self.tell(None, &Told::Pulled(committed.clone(), self.hidden.clone()));
        }
        let Committed { clear, rows, saved, settled, refused: _ } = *committed;
        // As the app: a pull that brought nothing is not worth a transaction.
        if !clear && rows.is_empty() && settled.is_empty() {
            return true;
        }
        if clear {
            self.kept.base.clear();
        }
        for (key, held) in rows {
            match held {
                Some(held) => self.kept.base.insert(key, held),
                None => self.kept.base.remove(&key),
            };
        }
        self.kept.pending.retain(|command, _| !settled.contains(command));
        self.kept.saved = Some(saved);
        true
    }

    /// Puts the next request on the line.
    pub fn ask(&mut self, sabotage: Option<Sabotage>) {
        if (self.is_behind || self.device.misses_some()) && sabotage != Some(Sabotage::TrustsTabs) {
            self.catch_up();
        }
        let push = if self.pulling { None } else { self.device.push_request() };
        self.pulling = push.is_none();
        self.line = Line::Asked(push.map_or_else(|| Request::Pull(self.device.pull_request()), Request::Push));
    }

    /// The line broke: nobody knows how far the request came.
    pub fn cut_off(&mut self) {
        if self.pulling {
            self.device.pull_failed();
        }
        (self.line, self.pulling) = (Line::Idle, false);
    }

    pub fn take(&mut self, answer: Answer, new_client: ClientId, sabotage: Option<Sabotage>) -> Took {
        match answer {
            Answer::Push(answer) => {
                if let (Some(Sabotage::DropsPendingOnPush), Ok(taken)) = (sabotage, &answer) {
                    self.forget(taken.last_mid);
                }
                if self.device.pushed(&answer) == Pushed::Renew {
                    self.renew(new_client);
                    return Took::Renewed;
                }
                Took::Nothing
            }
            Answer::Pull(PullResponse::Page(page), as_of) if !page.done && sabotage == Some(Sabotage::ShowsEachPage) => {
                let early = PullResponse::Page(Page { done: true, ..page });
                let took = self.pulled(early, as_of, sabotage);
                self.pulling = true;
                took
            }
            Answer::Pull(answer, as_of) => self.pulled(answer, as_of, sabotage),
        }
    }

    fn pulled(&mut self, answer: PullResponse, as_of: AsOf, sabotage: Option<Sabotage>) -> Took {
        self.unsee(|seen| seen.items.iter().any(|item| as_of.hidden.contains(item)));
        self.hidden.clone_from(&as_of.hidden);
        match self.device.pulled(answer) {
            Pulled::More => Took::Nothing,
            Pulled::Part(committed, _) => {
                self.tell_early(&committed, sabotage);
                self.fresh = Some(committed);
                Took::Part(as_of.granted)
            }
            Pulled::Done(committed, _) => {
                self.pulling = false;
                self.rounds += 1;
                self.tell_early(&committed, sabotage);
                self.fresh = Some(committed.clone());
                Took::Pulled(committed, as_of.granted)
            }
        }
    }

    fn renew(&mut self, client_id: ClientId) {
        self.device.renew(client_id);
        let known = self.device.pending().iter().map(|pending| pending.mutation.cmd_id);
        let known: Vec<CommandId> = known.filter(|command| self.kept.pending.contains_key(command)).collect();
        // After those known here come those that other tabs have kept meanwhile.
        let mut rest: Vec<&Pending> = self.kept.pending.values().filter(|pending| !known.contains(&pending.mutation.cmd_id)).collect();
        rest.sort_by_key(|pending| pending.mutation.mid);
        let order: Vec<CommandId> = known.iter().copied().chain(rest.iter().map(|pending| pending.mutation.cmd_id)).collect();
        for (mid, command) in (1..).zip(&order) {
            self.kept.pending.entry(*command).and_modify(|pending| pending.mutation.mid = mid);
        }
        self.kept.mid = order.len() as u64;
        self.is_behind = true;
        self.kept.saved = Some(self.device.saved().clone());
    }

    /// The fault of a device that takes a push's answer for the command's effect.
    fn forget(&mut self, last_mid: u64) {
        let saved = Saved { confirmed_mid: last_mid, ..self.device.saved().clone() };
        let pending = self.device.pending().iter().filter(|pending| !(1..=last_mid).contains(&pending.mutation.mid)).cloned().collect();
        self.kept.pending.retain(|_, pending| pending.mutation.mid > last_mid);
        let base = self.device.base().map(|(key, held)| (key.clone(), held.clone())).collect();
        self.device = Device::new(ItemRules, Actor::Staff(self.user), saved, base, pending);
    }
}
