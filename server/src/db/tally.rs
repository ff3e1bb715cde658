//! Entries of the index of scopes as a number and a sum, which are the same in whatever order they are met: as the index
//! has them, and as the rows place themselves.

use std::{
    collections::{BTreeSet, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
};

use domain::{id::Id, sync::Scope};
use rusqlite::Connection;

use super::{Snapshot, entity::Entity, trouble::Trouble};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub entries: usize,
    sum: u64,
}

impl Tally {
    fn add(&mut self, scope: u64, row: [u8; 16]) {
        self.entries += 1;
        self.sum = self.sum.wrapping_add(hashed(&(scope, row)));
    }
}

fn hashed(it: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    it.hash(&mut hasher);
    hasher.finish()
}

/// What the index has, by the numbers of row types.
pub(super) fn noted(connection: &Connection) -> Result<HashMap<i64, Tally>, Trouble> {
    let mut scopes = connection.prepare("SELECT id, name FROM scope")?;
    let scopes = scopes.query_map((), |row| Ok((row.get::<_, i64>(0)?, hashed(&row.get_ref(1)?.as_str()?))))?;
    let scopes = scopes.collect::<Result<HashMap<_, _>, _>>()?;
    let mut entries = connection.prepare("SELECT scope, entity, row_id FROM scope_rows WHERE present = 1")?;
    let mut entries = entries.query(())?;
    let mut tallies: HashMap<i64, Tally> = HashMap::new();
    while let Some(row) = entries.next()? {
        // An entry of no scope is a reference that dangles; here it only has to be met nowhere else.
        let scope = scopes.get(&row.get(0)?).copied().unwrap_or_default();
        tallies.entry(row.get(1)?).or_default().add(scope, row.get(2)?);
    }
    Ok(tallies)
}

/// Where the rows of a type place themselves.
pub(super) fn placed(snapshot: &Snapshot<'_>, entity: &Entity) -> Result<Tally, Trouble> {
    let mut ids = snapshot.connection().prepare(&format!("SELECT id FROM \"{}\"", entity.name))?;
    let mut ids = ids.query(())?;
    let mut tally = Tally::default();
    while let Some(row) = ids.next()? {
        let id: [u8; 16] = row.get(0)?;
        let scopes = (entity.scopes)(&snapshot.rows(), Id::from_bytes(id))?.unwrap_or_default();
        for scope in scopes.into_iter().collect::<BTreeSet<Scope>>() {
            tally.add(hashed(&scope.to_string().as_str()), id);
        }
    }
    Ok(tally)
}
