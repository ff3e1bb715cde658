//! Everything as files that other programs read: CSV and JSON of each table, the attachments, and what is what.
//!
//! Invariants: nothing leaves that would let somebody in; all of it is of one moment; it is in the audit before the
//! first row is written; the description comes last, so an export that has one is whole.

mod columns;
mod readme;
mod tables;
mod written;

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::Path,
};

use domain::{context::Actor, id::Id};

use crate::{
    attachments,
    db::{Db, Deed, Snapshot, Trouble},
    owner::make_private,
};
use tables::Table;
pub use tables::{ALL, LEFT_OUT};
use written::Both;

/// How much was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exported {
    pub tables: usize,
    pub rows: u64,
    pub files: u64,
}

/// Writes everything into a folder that is empty or is not there yet. Blocks.
pub fn export(db: &Db, to: &Path) -> Result<Exported, Trouble> {
    let told = |error: io::Error| Trouble::Broken(format!("{}: {error}", to.display()));
    make_private(to).map_err(told)?;
    if fs::read_dir(to).map_err(told)?.next().is_some() {
        return Err(Trouble::Broken(format!("{}: this folder is not empty", to.display())));
    }
    db.write_blocking(|tx| {
        tx.audit(&Deed { by: Actor::System, what: "data.export", subject: None, command: None, refused: None, args: None })
    })?;
    db.read_blocking(|rows| {
        let mut done = Exported::default();
        for table in ALL {
            done.rows += each(rows, table, to)?;
            done.tables += 1;
        }
        done.files = files(rows, to).map_err(|trouble| Trouble::Broken(trouble.to_string()))?;
        let mut text = create(&to.join("README.md")).map_err(told)?;
        text.write_all(readme::text(rows.at(), done).as_bytes()).and_then(|()| text.flush()).map_err(told)?;
        Ok(done)
    })
}

/// The rows of a table, in both forms.
fn each(rows: &Snapshot<'_>, table: &'static Table, to: &Path) -> Result<u64, Trouble> {
    let told = |error: io::Error| Trouble::Broken(format!("{}: {error}", table.name));
    let (csv, json) = (create(&to.join(format!("{}.csv", table.name))), create(&to.join(format!("{}.json", table.name))));
    let mut both = Both::begin(table, csv.map_err(told)?, json.map_err(told)?).map_err(told)?;
    let mut statement = rows.connection().prepare(&question(table))?;
    let mut found = statement.query(())?;
    let mut count = 0;
    while let Some(row) = found.next()? {
        both.add(row)?.map_err(told)?;
        count += 1;
    }
    both.end().map_err(told)?;
    Ok(count)
}

fn question(table: &Table) -> String {
    let columns: Vec<String> = table.names().map(|name| format!("\"{name}\"")).collect();
    let from = if table.from.is_empty() { format!("\"{}\"", table.name) } else { table.from.to_owned() };
    format!("SELECT {} FROM {from} ORDER BY \"{}\"", columns.join(", "), table.order)
}

/// What people attached, each under its id: names are people's and may be anything.
fn files(rows: &Snapshot<'_>, to: &Path) -> Result<u64, Trouble> {
    let folder = to.join("files");
    let told = |error: io::Error| Trouble::Broken(format!("{}: {error}", folder.display()));
    make_private(&folder).map_err(told)?;
    let mut ids = rows.connection().prepare("SELECT id FROM file ORDER BY id")?;
    let ids = ids.query_map((), |row| row.get(0))?.collect::<Result<Vec<[u8; 16]>, _>>()?;
    for id in ids.iter().copied().map(Id::from_bytes) {
        let mut file = create(&folder.join(id.to_string())).map_err(told)?;
        let mut failed = None;
        attachments::each(rows.connection(), id, |bytes| failed = failed.take().or(file.write_all(bytes).err()))?;
        failed.map_or_else(|| file.flush(), Err).map_err(told)?;
    }
    Ok(ids.len() as u64)
}

/// A file that only its owner reads.
fn create(path: &Path) -> io::Result<BufWriter<File>> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(BufWriter::new(options.open(path)?))
}
