//! Tokens: what another system shows instead of a password, what it may do with it, and until when.
//!
//! Invariants: only the hash of a secret is kept; a token does at most what the interface offers, whatever its role may
//! do elsewhere; one that is revoked or over does nothing from that moment.

use crate::{
    auth::token::{Kept, Token},
    db::{Db, Deed, Trouble, Tx},
};
use domain::{
    access::{Right, Role},
    context::Actor,
    id::Id,
    row::Rows,
    settings::Company,
    text::Name,
    time::{Date, Instant, Zone},
};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};

use super::words::Refusal;

/// What the interface offers: the rights that a token without a role has, and the most that one with a role has.
const OFFERED: [Right; 4] = [Right::EditCustomers, Right::EditOrders, Right::RefundOrders, Right::HandleTickets];

/// A sign of life is kept once in so many seconds.
const USED_SECONDS: i64 = 60;
/// The longest that `--expires` counts in days.
const MOST_DAYS: u32 = 3_660;

/// What stands before a secret, so that people and scanners know what it is.
const PREFIX: &str = "gx_";

/// A token as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    pub id: Id,
    pub name: String,
    pub role: Option<Role>,
    pub created_at: Instant,
    pub expires_at: Option<Instant>,
    pub revoked_at: Option<Instant>,
    pub last_used_at: Option<Instant>,
}

impl Holder {
    #[must_use]
    pub fn is_alive(&self, now: Instant) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }

    /// Whether it may do such things at all.
    #[must_use]
    pub fn may(&self, right: Right) -> bool {
        OFFERED.contains(&right) && self.role.is_none_or(|role| role.may(right))
    }

    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Token(self.id)
    }

    /// Whether its sign of life is worth a write.
    #[must_use]
    pub fn is_due(&self, now: Instant) -> bool {
        self.last_used_at.is_none_or(|last| now.seconds_since(last) >= USED_SECONDS)
    }
}

/// Until when a new token works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expiry {
    Days(u32),
    /// This is the last day, in company time.
    On(Date),
}

impl std::str::FromStr for Expiry {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let days = text.strip_suffix('d').and_then(|days| days.parse().ok()).filter(|days| (1..=MOST_DAYS).contains(days));
        let date = || text.parse().map(Self::On).map_err(|_| "write 90d for ninety days, or the last day as 2027-01-01");
        days.map(Self::Days).map_or_else(date, Ok)
    }
}

impl Expiry {
    fn moment(self, now: Instant, zone: &Zone) -> Instant {
        match self {
            Self::Days(days) => now.plus_seconds(i64::from(days) * 86_400),
            Self::On(last) => zone.moment(last.plus_days(1), 0),
        }
    }
}

/// A token as it is shown, once.
#[must_use]
pub fn shown(token: &Token) -> String {
    format!("{PREFIX}{}", token.shown())
}

/// What is kept of a token that was shown so. What is none at all is looked for like any other, and not found.
#[must_use]
pub fn kept(shown: &str) -> Kept {
    shown.strip_prefix(PREFIX).and_then(Token::read).map_or([0; 32], |token| token.kept())
}

const COLUMNS: &str = "SELECT id, name, role, created_at, expires_at, revoked_at, last_used_at FROM rest_token";

fn read(row: &Row<'_>) -> rusqlite::Result<Holder> {
    let role: Option<String> = row.get(2)?;
    let moment = |n| row.get::<_, Option<i64>>(n).map(|at| at.map(Instant));
    Ok(Holder {
        id: Id::from_bytes(row.get(0)?),
        name: row.get(1)?,
        role: role.and_then(|code| Role::from_code(&code)),
        created_at: Instant(row.get(3)?),
        expires_at: moment(4)?,
        revoked_at: moment(5)?,
        last_used_at: moment(6)?,
    })
}

pub fn find(connection: &Connection, token: Kept) -> Result<Option<Holder>, Trouble> {
    let mut find = connection.prepare_cached(&format!("{COLUMNS} WHERE token = ?1"))?;
    Ok(find.query_row([token], read).optional()?)
}

pub fn by_id(connection: &Connection, id: Id) -> Result<Option<Holder>, Trouble> {
    let mut find = connection.prepare_cached(&format!("{COLUMNS} WHERE id = ?1"))?;
    Ok(find.query_row([id.bytes()], read).optional()?)
}

pub fn used(connection: &Connection, id: Id, now: Instant) -> Result<(), Trouble> {
    connection.prepare_cached("UPDATE rest_token SET last_used_at = ?2 WHERE id = ?1")?.execute((id.bytes(), now.0))?;
    Ok(())
}

/// All there ever were, the oldest first.
pub fn all(db: &Db) -> Result<Vec<Holder>, Trouble> {
    db.read_blocking(|rows| {
        let mut all = rows.connection().prepare_cached(&format!("{COLUMNS} ORDER BY created_at, id"))?;
        let all = all.query_map((), read)?.collect::<Result<_, _>>()?;
        Ok(all)
    })
}

/// A new token of this name: its secret, which nobody can ask for again.
pub fn add(db: &Db, name: &str, role: Option<Role>, expires: Option<Expiry>) -> Result<Result<String, Refusal>, Trouble> {
    let Ok(name) = Name::parse(name) else { return Ok(Err(Refusal::NoName)) };
    let token = Token::new().map_err(|error| Trouble::Broken(error.to_string()))?;
    db.write_blocking(move |tx| Ok(make(tx, &token, &name, role, expires)?.map(|_| shown(&token))))
}

/// As [`add`], within a job.
pub fn make(
    tx: &mut Tx<'_>,
    token: &Token,
    name: &Name,
    role: Option<Role>,
    expires: Option<Expiry>,
) -> Result<Result<Id, Refusal>, Trouble> {
    let now = tx.at();
    if by_name(tx.connection(), name.as_str())?.is_some() {
        return Ok(Err(Refusal::NameTaken));
    }
    let zone = tx.rows().get::<Company>(Id::ONLY)?.map_or_else(|| Zone::fixed("UTC", 0), |company| company.zone);
    let end = expires.map(|expires| expires.moment(now, &zone));
    if end.is_some_and(|end| end <= now) {
        return Ok(Err(Refusal::OverAlready));
    }
    let id = Id::from(uuid::Uuid::now_v7());
    let add = "INSERT INTO rest_token (token, id, name, role, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let (code, end) = (role.map(Role::code), end.map(|end| end.0));
    tx.connection().prepare_cached(add)?.execute((token.kept(), id.bytes(), name.as_str(), code, now.0, end))?;
    let args = serde_json::json!({ "name": name.as_str(), "role": code, "expires_at": end }).to_string();
    deed(tx, "token.add", id, Some(&args))?;
    Ok(Ok(id))
}

/// Ends the token of this name.
pub fn revoke(db: &Db, name: String) -> Result<Result<(), Refusal>, Trouble> {
    db.write_blocking(move |tx| {
        let Some(id) = by_name(tx.connection(), name.trim())? else { return Ok(Err(Refusal::NoSuchToken)) };
        let now = tx.at();
        tx.connection().prepare_cached("UPDATE rest_token SET revoked_at = ?2 WHERE id = ?1")?.execute((id.bytes(), now.0))?;
        deed(tx, "token.revoke", id, None)?;
        Ok(Ok(()))
    })
}

fn by_name(connection: &Connection, name: &str) -> Result<Option<Id>, Trouble> {
    let mut find = connection.prepare_cached("SELECT id FROM rest_token WHERE name = ?1 AND revoked_at IS NULL")?;
    let id = find.query_row([name], |row| row.get(0)).optional()?;
    Ok(id.map(Id::from_bytes))
}

fn deed(tx: &mut Tx<'_>, what: &str, id: Id, args: Option<&str>) -> Result<(), Trouble> {
    tx.audit(&Deed { by: Actor::System, what, subject: Some(id), command: None, refused: None, args })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_written_in_days_or_as_a_day() {
        assert_eq!("90d".parse(), Ok(Expiry::Days(90)));
        assert_eq!("2027-01-01".parse::<Expiry>().ok(), "2027-01-01".parse().ok().map(Expiry::On));
        for bad in ["", "0d", "90", "-1d", "1e3d", "99999d", "2027-13-01", "tomorrow"] {
            assert!(bad.parse::<Expiry>().is_err(), "{bad}");
        }
    }

    #[test]
    fn the_last_day_counts_whole_in_company_time() {
        let shanghai = Zone::fixed("Asia/Shanghai", 8 * 3_600);
        let day = "2026-11-21".parse().expect("a date");
        let end = Expiry::On(day).moment(Instant(0), &shanghai);
        assert_eq!(shanghai.date_at(Instant(end.0 - 1)), day);
        assert_eq!(shanghai.date_at(end), day.plus_days(1));
    }

    #[test]
    fn only_what_was_shown_is_found() {
        let token = Token::new().expect("chance");
        assert_eq!(kept(&shown(&token)), token.kept());
        for bad in [token.shown(), format!("gx_{}", &token.shown()[1..]), shown(&token).to_uppercase(), String::new()] {
            assert_eq!(kept(&bad), [0; 32], "{bad}");
        }
    }

    /// The interface edits customers, orders and tickets; whoever runs the company stays a person.
    #[test]
    fn no_token_does_more_than_the_interface_offers() {
        let holder = |role| Holder {
            id: Id::ONLY,
            name: String::new(),
            role,
            created_at: Instant(0),
            expires_at: None,
            revoked_at: None,
            last_used_at: None,
        };
        for right in Right::ALL {
            assert_eq!(holder(None).may(*right), OFFERED.contains(right), "{right:?}");
            for role in Role::ALL {
                assert_eq!(holder(Some(*role)).may(*right), OFFERED.contains(right) && role.may(*right), "{role:?} {right:?}");
            }
        }
    }

    #[test]
    fn a_token_is_found_by_steps_into_an_index() {
        for sql in [format!("{COLUMNS} WHERE token = ?1"), format!("{COLUMNS} WHERE id = ?1")] {
            let plan = crate::db::plan(&sql);
            assert!(plan.iter().all(|step| step.starts_with("SEARCH")), "{sql}: {plan:?}");
        }
    }
}
