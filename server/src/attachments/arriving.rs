//! A file on its way in: begun, piece after piece, and settled when its last byte is there.

use domain::{
    access,
    attachments::{Arrived, Digest, FileName, PIECE, Refusal, Size, Stored, Wanted},
    context::Actor,
    id::{FileId, Id},
    row::Rows,
    time::Instant,
    words::Say,
};
use rusqlite::OptionalExtension;

use super::{KEPT_SECONDS, bytes::Judged};
use crate::{
    db::{Deed, Trouble, Tx, number},
    error::Failed,
};

/// One person sends so much in a day.
const STAFF_BYTES: u64 = 2 * 1024 * 1024 * 1024;
const GUEST_BYTES: u64 = 256 * 1024 * 1024;

const FIND: &str = "SELECT user, name, size, digest, received, until FROM file_body WHERE id = ?1";
const LATELY: &str = "SELECT coalesce(sum(size), 0) FROM file_body WHERE user = ?1 AND begun_at > ?2";
const ALL: &str = "SELECT coalesce(sum(size), 0) FROM file_body";

/// What a device says of a file before it sends it, read.
#[derive(Debug, Clone)]
pub struct Asked {
    id: FileId,
    name: FileName,
    size: Size,
    digest: Digest,
}

impl Asked {
    pub fn read(wanted: &Wanted) -> Result<Self, Refusal> {
        let size = match wanted.size {
            ..=0 => return Err(Refusal::Empty),
            size => Size::new(size).ok_or(Refusal::TooLarge)?,
        };
        let digest = Digest::parse(&wanted.digest).ok_or(Refusal::Damaged)?;
        Ok(Self { id: wanted.id, name: FileName::clean(&wanted.name), size, digest })
    }
}

/// A body as it is kept.
struct Body {
    user: Id,
    name: FileName,
    size: u32,
    digest: String,
    received: u32,
    until: Option<Instant>,
}

fn find(tx: &Tx<'_>, id: FileId) -> Result<Option<Body>, Trouble> {
    let mut find = tx.connection().prepare_cached(FIND)?;
    let found = find.query_row([Id::from(id).bytes()], |row| {
        Ok(Body {
            user: Id::from_bytes(row.get(0)?),
            name: FileName::clean(&row.get::<_, String>(1)?),
            size: row.get(2)?,
            digest: row.get(3)?,
            received: row.get(4)?,
            until: row.get::<_, Option<i64>>(5)?.map(Instant),
        })
    });
    Ok(found.optional()?)
}

/// One's own that has not been given up. Another's, and one that goes, are as one that is not there.
fn own(tx: &Tx<'_>, by: Actor, id: FileId) -> Result<Option<Body>, Trouble> {
    let user = user(by)?;
    Ok(find(tx, id)?.filter(|body| body.user == user && body.until.is_none_or(|until| until > tx.at())))
}

fn user(by: Actor) -> Result<Id, Trouble> {
    match by {
        Actor::Staff(person) => Ok(person.into()),
        Actor::Portal { contact, .. } => Ok(contact.into()),
        Actor::Token(_) | Actor::System => Err(Trouble::Broken("only people send files".to_owned())),
    }
}

/// How far a file is, and whether its bytes are all there and wait to be judged.
#[derive(Debug, Clone)]
pub struct Far {
    pub arrived: Arrived,
    pub whole: bool,
}

impl Far {
    fn of(tx: &Tx<'_>, id: FileId, body: &Body) -> Result<Self, Trouble> {
        let file = tx.reading().get::<Stored>(id)?.map(|stored| stored.file());
        let whole = body.received == body.size && file.is_none();
        Ok(Self { arrived: Arrived { received: body.received, file }, whole })
    }
}

/// Notes what is going to be sent; of what was begun before, says how much is there.
pub fn begin(tx: &Tx<'_>, by: Actor, asked: &Asked, room: u64) -> Result<Result<Far, Failed>, Trouble> {
    let Asked { id, ref name, size, ref digest } = *asked;
    if let Some(body) = own(tx, by, id)?.filter(|body| body.size == size.bytes() && body.digest == digest.as_str()) {
        return Far::of(tx, id, &body).map(Ok);
    }
    if find(tx, id)?.is_some() {
        return Ok(Err(access::Refusal::IdTaken.into()));
    }
    if let Some(refusal) = full(tx, by, size, room)? {
        return Ok(Err(refusal.into()));
    }
    let until = tx.at().plus_seconds(KEPT_SECONDS);
    let mut note = tx
        .connection()
        .prepare_cached("INSERT INTO file_body (id, user, name, size, digest, begun_at, until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    note.execute((Id::from(id).bytes(), user(by)?.bytes(), name.as_str(), size.bytes(), digest.as_str(), tx.at().0, until.0))?;
    Ok(Ok(Far { arrived: Arrived { received: 0, file: None }, whole: false }))
}

/// Why there is no room for so much more, if there is none.
fn full(tx: &Tx<'_>, by: Actor, size: Size, room: u64) -> Result<Option<Refusal>, Trouble> {
    let more = u64::from(size.bytes());
    let most = if by.person().is_some() { STAFF_BYTES } else { GUEST_BYTES };
    let since = tx.at().plus_seconds(-KEPT_SECONDS);
    let lately: i64 = tx.connection().prepare_cached(LATELY)?.query_row((user(by)?.bytes(), since.0), |row| row.get(0))?;
    if number(lately)? + more > most {
        return Ok(Some(Refusal::EnoughForToday));
    }
    let all: i64 = tx.connection().prepare_cached(ALL)?.query_row((), |row| row.get(0))?;
    Ok((number(all)? + more > room).then_some(Refusal::NoRoom))
}

/// Keeps the piece that begins where the one before it ended. Any other is not kept, and the answer says where to go on:
/// a device that did not hear an answer learns it so.
pub fn piece(tx: &Tx<'_>, by: Actor, id: FileId, start: u32, bytes: &[u8]) -> Result<Result<Far, Refusal>, Trouble> {
    let Some(mut body) = own(tx, by, id)? else { return Ok(Err(Refusal::NotThere)) };
    if start != body.received || body.received == body.size {
        return Far::of(tx, id, &body).map(Ok);
    }
    let due = PIECE.min(body.size - body.received);
    if u32::try_from(bytes.len()) != Ok(due) {
        return Ok(Err(Refusal::Damaged));
    }
    let key = Id::from(id).bytes();
    let mut keep = tx.connection().prepare_cached("INSERT INTO file_piece (body, start, bytes) VALUES (?1, ?2, ?3)")?;
    keep.execute((key, start, bytes))?;
    body.received = start + due;
    tx.connection().prepare_cached("UPDATE file_body SET received = ?2 WHERE id = ?1")?.execute((key, body.received))?;
    Far::of(tx, id, &body).map(Ok)
}

/// Makes a file of bytes that have all arrived, or gives them up.
pub fn settle(tx: &mut Tx<'_>, by: Actor, id: FileId, judged: &Judged) -> Result<Result<Arrived, Refusal>, Trouble> {
    let Some(body) = own(tx, by, id)? else { return Ok(Err(Refusal::NotThere)) };
    let far = Far::of(tx, id, &body)?;
    if !far.whole {
        return Ok(Ok(far.arrived));
    }
    let media = judged.verdict(&body.name).filter(|_| judged.digest.as_str() == body.digest);
    let size = Size::new(body.size.into()).ok_or_else(|| Trouble::Broken("a body of no size".to_owned()))?;
    let Some(media) = media else {
        let refusal = if judged.digest.as_str() == body.digest { Refusal::NoSuchKind } else { Refusal::Damaged };
        until(tx, id, tx.at())?;
        let what = "files.arrive";
        tx.audit(&Deed { by, what, subject: Some(id.into()), command: None, refused: Some(refusal.code()), args: None })?;
        return Ok(Err(refusal));
    };
    let name = body.name.honest(media);
    let stored = Stored { id, by, name, media, size, digest: judged.digest.clone(), at: tx.at(), entry: None };
    tx.rows().put(&stored)?;
    until(tx, id, tx.at().plus_seconds(KEPT_SECONDS))?;
    let file = stored.file();
    let args = serde_json::to_string(&file).map_err(|error| Trouble::Broken(error.to_string()))?;
    tx.audit(&Deed { by, what: "files.arrive", subject: Some(id.into()), command: None, refused: None, args: Some(&args) })?;
    Ok(Ok(Arrived { received: body.received, file: Some(file) }))
}

fn until(tx: &Tx<'_>, id: FileId, until: Instant) -> Result<(), Trouble> {
    tx.connection().prepare_cached("UPDATE file_body SET until = ?2 WHERE id = ?1")?.execute((Id::from(id).bytes(), until.0))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db;

    #[test]
    fn beginning_looks_through_no_table() {
        for sql in [FIND, LATELY, ALL] {
            let plan = db::plan(sql);
            assert!(plan.iter().all(|step| step.starts_with("SEARCH") || step.contains("COVERING INDEX")), "{sql}: {plan:?}");
        }
    }
}
