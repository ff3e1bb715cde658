//! What must hold whatever happens: the invariants of sync, asked after each step and once more when all is quiet.

use super::{
    driver::{Driver, Seen, item},
    rules::{Item, ItemRules},
    server::{Note, Server},
};
use crate::{
    id::{CommandId, Id},
    row::Row,
    sync::{
        Committed, Device, Held, Key, Saved, Scope, Scopes,
        wire::{Page, PushResponse},
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// The invariants, by their numbers in the design.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Invariant {
    /// 1: when all is quiet a device holds exactly the server's rows that its user may see.
    Convergence,
    /// 2: a command has its effect once.
    ExactlyOnce,
    /// 3: what was kept on a device is carried out, or refused and told.
    NothingLost,
    /// 4: what its author has seen stays to be seen, as long as they may see the row.
    NoFlicker,
    /// 5: nothing outside the granted scopes is sent or kept.
    NoLeak,
    /// 6: cursors grow, numbers have no gaps.
    Order,
    /// 7 and 10: all comes to rest in a bounded number of steps, whatever was refused.
    Liveness,
    /// 9: a start from what was kept shows what was shown.
    Restart,
}

pub struct Broken {
    pub invariant: Invariant,
    pub what: String,
}

impl fmt::Debug for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.invariant, self.what)
    }
}

fn holds(condition: bool, invariant: Invariant, what: impl FnOnce() -> String) -> Result<(), Broken> {
    if condition { Ok(()) } else { Err(Broken { invariant, what: what() }) }
}

/// What became of the commands that devices kept.
#[derive(Default)]
pub struct Ledger {
    kept: BTreeSet<CommandId>,
    /// Refused, and its author was told.
    told: BTreeSet<CommandId>,
    acknowledged: BTreeSet<CommandId>,
}

impl Ledger {
    pub fn kept(&mut self, command: CommandId) {
        self.kept.insert(command);
    }

    /// A push's answer came to its device.
    pub fn acknowledged(&mut self, driver: &Driver, answer: &PushResponse) {
        let ok = answer.results.iter().filter(|verdict| verdict.ok).map(|verdict| verdict.mid).collect::<BTreeSet<_>>();
        let own = driver.device.pending().iter().map(|pending| &pending.mutation);
        self.acknowledged.extend(own.filter(|mutation| ok.contains(&mutation.mid)).map(|mutation| mutation.cmd_id));
    }

    pub fn settled(&mut self, committed: &Committed) {
        self.told.extend(committed.refused.iter().map(|pending| pending.mutation.cmd_id));
    }

    /// The server went back to a backup: what no device holds any more is gone, and that is known.
    pub fn restored(&mut self, drivers: &[Driver]) {
        let held = |command: &CommandId| {
            drivers.iter().any(|driver| {
                let pending = driver.device.pending().iter().any(|pending| pending.mutation.cmd_id == *command);
                pending && driver.kept.pending.contains_key(command)
            })
        };
        self.kept.retain(held);
        // What is still held is sent again, and may be refused this time.
        self.acknowledged.clear();
    }

    fn nothing_lost(&self, server: &Server) -> Result<(), Broken> {
        let done = &server.state.done;
        for command in &self.kept {
            holds(done.contains_key(command) || self.told.contains(command), Invariant::NothingLost, || {
                format!("{command} was kept on a device, was not carried out, and nobody was told")
            })?;
        }
        let lost = self.acknowledged.iter().find(|command| !done.contains_key(command));
        holds(lost.is_none(), Invariant::NothingLost, || format!("{lost:?} was acknowledged and is not done"))
    }
}

/// What happened on the server decides what a device may stop showing.
pub fn noted(server: &mut Server, drivers: &mut [Driver]) {
    for note in std::mem::take(&mut server.notes) {
        for driver in &mut *drivers {
            match &note {
                Note::Refused(items) => driver.unsee(|seen| seen.items.iter().any(|item| items.contains(item))),
                Note::Placed(item, homes) => {
                    let granted = server.sees(driver.user, &driver.device.saved().pins);
                    if !homes.iter().any(|home| granted.contains(home)) {
                        driver.unsee(|seen| seen.items.contains(item));
                    }
                }
                Note::Lost(user) if *user == driver.user => driver.unsee(|_| true),
                Note::Lost(_) => {}
            }
        }
    }
}

/// 2 and 6, on the server.
pub fn on_the_server(server: &Server) -> Result<(), Broken> {
    let twice = server.state.done.iter().find(|(_, times)| **times > 1);
    holds(twice.is_none(), Invariant::ExactlyOnce, || format!("{twice:?} times"))?;
    holds(server.state.seq == server.state.changes, Invariant::Order, || {
        format!("{} changes, seq {}", server.state.changes, server.state.seq)
    })
}

/// 4 and the device's half of 2: what was seen is seen, once.
pub fn still_seen(driver: &Driver) -> Result<(), Broken> {
    let tabs = driver.tabs.iter().map(|tab| (&tab.device, &tab.seen));
    [(&driver.device, &driver.seen)].into_iter().chain(tabs).try_for_each(|(device, seen)| seen_in(driver, device, seen))
}

/// The same of one tab.
fn seen_in(driver: &Driver, device: &Device<ItemRules>, seen: &[Seen]) -> Result<(), Broken> {
    let mut items: BTreeMap<Id, Option<Item>> = BTreeMap::new();
    for (command, id) in seen.iter().flat_map(|seen| seen.items.iter().map(|id| (seen.command, *id))) {
        let item = items.entry(id).or_insert_with(|| item(device, id));
        let times = item.as_ref().map_or(0, |item| item.marked_by(command));
        holds(times > 0, Invariant::NoFlicker, || format!("{command} on {id} was seen and is not any more"))?;
        // A copy may have sent what this device has not sent yet: until it does, it shows the effect and its own command.
        let sent_by_a_copy = driver.is_copied && device.pending().iter().any(|pending| pending.mutation.cmd_id == command);
        holds(times == 1 || sent_by_a_copy, Invariant::ExactlyOnce, || format!("{command} on {id} is seen {times} times"))?;
    }
    Ok(())
}

/// 5, on the wire: only rows that are in a scope which is granted at this moment.
pub fn leaks_nothing(granted: &BTreeSet<Scope>, page: &Page) -> Result<(), Broken> {
    for sent in &page.rows {
        let item: Item = serde_json::from_str(sent.3.get()).expect("an item");
        holds(granted.contains(&sent.0) && item.homes.0.contains(&sent.0), Invariant::NoLeak, || {
            format!("{} was sent through {}", item.id, sent.0)
        })?;
    }
    let scope = page.cursors.keys().find(|scope| !granted.contains(scope));
    holds(scope.is_none(), Invariant::NoLeak, || format!("{scope:?} is not granted"))
}

/// 5, on the device, whenever rows were taken.
pub fn holds_only(driver: &Driver, granted: &BTreeSet<Scope>) -> Result<(), Broken> {
    for (key, held) in driver.device.base() {
        holds(!held.scopes.is_empty() && held.scopes.iter().all(|scope| granted.contains(scope)), Invariant::NoLeak, || {
            format!("{key:?} is held through {:?}", held.scopes)
        })?;
    }
    Ok(())
}

/// 5 and 6, when a pull is complete.
pub fn well_pulled(before: &Saved, driver: &Driver, granted: &BTreeSet<Scope>) -> Result<(), Broken> {
    let after = driver.device.saved();
    holds_only(driver, granted)?;
    let heads: BTreeSet<u64> = after.cursors.values().flat_map(|cursor| [cursor.0, cursor.1]).collect();
    holds(heads.len() <= 1, Invariant::Order, || format!("complete at several numbers: {heads:?}"))?;
    if before.epoch != after.epoch {
        return Ok(());
    }
    for (scope, cursor) in &after.cursors {
        let fell = before.cursors.get(scope).is_some_and(|old| old.0 > cursor.0 || old.1 > cursor.1);
        holds(!fell, Invariant::Order, || format!("{scope} fell to {cursor:?}"))?;
    }
    let fell = before.client_id == after.client_id && before.confirmed_mid > after.confirmed_mid;
    holds(!fell, Invariant::Order, || format!("confirmed {} and then {}", before.confirmed_mid, after.confirmed_mid))
}

/// 9: what a crash leaves behind is what was shown.
pub fn is_kept(driver: &Driver) -> Result<(), Broken> {
    let again = Driver::start(driver.user, driver.kept.clone(), driver.device.saved().client_id);
    holds(again.items() == driver.items(), Invariant::Restart, || format!("{:?} shown, {:?} kept", driver.items(), again.items()))
}

/// 1, 3 and 7, once all is quiet.
pub fn at_rest(server: &Server, drivers: &[Driver], ledger: &Ledger) -> Result<(), Broken> {
    for (n, driver) in drivers.iter().enumerate() {
        let waits = driver.device.pending().len() + driver.kept.pending.len();
        holds(waits == 0, Invariant::Liveness, || format!("device {n} still waits with {:?}", driver.device.pending()))?;
        let granted = server.sees(driver.user, &driver.device.saved().pins);
        let mut visible: BTreeMap<Key, Held> = BTreeMap::new();
        for item in server.state.store.all::<Item>() {
            let scopes: Scopes = item.homes.0.iter().filter(|home| granted.contains(home)).copied().collect();
            let json = serde_json::to_string(&item).expect("JSON").into();
            if !scopes.is_empty() {
                visible.insert(Key::new(Item::ENTITY, item.id), Held { json, scopes });
            }
        }
        let base: BTreeMap<Key, Held> = driver.device.base().map(|(key, held)| (key.clone(), held.clone())).collect();
        holds(base == visible, Invariant::Convergence, || format!("device {n} holds {base:#?}\nwhere {visible:#?} is to be seen"))?;
        for tab in &driver.tabs {
            let told: BTreeMap<Key, Held> = tab.device.base().map(|(key, held)| (key.clone(), held.clone())).collect();
            holds(told == base && tab.device.pending().is_empty(), Invariant::Convergence, || {
                format!("another tab of device {n} holds {told:#?}\nand waits with {:?}, where {base:#?} is here", tab.device.pending())
            })?;
        }
        let shown = driver.items().len();
        holds(shown == base.len(), Invariant::Convergence, || format!("device {n} shows {shown} items and holds {}", base.len()))?;
        is_kept(driver)?;
    }
    ledger.nothing_lost(server)
}
