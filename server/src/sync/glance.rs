//! A first look: what a device that has nothing is shown before the rest has come.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    id::Id,
    sync::{Scope, wire::Cursor},
};

use super::pull::Sender;
use crate::db::{self, Trouble};

/// As much of what changed last as one screen shows, and some more.
const NEWEST: &str = "SELECT entity, row_id FROM scope_rows WHERE scope = ?1 AND present = 1 ORDER BY seq DESC LIMIT 120";

impl Sender<'_> {
    /// The first page for a device that has nothing: who we are, and a look at what is newest.
    pub fn begin(&mut self, grants: &BTreeSet<Scope>) -> Result<BTreeMap<Scope, Cursor>, Trouble> {
        let mut cursors: BTreeMap<Scope, Cursor> = grants.iter().map(|scope| (*scope, Cursor(0, self.head))).collect();
        if let Some(org) = cursors.get_mut(&Scope::Org) {
            *org = self.send(Scope::Org, *org)?;
        }
        self.glance(grants)?;
        Ok(cursors)
    }

    /// What changed last in each scope, with the customers it belongs to, as far as there is room. No cursor moves: all of it
    /// comes again in its turn.
    fn glance(&mut self, grants: &BTreeSet<Scope>) -> Result<(), Trouble> {
        let mut customers = BTreeSet::new();
        for scope in grants.iter().filter(|scope| matches!(scope, Scope::Owner(_) | Scope::Queue(_) | Scope::Team(_))) {
            let Some(number) = db::number_of(self.snapshot.connection(), *scope)? else { continue };
            let mut newest = self.snapshot.connection().prepare_cached(NEWEST)?;
            let mut newest = newest.query([number])?;
            while let Some(row) = newest.next()?.filter(|_| self.room > 0) {
                let (entity, id) = (db::numbered(row.get(0)?)?, Id::from_bytes(row.get(1)?));
                let customer = self.snapshot.customer_of(entity, id)?;
                if customer.is_none_or(|customer| customer != id) {
                    self.row(*scope, entity, id)?;
                }
                if let Some(customer) = customer.filter(|customer| customers.insert(*customer)) {
                    self.heads(grants, customer)?;
                }
            }
        }
        Ok(())
    }

    /// A customer as lists show it: the rows that bear its id.
    fn heads(&mut self, grants: &BTreeSet<Scope>, customer: Id) -> Result<(), Trouble> {
        for entity in db::entities().filter(|entity| entity.is_of_lists()) {
            let scopes = (entity.scopes)(&self.snapshot.rows(), customer)?.unwrap_or_default();
            if let Some(scope) = scopes.iter().find(|scope| grants.contains(scope)) {
                self.row(*scope, entity, customer)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_last_is_read_off_one_index() {
        assert_eq!(db::plan(NEWEST), ["SEARCH scope_rows USING COVERING INDEX scope_rows_seq (scope=?)"]);
    }
}
