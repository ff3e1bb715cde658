//! Undo: what an import made is taken away, what it changed is put back, as long as nobody has touched it since.

use super::{
    kept::{self, Touched},
    removal,
    words::{Kept, Problem},
};
use crate::{
    db::{Db, Deed, Trouble, Tx},
    error::Failed,
};
use axum::http::StatusCode;
use domain::{
    access,
    context::Actor,
    id::Id,
    imports::{Import, Kind, Phase},
    words::Lang,
};

/// One transaction takes back so many rows.
const AT_ONCE: u32 = 50;

/// An undo that has begun.
#[derive(Debug, Clone, Copy)]
pub struct Undo {
    import: Id,
    kind: Kind,
    by: Actor,
}

impl From<Problem> for Failed {
    fn from(problem: Problem) -> Self {
        let status = match problem {
            Problem::Busy | Problem::StillRunning | Problem::NothingToUndo => StatusCode::CONFLICT,
            Problem::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::refused(status, &problem)
    }
}

/// Begins to undo an import, if it can be undone. Blocks.
pub fn begin(db: &Db, import: Id, by: Actor) -> Result<Undo, Failed> {
    db.write_blocking(move |tx| {
        let Some(found) = kept::find(tx.connection(), import, Lang::En)? else { return Ok(Err(access::Refusal::NotFound.into())) };
        match found.phase {
            Phase::Running | Phase::Undoing => return Ok(Err(Problem::StillRunning.into())),
            Phase::Undone => return Ok(Err(Problem::NothingToUndo.into())),
            Phase::Done | Phase::Stopped => {}
        }
        kept::look_again(tx.connection(), import)?;
        kept::ended(tx.connection(), import, Phase::Undoing, None)?;
        let subject = Some(import);
        tx.audit(&Deed { by, what: "import.undo_begin", subject, command: None, refused: None, args: None })?;
        Ok(Ok(Undo { import, kind: found.kind, by }))
    })?
}

impl Undo {
    /// Takes back all that can be. Blocks; `goes_on` is asked between transactions.
    pub fn carry_out(self, db: &Db, lang: Lang, goes_on: impl Fn() -> bool) -> Result<Import, Failed> {
        let mut before = Some(i64::MAX);
        while let Some(line) = before {
            if !goes_on() {
                return self.end(db, lang, Some(Problem::Interrupted));
            }
            before = db.write_blocking_when_idle(move |tx| self.some(tx, line))?;
        }
        self.end(db, lang, None)
    }

    fn some(self, tx: &mut Tx<'_>, before: i64) -> Result<Option<i64>, Trouble> {
        let rows = kept::to_undo(tx.connection(), self.import, before, AT_ONCE)?;
        for row in &rows {
            // What a constraint holds on to is in use by something that this version knows nothing of.
            let taken = match tx.nested(|tx| self.take_back(tx, row)) {
                Ok(taken) => taken,
                Err(Trouble::Broken(what)) => {
                    tracing::warn!(import = %self.import, line = row.line, what, "a row of an import cannot be taken back");
                    Some(Kept::InUse)
                }
                Err(trouble) => return Err(trouble),
            };
            kept::mark(tx.connection(), self.import, row.line, taken)?;
        }
        Ok(rows.last().map(|row| row.line.cast_signed()))
    }

    /// One row, one change, one entry in the audit.
    fn take_back(self, tx: &mut Tx<'_>, row: &Touched) -> Result<Option<Kept>, Trouble> {
        let kept = removal::take_back(tx, self.kind, self.import, row)?;
        if kept.is_none() {
            let args = serde_json::json!({ "import": self.import, "line": row.line }).to_string();
            let subject = Some(row.row);
            tx.audit(&Deed { by: self.by, what: "import.undo", subject, command: None, refused: None, args: Some(&args) })?;
        }
        Ok(kept)
    }

    fn end(self, db: &Db, lang: Lang, problem: Option<Problem>) -> Result<Import, Failed> {
        let ended = db.write_blocking(move |tx| {
            let Some(found) = kept::find(tx.connection(), self.import, lang)? else { return Ok(None) };
            let phase = match (&problem, found.left) {
                (Some(_), _) => Phase::Stopped,
                (None, 0) => Phase::Undone,
                (None, _) => Phase::Done,
            };
            kept::ended(tx.connection(), self.import, phase, problem.as_ref())?;
            kept::find(tx.connection(), self.import, lang)
        });
        ended?.ok_or_else(|| access::Refusal::NotFound.into())
    }
}
