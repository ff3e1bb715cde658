//! Rows of customers' that an index holds in the order of a list: steps, and what managers look back on.

use super::{
    paging::{Look, Page},
    sight::value,
    sql::Sql,
};
use crate::db::Trouble;
use domain::{id::Id, lookup::MOST_COUNTED};
use rusqlite::{OptionalExtension, params_from_iter, types::Value};

/// One kind of such rows. They are called `r`, their customers `x`.
pub(super) struct Run {
    pub table: &'static str,
    pub index: &'static str,
    /// When it was or will be, as the index has it.
    pub at: &'static str,
    pub is_latest_first: bool,
    pub condition: &'static str,
}

impl Run {
    /// A page of those `within`, as far as their customers are seen.
    pub fn page(&self, look: &Look<'_>, within: &Sql, after: Option<Id>, most: usize) -> Result<Page, Trouble> {
        let seen = Sql::all(&[within.clone(), look.sight.seen()]);
        let total = look.count(&self.counted(&seen), MOST_COUNTED)?;
        let place = after.map(|id| self.place(look, &seen, id)).transpose()?.flatten();
        let sql = self.read(&seen, place, most);
        let mut statement = look.snapshot.connection().prepare_cached(&sql.text)?;
        let ids = statement.query_map(params_from_iter(&sql.values), |row| Ok(Id::from_bytes(row.get(0)?)))?;
        let mut ids = ids.collect::<Result<Vec<_>, _>>()?;
        let has_more = ids.len() > most;
        ids.truncate(most);
        Ok(Page { ids, total, has_more })
    }

    fn of(&self, what: &str, by: &str, seen: &Sql) -> Sql {
        let Self { table, condition, .. } = self;
        let from = format!("{table} AS r{by} CROSS JOIN customer_list AS x ON x.customer = r.customer");
        Sql::of(format!("SELECT {what} FROM {from} WHERE {condition} AND ")).and_then(seen)
    }

    fn in_order(&self, what: &str, seen: &Sql) -> Sql {
        self.of(what, &format!(" INDEXED BY {}", self.index), seen)
    }

    pub fn counted(&self, seen: &Sql) -> Sql {
        self.in_order("x.n AS n", seen)
    }

    /// Where a row stands that is among them: nothing is told of any other.
    fn place(&self, look: &Look<'_>, seen: &Sql, id: Id) -> Result<Option<(Value, Id)>, Trouble> {
        let sql = self.placed(seen, id);
        let mut at = look.snapshot.connection().prepare_cached(&sql.text)?;
        let at: Option<Value> = at.query_row(params_from_iter(&sql.values), |row| row.get(0)).optional()?;
        Ok(at.map(|at| (at, id)))
    }

    pub fn placed(&self, seen: &Sql, id: Id) -> Sql {
        self.of(self.at, "", seen).and_then(&Sql::with(" AND r.id = ?", value(id)))
    }

    /// What stands behind a place, or from the beginning; one more than is shown.
    pub fn read(&self, seen: &Sql, place: Option<(Value, Id)>, most: usize) -> Sql {
        let at = self.at;
        let (beyond, order) = if self.is_latest_first { ('<', " DESC") } else { ('>', "") };
        let behind = place.map_or_else(Sql::default, |(place, id)| Sql {
            text: format!(" AND {at} {beyond}= ? AND ({at} {beyond} ? OR r.id > ?)"),
            values: vec![place.clone(), place, value(id)],
        });
        let one_more = i64::try_from(most + 1).unwrap_or(i64::MAX);
        self.in_order("r.id", seen).and_then(&behind).and_then(&Sql::with(format!(" ORDER BY {at}{order}, r.id LIMIT ?"), one_more))
    }
}
