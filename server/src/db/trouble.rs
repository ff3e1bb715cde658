//! What can break underneath a rule: storage that fails for now, and what should never have happened.

use domain::row::{BadCell, Missing};
use rusqlite::{Error, ErrorCode};

/// Never a verdict on a command: a refusal is data, this is ours to repair.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The disk did not do it: full, unreadable, busy, read-only. Nothing was recorded; trying again may help.
    #[error("storage: {0}")]
    Storage(#[source] Error),
    /// A bug of ours, or damaged data. Trying again alone will not help.
    #[error("broken: {0}")]
    Broken(String),
    /// Tables that a later version has made: nothing is done with them.
    #[error("the tables are of version {found}, and this program knows those up to {known}")]
    Newer { found: i64, known: i64 },
}

impl Trouble {
    /// The same trouble for somebody else whose work it took down too.
    #[must_use]
    pub fn again(&self) -> Self {
        match self {
            Self::Storage(Error::SqliteFailure(code, text)) => Self::Storage(Error::SqliteFailure(*code, text.clone())),
            Self::Storage(other) => Self::Storage(failure(rusqlite::ffi::SQLITE_IOERR, &other.to_string())),
            Self::Broken(what) => Self::Broken(what.clone()),
            Self::Newer { found, known } => Self::Newer { found: *found, known: *known },
        }
    }

    /// More waits already than can be done in good time.
    #[must_use]
    pub(super) fn overloaded() -> Self {
        Self::Storage(failure(rusqlite::ffi::SQLITE_BUSY, "too much is waiting to be written"))
    }

    /// A failure has rolled back the whole transaction.
    #[must_use]
    pub(super) fn lost() -> Self {
        Self::Storage(failure(rusqlite::ffi::SQLITE_ABORT, "the transaction was rolled back"))
    }

    #[must_use]
    pub(super) fn closed() -> Self {
        Self::Storage(failure(rusqlite::ffi::SQLITE_ABORT, "the database is being closed"))
    }
}

fn failure(code: i32, text: &str) -> Error {
    Error::SqliteFailure(rusqlite::ffi::Error::new(code), Some(text.to_owned()))
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error.sqlite_error_code() {
            // Constraints are the last line behind the rules: what reaches them is a rule's mistake.
            Some(
                ErrorCode::ConstraintViolation
                | ErrorCode::TypeMismatch
                | ErrorCode::ApiMisuse
                | ErrorCode::ParameterOutOfRange
                | ErrorCode::TooBig
                | ErrorCode::Unknown,
            )
            | None => Self::Broken(error.to_string()),
            Some(_) => Self::Storage(error),
        }
    }
}

impl From<BadCell> for Trouble {
    fn from(BadCell { column }: BadCell) -> Self {
        Self::Broken(format!("column {column} holds what this version cannot read"))
    }
}

/// What the transaction remembers takes the place of this: a row that is [`Missing`] on the server was not readable.
impl From<Missing> for Trouble {
    fn from(_: Missing) -> Self {
        Self::Broken("a row could not be read or written".to_owned())
    }
}
