//! Sessions: the devices on which somebody is signed in, kept by the server so that they can be ended here.

use super::{
    account::Kind,
    token::{Kept, Token},
};
use domain::{id::Id, time::Instant};
use rusqlite::{Connection, OptionalExtension, Result, Row};

/// How long a session lasts, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lasting {
    /// Whoever does nothing for so long signs in again.
    pub idle: i64,
    /// And after so long in any case.
    pub whole: i64,
}

const DAY: i64 = 86_400;

/// Colleagues come every day; a customer comes when something is up, and sees little.
#[must_use]
pub const fn lasts(kind: Kind) -> Lasting {
    match kind {
        Kind::Staff => Lasting { idle: 8 * 3_600, whole: 7 * DAY },
        Kind::Portal => Lasting { idle: 30 * DAY, whole: 90 * DAY },
    }
}

/// How exactly the last sign of life is known: one write in so many seconds.
const SEEN_SECONDS: i64 = 300;
/// Sessions that are over are remembered for so long, so that a device that comes back late hears why.
const REMEMBERED_SECONDS: i64 = 90 * DAY;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: Id,
    pub user: Id,
    pub kind: Kind,
    pub agent: String,
    pub created_at: Instant,
    pub seen_at: Instant,
    pub ending: Option<Ending>,
}

/// Why a session is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// By its own user, here.
    SignedOut,
    /// By a new one: on the same device, or everywhere after a new password.
    Replaced,
    /// By its user elsewhere, or with the account: the device forgets what it holds.
    Revoked,
}

impl Ending {
    const ALL: [Self; 3] = [Self::SignedOut, Self::Replaced, Self::Revoked];

    fn code(self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::Replaced => "replaced",
            Self::Revoked => "revoked",
        }
    }
}

impl Session {
    /// Whether it still counts now.
    #[must_use]
    pub fn is_alive(&self, now: Instant) -> bool {
        let Lasting { idle, whole } = lasts(self.kind);
        self.ending.is_none() && now.seconds_since(self.seen_at) < idle && now.seconds_since(self.created_at) < whole
    }

    /// Whether its sign of life is worth a write.
    #[must_use]
    pub fn is_due(&self, now: Instant) -> bool {
        now.seconds_since(self.seen_at) >= SEEN_SECONDS
    }
}

const COLUMNS: &str = "SELECT id, user, agent, access_session.created_at, seen_at, ending, kind \
     FROM access_session JOIN access_account USING (user) WHERE";

fn read(row: &Row<'_>) -> Result<Session> {
    let ending: Option<String> = row.get(5)?;
    let kind: String = row.get(6)?;
    Ok(Session {
        id: Id::from_bytes(row.get(0)?),
        user: Id::from_bytes(row.get(1)?),
        kind: Kind::from_code(&kind),
        agent: row.get(2)?,
        created_at: Instant(row.get(3)?),
        seen_at: Instant(row.get(4)?),
        ending: ending.and_then(|code| Ending::ALL.into_iter().find(|ending| ending.code() == code)),
    })
}

/// A new session for this user; sessions long over are forgotten.
pub fn begin(connection: &Connection, token: &Token, user: Id, agent: &str, now: Instant) -> Result<()> {
    let forgotten = now.plus_seconds(-REMEMBERED_SECONDS);
    connection.prepare_cached("DELETE FROM access_session WHERE user = ?1 AND seen_at < ?2")?.execute((user.bytes(), forgotten.0))?;
    connection
        .prepare_cached("INSERT INTO access_session (token, id, user, agent, created_at, seen_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5)")?
        .execute((token.kept(), Id::from(uuid::Uuid::now_v7()).bytes(), user.bytes(), agent, now.0))
        .map(drop)
}

pub fn find(connection: &Connection, token: Kept) -> Result<Option<Session>> {
    connection.prepare_cached(&format!("{COLUMNS} token = ?1"))?.query_row([token], read).optional()
}

/// Those of a user that count now, the latest first.
pub fn alive(connection: &Connection, user: Id, now: Instant) -> Result<Vec<Session>> {
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} user = ?1 ORDER BY seen_at DESC, id"))?;
    let mut sessions: Vec<Session> = statement.query_map([user.bytes()], read)?.collect::<Result<_>>()?;
    sessions.retain(|session| session.is_alive(now));
    Ok(sessions)
}

pub fn seen(connection: &Connection, id: Id, now: Instant) -> Result<()> {
    connection
        .prepare_cached("UPDATE access_session SET seen_at = ?2 WHERE id = ?1 AND ending IS NULL")?
        .execute((id.bytes(), now.0))
        .map(drop)
}

/// Ends one session of this user; `false` if there is none such.
pub fn end(connection: &Connection, user: Id, id: Id, ending: Ending) -> Result<bool> {
    let ended = connection
        .prepare_cached("UPDATE access_session SET ending = ?3 WHERE id = ?1 AND user = ?2 AND ending IS NULL")?
        .execute((id.bytes(), user.bytes(), ending.code()))?;
    Ok(ended > 0)
}

/// Ends the session of a cookie, whosever it is.
pub fn end_with(connection: &Connection, token: Kept, ending: Ending) -> Result<()> {
    connection
        .prepare_cached("UPDATE access_session SET ending = ?2 WHERE token = ?1 AND ending IS NULL")?
        .execute((token, ending.code()))
        .map(drop)
}

/// Ends all sessions of this user but one.
pub fn end_others(connection: &Connection, user: Id, but: Option<Id>, ending: Ending) -> Result<usize> {
    connection.prepare_cached("UPDATE access_session SET ending = ?3 WHERE user = ?1 AND id IS NOT ?2 AND ending IS NULL")?.execute((
        user.bytes(),
        but.map(Id::bytes),
        ending.code(),
    ))
}
