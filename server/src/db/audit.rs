//! The audit: one entry per deed, chained, never changed.
//!
//! An entry covers the one before it and a salted digest of its details, so details can be erased and the chain still
//! verifies. The tables refuse UPDATE and DELETE.

use domain::{
    context::Actor,
    id::{CommandId, Id},
    row::{Cell, Field},
    time::Instant,
};
use rusqlite::OptionalExtension;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{
    entity::Entity,
    trouble::Trouble,
    tx::{Details, MAX_ROWS, State, Tx},
};

/// Something that was done, tried or looked at.
#[derive(Debug, Clone, Copy)]
pub struct Deed<'a> {
    pub by: Actor,
    /// `feature.command`, or what was done outside the vocabularies: `auth.signed_in`.
    pub what: &'a str,
    pub subject: Option<Id>,
    pub command: Option<CommandId>,
    /// Why it was refused.
    pub refused: Option<&'a str>,
    /// As JSON.
    pub args: Option<&'a str>,
}

/// An entry of the chain as it is hashed.
pub(super) struct Entry {
    pub n: i64,
    pub at: Instant,
    pub actor: String,
    pub what: String,
    pub subject: Option<Vec<u8>>,
    pub command: Option<Vec<u8>>,
    pub seq: Option<i64>,
    pub refused: Option<String>,
    pub detail: Vec<u8>,
    pub previous: Vec<u8>,
}

impl Entry {
    /// Each field with its length, so that no two entries look alike.
    pub fn digest(&self) -> Vec<u8> {
        let Self { n, at, actor, what, subject, command, seq, refused, detail, previous } = self;
        let mut hash = Sha256::new();
        let mut add = |bytes: Option<&[u8]>| {
            hash.update(bytes.map_or(u64::MAX, |bytes| bytes.len() as u64).to_be_bytes());
            hash.update(bytes.unwrap_or_default());
        };
        add(Some(&n.to_be_bytes()));
        add(Some(&at.0.to_be_bytes()));
        add(Some(actor.as_bytes()));
        add(Some(what.as_bytes()));
        add(subject.as_deref());
        add(command.as_deref());
        add(seq.map(i64::to_be_bytes).as_ref().map(|seq| &seq[..]));
        add(refused.as_ref().map(String::as_bytes));
        add(Some(detail));
        add(Some(previous));
        hash.finalize().to_vec()
    }
}

/// What the chain keeps of an entry's details. The salt makes it useless for guessing them once they are erased.
pub(super) fn detail_digest(salt: &[u8], parts: [Option<&str>; 3]) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(salt);
    for part in parts {
        hash.update(part.map_or(u64::MAX, |part| part.len() as u64).to_be_bytes());
        hash.update(part.unwrap_or_default());
    }
    hash.finalize().to_vec()
}

impl Tx<'_> {
    /// Enters a deed: sign-ins, reveals, exports, refusals. Rows changed since the last entry count as its effect.
    pub fn audit(&mut self, deed: &Deed<'_>) -> Result<(), Trouble> {
        let (seq, old, new) = self.take_change();
        let last = "SELECT n, digest FROM audit ORDER BY n DESC LIMIT 1";
        let last = self.connection().prepare_cached(last)?.query_row((), |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let (n, previous): (i64, Vec<u8>) = last.unwrap_or_default();
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|error| Trouble::Broken(error.to_string()))?;
        let changed = written(&pairs(&old, &new))?;
        let bytes = |id: Id| id.bytes().to_vec();
        let entry = Entry {
            n: n + 1,
            at: self.at(),
            actor: match deed.by.to_cell() {
                Cell::Text(actor) => actor,
                _ => return Err(Trouble::Broken("an actor that cannot be written".to_owned())),
            },
            what: deed.what.to_owned(),
            subject: deed.subject.map(bytes),
            command: deed.command.map(|id| bytes(id.into())),
            seq: seq.map(u64::cast_signed),
            refused: deed.refused.map(str::to_owned),
            detail: detail_digest(&salt, [deed.args, None, changed.as_deref()]),
            previous,
        };
        self.enter(&entry)?;
        let detail = "INSERT INTO audit_detail (n, salt, args, new) VALUES (?1, ?2, ?3, ?4)";
        self.connection().prepare_cached(detail)?.execute((entry.n, salt, deed.args, changed))?;
        Ok(())
    }

    fn enter(&self, entry: &Entry) -> Result<(), Trouble> {
        let digest = entry.digest();
        let Entry { n, at, actor, what, subject, command, seq, refused, detail, previous } = entry;
        let mut enter = self.connection().prepare_cached(
            "INSERT INTO audit (n, at, actor, what, subject, command, seq, refused, detail, previous, digest) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        enter.execute((n, at.0, actor, what, subject, command, seq, refused, detail, previous, digest))?;
        Ok(())
    }

    /// Ends the change being made and says what it came to.
    fn take_change(&self) -> (Option<u64>, Details, Details) {
        let mut state = self.state.borrow_mut();
        let State { seq, rows, old, new, .. } = &mut *state;
        rows.clear();
        (seq.take(), std::mem::take(old), std::mem::take(new))
    }

    /// Rows that the system changed and nobody has accounted for.
    pub(crate) fn audit_remainder(&mut self) -> Result<(), Trouble> {
        if self.state.borrow().seq.is_none() {
            return Ok(());
        }
        self.audit(&Deed { by: Actor::System, what: "system.rows", subject: None, command: None, refused: None, args: None })
    }

    /// Keeps what a changed row held before and holds now; of a new row, nothing.
    pub(super) fn remember(&self, entity: &Entity, id: Id, before: Option<Vec<Cell>>, after: Option<Vec<Cell>>) -> Result<(), Trouble> {
        let mut state = self.state.borrow_mut();
        let made = *state.rows.entry((entity.number, id)).or_insert(before.is_none());
        if state.rows.len() > MAX_ROWS {
            return Err(Trouble::Broken(format!("a change of more than {MAX_ROWS} rows")));
        }
        let Some(before) = before.filter(|_| !made) else { return Ok(()) };
        let key = format!("{}/{id}", entity.name);
        let State { old, new, .. } = &mut *state;
        for (n, column) in entity.columns.iter().enumerate() {
            let (was, is) = (before.get(n), after.as_ref().and_then(|after| after.get(n)));
            if was != is {
                old.entry(key.clone()).or_default().entry(column.name).or_insert_with(|| json(was));
                new.entry(key.clone()).or_default().insert(column.name.to_owned(), json(is));
            }
        }
        Ok(())
    }
}

fn json(cell: Option<&Cell>) -> Value {
    match cell {
        None | Some(Cell::Null) => Value::Null,
        Some(Cell::Integer(n)) => Value::from(*n),
        Some(Cell::Text(text)) => Value::from(text.as_str()),
        Some(Cell::Id(id)) => Value::from(id.to_string()),
    }
}

/// What each column held and holds, side by side: the names of rows and columns are longer than what is in them. Entries
/// of earlier versions have the two apart, in `old` and `new`.
fn pairs(old: &Details, new: &Details) -> Details {
    let pair = |row: &str, (column, is): (&String, &Value)| {
        let was = old.get(row).and_then(|was| was.get(column)).unwrap_or(&Value::Null);
        (was != is).then(|| (column.clone(), Value::from(vec![was.clone(), is.clone()])))
    };
    let rows = new.iter().map(|(row, columns)| (row.clone(), columns.iter().filter_map(|it| pair(row, it)).collect::<Map<_, _>>()));
    rows.filter(|(_, columns)| !columns.is_empty()).collect()
}

fn written(details: &Details) -> Result<Option<String>, Trouble> {
    if details.is_empty() {
        return Ok(None);
    }
    serde_json::to_string(details).map(Some).map_err(|error| Trouble::Broken(error.to_string()))
}
