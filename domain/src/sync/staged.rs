//! Pages of a pull until the last of them is here.

use super::{
    Scope,
    kept::Held,
    view::{Base, Key},
    wire::{Cursor, Page, SentRow},
};
use std::collections::BTreeMap;

/// Pages of a pull that is not complete.
#[derive(Default)]
pub struct Staged {
    pub clear: bool,
    /// The history of the pages so far: the next one must be of the same.
    pub epoch: Option<String>,
    pub touched: BTreeMap<Key, Option<Held>>,
    pub cursors: BTreeMap<Scope, Cursor>,
    pub refused: BTreeMap<u64, serde_json::Value>,
    pub archive: Option<u64>,
}

impl Staged {
    /// Beside what is held up to these cursors.
    pub fn after(cursors: BTreeMap<Scope, Cursor>) -> Self {
        Self { cursors, ..Self::default() }
    }

    /// In place of all that is held: another history.
    pub fn anew(epoch: String) -> Self {
        Self { clear: true, epoch: Some(epoch), ..Self::default() }
    }

    /// Puts the next page over what is held.
    pub fn add(&mut self, base: &Base, page: Page) {
        self.epoch = Some(page.epoch);
        for scope in page.drop.iter().chain(&page.reset) {
            self.leave(base, *scope);
        }
        for (scope, entity, id) in page.gone {
            let key = Key::new(&entity, id);
            if let Some(held) = self.row(base, &key) {
                self.touched.insert(key, without(held, scope));
            }
        }
        for SentRow(scope, entity, id, json) in page.rows {
            let key = Key::new(&entity, id);
            let mut scopes = self.row(base, &key).map(|held| held.scopes).unwrap_or_default();
            scopes.insert(scope);
            self.touched.insert(key, Some(Held { json: json.get().into(), scopes }));
        }
        for verdict in page.refused {
            self.refused.insert(verdict.mid, verdict.refusal.unwrap_or_default());
        }
        self.cursors = page.cursors;
        self.archive = page.archive;
    }

    fn row(&self, base: &Base, key: &Key) -> Option<Held> {
        match self.touched.get(key) {
            Some(row) => row.clone(),
            None if self.clear => None,
            None => base.get(key).cloned(),
        }
    }

    fn leave(&mut self, base: &Base, scope: Scope) {
        let held: Vec<Key> = self.touched.keys().chain(base.keys()).cloned().collect();
        for key in held {
            if let Some(held) = self.row(base, &key).filter(|held| held.scopes.contains(&scope)) {
                self.touched.insert(key, without(held, scope));
            }
        }
    }
}

fn without(mut held: Held, scope: Scope) -> Option<Held> {
    held.scopes.remove(scope);
    if held.scopes.is_empty() { None } else { Some(held) }
}
