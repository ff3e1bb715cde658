//! Once: what is asked again under the same key is answered again, and nothing is done twice.

use super::bearer::Bearer;
use super::words::Refusal;
use crate::{
    App,
    db::{Reading, Trouble, Tx},
    error::{Failed, Reason},
};
use axum::{Json, http::StatusCode};
use domain::{
    id::Id,
    row::{Missing, Rows},
    settings::Company,
    time::{Date, Zone},
};
use rusqlite::OptionalExtension;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// What tells a request from others: its key, if it has one, and a digest of all that it says.
#[derive(Debug, Clone)]
pub struct Asked {
    key: Option<String>,
    digest: [u8; 32],
}

impl Asked {
    /// Each part with its length, so that no two requests look alike.
    #[must_use]
    pub fn new(key: Option<String>, parts: [&[u8]; 3]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self { key, digest: hash.finalize().into() }
    }
}

/// What came of a request: something new, or what was there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    Made(Id),
    There(Id),
}

impl Done {
    fn status(self) -> StatusCode {
        match self {
            Self::Made(_) => StatusCode::CREATED,
            Self::There(_) => StatusCode::OK,
        }
    }

    fn id(self) -> Id {
        match self {
            Self::Made(id) | Self::There(id) => id,
        }
    }
}

/// For whom a record is written: what this token sees, and what day it is.
#[derive(Debug, Clone, Copy)]
pub struct Eyes {
    pub money: bool,
    pub today: Date,
}

impl Eyes {
    pub fn of(bearer: &Bearer, rows: &impl Rows, now: domain::time::Instant) -> Result<Self, Missing> {
        let zone = rows.get::<Company>(Id::ONLY)?.map_or_else(|| Zone::fixed("UTC", 0), |company| company.zone);
        Ok(Self { money: bearer.sees_money(), today: zone.date_at(now) })
    }
}

/// A record as it is answered; none, if there is no such row or it is not this token's to see.
pub type Shown<T> = fn(&Reading<'_>, Id, Eyes) -> Result<Option<T>, Missing>;

const FIND: &str = "SELECT asked, made FROM rest_key WHERE token = ?1 AND key = ?2";
const KEEP: &str = "INSERT INTO rest_key (token, key, asked, status, made, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/// Does `deed` unless it was done under this key, and answers with the record as it is now.
pub async fn once<T: Serialize + Send + 'static>(
    app: &App,
    bearer: Bearer,
    asked: Asked,
    shown: Shown<T>,
    deed: impl FnOnce(&mut Tx<'_>) -> Result<Result<Done, Failed>, Trouble> + Send + 'static,
) -> Result<(StatusCode, Json<T>), Failed> {
    let written = app.db.write(move |tx| {
        let token = bearer.0.id;
        let done = match known(tx, token, &asked)? {
            Some(Ok(id)) => Done::There(id),
            Some(Err(failed)) => return Ok(Err(failed)),
            None => match deed(tx)? {
                Ok(done) => {
                    keep(tx, token, &asked, done)?;
                    done
                }
                Err(failed) => return Ok(Err(failed)),
            },
        };
        let eyes = Eyes::of(&bearer, &tx.reading(), tx.at())?;
        let record = shown(&tx.reading(), done.id(), eyes)?;
        Ok(record.map(|record| (done.status(), Json(record))).ok_or_else(|| Reason::Broken.into()))
    });
    written.await?
}

/// What was made under this key; a refusal, if something else was asked for then.
fn known(tx: &Tx<'_>, token: Id, asked: &Asked) -> Result<Option<Result<Id, Failed>>, Trouble> {
    let Some(key) = &asked.key else { return Ok(None) };
    let mut find = tx.connection().prepare_cached(FIND)?;
    let found: Option<([u8; 32], [u8; 16])> = find.query_row((token.bytes(), key), |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(found.map(|(digest, made)| {
        if digest == asked.digest {
            return Ok(Id::from_bytes(made));
        }
        Err(Failed::refused(StatusCode::CONFLICT, &Refusal::KeyReused).field("Idempotency-Key", &Refusal::KeyReused))
    }))
}

fn keep(tx: &Tx<'_>, token: Id, asked: &Asked, done: Done) -> Result<(), Trouble> {
    let Some(key) = &asked.key else { return Ok(()) };
    let mut keep = tx.connection().prepare_cached(KEEP)?;
    keep.execute((token.bytes(), key, asked.digest, done.status().as_u16(), done.id().bytes(), tx.at().0))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_by_a_step_into_an_index() {
        let plan = crate::db::plan(FIND);
        assert!(plan.iter().all(|step| step.starts_with("SEARCH")), "{plan:?}");
    }

    #[test]
    fn no_two_requests_look_alike() {
        let digest = |parts: [&str; 3]| Asked::new(None, parts.map(str::as_bytes)).digest;
        assert_eq!(digest(["POST", "/a", "{}"]), digest(["POST", "/a", "{}"]));
        assert_ne!(digest(["POST", "/a", "{}"]), digest(["POST", "/a{", "}"]));
    }
}
