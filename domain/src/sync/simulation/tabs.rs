//! The other tabs of a browser: they show and take commands, and hear of the rest from the one that leads.

use super::{
    driver::{Driver, PINS, Seen, shown, started},
    invariants::{self, Broken},
    rules::{Deed, ItemRules},
    schedule::{TABS, World},
    server::{CUSTOMERS, Sabotage},
};
use crate::{
    id::{ClientId, CommandId, CustomerId, Id},
    sync::{Committed, Device, Pending, Wish, wire::Mutation},
};
use std::collections::{BTreeSet, VecDeque};

/// What one tab tells the others; it arrives, in order, at any later time.
#[derive(Debug, Clone)]
pub enum Told {
    Made(Mutation),
    /// With what was out of the user's sight then.
    Pulled(Box<Committed>, BTreeSet<Id>),
    Wanted(CustomerId, Wish),
}

/// Another tab: it shows, takes commands and never speaks with the server.
pub struct Tab {
    pub device: Device<ItemRules>,
    pub seen: Vec<Seen>,
    pub inbox: VecDeque<Told>,
}

/// Another tab made a command and kept it.
fn made(device: &mut Device<ItemRules>, mutation: Mutation) {
    let (command, mid) = (mutation.cmd_id, mutation.mid);
    device.submit(mutation);
    device.number(command, mid);
}

impl Driver {
    /// The tab that leads dies, and the next one takes the lead with what is kept.
    pub fn pass_on(&mut self, client_id: ClientId) {
        let Some(next) = (!self.tabs.is_empty()).then(|| self.tabs.remove(0)) else { return };
        self.crash(client_id);
        (self.seen, self.inbox) = (next.seen, next.inbox);
        self.erased_elsewhere();
    }

    /// Another tab of this browser is opened: it starts with what is kept.
    pub fn open_tab(&mut self, client_id: ClientId) {
        let device = started(self.user, &self.kept, client_id);
        self.tabs.push(Tab { device, seen: Vec::new(), inbox: VecDeque::new() });
    }

    /// A tab hears the next thing it was told: the one that leads if `n` is none of the others. False if there is nothing.
    pub fn hear(&mut self, n: usize) -> bool {
        let inbox = self.tabs.get(n).map_or(&self.inbox, |tab| &tab.inbox);
        if let Some(Told::Made(mutation)) = inbox.front() {
            self.erases(Deed::read(mutation));
        }
        let Some(tab) = self.tabs.get_mut(n) else {
            // Of pulls the one that leads knows more than anybody.
            match self.inbox.pop_front() {
                // The store has it, and its number there may be another by now.
                Some(Told::Made(_)) => self.is_behind = true,
                Some(Told::Wanted(customer, wish)) => _ = self.device.pin(customer, wish, PINS),
                Some(Told::Pulled(..)) => {}
                None => return false,
            }
            return true;
        };
        match tab.inbox.pop_front() {
            Some(Told::Made(mutation)) => made(&mut tab.device, mutation),
            Some(Told::Pulled(committed, hidden)) => {
                // What was out of the user's sight by then may have come back since, and comes again with a later pull.
                tab.seen.retain(|seen| !seen.items.iter().any(|item| hidden.contains(item)));
                tab.device.take(&committed);
            }
            Some(Told::Wanted(..)) => {}
            None => return false,
        }
        true
    }

    /// Tells the one that leads and the other tabs but for this one.
    pub fn tell(&mut self, from: Option<usize>, told: &Told) {
        if from.is_some() {
            self.inbox.push_back(told.clone());
        }
        let others = self.tabs.iter_mut().enumerate().filter(|(n, _)| Some(*n) != from);
        others.for_each(|(_, tab)| tab.inbox.push_back(told.clone()));
    }

    /// Something is done in another tab, and kept at once under the next number.
    pub fn submit_in(&mut self, n: usize, mut mutation: Mutation, stays: impl Fn(&Id) -> bool) -> Option<CommandId> {
        let tab = self.tabs.get_mut(n)?;
        let command = mutation.cmd_id;
        let deed = Deed::read(&mutation);
        tab.device.submit(mutation.clone());
        self.kept.mid += 1;
        mutation.mid = self.kept.mid;
        tab.device.number(command, mutation.mid);
        tab.seen.extend(shown(&tab.device, command, deed.as_ref(), stays));
        self.kept.pending.insert(command, Pending { mutation: mutation.clone(), refusal: None });
        self.tell(Some(n), &Told::Made(mutation));
        self.erases(deed);
        Some(command)
    }

    /// The same in another tab, for the one that leads to fetch.
    pub fn pin_in(&mut self, n: usize, customer: CustomerId, wish: Wish) {
        let Some(tab) = self.tabs.get_mut(n) else { return };
        tab.device.pin(customer, wish, PINS);
        // Nobody knows yet which other it drives out.
        self.unsee(|_| true);
        self.tell(Some(n), &Told::Wanted(customer, wish));
    }

    /// What one tab took away is not to be seen by another that reads what is kept.
    pub fn erased_elsewhere(&mut self) {
        let erased: Vec<Option<Deed>> = self.kept.pending.values().map(|pending| Deed::read(&pending.mutation)).collect();
        erased.into_iter().for_each(|deed| self.erases(deed));
    }

    /// Takes up what other tabs have kept, under the numbers it has there.
    pub fn catch_up(&mut self) {
        let mut kept: Vec<Mutation> = self.kept.pending.values().map(|pending| pending.mutation.clone()).collect();
        kept.sort_by_key(|mutation| mutation.mid);
        self.erased_elsewhere();
        kept.into_iter().for_each(|mutation| made(&mut self.device, mutation));
        self.is_behind = false;
    }

    pub fn tell_early(&mut self, committed: &Committed, sabotage: Option<Sabotage>) {
        if sabotage == Some(Sabotage::TellsBeforeKeeping) {
            self.tell(None, &Told::Pulled(Box::new(committed.clone()), self.hidden.clone()));
        }
    }
}

impl World {
    /// What happens with the other tabs of this browser.
    pub fn tabs(&mut self, n: usize) -> Result<(), Broken> {
        let count = self.drivers[n].tabs.len();
        if count == 0 || (count < TABS && self.chance.percent(15)) {
            let client = self.fresh();
            self.tell(|| format!("{n} opens another tab"));
            self.drivers[n].open_tab(client);
            return Ok(());
        }
        let tab = self.chance.below(count);
        match self.chance.below(10) {
            0..6 => {
                self.tried.commands += 1;
                let mutation = self.mutation(n);
                self.tell(|| format!("{n} does it in tab {tab}"));
                let (server, driver) = (&self.server, &mut self.drivers[n]);
                let (user, pins) = (driver.user, driver.device.saved().pins.clone());
                if let Some(command) = driver.submit_in(tab, mutation, |item| server.may_stay(user, &pins, *item)) {
                    self.ledger.kept(command);
                }
            }
            6 => {
                if let Some(customer) = self.chance.pick(&CUSTOMERS) {
                    self.drivers[n].pin_in(tab, customer, Wish::Opened);
                }
            }
            7 | 8 => {
                self.tried.passed += 1;
                let client = self.fresh();
                self.tell(|| format!("{n} passes the lead on"));
                self.drivers[n].pass_on(client);
            }
            _ => _ = self.drivers[n].tabs.remove(tab),
        }
        invariants::still_seen(&self.drivers[n])
    }

    /// One of its tabs hears what it was told.
    pub fn hear(&mut self, n: usize) {
        let tab = self.chance.below(self.drivers[n].tabs.len() + 1);
        self.drivers[n].hear(tab);
    }
}
