//! A file that has arrived whole, and the rule for putting it to something.

use super::{Digest, File, FileName, Media, Size};
use crate::{
    change::Stop,
    context::{Actor, Context},
    id::{FileId, Id, TicketEntryId},
    row::{Missing, Rows, rows},
    sync::Scope,
    time::Instant,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// So many files go with one entry.
pub const MOST: usize = 6;

rows! {
    /// A file that has arrived: its sender's alone. What it is put to carries a copy of what is said of it.
    Stored in "file" {
        id: FileId,
        by: Actor,
        name: FileName,
        media: Media,
        size: Size,
        digest: Digest,
        at: Instant,
        /// What carries it. Until something does, it is on call and goes after a while.
        entry: Option<TicketEntryId>,
    }
}

impl Stored {
    fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
        let sender: Option<Id> = match self.by {
            Actor::Staff(person) => Some(person.into()),
            Actor::Portal { contact, .. } => Some(contact.into()),
            Actor::Token(_) | Actor::System => None,
        };
        Ok(sender.map(Scope::User).into_iter().collect())
    }

    /// As an entry carries it.
    #[must_use]
    pub fn file(&self) -> File {
        let Self { id, by: _, name, media, size, digest, at: _, entry: _ } = self;
        File { id: *id, name: name.clone(), media: *media, size: *size, digest: digest.clone() }
    }
}

/// A file that a device is going to send. Asked for again, it goes on where it broke off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    pub id: FileId,
    /// As the device calls it.
    pub name: String,
    pub size: i64,
    /// SHA-256 in hexadecimal digits.
    pub digest: String,
}

/// How much of a file is there; and the file, once it is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrived {
    pub received: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<File>,
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    Empty,
    TooLarge,
    /// By its content it is nothing that is taken in.
    NoSuchKind,
    /// What arrived is not what was sent.
    Damaged,
    /// It is not there whole, or somebody else sent it: never told apart.
    NotThere,
    /// It goes with something already.
    Used,
    TooMany,
    /// This person has sent as much as one may in a day.
    EnoughForToday,
    /// There is no room left for anybody's.
    NoRoom,
}

/// Whether these files may go with one thing that is said. Only the server knows what has arrived: a device goes on and
/// lets it judge.
pub fn fit<R: Rows>(rows: &R, files: &[File], context: &Context) -> Result<(), Stop> {
    if files.len() > MOST {
        return Err(Refusal::TooMany.into());
    }
    let mut seen = BTreeSet::new();
    for file in files {
        let stored = match rows.get::<Stored>(file.id) {
            Ok(stored) => stored.filter(|stored| stored.by == context.by && stored.file() == *file).ok_or(Refusal::NotThere)?,
            Err(Missing) => continue,
        };
        if stored.entry.is_some() || !seen.insert(file.id) {
            return Err(Refusal::Used.into());
        }
    }
    Ok(())
}

/// They go with this entry from now on. On a device they are not there to be marked.
pub fn taken<R: Rows>(rows: &mut R, files: &[File], entry: TicketEntryId) -> Result<(), Missing> {
    for file in files {
        if let Ok(Some(stored)) = rows.get::<Stored>(file.id) {
            rows.put(&Stored { entry: Some(entry), ..stored })?;
        }
    }
    Ok(())
}
