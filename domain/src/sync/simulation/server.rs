//! The server as a model: rows in memory, an index of scopes, a gap-free order of changes, verdicts that are told again.
//!
//! It can be made to break one rule of sync at a time, so that the invariants prove that they notice.

use super::{
    driver::AsOf,
    rules::{Deed, Item, Stopped},
};
use crate::{
    id::{ClientId, CommandId, CustomerId, Id, PersonId, TeamId},
    row::{Cell, Missing, Row, Rows},
    sync::{
        Scope,
        wire::{Mutation, PushRefused, PushRequest, PushResponse, Verdict},
    },
    testing::{Store, id},
};
use std::collections::{BTreeMap, BTreeSet};

/// A rule of sync that is broken on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sabotage {
    /// The server carries out what it is sent, however often.
    RunsTwice,
    /// The device forgets a command when the push is answered, before the pull that carries its effect.
    DropsPendingOnPush,
    /// A row that leaves a scope leaves nothing behind.
    LeavesNoTombstone,
    /// The device shows each page of a pull as it comes.
    ShowsEachPage,
    /// A page ends anywhere.
    CutsInsideChange,
    /// Whether a scope begins anew is judged by how far it came, not by since when it was complete.
    ExpiresByCursor,
    /// Tombstones are forgotten and nobody begins anew.
    ForgetsHorizon,
    /// Rows are sent for every scope that the device says it holds.
    BelievesClaims,
    /// The history of a customer is sent to whoever asks for it.
    OpensForAll,
    /// A refused command is not counted.
    StopsAtRefusal,
    /// Another history goes on under cursors of the old one.
    MixesHistories,
    /// A number that was used answers for whatever comes under it.
    OverlooksCopies,
    /// Other tabs are told of a pull before it is kept: one that opens in between misses it.
    TellsBeforeKeeping,
    /// The tab that leads sends what it was told of, whatever else is kept.
    TrustsTabs,
}

impl Sabotage {
    pub const ALL: [Self; 14] = [
        Self::RunsTwice,
        Self::DropsPendingOnPush,
        Self::LeavesNoTombstone,
        Self::ShowsEachPage,
        Self::CutsInsideChange,
        Self::ExpiresByCursor,
        Self::ForgetsHorizon,
        Self::BelievesClaims,
        Self::OpensForAll,
        Self::StopsAtRefusal,
        Self::MixesHistories,
        Self::OverlooksCopies,
        Self::TellsBeforeKeeping,
        Self::TrustsTabs,
    ];
}

/// Customers with a history; each is a team's.
pub const CUSTOMERS: [CustomerId; 4] = [customer(0), customer(1), customer(2), customer(3)];

const fn customer(n: u8) -> CustomerId {
    CustomerId(id(b'c', n))
}

/// Whose holders may see the history of a customer.
fn opener(customer: CustomerId) -> Scope {
    let n = CUSTOMERS.iter().position(|known| *known == customer).and_then(|n| u8::try_from(n).ok());
    Scope::Team(TeamId(id(b't', n.unwrap_or(u8::MAX))))
}

/// What those who watch the server have to know.
#[derive(Debug, Clone)]
pub enum Note {
    Refused(Vec<Id>),
    /// An item is in these scopes now; in none if it was erased.
    Placed(Id, Vec<Scope>),
    Lost(PersonId),
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub seq: u64,
    pub present: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Client {
    pub user: PersonId,
    pub last_mid: u64,
    pub confirmed_mid: u64,
}

#[derive(Debug, Clone)]
pub(super) struct Judged {
    command: CommandId,
    args: String,
    pub verdict: Verdict,
}

/// What a backup holds.
#[derive(Debug, Clone)]
pub struct State {
    pub epoch: String,
    pub seq: u64,
    pub horizon: u64,
    pub grants: BTreeMap<PersonId, BTreeSet<Scope>>,
    pub store: Store,
    pub(super) index: BTreeMap<(Scope, Id), Place>,
    pub(super) clients: BTreeMap<ClientId, Client>,
    pub(super) judged: BTreeMap<(ClientId, u64), Judged>,
    /// Commands that were carried out, and how often.
    pub done: BTreeMap<CommandId, u32>,
    /// Changes so far: the last number, if there are no gaps.
    pub changes: u64,
}

pub struct Server {
    pub state: State,
    backup: Option<State>,
    epochs: u32,
    pub sabotage: Option<Sabotage>,
    /// Rows on one page.
    pub page: usize,
    pub notes: Vec<Note>,
    /// Items that somebody asked it to make, whatever came of it.
    heard: BTreeSet<Id>,
}

impl Server {
    pub fn new(sabotage: Option<Sabotage>, page: usize) -> Self {
        let state = State {
            epoch: "e0".into(),
            seq: 0,
            horizon: 0,
            grants: BTreeMap::new(),
            store: Store::default(),
            index: BTreeMap::new(),
            clients: BTreeMap::new(),
            judged: BTreeMap::new(),
            done: BTreeMap::new(),
            changes: 0,
        };
        Self { state, backup: None, epochs: 0, sabotage, page, notes: Vec::new(), heard: BTreeSet::new() }
    }

    pub fn is(&self, sabotage: Sabotage) -> bool {
        self.sabotage == Some(sabotage)
    }

    pub fn grants(&self, user: PersonId) -> BTreeSet<Scope> {
        self.state.grants.get(&user).cloned().unwrap_or_default()
    }

    /// What a device of this user holds if it asks for these customers.
    pub fn sees(&self, user: PersonId, pins: &[CustomerId]) -> BTreeSet<Scope> {
        let granted = self.grants(user);
        let opened = pins.iter().filter(|pin| granted.contains(&opener(**pin))).map(|pin| Scope::History(*pin));
        opened.chain(granted.iter().copied()).collect()
    }

    /// Whether a user who asks for these customers sees the item, or may once the server hears of it.
    pub fn may_stay(&self, user: PersonId, pins: &[CustomerId], id: Id) -> bool {
        let item: Option<Item> = self.state.store.get(id).ok().flatten();
        let seen = self.sees(user, pins);
        item.map_or(!self.heard.contains(&id), |item| item.homes.0.iter().any(|home| seen.contains(home)))
    }

    /// What holds at this moment for this user, who asks for these customers.
    pub fn as_of(&self, user: PersonId, pins: &[CustomerId]) -> AsOf {
        let hidden = self.heard.iter().copied().filter(|id| !self.may_stay(user, pins, *id)).collect();
        AsOf { granted: self.sees(user, pins), hidden }
    }

    /// Gives a user a scope or takes it away.
    pub fn grant(&mut self, user: PersonId, scope: Scope) {
        let held = self.state.grants.entry(user).or_default();
        if held.remove(&scope) {
            self.notes.push(Note::Lost(user));
        } else {
            held.insert(scope);
        }
    }

    /// A change of the system's own.
    pub fn does(&mut self, deed: &Deed, command: CommandId) {
        let mut after = self.state.store.clone();
        if deed.carry_out(&mut after, command).is_ok() {
            self.commit(after);
        }
    }

    /// Forgets what left a scope up to `horizon`.
    pub fn prune(&mut self, horizon: u64) {
        self.state.horizon = self.state.horizon.max(horizon);
        let horizon = self.state.horizon;
        self.state.index.retain(|_, place| place.present || place.seq > horizon);
    }

    pub fn back_up(&mut self) {
        self.backup = Some(self.state.clone());
    }

    /// Goes on from the last backup, as another history. False if there is none.
    pub fn restore(&mut self) -> bool {
        let Some(state) = self.backup.clone() else { return false };
        self.epochs += 1;
        self.state = State { epoch: format!("e{}", self.epochs), ..state };
        true
    }

    pub fn push(&mut self, user: PersonId, request: &PushRequest) -> Result<PushResponse, PushRefused> {
        let mut client = self.accept(user, request)?;
        for mutation in &request.mutations {
            if mutation.mid <= client.last_mid && !self.is(Sabotage::RunsTwice) {
                continue;
            }
            let verdict = self.judge(user, mutation);
            if !verdict.ok && self.is(Sabotage::StopsAtRefusal) {
                break;
            }
            let judged = Judged { command: mutation.cmd_id, args: mutation.args.get().to_owned(), verdict };
            self.state.judged.insert((request.client_id, mutation.mid), judged);
            client.last_mid = client.last_mid.max(mutation.mid);
        }
        client.confirmed_mid = client.confirmed_mid.max(request.confirmed_mid.min(client.last_mid));
        let heard = request.mutations.iter().filter(|mutation| mutation.mid <= client.last_mid);
        let results = heard.map(|mutation| self.verdict(request.client_id, mutation.mid)).collect();
        self.state.judged.retain(|(id, mid), _| *id != request.client_id || *mid > client.confirmed_mid);
        self.state.clients.insert(request.client_id, client);
        Ok(PushResponse { epoch: self.state.epoch.clone(), last_mid: client.last_mid, results })
    }

    /// Looks at all of it before anything is done.
    fn accept(&self, user: PersonId, request: &PushRequest) -> Result<Client, PushRefused> {
        let first = request.mutations.first().map_or(1, |mutation| mutation.mid);
        let client = match self.state.clients.get(&request.client_id) {
            Some(client) if client.user != user => return Err(PushRefused::ClientForked),
            Some(client) => *client,
            None if first != 1 => return Err(PushRefused::ClientUnknown),
            None => Client { user, last_mid: 0, confirmed_mid: 0 },
        };
        let dense = (first..).zip(&request.mutations).all(|(mid, mutation)| mutation.mid == mid);
        if !dense || first == 0 || first > client.last_mid + 1 {
            return Err(PushRefused::Gap { last_mid: client.last_mid });
        }
        let known = request.mutations.iter().filter(|mutation| mutation.mid <= client.last_mid);
        let same = known.into_iter().all(|mutation| match self.state.judged.get(&(request.client_id, mutation.mid)) {
            Some(judged) => judged.command == mutation.cmd_id && judged.args == mutation.args.get(),
            None => self.state.done.contains_key(&mutation.cmd_id),
        });
        if same || self.is(Sabotage::OverlooksCopies) { Ok(client) } else { Err(PushRefused::ClientForked) }
    }

    fn verdict(&self, client: ClientId, mid: u64) -> Verdict {
        let judged = self.state.judged.get(&(client, mid));
        judged.map_or(Verdict { mid, ok: true, refusal: None }, |judged| judged.verdict.clone())
    }

    fn judge(&mut self, user: PersonId, mutation: &Mutation) -> Verdict {
        let mid = mutation.mid;
        if self.state.done.contains_key(&mutation.cmd_id) && !self.is(Sabotage::RunsTwice) {
            return Verdict { mid, ok: true, refusal: None };
        }
        let deed = Deed::read(mutation);
        if let Some(Deed::Make { id, .. }) = &deed {
            self.heard.insert(*id);
        }
        let outcome = deed.as_ref().ok_or(Stopped::Refused("malformed")).and_then(|deed| self.run(user, deed, mutation.cmd_id));
        match outcome {
            Ok(after) => {
                *self.state.done.entry(mutation.cmd_id).or_default() += 1;
                self.commit(after);
                Verdict { mid, ok: true, refusal: None }
            }
            Err(why) => {
                self.notes.push(Note::Refused(deed.map(|deed| deed.items()).unwrap_or_default()));
                Verdict { mid, ok: false, refusal: Some(format!("{why:?}").into()) }
            }
        }
    }

    /// The rows after a deed of somebody who sees only what they are granted.
    fn run(&self, user: PersonId, deed: &Deed, command: CommandId) -> Result<Store, Stopped> {
        // A rule reads what its author may ask for, whether a device has asked or not.
        let granted = self.sees(user, &CUSTOMERS);
        if let Deed::Make { homes, .. } = deed
            && !homes.iter().all(|home| granted.contains(home))
        {
            return Err(Stopped::Refused("not_yours"));
        }
        let mut within = Within { store: self.state.store.clone(), granted };
        deed.carry_out(&mut within, command)?;
        Ok(within.store)
    }

    /// One change: one number for all rows that differ, and the index of scopes beside them.
    fn commit(&mut self, after: Store) {
        let rows = |store: &Store| store.all::<Item>().into_iter().map(|item| (item.id, item)).collect::<BTreeMap<Id, Item>>();
        let (old, new) = (rows(&self.state.store), rows(&after));
        let all: BTreeSet<Id> = old.keys().chain(new.keys()).copied().collect();
        let changed: Vec<Id> = all.into_iter().filter(|id| old.get(id) != new.get(id)).collect();
        if changed.is_empty() {
            return;
        }
        self.state.changes += 1;
        self.state.seq += 1;
        for id in changed {
            let homes = |item: Option<&Item>| item.map(|item| item.homes.0.clone()).unwrap_or_default();
            let (left, entered) = (homes(old.get(&id)), homes(new.get(&id)));
            for scope in left.iter().chain(&entered) {
                let present = entered.contains(scope);
                if present || !self.is(Sabotage::LeavesNoTombstone) {
                    self.state.index.insert((*scope, id), Place { seq: self.state.seq, present });
                } else {
                    self.state.index.remove(&(*scope, id));
                }
            }
            self.notes.push(Note::Placed(id, entered));
        }
        self.state.store = after;
    }
}

/// The rows of somebody's scopes: what is outside is not there.
struct Within {
    store: Store,
    granted: BTreeSet<Scope>,
}

impl Rows for Within {
    fn get<T: Row>(&self, id: impl Into<Id>) -> Result<Option<T>, Missing> {
        let Some(row) = self.store.get::<T>(id)? else { return Ok(None) };
        let scopes = row.scopes(&self.store)?;
        Ok(scopes.iter().any(|scope| self.granted.contains(scope)).then_some(row))
    }

    fn by<T: Row>(&self, column: &'static str, value: &Cell) -> Result<Vec<T>, Missing> {
        self.store.by(column, value)
    }

    fn put<T: Row>(&mut self, row: &T) -> Result<(), Missing> {
        self.store.put(row)
    }

    fn del<T: Row>(&mut self, id: impl Into<Id>) -> Result<(), Missing> {
        self.store.del::<T>(id)
    }
}
