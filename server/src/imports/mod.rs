//! Imports: files of other systems, read in row by row as commands of the usual vocabulary; and taken back.
//!
//! Invariants: importing the same file again changes nothing; a dry run says what the real one does and writes nothing;
//! an undo removes only what the import made and nobody has touched since. In reading order: the file, its columns, its
//! cells, what is done about a row, the whole, what is kept of it, and the way back.

mod decode;
mod source;
mod upload;

mod columns;

mod cells;
mod deciding;
mod errors;

pub(crate) mod founding;
mod run;

mod kept;

mod removal;
mod underway;
mod undo;

mod words;

pub use errors::Errors;
pub use run::{Listener, Ready, Told, ready};
pub use underway::Underway;
pub use undo::{Undo, begin as begin_undo};
pub use upload::{Upload, tidy};
pub use words::{OtherCurrency, Problem};

use crate::db::{Db, Trouble};
use domain::{id::Id, imports::Import, words::Lang};
use std::path::PathBuf;

/// The latest imports. Blocks.
pub fn latest(db: &Db, lang: Lang) -> Result<Vec<Import>, Trouble> {
    db.read_blocking(|snapshot| kept::latest(snapshot.connection(), lang))
}

/// Where the refused rows of an import are, while they are kept.
#[must_use]
pub fn errors_of(db: &Db, id: Id) -> PathBuf {
    upload::errors_of(db.directory(), id)
}

/// One import, if it was kept. Blocks.
pub fn find(db: &Db, id: Id, lang: Lang) -> Result<Option<Import>, Trouble> {
    db.read_blocking(|snapshot| kept::find(snapshot.connection(), id, lang))
}

/// For whoever has just taken the directory: imports that somebody left in the middle are over.
pub fn stop_stale(db: &Db) -> Result<usize, Trouble> {
    db.write_blocking(|tx| kept::stop_stale(tx.connection()))
}
