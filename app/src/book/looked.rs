//! Rows that were looked at on the server without being held: they stand beside those that this device carries.
//!
//! Nothing tells when they change, so a row that is held stands before one that was looked at, and puts it out.

use super::vocabulary::Learned;
use domain::{
    id::Id,
    lookup::FoundRow,
    sync::{Device, Key},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// So many are kept in memory; then all are let go.
const MOST: usize = 5_000;

/// The same tree as that of pending changes: one of another kind would be compiled once more.
#[derive(Default)]
pub struct Looked(BTreeMap<Key, Option<Rc<str>>>);

impl Looked {
    /// Says which rows may look different now.
    pub fn add(&mut self, rows: Vec<FoundRow>) -> BTreeSet<Key> {
        let mut changed = BTreeSet::new();
        if self.0.len() + rows.len() > MOST {
            changed.extend(self.0.keys().cloned());
            self.0.clear();
        }
        for FoundRow(entity, id, json) in rows {
            let key = Key::new(&entity, id);
            changed.insert(key.clone());
            self.0.insert(key, Some(json.get().into()));
        }
        changed
    }

    /// Lets go of what has come to be held.
    pub fn give_way(&mut self, device: &Device<Learned>, keys: &BTreeSet<Key>) {
        if !self.0.is_empty() {
            keys.iter().filter(|key| device.row(key).is_some()).for_each(|key| _ = self.0.remove(key));
        }
    }

    /// The row as its user sees it.
    pub fn row<'a>(&'a self, device: &'a Device<Learned>, key: &Key) -> Option<&'a str> {
        device.row(key).or_else(|| self.0.get(key)?.as_deref())
    }

    /// All rows of one kind that are not held.
    pub fn rows<'a>(&'a self, entity: &'a str) -> impl Iterator<Item = (Id, &'a str)> {
        let of_kind = self.0.range(Key::new(entity, Id::ONLY)..).take_while(move |(key, _)| &*key.entity == entity);
        of_kind.filter_map(|(key, json)| Some((key.id, json.as_deref()?)))
    }
}
