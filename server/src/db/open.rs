//! Opening the file: what every connection of ours promises.

use std::{fs, path::Path};

use rusqlite::{Connection, OpenFlags};

use super::{migrations, trouble::Trouble};

/// Statements are few and used for ever: one or two for each row type and question.
const STATEMENTS: usize = 512;

/// The connection that writes. Makes the file where there is none and brings its tables up to date.
pub(super) fn writer(file: &Path) -> Result<Connection, Trouble> {
    make_private(file)?;
    let mut connection = Connection::open(file)?;
    migrations::version(&connection)?;
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        return Err(Trouble::Broken(format!("this file can only be kept in journal mode {mode}, not WAL")));
    }
    // FULL: what was answered is on the disk. The log is cut back after a long reader has let it grow. What a savepoint
    // may have to take back stays in memory: it is little, and a file for it would be made for nearly every command.
    connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; \
         PRAGMA cache_size = -16000; PRAGMA journal_size_limit = 67108864;",
    )?;
    guard(&connection)?;
    migrations::apply(&mut connection)?;
    Ok(connection)
}

/// Of which version a file is, if opening it would bring it up to date.
pub fn outdated(file: &Path) -> Result<Option<i64>, Trouble> {
    if !file.exists() {
        return Ok(None);
    }
    let version = migrations::version(&reader(file)?)?;
    Ok(Some(version).filter(|version| (1..migrations::latest()).contains(version)))
}

/// A connection that only reads. Its pages are the system's to remember: kept by each of us, they would be there many times.
pub(super) fn reader(file: &Path) -> Result<Connection, Trouble> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.execute_batch("PRAGMA query_only = ON;")?;
    keeps_pages(&connection, 2_000)?;
    guard(&connection)?;
    Ok(connection)
}

/// How much a connection remembers of what it has read, in kilobytes.
pub(super) fn keeps_pages(connection: &Connection, kilobytes: i64) -> Result<(), Trouble> {
    Ok(connection.pragma_update(None, "cache_size", -kilobytes)?)
}

/// Against waiting for ever, against functions hidden in a schema, against damaged pages.
fn guard(connection: &Connection) -> Result<(), Trouble> {
    connection.execute_batch("PRAGMA busy_timeout = 5000; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(())
}

/// Customers' data is nobody else's on this machine to read; SQLite gives its other files the same mode.
fn make_private(file: &Path) -> Result<(), Trouble> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(Trouble::Broken(format!("{}: {error}", file.display()))),
    }
}
