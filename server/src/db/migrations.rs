//! The tables' history: files are added, never edited.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use super::trouble::Trouble;

const FILES: &[M<'_>] = &[
    M::up(include_str!("../../migrations/0001_foundation.sql")),
    M::up(include_str!("../../migrations/0002_access.sql")),
    M::up(include_str!("../../migrations/0003_tickets.sql")),
    M::up(include_str!("../../migrations/0004_loyalty.sql")),
    M::up(include_str!("../../migrations/0005_satisfaction.sql")),
    M::up(include_str!("../../migrations/0006_imports.sql")),
    M::up(include_str!("../../migrations/0007_tokens.sql")),
    M::up(include_str!("../../migrations/0008_successors.sql")),
    M::up(include_str!("../../migrations/0009_attachments.sql")),
    M::up(include_str!("../../migrations/0010_histories.sql")),
    M::up(include_str!("../../migrations/0011_queues.sql")),
    M::up(include_str!("../../migrations/0012_lists.sql")),
    M::up(include_str!("../../migrations/0013_looking_back.sql")),
    M::up(include_str!("../../migrations/0014_reviews.sql")),
    M::up(include_str!("../../migrations/0015_sides.sql")),
    M::up(include_str!("../../migrations/0016_versions.sql")),
];

/// Of which version the tables are; none where there are none yet.
pub(super) fn version(connection: &Connection) -> Result<i64, Trouble> {
    let found = connection.query_row("PRAGMA user_version", (), |row| row.get(0))?;
    let known = latest();
    if found > known { Err(Trouble::Newer { found, known }) } else { Ok(found) }
}

/// The version that this program makes of any earlier one.
pub(super) const fn latest() -> i64 {
    FILES.len() as i64
}

pub(super) fn apply(connection: &mut Connection) -> Result<(), Trouble> {
    Migrations::from_slice(FILES).to_latest(connection).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => Trouble::from(err),
        other => Trouble::Broken(other.to_string()),
    })
}

/// How SQLite would go about a statement, step by step.
#[cfg(test)]
pub(crate) fn plan(sql: &str) -> Vec<String> {
    let mut connection = Connection::open_in_memory().expect("memory");
    apply(&mut connection).expect("the tables");
    plan_in(&connection, sql)
}

/// As [`plan`], where the tables are already.
#[cfg(test)]
pub(crate) fn plan_in(connection: &Connection, sql: &str) -> Vec<String> {
    let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("a statement");
    for n in 1..=plan.parameter_count() {
        plan.raw_bind_parameter(n, 1).expect("a slot");
    }
    let mut rows = plan.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next().expect("a step") {
        steps.push(row.get(3).expect("text"));
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_can_be_made() {
        assert_eq!(Migrations::from_slice(FILES).validate(), Ok(()));
    }
}
