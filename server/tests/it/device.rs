//! A real device, with the sync core that browsers run, over a network that loses requests and answers.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    change::{self, Command},
    context::{Actor, Context},
    customers::Customer,
    id::{CommandId, CustomerId, Id},
    row::Row,
    sync::{
        Device, Held, Key, Pending, Pulled, Pushed, Replay, Rules, Saved, Scope, View, Wish,
        wire::{Mutation, PullResponse},
    },
    time::{Instant, Zone},
};
use serde::Serialize;
use server::db::entities;

use super::{
    harness::{House, NOON, Somebody, command_id, fresh},
    wire::mutation,
};

/// What happens to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Arrives,
    RequestLost,
    AnswerLost,
}

/// The rules of staff, as the application knows them.
pub struct StaffRules;

impl Rules for StaffRules {
    fn replay(&self, view: &mut View<'_>, mutation: &Mutation, by: Actor, at: Instant) -> Replay {
        let Ok(command) = Command::read(&mutation.name, mutation.v, &mutation.args) else { return Replay::Waiting };
        let today = Zone::fixed("Asia/Shanghai", 8 * 3_600).date_at(at);
        match change::run(view, &command, &Context::new(at, today, by, mutation.cmd_id)) {
            Ok(_) => Replay::Shown,
            Err(_) => Replay::Waiting,
        }
    }
}

/// What a browser keeps on its disk.
struct Disk {
    saved: Saved,
    rows: BTreeMap<Key, Held>,
    pending: Vec<Pending>,
    next_mid: u64,
}

/// The server as a device reaches it: the router itself, or the program over a line.
pub trait Reached {
    /// The status and the body of the answer.
    async fn ask(&self, who: &Somebody, path: &str, body: &impl Serialize) -> (u16, String);
}

impl Reached for House {
    async fn ask(&self, who: &Somebody, path: &str, body: &impl Serialize) -> (u16, String) {
        let answer = self.post(who, path, body).await;
        (answer.status.as_u16(), answer.text)
    }
}

pub struct Machine {
    pub who: Somebody,
    pub device: Device<StaffRules>,
    pub made: Vec<CommandId>,
    /// Customers that this user made and will see for ever, unless the command was refused.
    pub opened: Vec<(CommandId, CustomerId)>,
    pub refused: BTreeSet<CommandId>,
    pub page_bytes: usize,
    disk: Disk,
}

/// Small enough for several pages.
const PAGE_BYTES: usize = 900;

impl Machine {
    pub fn new(who: Somebody) -> Self {
        let saved = Saved::fresh(fresh());
        let disk = Disk { saved: saved.clone(), rows: BTreeMap::new(), pending: Vec::new(), next_mid: 1 };
        let device = Device::new(StaffRules, who.actor(), saved, BTreeMap::new(), Vec::new());
        Self { who, device, made: Vec::new(), opened: Vec::new(), refused: BTreeSet::new(), page_bytes: PAGE_BYTES, disk }
    }

    pub fn submit(&mut self, command: &Command) -> CommandId {
        let made = Mutation { cmd_id: command_id(), ..mutation(0, command) };
        let (id, mid) = (made.cmd_id, self.disk.next_mid);
        self.device.submit(made.clone());
        self.disk.next_mid += 1;
        self.disk.pending.push(Pending { mutation: Mutation { mid, ..made }, refusal: None });
        self.device.number(id, mid);
        self.made.push(id);
        id
    }

    /// Opens a customer; what was opened before the last three is given up.
    pub fn open(&mut self, pick: usize) {
        if let Some(customer) = self.customer(pick) {
            self.device.pin(customer.id, Wish::Opened, 3);
        }
    }

    /// All that is not on the disk is lost.
    pub fn crash(&mut self) {
        let Disk { saved, rows, pending, .. } = &self.disk;
        let rows = rows.iter().map(|(key, held)| (key.clone(), held.clone())).collect();
        self.device = Device::new(StaffRules, self.who.actor(), saved.clone(), rows, pending.clone());
    }

    pub async fn push(&mut self, server: &impl Reached, fate: Fate) {
        assert_eq!(self.send(server, fate).await, None);
    }

    /// As [`Machine::push`]; hands back an answer that says nothing of the commands.
    pub async fn send(&mut self, server: &impl Reached, fate: Fate) -> Option<(u16, String)> {
        let request = self.device.push_request().filter(|_| fate != Fate::RequestLost)?;
        let (status, text) = server.ask(&self.who, "/sync/push", &request).await;
        if fate == Fate::AnswerLost {
            return None;
        }
        let answer = match status {
            200 => Ok(serde_json::from_str(&text).expect("verdicts")),
            404 | 409 => Err(serde_json::from_str(&text).expect("a reason")),
            status => return Some((status, text)),
        };
        if self.device.pushed(&answer) == Pushed::Renew {
            self.device.renew(fresh());
            self.disk.saved = self.device.saved().clone();
            self.disk.pending = self.device.pending().to_vec();
            self.disk.next_mid = self.disk.pending.len() as u64 + 1;
        }
        None
    }

    /// One page; true when a pull is complete.
    pub async fn pull(&mut self, server: &impl Reached, fate: Fate) -> bool {
        if fate == Fate::RequestLost {
            self.device.pull_failed();
            return false;
        }
        let request = domain::sync::wire::PullRequest { limit_bytes: self.page_bytes, ..self.device.pull_request() };
        let (status, text) = server.ask(&self.who, "/sync/pull", &request).await;
        assert_eq!(status, 200, "{text}");
        let answer: PullResponse = serde_json::from_str(&text).expect("a page");
        if fate == Fate::AnswerLost {
            self.device.pull_failed();
            return false;
        }
        let (committed, done) = match self.device.pulled(answer) {
            Pulled::More => return false,
            Pulled::Part(committed, _) => (committed, false),
            Pulled::Done(committed, _) => (committed, true),
        };
        if committed.clear {
            self.disk.rows.clear();
        }
        for (key, held) in &committed.rows {
            match held {
                Some(held) => self.disk.rows.insert(key.clone(), held.clone()),
                None => self.disk.rows.remove(key),
            };
        }
        self.disk.saved = committed.saved.clone();
        self.disk.pending.retain(|pending| !committed.settled.contains(&pending.mutation.cmd_id));
        self.refused.extend(committed.refused.iter().map(|pending| pending.mutation.cmd_id));
        done
    }

    /// Without faults: sends what is left and fetches what is new.
    pub async fn settle(&mut self, server: &impl Reached) {
        for _ in 0..200 {
            self.push(server, Fate::Arrives).await;
            if self.pull(server, Fate::Arrives).await && self.device.pending().is_empty() {
                return;
            }
        }
        panic!("{} commands are still pending", self.device.pending().len());
    }

    /// A customer that its user sees, as they see it.
    pub fn customer(&self, pick: usize) -> Option<Customer> {
        let all: Vec<&str> = self.device.rows(Customer::ENTITY).map(|(_, json)| json).collect();
        let json = all.get(pick.checked_rem(all.len())?)?;
        Some(serde_json::from_str(json).expect("a customer"))
    }

    /// The rows as they are confirmed, with the scopes that brought them.
    pub fn base(&self) -> Visible {
        let row =
            |(key, held): (&Key, &Held)| ((key.entity.to_string(), key.id), (held.json.to_string(), held.scopes.iter().copied().collect()));
        self.device.base().map(row).collect()
    }

    pub fn sees(&self, id: CustomerId) -> bool {
        self.device.row(&Key::new(Customer::ENTITY, id.into())).is_some()
    }
}

pub type Visible = BTreeMap<(String, Id), (String, BTreeSet<Scope>)>;

/// What somebody who opened these customers may see now, straight from the rows, without cursors or the index of scopes.
pub async fn visible(house: &House, who: &Somebody, pins: Vec<CustomerId>) -> Visible {
    let by = who.actor();
    let seen = house.db.read(move |snapshot| {
        let mut grants = snapshot.grants(by)?;
        grants.extend(snapshot.pinned(&grants, &pins)?);
        let mut seen = Visible::new();
        for entity in entities() {
            let mut ids = snapshot.connection().prepare(&format!("SELECT id FROM \"{}\"", entity.name))?;
            for id in ids.query_map((), |row| row.get(0))? {
                let id = Id::from_bytes(id?);
                let scopes: BTreeSet<Scope> = (entity.scopes)(&snapshot.rows(), id)?.into_iter().flatten().collect();
                let scopes: BTreeSet<Scope> = scopes.intersection(&grants).copied().collect();
                let json = (entity.staff)(&snapshot.rows(), id)?.expect("a row");
                if !scopes.is_empty() {
                    seen.insert((entity.name.to_owned(), id), (json.get().to_owned(), scopes));
                }
            }
        }
        Ok(seen)
    });
    seen.await.expect("the rows to be read")
}

/// Noon, a minute later for every command.
pub fn moment(n: usize) -> Instant {
    NOON.plus_seconds(60 * i64::try_from(n).expect("few"))
}
