//! How long sync remembers: tombstones, verdicts, commands' ids, devices that never came back, keys of other systems.

use domain::time::Instant;
use rusqlite::OptionalExtension;

use crate::db::{Trouble, Tx};

const DAY: i64 = 86_400;
/// A device that was away for longer begins its scopes anew.
const TOMBSTONES_SECONDS: i64 = 30 * DAY;
const VERDICTS_SECONDS: i64 = 90 * DAY;
const DEVICES_SECONDS: i64 = 366 * DAY;
const KEYS_SECONDS: i64 = 30 * DAY;

/// One step forgets so many of each kind, so that nobody waits for it.
const STEP: u32 = 500;

const LAST: &str = "SELECT seq FROM audit WHERE seq IS NOT NULL AND at < ?1 ORDER BY at DESC, seq DESC LIMIT 1";
const TOMBSTONES: &str = "DELETE FROM scope_rows WHERE (scope, entity, row_id) IN \
     (SELECT scope, entity, row_id FROM scope_rows WHERE present = 0 AND seq <= ?1 LIMIT ?2)";
const VERDICTS: &str = "DELETE FROM mutation WHERE (client_id, mid) IN (SELECT client_id, mid FROM mutation WHERE at < ?1 LIMIT ?2)";
const COMMANDS: &str = "DELETE FROM seen_command WHERE cmd_id IN (SELECT cmd_id FROM seen_command WHERE until < ?1 LIMIT ?2)";
const DEVICES: &str = "DELETE FROM sync_client WHERE client_id IN (SELECT client_id FROM sync_client WHERE last_seen < ?1 LIMIT ?2)";

const KEYS: &str = "DELETE FROM rest_key WHERE (token, key) IN (SELECT token, key FROM rest_key WHERE at < ?1 LIMIT ?2)";

/// Forgets what is too old, a step at a time; true while there is more. For [`crate::db::Db::write_when_idle`].
pub fn sweep(tx: &mut Tx<'_>) -> Result<bool, Trouble> {
    let now = tx.at();
    let horizon = raise_horizon(tx, now.plus_seconds(-TOMBSTONES_SECONDS))?;
    let mut is_more = false;
    for (forget, upto) in [
        (TOMBSTONES, horizon),
        (VERDICTS, now.plus_seconds(-VERDICTS_SECONDS).0),
        (COMMANDS, now.0),
        (DEVICES, now.plus_seconds(-DEVICES_SECONDS).0),
        (KEYS, now.plus_seconds(-KEYS_SECONDS).0),
    ] {
        is_more |= tx.connection().prepare_cached(forget)?.execute((upto, STEP))? >= STEP as usize;
    }
    Ok(is_more)
}

/// What left a scope before this moment may be forgotten from now on: devices that have not had the scope completely
/// since then get it anew.
fn raise_horizon(tx: &Tx<'_>, before: Instant) -> Result<i64, Trouble> {
    let mut last = tx.connection().prepare_cached(LAST)?;
    let last: Option<i64> = last.query_row([before.0], |row| row.get(0)).optional()?;
    let mut raise = tx.connection().prepare_cached("UPDATE clock SET horizon = max(horizon, ?1) RETURNING horizon")?;
    Ok(raise.query_row([last.unwrap_or(0)], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db;

    #[test]
    fn forgetting_looks_at_nothing_that_stays() {
        for sql in [LAST, TOMBSTONES, VERDICTS, COMMANDS, DEVICES, KEYS] {
            let plan = db::plan(sql);
            assert!(plan.iter().all(|step| !step.starts_with("SCAN")), "{sql}: {plan:?}");
        }
    }
}
