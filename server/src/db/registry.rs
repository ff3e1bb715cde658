//! Every row type there is, with the SQL for each, written once.

use std::{collections::HashMap, sync::LazyLock};

use domain::row::Row;

use super::{entity::Entity, trouble::Trouble};

/// Every row type. A number that was given once is never given to another.
pub fn entities() -> impl Iterator<Item = &'static Entity> {
    let features: [&'static [Entity]; 11] = [
        &crate::settings::ROWS,
        &crate::team::ROWS,
        &crate::customers::ROWS,
        &crate::timeline::ROWS,
        &crate::notices::ROWS,
        &crate::tickets::ROWS,
        &crate::orders::ROWS,
        &crate::loyalty::ROWS,
        &crate::surveys::ROWS,
        &crate::insights::ROWS,
        &crate::attachments::ROWS,
    ];
    features.into_iter().flatten()
}

/// The statements of one row type.
pub(super) struct Sql {
    pub entity: &'static Entity,
    pub get: String,
    pub put: String,
    pub del: String,
    pub by: Vec<(&'static str, String)>,
    /// Ids of the rows that belong to customer `?1`.
    pub of_customer: Option<String>,
    /// The customer to whom row `?1` belongs.
    pub customer_of: Option<String>,
    /// By type: ids of the rows whose projection shows the name of row `?1`.
    pub quoting: Vec<(&'static str, String)>,
}

/// Whether the row of type `?2` with id `?3` is in one of the scopes in `?1`, a JSON array of their numbers.
/// The scopes lead: a handful of them, each one step into the primary key.
pub(super) const IS_GRANTED: &str = "SELECT 1 FROM json_each(?1) AS granted CROSS JOIN scope_rows \
     ON scope_rows.scope = granted.value AND scope_rows.entity = ?2 AND scope_rows.row_id = ?3 \
     WHERE scope_rows.present = 1 LIMIT 1";

static STATEMENTS: LazyLock<Vec<Sql>> = LazyLock::new(|| entities().map(Sql::of).collect());
/// Asked dozens of times for each command, and for each row that is sent.
static BY_NAME: LazyLock<HashMap<&str, &Sql>> = LazyLock::new(|| STATEMENTS.iter().map(|sql| (sql.entity.name, sql)).collect());
static BY_NUMBER: LazyLock<HashMap<i64, &Entity>> = LazyLock::new(|| entities().map(|entity| (entity.number, entity)).collect());

pub(super) fn statements() -> &'static [Sql] {
    &STATEMENTS
}

pub(super) fn named(name: &str) -> Result<&'static Sql, Trouble> {
    BY_NAME.get(name).copied().ok_or_else(|| Trouble::Broken(format!("{name} is not a registered row type")))
}

/// What the server knows of a row type.
pub fn described<T: Row>() -> Result<&'static Entity, Trouble> {
    Ok(named(T::ENTITY)?.entity)
}

/// The row type with this number in `scope_rows`.
pub fn numbered(number: i64) -> Result<&'static Entity, Trouble> {
    BY_NUMBER.get(&number).copied().ok_or_else(|| Trouble::Broken(format!("no row type has number {number}")))
}

impl Sql {
    fn of(entity: &'static Entity) -> Self {
        let name = entity.name;
        let columns: Vec<String> = entity.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
        let slots: Vec<String> = (1..=columns.len()).map(|n| format!("?{n}")).collect();
        let sets: Vec<String> = columns.iter().skip(1).map(|column| format!("{column} = excluded.{column}")).collect();
        let (columns, slots, sets) = (columns.join(", "), slots.join(", "), sets.join(", "));
        let select = format!("SELECT {columns} FROM \"{name}\" WHERE");
        let with = |column: &str| format!("SELECT \"id\" FROM \"{name}\" WHERE \"{column}\" = ?1 ORDER BY \"id\"");
        Self {
            entity,
            get: format!("{select} \"id\" = ?1"),
            put: format!("INSERT INTO \"{name}\" ({columns}) VALUES ({slots}) ON CONFLICT (\"id\") DO UPDATE SET {sets}"),
            del: format!("DELETE FROM \"{name}\" WHERE \"id\" = ?1"),
            by: entity.by.iter().map(|column| (*column, format!("{select} \"{column}\" = ?1 ORDER BY \"id\""))).collect(),
            of_customer: entity.customer.map(with),
            customer_of: entity.customer.map(|column| format!("SELECT \"{column}\" FROM \"{name}\" WHERE \"id\" = ?1")),
            quoting: entity.quotes.iter().map(|(column, of)| (*of, with(column))).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan;

    /// No question that a rule asks looks through a table: only the few scopes of the asker are gone through.
    #[test]
    fn every_statement_steps_into_an_index() {
        for sql in statements() {
            let by = sql.by.iter().map(|(_, by)| by);
            let quoting = sql.quoting.iter().map(|(_, quoting)| quoting);
            let texts = [&sql.get, &sql.del].into_iter().chain(by).chain(quoting).chain(&sql.of_customer).chain(&sql.customer_of);
            for text in texts.map(String::as_str).chain([IS_GRANTED]) {
                let plan = plan(text);
                let scans: Vec<&String> =
                    plan.iter().filter(|step| step.starts_with("SCAN") && !step.starts_with("SCAN granted")).collect();
                assert!(scans.is_empty() && plan.iter().any(|step| step.contains("USING")), "{text}: {plan:?}");
            }
        }
    }
}
