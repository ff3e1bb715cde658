//! Links that are handed over by people: used once, for a few days, and kept only as a hash.

use super::token::{Kept, Token};
use domain::{
    id::Id,
    session::{InvitationKind, Link},
    time::Instant,
};
use rusqlite::{Connection, OptionalExtension, Result};

/// An invitation is accepted within so many hours.
pub const INVITATION_HOURS: u32 = 72;
/// A new password is set within so many.
pub const RESET_HOURS: u32 = 24;

/// A link that may still be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    pub token: Kept,
    pub kind: InvitationKind,
    pub user: Id,
}

fn code(kind: InvitationKind) -> &'static str {
    match kind {
        InvitationKind::Staff => "staff",
        InvitationKind::Portal => "portal",
        InvitationKind::Reset => "reset",
    }
}

/// Where the screen for a link is.
#[must_use]
pub fn path(token: &Token) -> String {
    format!("/join/{}", token.shown())
}

/// A new link for this user, in place of any before it.
pub fn make(connection: &Connection, token: &Token, kind: InvitationKind, user: Id, now: Instant) -> Result<Link> {
    let hours = if kind == InvitationKind::Reset { RESET_HOURS } else { INVITATION_HOURS };
    connection.execute("DELETE FROM access_link WHERE user = ?1 AND used_at IS NULL", [user.bytes()])?;
    connection.execute(
        "INSERT INTO access_link (token, kind, user, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        (token.kept(), code(kind), user.bytes(), now.0, now.plus_seconds(i64::from(hours) * 3_600).0),
    )?;
    Ok(Link { path: path(token), hours, qr: None })
}

/// The link with this token, if it may be used now.
pub fn find(connection: &Connection, token: &Token, now: Instant) -> Result<Option<Open>> {
    connection
        .prepare_cached(
            "SELECT kind, user FROM access_link \
             WHERE token = ?1 AND used_at IS NULL AND expires_at > ?2 AND user IS NOT NULL",
        )?
        .query_row((token.kept(), now.0), |row| {
            let kind: String = row.get(0)?;
            let kind = match kind.as_str() {
                "reset" => InvitationKind::Reset,
                "portal" => InvitationKind::Portal,
                _ => InvitationKind::Staff,
            };
            Ok(Open { token: token.kept(), kind, user: Id::from_bytes(row.get(1)?) })
        })
        .optional()
}

pub fn use_up(connection: &Connection, token: Kept, now: Instant) -> Result<()> {
    connection.execute("UPDATE access_link SET used_at = ?2 WHERE token = ?1", (token, now.0)).map(drop)
}

/// The one link by which an empty database gets its company; a former one stops working. What stands behind `#` is
/// never sent, so no proxy logs it.
pub fn make_set_up(connection: &Connection, token: &Token, now: Instant) -> Result<String> {
    connection.execute("DELETE FROM access_link WHERE kind = 'set_up'", [])?;
    connection.execute(
        "INSERT INTO access_link (token, kind, created_at, expires_at) VALUES (?1, 'set_up', ?2, ?3)",
        (token.kept(), now.0, i64::MAX),
    )?;
    Ok(format!("/set-up#{}", token.shown()))
}

pub fn is_set_up(connection: &Connection, token: &Token) -> Result<bool> {
    connection.prepare_cached("SELECT 1 FROM access_link WHERE token = ?1 AND kind = 'set_up' AND used_at IS NULL")?.exists([token.kept()])
}
