//! What nothing carries goes: a few pieces at a time, each when nobody's command waits.

use domain::{
    attachments::Stored,
    context::Actor,
    id::{FileId, Id},
    row::Rows,
    time::Instant,
};
use rusqlite::OptionalExtension;

use crate::db::{Db, Deed, Trouble, Tx};

/// Pieces that go in one transaction: a megabyte.
const STEP: u8 = 4;

const OVERDUE: &str = "SELECT id FROM file_body WHERE until <= ?1 ORDER BY until LIMIT 100";
const SOME: &str =
    "DELETE FROM file_piece WHERE (body, start) IN (SELECT body, start FROM file_piece WHERE body = ?1 ORDER BY start DESC LIMIT ?2)";

const LEFT: &str = "UPDATE file_body SET received = (SELECT coalesce(sum(length(bytes)), 0) FROM file_piece WHERE body = ?1) WHERE id = ?1";

/// Lets go of every file that was begun, or has arrived, and that nothing carries; says of how many.
pub async fn sweep(db: &Db, now: Instant) -> Result<usize, Trouble> {
    let mut count = 0;
    loop {
        let overdue = db.read(move |snapshot| {
            let mut overdue = snapshot.connection().prepare_cached(OVERDUE)?;
            let overdue = overdue.query_map([now.0], |row| row.get(0))?;
            Ok(overdue.collect::<Result<Vec<[u8; 16]>, _>>()?)
        });
        let overdue = overdue.await?;
        if overdue.is_empty() {
            return Ok(count);
        }
        for id in overdue {
            forget(db, now, Id::from_bytes(id).into()).await?;
            count += 1;
        }
    }
}

/// Lets go of one file whose time has come.
pub async fn forget(db: &Db, now: Instant, id: FileId) -> Result<(), Trouble> {
    let step = async || {
        db.write_when_idle(move |tx| {
            tx.as_of(now);
            some(tx, id)
        })
        .await
    };
    while step().await? {}
    Ok(())
}

/// Some of its bytes, its row first, so that nothing can be put to it any more; true while there is more.
fn some(tx: &mut Tx<'_>, id: FileId) -> Result<bool, Trouble> {
    let key = Id::from(id).bytes();
    let is_due = "SELECT 1 FROM file_body WHERE id = ?1 AND until <= ?2";
    let is_due = tx.connection().prepare_cached(is_due)?.query_row((key, tx.at().0), |_| Ok(())).optional()?.is_some();
    if !is_due {
        return Ok(false);
    }
    tx.rows().del::<Stored>(id)?;
    let is_more = tx.connection().prepare_cached(SOME)?.execute((key, STEP))? == usize::from(STEP);
    if is_more {
        tx.connection().prepare_cached(LEFT)?.execute([key])?;
    } else {
        tx.connection().prepare_cached("DELETE FROM file_body WHERE id = ?1")?.execute([key])?;
    }
    // The row went with the first bytes; the deed is told when the last are gone.
    tx.audit_remainder()?;
    if !is_more {
        let what = "files.forget";
        tx.audit(&Deed { by: Actor::System, what, subject: Some(id.into()), command: None, refused: None, args: None })?;
    }
    Ok(is_more)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db;

    #[test]
    fn letting_go_looks_at_nothing_that_stays() {
        for sql in [OVERDUE, SOME, LEFT] {
            let plan = db::plan(sql);
            assert!(plan.iter().all(|step| !step.starts_with("SCAN")), "{sql}: {plan:?}");
        }
    }
}
