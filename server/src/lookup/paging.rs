//! Pages of a list: what stands behind a place, read off an index in its order.
//!
//! What few rows are in is sorted; where there are many, the order's index is walked until the page is full. A walk that
//! looks for more than [`Bounds::few`] of its rows meets them soon, so neither way costs more than some thousands of rows.
//! Whom a query finds is looked up once, by number: counting, sorting and walking ask that set, and read no texts.

use super::{
    Bounds,
    matches::Words,
    numbers::{Numbers, known},
    sight::{Sight, value},
    sql::{Sql, is},
};
use crate::db::{self, Snapshot, Trouble};
use domain::id::{Id, PersonId};
use rusqlite::{Row, params_from_iter, types::Value};

/// So many numbers are looked up at once.
pub(super) const PIECE: usize = 2_000;
/// One step into an index takes as long as so many from one entry to the next.
const CLOSE: i64 = 7;

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

/// A list: what it admits, of rows called `x`, its numbers by the index that is narrowest, and its order.
pub(super) struct List {
    pub shelf: &'static Shelf,
    pub admitted: Sql,
    pub set: Sql,
    pub order: Order,
}

/// A part of a list.
pub(super) enum Part<'a> {
    /// Whatever the list admits.
    All,
    /// These, all of them admitted.
    Few(Numbers),
    /// Those of these that are admitted.
    Among(Numbers),
    /// Those that fit, told by their texts.
    Fitting(Fits<'a>),
}

/// A part that is looked up when a page has come so far.
pub(super) struct Later<'a> {
    /// Where looking it up is dear: the first rows that fit are read by their texts, and may be enough.
    pub likely: Option<Fits<'a>>,
    pub part: Box<dyn FnOnce() -> Result<Part<'a>, Trouble> + 'a>,
}

/// What is in a list: how many, and part by part; all of one stands before the next.
pub(super) struct Content<'a> {
    pub total: u64,
    pub parts: Vec<Later<'a>>,
}

impl<'a> Content<'a> {
    pub fn of(total: u64, part: Part<'a>) -> Self {
        Self { total, parts: vec![Later { likely: None, part: Box::new(move || Ok(part)) }] }
    }
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
    pub fn page(&self, list: &List, content: Content<'_>, after: Option<(usize, Place)>, most: usize) -> Result<Page, Trouble> {
        let (total, mut ids) = (content.total.min(self.bounds.counted), Vec::new());
        let first = after.as_ref().map_or(0, |(part, _)| *part);
        for (n, part) in content.parts.into_iter().enumerate().skip(first) {
            let after = after.as_ref().filter(|(part, _)| *part == n).map(|(_, place)| place);
            self.fill(list, part, after, most, &mut ids)?;
            if ids.len() > most {
                ids.truncate(most);
                return Ok(Page { ids, total, has_more: true });
            }
        }
        Ok(Page { ids, total, has_more: false })
    }

    /// Reads of a part until there is one more than has to be shown.
    fn fill(&self, list: &List, later: Later<'_>, after: Option<&Place>, most: usize, ids: &mut Vec<Id>) -> Result<(), Trouble> {
        let (segments, before) = (segments(&list.order, list.shelf.id, after), ids.len());
        // Only of the first run: whoever stands in the next one stands behind all of it.
        if let (Some(fits), Some(segment)) = (later.likely, segments.first()) {
            let first = walked(list, segment, true).and_then(&Sql::with(" LIMIT ?", self.bounds.few.cast_signed()));
            self.take(&first, fits, most, ids)?;
            if ids.len() > most {
                return Ok(());
            }
            ids.truncate(before);
        }
        let part = (later.part)()?;
        for segment in &segments {
            match &part {
                Part::All => self.take(&walked(list, segment, false), |_| Ok(true), most, ids),
                Part::Few(few) => self.take(&sorted(list.shelf, &known(few.all()), segment), |_| Ok(true), most, ids),
                Part::Among(these) => self.take(&walked(list, segment, false), |row| Ok(these.has(row.get(1)?)), most, ids),
                Part::Fitting(fits) => self.take(&walked(list, segment, true), fits, most, ids),
            }?;
        }
        Ok(())
    }

    /// All that a list admits.
    pub fn whole<'a>(&self, list: &List) -> Result<Content<'a>, Trouble> {
        Ok(match self.few(&list.set)? {
            Some(few) => Content::of(few.len(), Part::Few(few)),
            None => Content::of(self.count(&list.set, self.bounds.counted)?, Part::All),
        })
    }

    /// A part of which all are admitted.
    pub fn part<'a>(&self, numbers: Numbers) -> Part<'a> {
        if numbers.len() <= self.bounds.few { Part::Few(numbers) } else { Part::Among(numbers) }
    }

    /// What is found by words and admitted, unless it is more than is counted. The first are looked up one by one; where
    /// that does not tell, since little of much is admitted, all that is admitted is gone through.
    pub fn admitted(&self, list: &List, words: &Words<'_>) -> Result<Option<Numbers>, Trouble> {
        let found = self.probe(list, words.first()?)?;
        if found.len() > self.bounds.counted {
            return Ok(None);
        }
        if words.are_few()? { Ok(Some(found)) } else { self.admitted_among(list, words.all()?) }
    }

    /// Those of these numbers that are admitted, or more of them than are counted. What lies close together is read as it
    /// lies, what does not is looked up one by one.
    pub fn probe(&self, list: &List, numbers: &Numbers) -> Result<Numbers, Trouble> {
        let mut found = Vec::new();
        for piece in numbers.all().chunks(PIECE) {
            match piece {
                [first, .., last] if last - first < CLOSE * piece.len() as i64 => {
                    found.extend(self.numbers(&run(list, *first, *last))?.filter(|n| piece.binary_search(n).is_ok()));
                }
                _ => found.extend(self.numbers(&probed(list, piece))?),
            }
            if found.len() as u64 > self.bounds.counted {
                break;
            }
        }
        Ok(found.into())
    }

    /// So many are looked up one by one.
    pub fn to_probe(&self) -> u64 {
        self.bounds.counted + self.bounds.counted / 4
    }

    fn admitted_among(&self, list: &List, numbers: &Numbers) -> Result<Option<Numbers>, Trouble> {
        let mut found = Vec::new();
        let mut statement = self.snapshot.connection().prepare_cached(&list.set.text)?;
        let mut rows = statement.query(params_from_iter(&list.set.values))?;
        while let Some(row) = rows.next()? {
            let n = row.get(0)?;
            if numbers.has(n) {
                found.push(n);
            }
            if found.len() as u64 > self.bounds.counted {
                return Ok(None);
            }
        }
        Ok(Some(found.into()))
    }

    /// How many rows there are in a set, so many at most.
    pub fn count(&self, set: &Sql, most: u64) -> Result<u64, Trouble> {
        let sql = counted(set);
        let values = sql.values.into_iter().chain([Value::Integer(most.cast_signed())]);
        let count = self.snapshot.connection().prepare_cached(&sql.text)?.query_row(params_from_iter(values), |row| row.get(0))?;
        db::number(count)
    }

    /// What a statement finds.
    pub fn numbers(&self, sql: &Sql) -> Result<impl Iterator<Item = i64> + use<>, Trouble> {
        let mut numbers = self.snapshot.connection().prepare_cached(&sql.text)?;
        let numbers = numbers.query_map(params_from_iter(&sql.values), |row| row.get(0))?;
        Ok(numbers.collect::<Result<Vec<_>, _>>()?.into_iter())
    }

    /// The numbers of a set, looked up once, if they are few.
    pub fn few(&self, set: &Sql) -> Result<Option<Numbers>, Trouble> {
        let mut sql = limited(set);
        sql.values.push(Value::Integer(self.bounds.few.cast_signed() + 1));
        let numbers: Numbers = self.numbers(&sql)?.collect();
        Ok((numbers.len() <= self.bounds.few).then_some(numbers))
    }

    /// What is read of the texts of few rows, each with its number.
    pub fn sifted<T>(
        &self,
        shelf: &Shelf,
        few: &Numbers,
        read: impl Fn(&Row<'_>) -> Result<Option<T>, Trouble>,
    ) -> Result<Vec<(i64, T)>, Trouble> {
        let sql = texts(shelf, few.all());
        let mut statement = self.snapshot.connection().prepare_cached(&sql.text)?;
        let number = statement.column_count() - 1;
        let mut rows = statement.query(params_from_iter(&sql.values))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            if let Some(it) = read(row)? {
                found.push((row.get(number)?, it));
            }
        }
        Ok(found)
    }

    /// Reads until there is one more than has to be shown.
    fn take(&self, sql: &Sql, fits: impl Fn(&Row<'_>) -> Result<bool, Trouble>, most: usize, ids: &mut Vec<Id>) -> Result<(), Trouble> {
        let mut statement = self.snapshot.connection().prepare_cached(&sql.text)?;
        let mut rows = statement.query(params_from_iter(&sql.values))?;
        while ids.len() <= most
            && let Some(row) = rows.next()?
        {
            if fits(row)? {
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

/// What a list admits of a run of numbers.
pub(super) fn run(list: &List, first: i64, last: i64) -> Sql {
    let Shelf { table, .. } = list.shelf;
    let start = format!("SELECT x.n FROM {table} AS x INDEXED BY {table}_n WHERE x.n BETWEEN ? AND ? AND ");
    Sql { text: start, values: vec![Value::Integer(first), Value::Integer(last)] }.and_then(&list.admitted)
}

/// Those of these numbers that a list admits.
pub(super) fn probed(list: &List, numbers: &[i64]) -> Sql {
    let Shelf { table, .. } = list.shelf;
    let from = format!(") AS known CROSS JOIN {table} AS x INDEXED BY {table}_n ON x.n = known.n WHERE ");
    Sql::of("SELECT x.n FROM (").and_then(&known(numbers)).then(&from).and_then(&list.admitted)
}

/// These rows with their texts, then their numbers.
pub(super) fn texts(shelf: &Shelf, numbers: &[i64]) -> Sql {
    let Shelf { table, id, texts, beside, .. } = shelf;
    let start = format!("SELECT x.{id}, {texts}, x.n FROM {table} AS x{beside} WHERE x.n IN (");
    Sql::of(start).and_then(&known(numbers)).then(")")
}

pub(super) fn sorted(shelf: &Shelf, set: &Sql, segment: &Segment) -> Sql {
    let start = format!("SELECT x.{} FROM {} AS x WHERE x.n IN (", shelf.id, shelf.table);
    Sql::of(start).and_then(set).then(") AND ").and_then(&segment.condition).then(&segment.order)
}

/// What a list admits in its order, with texts or with numbers.
pub(super) fn walked(list: &List, segment: &Segment, with_texts: bool) -> Sql {
    let Shelf { table, id, texts, beside, .. } = list.shelf;
    let (with, beside) = if with_texts { (*texts, *beside) } else { ("x.n", "") };
    let start = format!("SELECT x.{id}, {with} FROM {table} AS x INDEXED BY {}{beside} WHERE ", list.order.index);
    Sql::of(start).and_then(&Sql::all(&[list.admitted.clone(), segment.condition.clone()])).then(&segment.order)
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
