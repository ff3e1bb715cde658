//! Pages of a list: what stands behind a place, read off an index in its order.
//!
//! What few rows are in is sorted; where there are many, the order's index is walked until the page is full. A walk that
//! looks for more than [`Bounds::few`] of its rows meets them soon, so neither way costs more than some thousands of rows.

use super::{
    Bounds,
    sight::{Sight, value},
    sql::{Sql, is},
};
use crate::db::{self, Snapshot, Trouble};
use domain::{
    id::{Id, PersonId},
    lookup::MOST_COUNTED,
};
use rusqlite::{Row, params_from_iter, types::Value};

/// Somebody who looks.
pub(super) struct Look<'a> {
    pub snapshot: &'a Snapshot<'a>,
    pub sight: Sight,
    pub me: PersonId,
    pub bounds: &'a Bounds,
}

/// A table of lists. Its rows are called `x`.
pub(super) struct Shelf {
    pub table: &'static str,
    /// The column that says what a row is of.
    pub id: &'static str,
    pub by_team: &'static str,
    pub by_owner: &'static str,
    /// What has to be read to tell whether a row fits a query, and from where besides.
    pub texts: &'static str,
    pub beside: &'static str,
}

/// By what rows are ordered; by their ids where that is the same. Absent values stand last.
pub(super) struct Order {
    pub index: &'static str,
    pub terms: Vec<Term>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    pub column: &'static str,
    pub descending: bool,
    /// Whether it may be absent.
    pub optional: bool,
}

/// Where a row stands.
pub(super) struct Place {
    pub values: Vec<Value>,
    pub id: Id,
}

/// Whether a row with its texts fits.
pub(super) type Fits<'a> = Box<dyn Fn(&Row<'_>) -> Result<bool, Trouble> + 'a>;

/// A part of a list: all of it stands before the next one.
pub(super) struct Step<'a> {
    /// Its rows' numbers, if they are not all there are.
    pub set: Option<Sql>,
    /// How a row of it is told from others, where not all that the list admits are in it.
    pub fits: Option<Fits<'a>>,
}

/// A list: its parts, what it admits, and what is counted.
pub(super) struct Steps<'a> {
    pub parts: Vec<Step<'a>>,
    pub admitted: Sql,
    pub all: Sql,
    pub order: Order,
}

pub(super) struct Page {
    pub ids: Vec<Id>,
    pub total: u64,
    pub has_more: bool,
}

impl Page {
    pub const EMPTY: Self = Self { ids: Vec::new(), total: 0, has_more: false };
}

/// A run of rows in the order of an index.
pub(super) struct Segment {
    condition: Sql,
    order: String,
}

impl Look<'_> {
    pub fn page(&self, shelf: &Shelf, steps: &Steps<'_>, after: Option<(usize, Place)>, most: usize) -> Result<Page, Trouble> {
        let all = self.few(&steps.all)?;
        let total = self.count(all.as_ref().unwrap_or(&steps.all), MOST_COUNTED)?;
        let mut ids = Vec::new();
        let first = after.as_ref().map_or(0, |(part, _)| *part);
        for (n, part) in steps.parts.iter().enumerate().skip(first) {
            let after = after.as_ref().filter(|(part, _)| *part == n).map(|(_, place)| place);
            let few = part.set.as_ref().map_or_else(|| Ok(all.clone()), |set| self.few(set))?;
            for segment in segments(&steps.order, shelf.id, after) {
                let (sql, fits) = match (&few, &part.fits) {
                    (Some(few), _) => (sorted(shelf, few, &segment), None),
                    (None, fits) => (walked(shelf, steps, &segment, fits.is_some()), fits.as_ref()),
                };
                self.take(&sql, fits, most, &mut ids)?;
                if ids.len() > most {
                    ids.truncate(most);
                    return Ok(Page { ids, total, has_more: true });
                }
            }
        }
        Ok(Page { ids, total, has_more: false })
    }

    /// How many rows there are in a set, so many at most.
    pub fn count(&self, set: &Sql, most: u64) -> Result<u64, Trouble> {
        let sql = counted(set);
        let values = sql.values.into_iter().chain([Value::Integer(most.cast_signed())]);
        let count = self.snapshot.connection().prepare_cached(&sql.text)?.query_row(params_from_iter(values), |row| row.get(0))?;
        db::number(count)
    }

    /// The numbers of a set, looked up once, if they are few.
    pub fn few(&self, set: &Sql) -> Result<Option<Sql>, Trouble> {
        let sql = limited(set);
        let values = sql.values.into_iter().chain([Value::Integer(self.bounds.few.cast_signed() + 1)]);
        let mut numbers = self.snapshot.connection().prepare_cached(&sql.text)?;
        let numbers = numbers.query_map(params_from_iter(values), |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        Ok((numbers.len() as u64 <= self.bounds.few).then(|| known(numbers)))
    }

    /// Reads until there is one more than has to be shown.
    fn take(&self, sql: &Sql, fits: Option<&Fits<'_>>, most: usize, ids: &mut Vec<Id>) -> Result<(), Trouble> {
        let mut statement = self.snapshot.connection().prepare_cached(&sql.text)?;
        let mut rows = statement.query(params_from_iter(&sql.values))?;
        while ids.len() <= most
            && let Some(row) = rows.next()?
        {
            if fits.map_or(Ok(true), |fits| fits(row))? {
                ids.push(Id::from_bytes(row.get(0)?));
            }
        }
        Ok(())
    }

    /// Where a row stands, with its texts for `read`; nothing of what is not theirs to see.
    pub fn place<T>(
        &self,
        shelf: &Shelf,
        order: &Order,
        id: Id,
        read: impl Fn(&Row<'_>) -> Result<T, Trouble>,
    ) -> Result<Option<(T, Place)>, Trouble> {
        let Shelf { table, id: name, texts, beside, .. } = shelf;
        let columns: String = order.terms.iter().map(|term| format!(", x.{}", term.column)).collect();
        let start = format!("SELECT x.{name}, {texts}{columns} FROM {table} AS x{beside} WHERE x.{name} = ? AND ");
        let sql = Sql::with(start, value(id)).and_then(&self.sight.seen());
        let mut statement = self.snapshot.connection().prepare_cached(&sql.text)?;
        let first = statement.column_count() - order.terms.len();
        let mut rows = statement.query(params_from_iter(sql.values))?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let values = (0..order.terms.len()).map(|n| row.get(first + n)).collect::<Result<_, _>>()?;
        Ok(Some((read(row)?, Place { values, id })))
    }

    /// Numbers of what is admitted and seen, by the indexes that are narrowest: teams', then what is one's own besides.
    pub fn narrowed(&self, shelf: &Shelf, admitted: &Sql) -> Sql {
        let by = |index: &str, seen: Sql| {
            let start = format!("SELECT x.n AS n FROM {} AS x INDEXED BY {index} WHERE ", shelf.table);
            Sql::of(start).and_then(&Sql::all(&[admitted.clone(), seen]))
        };
        let teams = self.sight.in_teams().map(|seen| by(shelf.by_team, seen));
        let own = self.sight.owned_elsewhere().map(|seen| by(shelf.by_owner, seen));
        let both = [teams, own].into_iter().flatten().reduce(|one, other| one.then(" UNION ALL ").and_then(&other));
        both.unwrap_or_else(nothing)
    }
}

/// No number at all.
pub(super) fn nothing() -> Sql {
    Sql::of("SELECT NULL AS n WHERE 0")
}

pub(super) fn counted(set: &Sql) -> Sql {
    Sql::of("SELECT count(*) FROM (").and_then(&limited(set)).then(")")
}

pub(super) fn limited(set: &Sql) -> Sql {
    Sql::of("SELECT n FROM (").and_then(set).then(") LIMIT ?")
}

/// These numbers.
pub(super) fn known(numbers: impl IntoIterator<Item = i64>) -> Sql {
    let numbers = numbers.into_iter().map(|n| n.to_string()).collect::<Vec<_>>().join(",");
    Sql::with("SELECT value AS n FROM json_each(?)", Value::Text(format!("[{numbers}]")))
}

pub(super) fn sorted(shelf: &Shelf, set: &Sql, segment: &Segment) -> Sql {
    let start = format!("SELECT x.{} FROM {} AS x WHERE x.n IN (", shelf.id, shelf.table);
    Sql::of(start).and_then(set).then(") AND ").and_then(&segment.condition).then(&segment.order)
}

pub(super) fn walked(shelf: &Shelf, steps: &Steps<'_>, segment: &Segment, with_texts: bool) -> Sql {
    let Shelf { table, id, texts, beside, .. } = shelf;
    let (texts, beside) = if with_texts { (format!(", {texts}"), *beside) } else { Default::default() };
    let start = format!("SELECT x.{id}{texts} FROM {table} AS x INDEXED BY {}{beside} WHERE ", steps.order.index);
    Sql::of(start).and_then(&Sql::all(&[steps.admitted.clone(), segment.condition.clone()])).then(&segment.order)
}

/// What stands behind a place, or from the beginning: runs that an index holds in their order, one after the other.
pub(super) fn segments(order: &Order, id: &str, after: Option<&Place>) -> Vec<Segment> {
    let by = |pinned: usize| {
        let terms =
            order.terms.iter().skip(pinned).map(|term| format!("x.{}{}, ", term.column, if term.descending { " DESC" } else { "" }));
        format!(" ORDER BY {}x.{id}", terms.collect::<String>())
    };
    let Some(place) = after else {
        let Some(Term { column, .. }) = order.terms.first().filter(|term| term.optional) else {
            return vec![Segment { condition: Sql::of("1"), order: by(0) }];
        };
        let whole = |condition: &str, pinned| Segment { condition: Sql::of(format!("x.{column} {condition}")), order: by(pinned) };
        return vec![whole("IS NOT NULL", 0), whole("IS NULL", 1)];
    };
    let mut segments = Vec::new();
    for pinned in (0..=order.terms.len()).rev() {
        let held: Vec<Sql> = order.terms.iter().zip(&place.values).take(pinned).map(|(term, value)| is(term.column, value)).collect();
        let with = |condition: Sql| Sql::all(&[held.clone(), vec![condition]].concat());
        match (order.terms.get(pinned), place.values.get(pinned)) {
            (Some(Term { column, descending, optional }), Some(beyond)) if *beyond != Value::Null => {
                let sign = if *descending { '<' } else { '>' };
                let condition = with(Sql::with(format!("x.{column} {sign} ?"), beyond.clone()));
                segments.push(Segment { condition, order: by(pinned) });
                if *optional {
                    segments.push(Segment { condition: with(is(column, &Value::Null)), order: by(pinned + 1) });
                }
            }
            (Some(_), _) => {}
            (None, _) => segments.push(Segment { condition: with(Sql::with(format!("x.{id} > ?"), value(place.id))), order: by(pinned) }),
        }
    }
    segments
}
