//! What somebody may read: the rows of the scopes they hold, and of those that these open to them.

use std::collections::BTreeSet;

use domain::{customers, id::Id, sync::Scope};

use super::{
    registry::{self, Sql},
    scopes,
    store::{Reading, Store},
    trouble::Trouble,
};

pub(super) struct Granted {
    scopes: BTreeSet<Scope>,
    /// Their numbers, as JSON.
    list: String,
}

impl Granted {
    pub fn of(scopes: &BTreeSet<Scope>, number: impl FnMut(Scope) -> Result<Option<i64>, Trouble>) -> Result<Self, Trouble> {
        Ok(Self { scopes: scopes.clone(), list: scopes::list(scopes, number)? })
    }

    /// Nothing.
    pub fn nothing() -> Self {
        Self { scopes: BTreeSet::new(), list: "[]".to_owned() }
    }

    /// Whether a scope that is held contains the row, or opens one that does.
    pub fn shows(&self, store: &Store<'_>, sql: &Sql, id: Id) -> Result<bool, Trouble> {
        let held = store.connection.prepare_cached(registry::IS_GRANTED)?.exists((&self.list, sql.entity.number, id.bytes()))?;
        if held {
            return Ok(true);
        }
        let rows = Reading(store);
        for scope in (sql.entity.scopes)(&rows, id)?.unwrap_or_default() {
            if opens(&rows, &self.scopes, scope)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Whether somebody who holds these scopes may ask for this one.
pub(super) fn opens(rows: &Reading<'_>, held: &BTreeSet<Scope>, scope: Scope) -> Result<bool, Trouble> {
    Ok(customers::openers(rows, scope)?.iter().any(|opener| held.contains(opener)))
}
