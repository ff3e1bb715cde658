//! What the server keeps of each device: its user, its numbers, and the verdicts it may still ask for.

use domain::{
    id::{ClientId, Id},
    sync::wire::{Mutation, Verdict},
};
use rusqlite::{Connection, OptionalExtension, Row};
use sha2::{Digest, Sha256};

use crate::db::{Trouble, Tx, number};

const FIND: &str = "SELECT user_id, last_mid, confirmed_mid FROM sync_client WHERE client_id = ?1";
const FORGET: &str = "DELETE FROM mutation WHERE client_id = ?1 AND mid <= ?2";
const STORED: &str = "SELECT mid, ok, refusal, hash FROM mutation WHERE client_id = ?1 AND mid = ?2";
const REFUSED: &str = "SELECT mid, ok, refusal FROM mutation WHERE client_id = ?1 AND ok = 0 AND mid > ?2 ORDER BY mid";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Client {
    pub id: ClientId,
    /// Judged up to here.
    pub last_mid: u64,
    /// Up to here the device knows the verdicts.
    pub confirmed_mid: u64,
}

/// A verdict as it is kept.
pub(super) struct Stored {
    pub hash: Vec<u8>,
    pub verdict: Verdict,
}

fn key(id: ClientId) -> [u8; 16] {
    Id::from(id).bytes()
}

/// The client and its user.
pub(super) fn find(connection: &Connection, id: ClientId) -> Result<Option<(Id, Client)>, Trouble> {
    let mut find = connection.prepare_cached(FIND)?;
    let found: Option<([u8; 16], i64, i64)> = find.query_row([key(id)], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
    let Some((user, last_mid, confirmed_mid)) = found else { return Ok(None) };
    Ok(Some((Id::from_bytes(user), Client { id, last_mid: number(last_mid)?, confirmed_mid: number(confirmed_mid)? })))
}

/// Keeps the client's numbers and forgets the verdicts that it knows.
pub(super) fn save(tx: &Tx<'_>, user: Id, client: &Client) -> Result<(), Trouble> {
    let Client { id, last_mid, confirmed_mid } = *client;
    let mut save = tx.connection().prepare_cached(
        "INSERT INTO sync_client (client_id, user_id, last_mid, confirmed_mid, last_seen) VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT (client_id) DO UPDATE \
         SET last_mid = excluded.last_mid, confirmed_mid = excluded.confirmed_mid, last_seen = excluded.last_seen",
    )?;
    save.execute((key(id), user.bytes(), last_mid.cast_signed(), confirmed_mid.cast_signed(), tx.at().0))?;
    let mut forget = tx.connection().prepare_cached(FORGET)?;
    forget.execute((key(id), confirmed_mid.cast_signed()))?;
    Ok(())
}

/// The same command has the same hash, whichever copy of a device sends it.
pub(super) fn hash(mutation: &Mutation) -> Vec<u8> {
    let Mutation { mid: _, cmd_id, v, name, args, client_ts: _ } = mutation;
    let mut hash = Sha256::new();
    hash.update(Id::from(*cmd_id).bytes());
    hash.update(v.to_be_bytes());
    hash.update((name.len() as u64).to_be_bytes());
    hash.update(name);
    hash.update(args.get());
    hash.finalize().to_vec()
}

pub(super) fn store(tx: &Tx<'_>, client: &Client, mutation: &Mutation, verdict: &Verdict) -> Result<(), Trouble> {
    let mut store = tx
        .connection()
        .prepare_cached("INSERT INTO mutation (client_id, mid, cmd_id, hash, ok, refusal, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    let refusal = verdict.refusal.as_ref().map(serde_json::Value::to_string);
    let (client, mid, cmd) = (key(client.id), mutation.mid.cast_signed(), Id::from(mutation.cmd_id).bytes());
    store.execute((client, mid, cmd, hash(mutation), verdict.ok, refusal, tx.at().0))?;
    Ok(())
}

pub(super) fn stored(connection: &Connection, id: ClientId, mid: u64) -> Result<Option<Stored>, Trouble> {
    let mut find = connection.prepare_cached(STORED)?;
    let found = find.query_row((key(id), mid.cast_signed()), |row| Ok((read(row), row.get(3)?))).optional()?;
    found.map(|(verdict, hash)| Ok(Stored { verdict: verdict?, hash })).transpose()
}

/// The refusals that the device does not know yet.
pub(super) fn refused_after(connection: &Connection, id: ClientId, mid: u64) -> Result<Vec<Verdict>, Trouble> {
    let mut find = connection.prepare_cached(REFUSED)?;
    let verdicts = find.query_map((key(id), mid.cast_signed()), |row| Ok(read(row)))?;
    verdicts.map(|verdict| verdict?).collect()
}

fn read(row: &Row<'_>) -> Result<Verdict, Trouble> {
    let refusal: Option<String> = row.get(2)?;
    let refusal = refusal.map(|text| serde_json::from_str(&text)).transpose();
    let refusal = refusal.map_err(|error| Trouble::Broken(format!("a verdict that cannot be read: {error}")))?;
    Ok(Verdict { mid: number(row.get(0)?)?, ok: row.get(1)?, refusal })
}

/// The name of this history.
pub(super) fn epoch(connection: &Connection) -> Result<String, Trouble> {
    Ok(connection.prepare_cached("SELECT epoch FROM clock")?.query_row((), |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db;

    #[test]
    fn no_question_about_a_device_looks_through_all_of_them() {
        for sql in [FIND, FORGET, STORED, REFUSED] {
            let plan = db::plan(sql);
            assert!(plan.iter().all(|step| step.starts_with("SEARCH")), "{sql}: {plan:?}");
        }
    }
}
