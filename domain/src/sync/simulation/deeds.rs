//! What people do in a history: mostly to what they see, mostly where they may, and now and then neither.

use super::{
    rules::{DEED, Deed},
    schedule::{TEAMS, World, team},
    server::CUSTOMERS,
};
use crate::{
    id::{CommandId, Id},
    sync::{Scope, wire::Mutation},
    time::Instant,
};
use serde_json::value::RawValue;

impl World {
    /// Something somebody does at this device.
    pub fn mutation(&mut self, n: usize) -> Mutation {
        let deed = self.deed(n);
        let args = RawValue::from_string(serde_json::to_string(&deed).expect("JSON")).expect("JSON");
        let name = if self.chance.percent(4) { "item.unknown" } else { DEED };
        let cmd_id: CommandId = self.fresh();
        self.tell(|| format!("{n} makes {cmd_id} {deed:?}"));
        Mutation { mid: 0, cmd_id, v: 1, name: name.into(), args, client_ts: Instant(0) }
    }

    fn deed(&mut self, n: usize) -> Deed {
        let seen = self.drivers[n].items();
        let mut known: Vec<Id> = seen.keys().copied().collect();
        if known.is_empty() || self.chance.percent(10) {
            known.clone_from(&self.items);
        }
        let Some(id) = self.chance.pick(&known) else { return self.make(n) };
        match self.chance.below(100) {
            0..20 => self.make(n),
            20..65 => {
                let mut ids: Vec<Id> = (0..self.chance.below(4)).filter_map(|_| self.chance.pick(&known)).chain([id]).collect();
                ids.sort_unstable();
                ids.dedup();
                Deed::Mark { ids }
            }
            65..82 => {
                let from = seen.get(&id).map_or("new".to_owned(), |item| item.name.clone());
                let from = if self.chance.percent(15) { "another".into() } else { from };
                Deed::Rename { id, from, to: format!("name {}", self.made) }
            }
            82..93 => Deed::Move { id, homes: self.homes(n) },
            _ => Deed::Erase { id },
        }
    }

    fn make(&mut self, n: usize) -> Deed {
        let id = self.fresh();
        self.items.push(id);
        Deed::Make { id, homes: self.homes(n) }
    }

    /// One or two scopes, mostly such as this device's user holds.
    pub fn homes(&mut self, n: usize) -> Vec<Scope> {
        let driver = &self.drivers[n];
        let granted: Vec<Scope> = self.server.sees(driver.user, &driver.device.saved().pins).into_iter().collect();
        let mut homes: Vec<Scope> = Vec::new();
        for _ in 0..=self.chance.below(2) {
            let any = match self.chance.pick(&CUSTOMERS) {
                Some(customer) if self.chance.percent(20) => Scope::History(customer),
                _ => team(self.chance.below(TEAMS.into())),
            };
            homes.push(if self.chance.percent(85) { self.chance.pick(&granted).unwrap_or(any) } else { any });
        }
        homes.sort_unstable();
        homes.dedup();
        homes
    }
}
