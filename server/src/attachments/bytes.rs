//! The bytes of files: read a piece at a time, judged and proved.

use domain::{
    attachments::{Digest, FileName, Judge, Media},
    id::{FileId, Id},
};
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest as _, Sha256};

use crate::db::{Trouble, number};

const PIECES: &str = "SELECT start, bytes FROM file_piece WHERE body = ?1 ORDER BY start";

/// What a look at all of a file's bytes came to.
pub struct Judged {
    pub digest: Digest,
    judge: Judge,
}

impl Judged {
    #[must_use]
    pub fn verdict(&self, name: &FileName) -> Option<Media> {
        self.judge.verdict(name)
    }
}

/// Looks at a file's bytes from first to last; says how many there are without a gap.
pub fn each(connection: &Connection, id: Id, mut look: impl FnMut(&[u8])) -> Result<u64, Trouble> {
    let mut pieces = connection.prepare_cached(PIECES)?;
    let mut pieces = pieces.query([id.bytes()])?;
    let mut end = 0;
    while let Some(piece) = pieces.next()? {
        let bytes = piece.get_ref(1)?.as_blob().map_err(|error| Trouble::Broken(error.to_string()))?;
        if number(piece.get(0)?)? != end {
            break;
        }
        look(bytes);
        end += bytes.len() as u64;
    }
    Ok(end)
}

/// For whoever decides about a file that has arrived: never while others wait to write.
pub fn judged(connection: &Connection, id: FileId) -> Result<Judged, Trouble> {
    let (mut hash, mut judge) = (Sha256::new(), Judge::default());
    each(connection, id.into(), |bytes| {
        hash.update(bytes);
        judge.take(bytes);
    })?;
    Ok(Judged { digest: Digest::of_bytes(&hash.finalize().into()), judge })
}

/// The piece of a file that begins there; none behind its end.
pub fn part(connection: &Connection, id: FileId, start: u32) -> Result<Option<Vec<u8>>, Trouble> {
    let mut part = connection.prepare_cached("SELECT bytes FROM file_piece WHERE body = ?1 AND start = ?2")?;
    Ok(part.query_row((Id::from(id).bytes(), start), |row| row.get(0)).optional()?)
}

/// What is wrong with the files that are kept: every row of one has all its bytes, and they are what it says.
pub fn proved(connection: &Connection, mut wrong: impl FnMut(String)) -> Result<(), Trouble> {
    let mut files = connection.prepare("SELECT id, size, digest FROM file ORDER BY id")?;
    let mut files = files.query(())?;
    while let Some(file) = files.next()? {
        let (id, size, digest) = (Id::from_bytes(file.get(0)?), number(file.get(1)?)?, file.get::<_, String>(2)?);
        let mut hash = Sha256::new();
        let there = each(connection, id, |bytes| hash.update(bytes))?;
        if there != size {
            wrong(format!("file {id} has {there} bytes of {size}"));
        } else if Digest::of_bytes(&hash.finalize().into()).as_str() != digest {
            wrong(format!("file {id} is not what arrived"));
        }
    }
    let mut bodies = connection.prepare(
        "SELECT id, received, coalesce((SELECT sum(length(bytes)) FROM file_piece WHERE body = file_body.id), 0) FROM file_body \
         ORDER BY id",
    )?;
    let mut bodies = bodies.query(())?;
    while let Some(body) = bodies.next()? {
        let (id, received, there) = (Id::from_bytes(body.get(0)?), number(body.get(1)?)?, number(body.get(2)?)?);
        if received != there {
            wrong(format!("of file {id} {there} bytes are kept where {received} have arrived"));
        }
    }
    Ok(())
}
