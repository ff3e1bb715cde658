//! Rows of any type over one connection: read once, written once, for all of them.

use std::cell::RefCell;

use domain::{
    id::Id,
    row::{Cell, Column, Kind, Missing, Row, Rows},
};
use rusqlite::{Connection, OptionalExtension, Statement, ToSql, params_from_iter, types::ToSqlOutput, types::Value, types::ValueRef};

use super::{
    registry::{self, Sql},
    trouble::Trouble,
};

/// One connection inside one transaction. Rules only hear that a row is [`Missing`]; what broke is remembered here.
pub(super) struct Store<'c> {
    pub connection: &'c Connection,
    trouble: RefCell<Option<Trouble>>,
}

impl<'c> Store<'c> {
    pub fn new(connection: &'c Connection) -> Self {
        Self { connection, trouble: RefCell::new(None) }
    }

    /// Hands a result to a rule. The first trouble is the one that counts.
    pub fn told<T>(&self, result: Result<T, Trouble>) -> Result<T, Missing> {
        result.map_err(|trouble| {
            self.trouble.borrow_mut().get_or_insert(trouble);
            Missing
        })
    }

    pub fn take_trouble(&self) -> Option<Trouble> {
        self.trouble.borrow_mut().take()
    }

    pub fn get<T: Row>(&self, id: Id) -> Result<Option<T>, Trouble> {
        let sql = registry::named(T::ENTITY)?;
        let mut statement = self.connection.prepare_cached(&sql.get)?;
        one(&mut statement, &[&id.bytes()])
    }

    pub fn by<T: Row>(&self, column: &str, value: &Cell) -> Result<Vec<T>, Trouble> {
        let sql = registry::named(T::ENTITY)?;
        let found = sql.by.iter().find(|(name, _)| *name == column);
        let (_, text) = found.ok_or_else(|| Trouble::Broken(format!("{} is not looked up by {column}", T::ENTITY)))?;
        let mut statement = self.connection.prepare_cached(text)?;
        let mut rows = statement.query([Bound(value)])?;
        let mut list = Vec::new();
        while let Some(row) = rows.next()? {
            list.push(read(row)?);
        }
        Ok(list)
    }

    pub fn write<T: Row>(&self, row: &T) -> Result<(), Trouble> {
        let sql = registry::named(T::ENTITY)?;
        let cells = row.cells();
        self.connection.prepare_cached(&sql.put)?.execute(params_from_iter(cells.iter().map(Bound)))?;
        Ok(())
    }

    pub fn erase(&self, sql: &Sql, id: Id) -> Result<(), Trouble> {
        self.connection.prepare_cached(&sql.del)?.execute([id.bytes()])?;
        Ok(())
    }

    /// The customer to whom this row belongs, or which it is.
    pub fn customer_of(&self, sql: &Sql, id: Id) -> Result<Option<Id>, Trouble> {
        let Some(text) = &sql.customer_of else { return Ok(None) };
        Ok(self.ids(text, id)?.first().copied())
    }

    /// Ids of the rows of this type that belong to a customer.
    pub fn of_customer(&self, sql: &Sql, customer: Id) -> Result<Vec<Id>, Trouble> {
        sql.of_customer.as_ref().map_or(Ok(Vec::new()), |text| self.ids(text, customer))
    }

    /// Ids that a statement finds for this one.
    pub fn ids(&self, text: &str, of: Id) -> Result<Vec<Id>, Trouble> {
        let mut statement = self.connection.prepare_cached(text)?;
        let ids = statement.query_map([of.bytes()], |row| row.get(0))?;
        Ok(ids.collect::<Result<Vec<[u8; 16]>, _>>()?.into_iter().map(Id::from_bytes).collect())
    }
}

/// Rows as they are, for reading only.
pub struct Reading<'a>(pub(super) &'a Store<'a>);

impl Rows for Reading<'_> {
    fn get<T: Row>(&self, id: impl Into<Id>) -> Result<Option<T>, Missing> {
        self.0.told(self.0.get(id.into()))
    }
    fn by<T: Row>(&self, column: &'static str, value: &Cell) -> Result<Vec<T>, Missing> {
        self.0.told(self.0.by(column, value))
    }
    fn put<T: Row>(&mut self, _row: &T) -> Result<(), Missing> {
        self.0.told(Err(Trouble::Broken(format!("{} was written while reading", T::ENTITY))))
    }
    fn del<T: Row>(&mut self, _id: impl Into<Id>) -> Result<(), Missing> {
        self.0.told(Err(Trouble::Broken(format!("{} was deleted while reading", T::ENTITY))))
    }
}

fn one<T: Row>(statement: &mut Statement<'_>, parameters: &[&dyn ToSql]) -> Result<Option<T>, Trouble> {
    let cells = statement.query_row(parameters, |row| Ok(read(row))).optional()?;
    cells.transpose()
}

fn read<T: Row>(row: &rusqlite::Row<'_>) -> Result<T, Trouble> {
    let cells = T::COLUMNS.iter().enumerate().map(|(n, column)| cell(row.get_ref(n)?, column));
    Ok(T::from_cells(cells.collect::<Result<_, Trouble>>()?)?)
}

fn cell(value: ValueRef<'_>, column: &Column) -> Result<Cell, Trouble> {
    let damaged = || Trouble::Broken(format!("column {} holds another type", column.name));
    Ok(match (value, column.kind) {
        (ValueRef::Null, _) => Cell::Null,
        (ValueRef::Integer(n), Kind::Integer) => Cell::Integer(n),
        (ValueRef::Text(text), Kind::Text) => Cell::Text(str::from_utf8(text).map_err(|_| damaged())?.to_owned()),
        (ValueRef::Blob(bytes), Kind::Id) => Cell::Id(Id::from_bytes(bytes.try_into().map_err(|_| damaged())?)),
        _ => return Err(damaged()),
    })
}

/// A cell on its way into a statement.
struct Bound<'a>(&'a Cell);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Cell::Null => ToSqlOutput::Owned(Value::Null),
            Cell::Integer(n) => ToSqlOutput::Owned(Value::Integer(*n)),
            Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Cell::Id(id) => ToSqlOutput::Owned(Value::Blob(id.bytes().to_vec())),
        })
    }
}
