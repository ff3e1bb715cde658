//! Accounts: how somebody signs in. What colleagues may know of a person is elsewhere, and synced; this never is.

use domain::{
    id::{Id, PersonId},
    session::DemoAccount,
    time::Instant,
};
use rusqlite::{Connection, OptionalExtension, Result, Row};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub user: PersonId,
    pub who: String,
    /// A PHC string; none before an invitation is accepted.
    pub password: Option<String>,
}

const COLUMNS: &str = "SELECT user, who, password FROM access_account WHERE";

fn read(row: &Row<'_>) -> Result<Account> {
    Ok(Account { user: Id::from_bytes(row.get(0)?).into(), who: row.get(1)?, password: row.get(2)? })
}

pub fn by_who(connection: &Connection, who: &str) -> Result<Option<Account>> {
    connection.prepare_cached(&format!("{COLUMNS} who = ?1"))?.query_row([who], read).optional()
}

pub fn by_user(connection: &Connection, user: PersonId) -> Result<Option<Account>> {
    connection.prepare_cached(&format!("{COLUMNS} user = ?1"))?.query_row([user.0.bytes()], read).optional()
}

/// By person: how they sign in.
pub fn all(connection: &Connection) -> Result<BTreeMap<Id, String>> {
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} 1 = 1"))?;
    let accounts = statement.query_map([], read)?;
    accounts.map(|account| account.map(|account| (account.user.into(), account.who))).collect()
}

pub fn add(connection: &Connection, account: &Account, at: Instant) -> Result<()> {
    let Account { user, who, password } = account;
    connection
        .prepare_cached("INSERT INTO access_account (user, who, password, created_at, changed_at) VALUES (?1, ?2, ?3, ?4, ?4)")?
        .execute((user.0.bytes(), who, password, at.0))
        .map(drop)
}

pub fn set_password(connection: &Connection, user: PersonId, password: &str, at: Instant) -> Result<()> {
    connection
        .prepare_cached("UPDATE access_account SET password = ?2, changed_at = ?3 WHERE user = ?1")?
        .execute((user.0.bytes(), password, at.0))
        .map(drop)
}

/// Remembers that everybody may know this password.
pub fn show_to_all(connection: &Connection, user: PersonId, password: &str) -> Result<()> {
    connection.execute("INSERT INTO access_demo (user, password) VALUES (?1, ?2)", (user.0.bytes(), password)).map(drop)
}

/// Whom anybody may be in a demonstration. Role and name are codes and names as they are kept.
pub fn shown_to_all(connection: &Connection) -> Result<Vec<DemoAccount>> {
    let mut statement = connection.prepare_cached(
        "SELECT person.role, person.name, access_account.who, access_demo.password \
         FROM access_demo JOIN access_account USING (user) JOIN person ON person.id = access_demo.user \
         ORDER BY person.role = 'admin', person.role = 'service', access_account.who DESC",
    )?;
    let accounts =
        statement.query_map([], |row| Ok(DemoAccount { role: row.get(0)?, name: row.get(1)?, who: row.get(2)?, password: row.get(3)? }))?;
    accounts.collect()
}
