//! One browser: a device, what its store kept of it, and the one request it has on the line.
//!
//! As the app's engine does: what waits is pushed before anything is pulled, a broken line ends the round, and a completed
//! pull is kept in one transaction before the next request. Between any two of these steps anything else may happen.

use super::{
    rules::{Deed, Item, ItemRules},
    server::Sabotage,
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
use std::collections::{BTreeMap, BTreeSet};

/// What is still there after a crash.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    pub saved: Option<Saved>,
    pub base: BTreeMap<Key, Held>,
    /// With their numbers.
    pub pending: BTreeMap<CommandId, Pending>,
    /// The last number that was given.
    mid: u64,
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
    /// Rounds that came to their end.
    pub rounds: u32,
    /// Whether another device goes on under the same name with the same commands.
    pub is_copied: bool,
    /// Made, shown, and not kept yet.
    unsaved: Vec<CommandId>,
    /// A completed pull that is not kept yet.
    fresh: Option<Box<Committed>>,
    pulling: bool,
}

fn started(user: PersonId, kept: &Kept, client_id: ClientId) -> Device<ItemRules> {
    let mut pending: Vec<Pending> = kept.pending.values().cloned().collect();
    pending.sort_by_key(|pending| pending.mutation.mid);
    Device::new(ItemRules, Actor::Staff(user), kept.saved.clone().unwrap_or_else(|| Saved::fresh(client_id)), kept.base.clone(), pending)
}

impl Driver {
    /// `client_id` counts only where none was kept.
    pub fn start(user: PersonId, kept: Kept, client_id: ClientId) -> Self {
        let device = started(user, &kept, client_id);
        let (line, seen, unsaved, fresh) = (Line::Idle, Vec::new(), Vec::new(), None);
        Self { user, device, kept, line, seen, rounds: 0, is_copied: false, unsaved, fresh, pulling: false }
    }

    /// The tab dies and is opened again.
    pub fn crash(&mut self, client_id: ClientId) {
        self.device = started(self.user, &self.kept, client_id);
        self.line = Line::Idle;
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
        self.unsaved.is_empty() && self.fresh.is_none()
    }

    /// Every item as its user sees it.
    pub fn items(&self) -> BTreeMap<Id, Item> {
        self.device.rows(Item::ENTITY).map(|(id, json)| (id, serde_json::from_str(json).expect("an item"))).collect()
    }

    pub fn item(&self, id: Id) -> Option<Item> {
        self.device.row(&Key::new(Item::ENTITY, id)).map(|json| serde_json::from_str(json).expect("an item"))
    }

    /// `stays` says of an item whether its user may go on to see it, as far as the server knows.
    pub fn submit(&mut self, mutation: Mutation, stays: impl Fn(&Id) -> bool) {
        let command = mutation.cmd_id;
        let deed = Deed::read(&mutation);
        self.device.submit(mutation);
        self.unsaved.push(command);
        match deed {
            Some(Deed::Erase { id }) => self.unsee(|seen| seen.items.contains(&id)),
            Some(deed @ (Deed::Make { .. } | Deed::Mark { .. })) if !self.device.is_waiting(command) && deed.items().iter().all(&stays) => {
                self.seen.push(Seen { command, items: deed.items() });
            }
            _ => {}
        }
    }

    /// Its user opens a customer, or has it near. So few are kept that others fall out soon.
    pub fn pin(&mut self, customer: CustomerId, wish: Wish) {
        let before = self.device.saved().pins.clone();
        self.device.pin(customer, wish, 2);
        if before.iter().any(|pin| !self.device.saved().pins.contains(pin)) {
            self.seen.clear();
        }
    }

    /// What may disappear from now on.
    pub fn unsee(&mut self, may: impl Fn(&Seen) -> bool) {
        self.seen.retain(|seen| !may(seen));
    }

    /// The oldest command that is not kept yet gets its number in the transaction that keeps it.
    pub fn save_next(&mut self) -> Option<CommandId> {
        let command = (!self.unsaved.is_empty()).then(|| self.unsaved.remove(0))?;
        let pending = self.device.pending().iter().find(|pending| pending.mutation.cmd_id == command)?;
        self.kept.mid += 1;
        let mut pending = pending.clone();
        pending.mutation.mid = self.kept.mid;
        self.kept.pending.insert(command, pending);
        self.device.number(command, self.kept.mid);
        Some(command)
    }

    /// Keeps a completed pull, if there is one to keep.
    pub fn keep(&mut self) -> bool {
        let Some(committed) = self.fresh.take() else { return false };
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
    pub fn ask(&mut self) {
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
                let took = self.pulled(early, as_of);
                self.pulling = true;
                took
            }
            Answer::Pull(answer, as_of) => self.pulled(answer, as_of),
        }
    }

    fn pulled(&mut self, answer: PullResponse, as_of: AsOf) -> Took {
        self.unsee(|seen| seen.items.iter().any(|item| as_of.hidden.contains(item)));
        match self.device.pulled(answer) {
            Pulled::More => Took::Nothing,
            Pulled::Part(committed, _) => {
                self.fresh = Some(committed);
                Took::Part(as_of.granted)
            }
            Pulled::Done(committed, _) => {
                self.pulling = false;
                self.rounds += 1;
                self.fresh = Some(committed.clone());
                Took::Pulled(committed, as_of.granted)
            }
        }
    }

    fn renew(&mut self, client_id: ClientId) {
        self.device.renew(client_id);
        let kept = self.device.pending().iter().filter(|pending| self.kept.pending.contains_key(&pending.mutation.cmd_id));
        let kept: Vec<Pending> = kept.cloned().collect();
        self.kept.mid = kept.len() as u64;
        self.kept.pending = kept.into_iter().map(|pending| (pending.mutation.cmd_id, pending)).collect();
        self.kept.saved = Some(self.device.saved().clone());
    }

    /// The fault of a device that takes a push's answer for the command's effect.
    fn forget(&mut self, last_mid: u64) {
        let saved = Saved { confirmed_mid: last_mid, ..self.device.saved().clone() };
        let pending = self.device.pending().iter().filter(|pending| !(1..=last_mid).contains(&pending.mutation.mid)).cloned().collect();
        self.kept.pending.retain(|_, pending| pending.mutation.mid > last_mid);
        let base: Vec<(Key, Held)> = self.device.base().map(|(key, held)| (key.clone(), held.clone())).collect();
        self.device = Device::new(ItemRules, Actor::Staff(self.user), saved, base, pending);
    }
}
