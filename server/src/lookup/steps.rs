//! Somebody's own open steps, what is due first.

use super::{
    paging::{Look, Page},
    sight::value,
    sql::Sql,
};
use crate::db::Trouble;
use domain::{id::Id, lookup::MOST_COUNTED};
use rusqlite::{OptionalExtension, params_from_iter, types::Value};

const OPEN: &str = "timeline_step AS s INDEXED BY timeline_step_planned CROSS JOIN customer_list AS x ON x.customer = s.customer \
     WHERE s.who = ? AND s.state = 'open' AND ";
const DUE: &str = "SELECT due FROM timeline_step WHERE id = ? AND who = ? AND state = 'open'";

pub(super) fn find(look: &Look<'_>, after: Option<Id>, most: usize) -> Result<Page, Trouble> {
    if look.sight.is_blind() {
        return Ok(Page::EMPTY);
    }
    let total = look.count(&all(look), MOST_COUNTED)?;
    let sql = behind(look, place(look, after)?, most);
    let mut statement = look.snapshot.connection().prepare_cached(&sql.text)?;
    let ids = statement.query_map(params_from_iter(&sql.values), |row| Ok(Id::from_bytes(row.get(0)?)))?;
    let mut ids = ids.collect::<Result<Vec<_>, _>>()?;
    let has_more = ids.len() > most;
    ids.truncate(most);
    Ok(Page { ids, total, has_more })
}

fn of_mine(look: &Look<'_>, what: &str) -> Sql {
    Sql::with(format!("SELECT {what} FROM {OPEN}"), value(look.me)).and_then(&look.sight.seen())
}

pub(super) fn all(look: &Look<'_>) -> Sql {
    of_mine(look, "x.n AS n")
}

fn place(look: &Look<'_>, after: Option<Id>) -> Result<Option<(i64, Id)>, Trouble> {
    let Some(id) = after else { return Ok(None) };
    let mut due = look.snapshot.connection().prepare_cached(DUE)?;
    let due: Option<i64> = due.query_row([value(id), value(look.me)], |row| row.get(0)).optional()?;
    Ok(due.map(|due| (due, id)))
}

pub(super) fn behind(look: &Look<'_>, place: Option<(i64, Id)>, most: usize) -> Sql {
    let (due, id) = place.unwrap_or((i64::MIN, Id::ONLY));
    let behind = Sql { text: " AND (s.due, s.id) > (?, ?)".to_owned(), values: vec![Value::Integer(due), value(id)] };
    let one_more = i64::try_from(most + 1).unwrap_or(i64::MAX);
    of_mine(look, "s.id").and_then(&behind).and_then(&Sql::with(" ORDER BY s.due, s.id LIMIT ?", one_more))
}
