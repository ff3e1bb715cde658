//! Placing anew: after a migration some row types are in other scopes than before, or have columns that devices lack.
//!
//! The migration names them in `to_place`; the next start places all their rows by the rules of now, as one change of
//! the system's, so that every device gets them again and the index of scopes says what the rows say.

use std::collections::HashMap;

use domain::{context::Actor, id::Id, sync::Scope};

use super::{Deed, entity::Entity, registry, trouble::Trouble, tx::Tx};

const WANTED: &str = "SELECT entity FROM to_place ORDER BY entity";
const PLACED: &str =
    "SELECT row_id, name FROM scope_rows JOIN scope ON scope.id = scope_rows.scope WHERE entity = ?1 AND present = 1 ORDER BY row_id";

/// Places what a migration named. Nothing, where nothing was named.
pub(super) fn place_anew(tx: &mut Tx<'_>) -> Result<(), Trouble> {
    let wanted: Vec<i64> = tx.connection().prepare(WANTED)?.query_map((), |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut names = Vec::new();
    let mut count = 0_usize;
    for number in wanted {
        let entity = registry::numbered(number)?;
        count += place_all(tx, entity)?;
        names.push(entity.name);
    }
    if count > 0 {
        let args = serde_json::json!({ "types": names, "rows": count }).to_string();
        let what = "system.placed_anew";
        tx.audit(&Deed { by: Actor::System, what, subject: None, command: None, refused: None, args: Some(&args) })?;
        tracing::info!(rows = count, ?names, "rows were placed anew");
    }
    tx.connection().execute("DELETE FROM to_place", ())?;
    Ok(())
}

fn place_all(tx: &Tx<'_>, entity: &'static Entity) -> Result<usize, Trouble> {
    let mut placed = placed(tx, entity)?;
    let mut ids = tx.connection().prepare(&format!("SELECT \"id\" FROM \"{}\" ORDER BY \"id\"", entity.name))?;
    let ids = ids.query_map((), |row| row.get(0))?.collect::<Result<Vec<[u8; 16]>, _>>()?;
    for id in ids.iter().copied().map(Id::from_bytes) {
        let left = placed.remove(&id).unwrap_or_default();
        let entered = (entity.scopes)(&tx.reading(), id)?.unwrap_or_default();
        tx.place(entity, id, &left, &entered, tx.seq()?)?;
    }
    Ok(ids.len())
}

/// Where the rows of this type are by what the index says. Read at once: no index of it leads from a row to its scopes.
fn placed(tx: &Tx<'_>, entity: &Entity) -> Result<HashMap<Id, Vec<Scope>>, Trouble> {
    let mut placed: HashMap<Id, Vec<Scope>> = HashMap::new();
    let mut entries = tx.connection().prepare(PLACED)?;
    let mut entries = entries.query([entity.number])?;
    while let Some(entry) = entries.next()? {
        let (id, name): (Id, String) = (Id::from_bytes(entry.get(0)?), entry.get(1)?);
        let scope = name.parse().map_err(|_| Trouble::Broken(format!("{name} is not a scope")))?;
        placed.entry(id).or_default().push(scope);
    }
    Ok(placed)
}
