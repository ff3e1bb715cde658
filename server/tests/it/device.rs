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

pub struct Machine {
    pub who: Somebody,
    pub device: Device<StaffRules>,
    pub made: Vec<CommandId>,
    /// Customers that this user made and will see for ever, unless the command was refused.
    pub opened: Vec<(CommandId, CustomerId)>,
    pub refused: BTreeSet<CommandId>,
    disk: Disk,
}

/// Small enough for several pages.
const PAGE_BYTES: usize = 900;

impl Machine {
    pub fn new(who: Somebody) -> Self {
        let saved = Saved::fresh(fresh());
        let disk = Disk { saved: saved.clone(), rows: BTreeMap::new(), pending: Vec::new(), next_mid: 1 };
        let device = Device::new(StaffRules, who.actor(), saved, Vec::new(), Vec::new());
        Self { who, device, made: Vec::new(), opened: Vec::new(), refused: BTreeSet::new(), disk }
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
        let rows = rows.iter().map(|(key, held)| (key.clone(), held.clone()));
        self.device = Device::new(StaffRules, self.who.actor(), saved.clone(), rows, pending.clone());
    }

    pub async fn push(&mut self, house: &House, fate: Fate) {
        let Some(request) = self.device.push_request().filter(|_| fate != Fate::RequestLost) else { return };
        let answer = house.post(&self.who, "/sync/push", &request).await;
        if fate == Fate::AnswerLost {
            return;
        }
        let answer = match answer.status.as_u16() {
            200 => Ok(answer.json()),
            404 | 409 => Err(answer.json()),
            status => panic!("{status}: {}", answer.text),
        };
        if self.device.pushed(&answer) == Pushed::Renew {
            self.device.renew(fresh());
            self.disk.saved = self.device.saved().clone();
            self.disk.pending = self.device.pending().to_vec();
            self.disk.next_mid = self.disk.pending.len() as u64 + 1;
        }
    }

    /// One page; true when a pull is complete.
    pub async fn pull(&mut self, house: &House, fate: Fate) -> bool {
        if fate == Fate::RequestLost {
            self.device.pull_failed();
            return false;
        }
        let request = domain::sync::wire::PullRequest { limit_bytes: PAGE_BYTES, ..self.device.pull_request() };
        let answer: PullResponse = house.post(&self.who, "/sync/pull", &request).await.ok();
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
    pub async fn settle(&mut self, house: &House) {
        for _ in 0..200 {
            self.push(house, Fate::Arrives).await;
            if self.pull(house, Fate::Arrives).await && self.device.pending().is_empty() {
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
