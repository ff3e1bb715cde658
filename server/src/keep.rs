//! Keeping: the database is checked, copied and put back by our own SQLite, never by another.

use crate::db::{Db, Finding, Part, Trouble, check, check_as_is};
use domain::words::{Lang, Text};
use rusqlite::{Connection, OpenFlags, backup::Backup};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::Duration,
};

/// Pages copied at once.
const PAGES: i32 = 4_096;

/// What a check found, in sentences.
#[must_use]
pub fn told(findings: &[Finding], lang: Lang) -> Vec<String> {
    let fine = Text::new("数据完好。", "Everything is as it should be.");
    if findings.is_empty() { vec![fine.in_lang(lang).to_owned()] } else { findings.iter().map(ToString::to_string).collect() }
}

/// What a check goes on to look at.
#[must_use]
pub fn begun(part: Part, lang: Lang) -> &'static str {
    let text = match part {
        Part::Pages => Text::new("正在检查数据页……", "Looking at pages…"),
        Part::References => Text::new("正在检查引用……", "Looking at references…"),
        Part::Audit => Text::new("正在检查审计链……", "Looking at the audit…"),
        Part::Scopes => Text::new("正在检查可见范围索引……", "Looking at the index of scopes…"),
        Part::Lists => Text::new("正在检查列表……", "Looking at lists…"),
        Part::Figures => Text::new("正在检查指标……", "Looking at figures…"),
        Part::Files => Text::new("正在检查附件……", "Looking at files…"),
    };
    text.in_lang(lang)
}

fn other(error: impl ToString) -> Trouble {
    Trouble::Broken(error.to_string())
}

/// Copies the database of this moment into one file and proves the copy; says how large it is.
/// A file that exists is not written over.
pub fn backup(db: &Db, to: &Path) -> Result<u64, Trouble> {
    kept(to, |unfinished| db.read_blocking(|rows| copy(rows.connection(), unfinished)).and_then(|()| proved(&check(unfinished))))
}

/// Copies a database that nobody has open as it is, of an earlier version than this program's, and proves what can be
/// proved without knowing its rows.
pub fn backup_as_is(database: &Path, to: &Path) -> Result<u64, Trouble> {
    kept(to, |unfinished| {
        copy(&Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?, unfinished)?;
        proved(&check_as_is(unfinished))
    })
}

/// A new file that is made beside its place and is there whole or not at all.
fn kept(to: &Path, make: impl FnOnce(&Path) -> Result<(), Trouble>) -> Result<u64, Trouble> {
    let unfinished = beside(to, "part");
    let taken = File::options().write(true).create_new(true).open(to);
    taken.map_err(|error| other(format!("{}: {error}", to.display())))?;
    let finished = make(&unfinished).and_then(|()| renamed(&unfinished, to));
    if let Err(trouble) = finished {
        remove(&unfinished);
        _ = fs::remove_file(to);
        return Err(trouble);
    }
    fs::metadata(to).map(|file| file.len()).map_err(other)
}

/// Puts a copy in the place of the database, which must be closed. What was there is kept beside it. The copy begins
/// another history, so that devices which know more start over, and nobody is signed in.
pub fn restore(from: &Path, database: &Path) -> Result<Option<PathBuf>, Trouble> {
    let unfinished = beside(database, "part");
    prepare(from, &unfinished).inspect_err(|_| remove(&unfinished))?;
    let former = database.exists().then(|| beside(database, &format!("before-{}", uuid::Uuid::now_v7().simple())));
    if let Some(former) = &former {
        // A server that was killed may have left part of it in the log.
        for (name, kept) in [(database.to_owned(), former.clone()), (suffixed(database, "-wal"), suffixed(former, "-wal"))] {
            if name.exists() {
                fs::rename(name, kept).map_err(other)?;
            }
        }
        _ = fs::remove_file(suffixed(database, "-shm"));
    }
    renamed(&unfinished, database)?;
    Ok(former)
}

/// A copy of what was kept, of this version, proved, with a history of its own.
fn prepare(from: &Path, to: &Path) -> Result<(), Trouble> {
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    // Whatever else this may be, it is a copy of ours.
    source.query_row("SELECT epoch FROM clock", (), |_| Ok(()))?;
    copy(&source, to)?;
    let restored = Db::open(to)?;
    proved(&check(to))?;
    restored.write_blocking(|tx| {
        tx.connection().execute_batch(
            "UPDATE clock SET epoch = lower(hex(randomblob(8))); UPDATE access_session SET ending = 'replaced' WHERE ending IS NULL;",
        )?;
        Ok(())
    })?;
    drop(restored);
    alone(&Connection::open(to)?)
}

/// Makes a database and puts it in the place of one that is empty and closed: whole or not at all, although it is made
/// in many steps.
pub fn in_place<T>(database: &Path, make: impl FnOnce(&Db) -> Result<T, Trouble>) -> Result<T, Trouble> {
    let unfinished = beside(database, "part");
    remove(&unfinished);
    let made = Db::unfinished(&unfinished).and_then(|db| make(&db)).inspect_err(|_| remove(&unfinished))?;
    File::open(&unfinished).and_then(|file| file.sync_all()).map_err(other)?;
    renamed(&unfinished, database)?;
    Ok(made)
}

/// Gives a finished file its name, for good.
pub(crate) fn renamed(from: &Path, to: &Path) -> Result<(), Trouble> {
    fs::rename(from, to).map_err(other)?;
    synced(to)
}

/// A name that was given to a file stays with it, whatever happens to the machine.
fn synced(file: &Path) -> Result<(), Trouble> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    // Only there can a folder be opened.
    if cfg!(unix) { File::open(folder).and_then(|folder| folder.sync_all()).map_err(other) } else { Ok(()) }
}

fn proved(findings: &[Finding]) -> Result<(), Trouble> {
    findings.first().map_or(Ok(()), |first| Err(other(format!("the copy is damaged: {first}"))))
}

/// One file, without a log beside it.
fn alone(connection: &Connection) -> Result<(), Trouble> {
    Ok(connection.pragma_update(None, "journal_mode", "DELETE")?)
}

/// A whole copy in one file, on the disk, or none.
fn copy(source: &Connection, to: &Path) -> Result<(), Trouble> {
    remove(to);
    make_private(to)?;
    let mut target = Connection::open(to)?;
    Backup::new(source, &mut target)?.run_to_completion(PAGES, Duration::ZERO, None)?;
    alone(&target)?;
    drop(target);
    File::open(to).and_then(|file| file.sync_all()).map_err(other)
}

/// A database that was not finished, with what SQLite puts beside it.
pub(crate) fn remove(file: &Path) {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        _ = fs::remove_file(suffixed(file, suffix));
    }
}

fn make_private(file: &Path) -> Result<(), Trouble> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop).map_err(other)
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    suffixed(file, &format!(".{ending}"))
}

fn suffixed(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
