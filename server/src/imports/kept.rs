//! What is kept of imports: each with its counts, what each of its rows did, how headers were understood.

use super::{
    source::Source,
    words::{Kept, Problem},
};
use crate::db::{Trouble, number};
use domain::{
    context::Actor,
    id::Id,
    imports::{Column, Counts, Import, Kind, Left, Phase, Reason, Sum},
    row::{Cell, Field as _},
    time::Instant,
    words::{Lang, Say},
};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Serialize, de::DeserializeOwned};

const COLUMNS: &str = "id, kind, file, \"by\", at, phase, problem, encoding, columns, made, changed, unchanged, refused, read, size, sums";
const LATEST: &str = "SELECT * FROM import ORDER BY at DESC, id DESC LIMIT 200";
const NOTE: &str = "INSERT INTO import_row (import, line, row_id, before, after, did) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const FAR: &str = "UPDATE import SET made = ?2, changed = ?3, unchanged = ?4, refused = ?5, read = ?6, sums = ?7 WHERE id = ?1";
const ENDED: &str = "UPDATE import SET phase = ?2, problem = ?3 WHERE id = ?1";
const STALE: &str =
    "UPDATE import SET phase = 'stopped', problem = ?1 WHERE id IN (SELECT id FROM import WHERE phase IN ('running', 'undoing'))";
const TO_UNDO: &str = "SELECT line, row_id, before, after, did FROM import_row \
     WHERE import = ?1 AND line < ?2 AND undone IS NULL ORDER BY line DESC LIMIT ?3";
const MARK: &str = "UPDATE import_row SET undone = ?3 WHERE import = ?1 AND line = ?2";
const AGAIN: &str = "UPDATE import_row SET undone = NULL WHERE import = ?1 AND undone IS NOT NULL AND undone <> 'undone'";
const UNDONE: &str =
    "SELECT count(*) FILTER (WHERE undone = 'undone'), count(*) FILTER (WHERE undone <> 'undone') FROM import_row WHERE import = ?1";
const LEFT: &str = "SELECT line, coalesce((SELECT no FROM customer WHERE id = row_id), (SELECT no FROM sales_order WHERE id = row_id)), undone \
     FROM import_row WHERE import = ?1 AND undone IS NOT NULL AND undone <> 'undone' ORDER BY line LIMIT 200";
const UNDERSTOOD: &str = "SELECT columns FROM import_mapping WHERE kind = ?1 AND headers = ?2";
const REMEMBER: &str = "INSERT INTO import_mapping (kind, headers, columns, at) VALUES (?1, ?2, ?3, ?4) \
     ON CONFLICT (kind, headers) DO UPDATE SET columns = excluded.columns, at = excluded.at";

/// What a row did to a customer or an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Did {
    Made,
    Changed,
}

impl Did {
    const fn code(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Changed => "changed",
        }
    }
}

/// A row of an import, as an undo needs it.
#[derive(Debug, Clone)]
pub(super) struct Touched {
    pub line: u64,
    pub row: Id,
    pub before: Option<String>,
    pub after: [u8; 16],
    pub did: Did,
}

fn json<T: Serialize>(value: &T) -> Result<String, Trouble> {
    serde_json::to_string(value).map_err(|error| Trouble::Broken(error.to_string()))
}

fn read_json<T: DeserializeOwned>(text: &str) -> Result<T, Trouble> {
    serde_json::from_str(text).map_err(|error| Trouble::Broken(error.to_string()))
}

fn cell(text: String) -> Cell {
    Cell::Text(text)
}

fn known<T>(value: Option<T>) -> Result<T, Trouble> {
    value.ok_or_else(|| Trouble::Broken("an import that this version cannot read".to_owned()))
}

pub(super) fn begin(connection: &Connection, import: &Import, source: &Source) -> Result<(), Trouble> {
    let by = match import.by.to_cell() {
        Cell::Text(by) => by,
        _ => return Err(Trouble::Broken("an actor that cannot be written".to_owned())),
    };
    let mut add = connection.prepare_cached(
        "INSERT INTO import (id, kind, file, digest, size, \"by\", at, phase, encoding, columns) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    let (id, columns) = (import.id.bytes(), json(&import.columns)?);
    let (kind, phase, encoding) = (import.kind.code(), import.phase.code(), import.encoding.code());
    add.execute((id, kind, &import.file, source.digest, source.size.cast_signed(), by, import.at.0, phase, encoding, &columns))?;
    let mut remember = connection.prepare_cached(REMEMBER)?;
    let own = json(&import.columns.get(source.own()).unwrap_or_default())?;
    remember.execute((kind, source.headers_digest(import.kind), own, import.at.0))?;
    Ok(())
}

/// How far it is, in the transaction that got it there.
pub(super) fn so_far(connection: &Connection, import: &Import) -> Result<(), Trouble> {
    let Counts { made, changed, unchanged, refused } = import.counts;
    let [made, changed, unchanged, refused, read] = [made, changed, unchanged, refused, import.read].map(u64::cast_signed);
    connection.prepare_cached(FAR)?.execute((import.id.bytes(), made, changed, unchanged, refused, read, json(&import.sums)?))?;
    Ok(())
}

pub(super) fn note(connection: &Connection, import: Id, touched: &Touched) -> Result<(), Trouble> {
    let Touched { line, row, before, after, did } = touched;
    connection.prepare_cached(NOTE)?.execute((import.bytes(), line.cast_signed(), row.bytes(), before, after, did.code()))?;
    Ok(())
}

/// The problem is kept by its code; a reader's language is not known yet.
pub(super) fn ended(connection: &Connection, id: Id, phase: Phase, problem: Option<&Problem>) -> Result<(), Trouble> {
    let told = problem.map(|problem| json(&[problem.code().to_owned(), problem.say(Lang::Zh), problem.say(Lang::En)])).transpose()?;
    connection.prepare_cached(ENDED)?.execute((id.bytes(), phase.code(), told))?;
    Ok(())
}

/// Imports that nobody carries on with, because whoever did was stopped.
pub(super) fn stop_stale(connection: &Connection) -> Result<usize, Trouble> {
    let problem = Problem::Interrupted;
    let told = json(&[problem.code().to_owned(), problem.say(Lang::Zh), problem.say(Lang::En)])?;
    Ok(connection.prepare_cached(STALE)?.execute([told])?)
}

pub(super) fn latest(connection: &Connection, lang: Lang) -> Result<Vec<Import>, Trouble> {
    let mut imports = connection.prepare_cached(&LATEST.replace('*', COLUMNS))?;
    let mut rows = imports.query(())?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(import(row, lang)?);
    }
    found.iter_mut().try_for_each(|import| count_undone(connection, import))?;
    Ok(found)
}

pub(super) fn find(connection: &Connection, id: Id, lang: Lang) -> Result<Option<Import>, Trouble> {
    let mut one = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM import WHERE id = ?1"))?;
    let Some(mut import) = one.query_row([id.bytes()], |row| Ok(import(row, lang))).optional()?.transpose()? else { return Ok(None) };
    count_undone(connection, &mut import)?;
    import.kept = left(connection, id, lang)?;
    Ok(Some(import))
}

fn count_undone(connection: &Connection, import: &mut Import) -> Result<(), Trouble> {
    let mut count = connection.prepare_cached(UNDONE)?;
    let (undone, left): (i64, i64) = count.query_row([import.id.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    (import.undone, import.left) = (number(undone)?, number(left)?);
    Ok(())
}

fn import(row: &Row<'_>, lang: Lang) -> Result<Import, Trouble> {
    let text = |n: usize| row.get::<_, String>(n);
    let count = |n: usize| number(row.get(n)?);
    let problem: Option<[String; 3]> = row.get::<_, Option<String>>(6)?.map(|told| read_json(&told)).transpose()?;
    let problem = problem.map(|[code, zh, en]| Reason { code, message: if lang == Lang::Zh { zh } else { en } });
    Ok(Import {
        id: Id::from_bytes(row.get(0)?),
        kind: known(Kind::from_code(&text(1)?))?,
        file: text(2)?,
        dry_run: false,
        by: known(Actor::from_cell(cell(text(3)?)))?,
        at: Instant(row.get(4)?),
        phase: known(Phase::from_code(&text(5)?))?,
        counts: Counts { made: count(9)?, changed: count(10)?, unchanged: count(11)?, refused: count(12)? },
        sums: read_json::<Vec<Sum>>(&text(15)?)?,
        encoding: known(domain::imports::Encoding::from_code(&text(7)?))?,
        columns: read_json(&text(8)?)?,
        read: count(13)?,
        size: count(14)?,
        problem,
        undone: 0,
        left: 0,
        kept: Vec::new(),
    })
}

fn left(connection: &Connection, import: Id, lang: Lang) -> Result<Vec<Left>, Trouble> {
    let mut left = connection.prepare_cached(LEFT)?;
    let mut rows = left.query([import.bytes()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let code: String = row.get(2)?;
        let message = Kept::ALL.iter().find(|kept| kept.code() == code).map(|kept| kept.say(lang)).unwrap_or_default();
        found.push(Left { line: number(row.get(0)?)?, no: row.get(1)?, reason: Reason { code, message } });
    }
    Ok(found)
}

/// The next rows that an undo has to look at, the last of the file first.
pub(super) fn to_undo(connection: &Connection, import: Id, before: i64, count: u32) -> Result<Vec<Touched>, Trouble> {
    let mut rows = connection.prepare_cached(TO_UNDO)?;
    let mut rows = rows.query((import.bytes(), before, count))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let did: String = row.get(4)?;
        found.push(Touched {
            line: number(row.get(0)?)?,
            row: Id::from_bytes(row.get(1)?),
            before: row.get(2)?,
            after: row.get(3)?,
            did: known([Did::Made, Did::Changed].into_iter().find(|it| it.code() == did))?,
        });
    }
    Ok(found)
}

/// What was left is looked at again.
pub(super) fn look_again(connection: &Connection, import: Id) -> Result<(), Trouble> {
    connection.prepare_cached(AGAIN)?.execute([import.bytes()])?;
    Ok(())
}

/// What an undo came to.
pub(super) fn mark(connection: &Connection, import: Id, line: u64, kept: Option<Kept>) -> Result<(), Trouble> {
    let code = kept.map_or("undone", |kept| kept.code());
    connection.prepare_cached(MARK)?.execute((import.bytes(), line.cast_signed(), code))?;
    Ok(())
}

/// How these headers were understood the last time; nothing, where this version knows a field no more.
pub(super) fn understood(connection: &Connection, kind: Kind, source: &Source) -> Result<Option<Vec<Column>>, Trouble> {
    let mut find = connection.prepare_cached(UNDERSTOOD)?;
    let columns: Option<String> = find.query_row((kind.code(), source.headers_digest(kind)), |row| row.get(0)).optional()?;
    let own: Option<Vec<Column>> = columns.and_then(|columns| serde_json::from_str(&columns).ok());
    let Some(mut own) = own.filter(|own| own.len() == source.own().len()) else { return Ok(None) };
    let all = source.headers.iter().map(|name| Column { name: name.clone(), field: None });
    let mut all: Vec<Column> = all.collect();
    all.get_mut(source.own()).into_iter().flatten().zip(own.drain(..)).for_each(|(column, known)| *column = known);
    Ok(Some(all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db;

    #[test]
    fn nothing_looks_through_a_table() {
        for sql in [LATEST, NOTE, FAR, ENDED, STALE, TO_UNDO, MARK, AGAIN, UNDONE, LEFT, UNDERSTOOD, REMEMBER] {
            let plan = db::plan(sql);
            let scans =
                |step: &String| step.starts_with("SCAN") && !step.contains("USING INDEX import_at") && !step.contains("import_underway");
            assert!(!plan.iter().any(scans), "{sql}: {plan:?}");
        }
    }
}
