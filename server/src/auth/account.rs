//! Accounts: how somebody signs in. What others may know of a person is elsewhere, and synced; this never is.

use domain::{
    id::Id,
    session::{DemoAccount, PortalUser},
    text::{Email, Phone},
    time::Instant,
};
use rusqlite::{Connection, OptionalExtension, Result, Row};
use std::collections::BTreeMap;

/// Whose an account is. An id alone does not say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Staff,
    Portal,
}

impl Kind {
    fn code(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Portal => "portal",
        }
    }

    pub(super) fn from_code(code: &str) -> Self {
        // The table allows nothing else; what is unknown gets the least.
        if code == "staff" { Self::Staff } else { Self::Portal }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// A person's or a contact's id.
    pub user: Id,
    pub kind: Kind,
    /// The first of the names by which they sign in.
    pub who: String,
    /// A PHC string; none before an invitation is accepted.
    pub password: Option<String>,
}

/// What somebody typed as their name, in the form in which names are kept: an address or a telephone number.
#[must_use]
pub fn sign_in_name(typed: &str) -> Option<String> {
    let email = Email::parse(typed).map(|email| email.to_string());
    email.or_else(|_| Phone::parse(typed).map(|phone| phone.to_string())).ok()
}

const BY_WHO: &str =
    "SELECT user, kind, access_account.who, password FROM access_name JOIN access_account USING (user) WHERE access_name.who = ?1";
const BY_USER: &str = "SELECT user, kind, who, password FROM access_account WHERE user = ?1";
const OF_CUSTOMER: &str = "SELECT contact.id, access_account.password IS NOT NULL, \
     (SELECT max(seen_at) FROM access_session WHERE access_session.user = contact.id) \
     FROM contact JOIN access_account ON access_account.user = contact.id AND access_account.kind = 'portal' \
     WHERE contact.customer = ?1 AND contact.removed = 0";

fn read(row: &Row<'_>) -> Result<Account> {
    let kind: String = row.get(1)?;
    Ok(Account { user: Id::from_bytes(row.get(0)?), kind: Kind::from_code(&kind), who: row.get(2)?, password: row.get(3)? })
}

/// By any of their names, in the form of [`sign_in_name`].
pub fn by_who(connection: &Connection, who: &str) -> Result<Option<Account>> {
    connection.prepare_cached(BY_WHO)?.query_row([who], read).optional()
}

pub fn by_user(connection: &Connection, user: Id) -> Result<Option<Account>> {
    connection.prepare_cached(BY_USER)?.query_row([user.bytes()], read).optional()
}

/// By person: how they sign in.
pub fn of_staff(connection: &Connection) -> Result<BTreeMap<Id, String>> {
    let mut statement = connection.prepare_cached("SELECT user, who FROM access_account WHERE kind = 'staff'")?;
    let accounts = statement.query_map([], |row| Ok((Id::from_bytes(row.get(0)?), row.get(1)?)))?;
    accounts.collect()
}

/// By contact: who of this customer's people has an account.
pub fn of_customer(connection: &Connection, customer: Id) -> Result<BTreeMap<Id, PortalUser>> {
    let mut statement = connection.prepare_cached(OF_CUSTOMER)?;
    let users = statement.query_map([customer.bytes()], |row| {
        let seen_at: Option<i64> = row.get(2)?;
        Ok((Id::from_bytes(row.get(0)?), PortalUser { active: row.get(1)?, seen_at: seen_at.map(Instant) }))
    })?;
    users.collect()
}

pub fn add(connection: &Connection, account: &Account, at: Instant) -> Result<()> {
    let Account { user, kind, who, password } = account;
    connection
        .prepare_cached("INSERT INTO access_account (user, kind, who, password, created_at, changed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5)")?
        .execute((user.bytes(), kind.code(), who, password, at.0))?;
    name(connection, *user, who)
}

fn name(connection: &Connection, user: Id, who: &str) -> Result<()> {
    connection.prepare_cached("INSERT INTO access_name (who, user) VALUES (?1, ?2)")?.execute((who, user.bytes())).map(drop)
}

/// Gives an account these names in place of those it had. There is a first one, and nobody else has any of them.
pub fn rename(connection: &Connection, user: Id, names: &[String]) -> Result<()> {
    let Some(first) = names.first() else { return Ok(()) };
    connection.execute("DELETE FROM access_name WHERE user = ?1", [user.bytes()])?;
    connection.execute("UPDATE access_account SET who = ?2 WHERE user = ?1", (user.bytes(), first))?;
    names.iter().try_for_each(|who| name(connection, user, who))
}

pub fn set_password(connection: &Connection, user: Id, password: &str, at: Instant) -> Result<()> {
    connection
        .prepare_cached("UPDATE access_account SET password = ?2, changed_at = ?3 WHERE user = ?1")?
        .execute((user.bytes(), password, at.0))
        .map(drop)
}

/// Remembers that everybody may know this password.
pub fn show_to_all(connection: &Connection, user: Id, password: &str) -> Result<()> {
    connection.execute("INSERT INTO access_demo (user, password) VALUES (?1, ?2)", (user.bytes(), password)).map(drop)
}

/// Whom anybody may be in a demonstration. Role and name are codes and names as they are kept; a customer's is `customer`.
pub fn shown_to_all(connection: &Connection) -> Result<Vec<DemoAccount>> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(person.role, 'customer'), coalesce(person.name, contact.name), access_account.who, access_demo.password \
         FROM access_demo JOIN access_account USING (user) \
         LEFT JOIN person ON access_account.kind = 'staff' AND person.id = access_demo.user \
         LEFT JOIN contact ON access_account.kind = 'portal' AND contact.id = access_demo.user \
         WHERE coalesce(person.id, contact.id) IS NOT NULL \
         ORDER BY access_account.kind = 'portal', person.role = 'admin', person.role = 'service', access_account.who DESC",
    )?;
    let accounts =
        statement.query_map([], |row| Ok(DemoAccount { role: row.get(0)?, name: row.get(1)?, who: row.get(2)?, password: row.get(3)? }))?;
    accounts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db;

    #[test]
    fn a_telephone_number_is_one_name_in_whatever_form_it_is_typed() {
        for typed in ["13800001234", "+86 138 0000 1234", "138-0000-1234", " 8613800001234 "] {
            assert_eq!(sign_in_name(typed).as_deref(), Some("+8613800001234"), "{typed}");
        }
        assert_eq!(sign_in_name(" Lin@Example.COM ").as_deref(), Some("lin@example.com"));
        assert_eq!(sign_in_name("林晓"), None);
    }

    #[test]
    fn nobody_is_looked_for_one_by_one() {
        for sql in [BY_WHO, BY_USER, OF_CUSTOMER] {
            let plan = db::plan(sql);
            assert!(plan.iter().all(|step| !step.starts_with("SCAN")), "{sql}: {plan:?}");
        }
    }
}
