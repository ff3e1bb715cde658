//! Proving a database: its pages, its references, the audit's chain, the order of changes, the index of scopes, what lists say, what
//! figures are summed of, and that every file is what arrived.

use std::{fmt, path::Path};

use domain::{customers::Customer, id::Id, row::Row as _, time::Instant};
use rusqlite::{Connection, Row};

use crate::{attachments, insights, lookup};

use super::{
    Snapshot,
    audit::{Entry, detail_digest},
    entity::Entity,
    open,
    readers::Readers,
    registry, tally,
    trouble::Trouble,
};

/// Something that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub kind: Kind,
    pub detail: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Unreadable,
    DamagedPage,
    DanglingReference,
    AuditChain,
    OrderOfChanges,
    IndexOfScopes,
    Lists,
    Figures,
    Files,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::Unreadable => "unreadable",
            Kind::DamagedPage => "damaged page",
            Kind::DanglingReference => "dangling reference",
            Kind::AuditChain => "audit chain",
            Kind::OrderOfChanges => "order of changes",
            Kind::IndexOfScopes => "index of scopes",
            Kind::Lists => "lists",
            Kind::Figures => "figures",
            Kind::Files => "files",
        };
        write!(f, "{kind}: {}", self.detail)
    }
}

/// What is looked at, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Pages,
    References,
    Audit,
    Scopes,
    Lists,
    Figures,
    Files,
}

impl Part {
    pub const ALL: [Self; 7] = [Self::Pages, Self::References, Self::Audit, Self::Scopes, Self::Lists, Self::Figures, Self::Files];

    fn examine(self, snapshot: &Snapshot<'_>, findings: &mut Findings) -> Result<(), Trouble> {
        let connection = snapshot.connection();
        match self {
            Self::Pages => pages(connection, findings),
            Self::References => references(connection, findings),
            Self::Audit => chain(connection, findings),
            Self::Scopes => scopes(snapshot, findings),
            Self::Lists => lookup::proved(snapshot, |detail| findings.add(Kind::Lists, detail)),
            Self::Figures => insights::proved(snapshot, |detail| findings.add(Kind::Figures, detail)),
            Self::Files => attachments::proved(connection, |detail| findings.add(Kind::Files, detail)),
        }
    }
}

/// Looks through a file that may or may not be in use. Nothing is changed.
#[must_use]
pub fn check(file: &Path) -> Vec<Finding> {
    check_aloud(file, |_| {})
}

/// As [`check`]; each part is named before it is looked at.
pub fn check_aloud(file: &Path, begins: impl FnMut(Part)) -> Vec<Finding> {
    check_parts(file, &Part::ALL, begins)
}

/// As [`check`], of a file whose rows are of an earlier version: what holds whichever version it is.
#[must_use]
pub fn check_as_is(file: &Path) -> Vec<Finding> {
    check_parts(file, &[Part::Pages, Part::References, Part::Audit], |_| {})
}

/// By a connection of its own: one that has been used before may remember an index of words as it was, and SQLite
/// (3.53) would take the file of today for damaged.
fn check_parts(file: &Path, parts: &[Part], mut begins: impl FnMut(Part)) -> Vec<Finding> {
    let checked = Readers::new(file.to_owned()).read(Instant(0), |snapshot| {
        let mut findings = Findings::default();
        // Every page is wanted many times.
        open::keeps_pages(snapshot.connection(), 64_000)?;
        for part in parts {
            begins(*part);
            part.examine(snapshot, &mut findings)?;
        }
        Ok(findings.0)
    });
    checked.unwrap_or_else(|trouble| vec![Finding { kind: Kind::Unreadable, detail: trouble.to_string() }])
}

/// One kind of damage may be everywhere: its first traces are enough.
const PER_KIND: usize = 20;

#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, kind: Kind, detail: String) {
        if self.0.iter().filter(|finding| finding.kind == kind).count() < PER_KIND {
            self.0.push(Finding { kind, detail });
        }
    }
}

fn pages(connection: &Connection, findings: &mut Findings) -> Result<(), Trouble> {
    let mut pages = connection.prepare("PRAGMA integrity_check")?;
    for line in pages.query_map((), |row| row.get::<_, String>(0))? {
        let line = line?;
        if line != "ok" {
            findings.add(Kind::DamagedPage, line);
        }
    }
    Ok(())
}

fn references(connection: &Connection, findings: &mut Findings) -> Result<(), Trouble> {
    let mut references = connection.prepare("PRAGMA foreign_key_check")?;
    for pair in references.query_map((), |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(2)?)))? {
        let (table, parent) = pair?;
        findings.add(Kind::DanglingReference, format!("a {table} names a {parent} that is not there"));
    }
    Ok(())
}

/// Every entry covers the one before it, and every change has exactly one, in order.
fn chain(connection: &Connection, findings: &mut Findings) -> Result<(), Trouble> {
    let mut entries = connection.prepare(
        "SELECT n, at, actor, what, subject, command, seq, refused, detail, previous, digest, salt, args, old, new \
         FROM audit LEFT JOIN audit_detail USING (n) ORDER BY n",
    )?;
    let mut entries = entries.query(())?;
    let (mut previous, mut last, mut changes) = (Vec::new(), 0, 0);
    while let Some(row) = entries.next()? {
        let entry = entry(row)?;
        let digest: Vec<u8> = row.get(10)?;
        if entry.n != last + 1 || entry.previous != previous {
            findings.add(Kind::AuditChain, format!("entry {} does not follow entry {last}", entry.n));
        }
        if entry.digest() != digest || !detail_fits(row, &entry)? {
            findings.add(Kind::AuditChain, format!("entry {} was changed", entry.n));
        }
        if let Some(seq) = entry.seq {
            if seq != changes + 1 {
                findings.add(Kind::OrderOfChanges, format!("change {seq} follows change {changes}"));
            }
            changes = seq;
        }
        (last, previous) = (entry.n, digest);
    }
    let head: i64 = connection.query_row("SELECT seq FROM clock", (), |row| row.get(0))?;
    if head != changes {
        findings.add(Kind::OrderOfChanges, format!("the clock is at {head}, the audit at {changes}"));
    }
    Ok(())
}

fn entry(row: &Row<'_>) -> Result<Entry, Trouble> {
    Ok(Entry {
        n: row.get(0)?,
        at: Instant(row.get(1)?),
        actor: row.get(2)?,
        what: row.get(3)?,
        subject: row.get(4)?,
        command: row.get(5)?,
        seq: row.get(6)?,
        refused: row.get(7)?,
        detail: row.get(8)?,
        previous: row.get(9)?,
    })
}

/// Details may have been erased, but not changed.
fn detail_fits(row: &Row<'_>, entry: &Entry) -> Result<bool, Trouble> {
    let Some(salt) = row.get::<_, Option<Vec<u8>>>(11)? else { return Ok(true) };
    let (args, old, new): (Option<String>, Option<String>, Option<String>) = (row.get(12)?, row.get(13)?, row.get(14)?);
    Ok(detail_digest(&salt, [args.as_deref(), old.as_deref(), new.as_deref()]) == entry.detail)
}

/// The index says of every row what the row says of itself. Both are gone through once and told apart by their tallies;
/// only where those differ each entry is looked up.
fn scopes(snapshot: &Snapshot<'_>, findings: &mut Findings) -> Result<(), Trouble> {
    let connection = snapshot.connection();
    let noted = tally::noted(connection)?;
    for entity in registry::entities() {
        let placed = tally::placed(snapshot, entity)?;
        let noted = noted.get(&entity.number).copied().unwrap_or_default();
        if noted != placed {
            misplaced(snapshot, entity, findings)?;
            let (noted, placed) = (noted.entries, placed.entries);
            findings.add(Kind::IndexOfScopes, format!("{} has {noted} entries where {placed} must be, or others", entity.name));
        }
    }
    let counted = "SELECT name FROM scope WHERE customers <> (SELECT count(*) FROM scope_rows \
         WHERE scope_rows.scope = scope.id AND entity = ?1 AND present = 1 AND scope.name >= 't:' AND scope.name < 't;')";
    let mut counted = connection.prepare(counted)?;
    for team in counted.query_map([registry::named(Customer::ENTITY)?.entity.number], |row| row.get::<_, String>(0))? {
        findings.add(Kind::IndexOfScopes, format!("{} has another number of customers than is noted", team?));
    }
    let late = "SELECT count(*) FROM scope_rows WHERE seq > (SELECT seq FROM clock)";
    let late: i64 = connection.query_row(late, (), |row| row.get(0))?;
    if late > 0 {
        findings.add(Kind::OrderOfChanges, format!("{late} entries of the index of scopes are ahead of the clock"));
    }
    Ok(())
}

/// Entries that are in scopes where their rows are not.
fn misplaced(snapshot: &Snapshot<'_>, entity: &Entity, findings: &mut Findings) -> Result<(), Trouble> {
    let mut entries = snapshot
        .connection()
        .prepare("SELECT row_id, name FROM scope JOIN scope_rows ON scope_rows.scope = scope.id WHERE entity = ?1 AND present = 1")?;
    let mut entries = entries.query([entity.number])?;
    while let Some(row) = entries.next()? {
        let (id, scope): (Id, String) = (Id::from_bytes(row.get(0)?), row.get(1)?);
        let placed = (entity.scopes)(&snapshot.rows(), id)?.unwrap_or_default();
        if !placed.iter().any(|it| it.to_string() == scope) {
            findings.add(Kind::IndexOfScopes, format!("{} {id} is not in {scope}", entity.name));
        }
    }
    Ok(())
}
