//! The index of scopes: which row is in which audience since which change, and which row has left.

use std::collections::{BTreeSet, HashMap};

use domain::{
    customers::{self, Customer},
    id::Id,
    row::Row,
    sync::Scope,
};
use rusqlite::{Connection, OptionalExtension};

use super::{entity::Entity, granted::Granted, registry, trouble::Trouble, tx::Tx};

/// A row is in few scopes: each costs an entry in the index.
const MAX_SCOPES: usize = 5;

/// Scopes' numbers as the writer knows them. Emptied when anything is rolled back.
pub(super) type ScopeIds = HashMap<Scope, i64>;

/// A row whose scopes hang on another row, with the scopes it had.
pub(super) struct Dependant {
    pub entity: &'static Entity,
    pub id: Id,
    pub left: Vec<Scope>,
}

/// The number of a scope, if any row was ever in it.
pub(crate) fn number_of(connection: &Connection, scope: Scope) -> Result<Option<i64>, Trouble> {
    let mut find = connection.prepare_cached("SELECT id FROM scope WHERE name = ?1")?;
    Ok(find.query_row([scope.to_string()], |row| row.get(0)).optional()?)
}

/// These scopes' numbers as a JSON array. A scope that no row was ever in has none.
pub(super) fn list<'s>(
    scopes: impl IntoIterator<Item = &'s Scope>,
    mut number: impl FnMut(Scope) -> Result<Option<i64>, Trouble>,
) -> Result<String, Trouble> {
    let mut numbers = Vec::new();
    for scope in scopes {
        numbers.extend(number(*scope)?);
    }
    serde_json::to_string(&numbers).map_err(|error| Trouble::Broken(error.to_string()))
}

impl Tx<'_> {
    /// What belongs to the same customer as this row, if its type leads others, and where it is now.
    pub(super) fn dependants(&self, entity: &Entity, id: Id) -> Result<Vec<Dependant>, Trouble> {
        let mut dependants = Vec::new();
        if entity.leads.is_empty() {
            return Ok(dependants);
        }
        let follows = |other: &Entity| other.number != entity.number && (other.is_head || !entity.leads_heads);
        for sql in registry::statements().iter().filter(|sql| follows(sql.entity)) {
            for id in self.store.of_customer(sql, id)? {
                let left = (sql.entity.scopes)(&self.reading(), id)?.unwrap_or_default();
                dependants.push(Dependant { entity: sql.entity, id, left });
            }
        }
        Ok(dependants)
    }

    /// Sends customers again what shows the name of this row, which is another one now. Staff have the row itself.
    pub(super) fn requote(&self, entity: &Entity, id: Id, seq: u64) -> Result<(), Trouble> {
        for sql in registry::statements() {
            for (_, text) in sql.quoting.iter().filter(|(of, _)| *of == entity.name) {
                for id in self.store.ids(text, id)? {
                    let mut scopes = (sql.entity.scopes)(&self.reading(), id)?.unwrap_or_default();
                    scopes.retain(|scope| matches!(scope, Scope::User(_) | Scope::Portal(_)));
                    self.place(sql.entity, id, &[], &scopes, seq)?;
                }
            }
        }
        Ok(())
    }

    /// Notes that a row changed with number `seq`: in the scopes where it is, and as gone in those it left.
    pub(super) fn place(&self, entity: &Entity, id: Id, left: &[Scope], entered: &[Scope], seq: u64) -> Result<(), Trouble> {
        if entered.len() > MAX_SCOPES {
            return Err(Trouble::Broken(format!("a {} is in {} scopes", entity.name, entered.len())));
        }
        let mut note = self.connection().prepare_cached(
            "INSERT INTO scope_rows (scope, entity, row_id, seq, present) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (scope, entity, row_id) DO UPDATE SET seq = excluded.seq, present = excluded.present",
        )?;
        let all: BTreeSet<Scope> = left.iter().chain(entered).copied().collect();
        for scope in all {
            let number = self.scope_number(scope)?;
            note.execute((number, entity.number, id.bytes(), seq.cast_signed(), entered.contains(&scope)))?;
            if entity.name == Customer::ENTITY && matches!(scope, Scope::Team(_)) {
                self.count(number, i64::from(entered.contains(&scope)) - i64::from(left.contains(&scope)))?;
            }
            // A line knows what its user is granted, not which customers the device has opened.
            let concerned = customers::openers(&self.reading(), scope)?;
            self.state.borrow_mut().touched.extend(concerned.into_iter().chain([scope]));
        }
        Ok(())
    }

    /// How many customers are in a team's scope: whoever sees too many does not carry them.
    fn count(&self, scope: i64, more: i64) -> Result<(), Trouble> {
        if more != 0 {
            let mut count = self.connection().prepare_cached("UPDATE scope SET customers = customers + ?2 WHERE id = ?1")?;
            count.execute((scope, more))?;
        }
        Ok(())
    }

    fn scope_number(&self, scope: Scope) -> Result<i64, Trouble> {
        if let Some(number) = self.known_scope(scope)? {
            return Ok(number);
        }
        let mut add = self.connection().prepare_cached("INSERT INTO scope (name) VALUES (?1) RETURNING id")?;
        let number = add.query_row([scope.to_string()], |row| row.get(0))?;
        self.scope_ids.borrow_mut().insert(scope, number);
        Ok(number)
    }

    fn known_scope(&self, scope: Scope) -> Result<Option<i64>, Trouble> {
        if let Some(number) = self.scope_ids.borrow().get(&scope) {
            return Ok(Some(*number));
        }
        let number = number_of(self.connection(), scope)?;
        if let Some(number) = number {
            self.scope_ids.borrow_mut().insert(scope, number);
        }
        Ok(number)
    }

    pub(super) fn granted(&self, scopes: &BTreeSet<Scope>) -> Result<Granted, Trouble> {
        Granted::of(scopes, |scope| self.known_scope(scope))
    }
}
