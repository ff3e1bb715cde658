//! A table in both forms at once, a row at a time: CSV for spreadsheets, JSON for programs.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
};

use domain::id::Id;
use jiff::Timestamp;
use rusqlite::{Row, types::ValueRef};
use serde_json::{Value, value::RawValue};

use super::{
    columns::{Column, Kind},
    tables::Table,
};
use crate::{db::Trouble, formula::guarded};

pub struct Both {
    columns: Vec<&'static Column>,
    csv: csv::Writer<BufWriter<File>>,
    json: BufWriter<File>,
    is_first: bool,
}

impl Both {
    /// With the mark by which spreadsheets tell UTF-8.
    pub fn begin(table: &'static Table, mut csv: BufWriter<File>, mut json: BufWriter<File>) -> io::Result<Self> {
        csv.write_all("\u{FEFF}".as_bytes())?;
        json.write_all(b"[")?;
        let mut csv = csv::Writer::from_writer(csv);
        csv.write_record(table.names())?;
        Ok(Self { columns: table.columns().collect(), csv, json, is_first: true })
    }

    /// What cannot be read is the database's trouble, what cannot be written the folder's.
    pub fn add(&mut self, row: &Row<'_>) -> Result<io::Result<()>, Trouble> {
        let mut values = Vec::with_capacity(self.columns.len());
        for (n, column) in self.columns.iter().enumerate() {
            values.push(value(row.get_ref(n)?, column)?);
        }
        Ok(self.write(&values))
    }

    fn write(&mut self, values: &[Value]) -> io::Result<()> {
        for value in values {
            match value {
                Value::Null => self.csv.write_field("")?,
                Value::String(text) => self.csv.write_field(guarded(text).as_bytes())?,
                other => self.csv.write_field(other.to_string())?,
            }
        }
        self.csv.write_record(None::<&[u8]>)?;
        self.json.write_all(if self.is_first { b"\n{" } else { b",\n{" })?;
        self.is_first = false;
        for (n, (column, value)) in self.columns.iter().zip(values).enumerate() {
            self.json.write_all(if n == 0 { b"" } else { b"," })?;
            serde_json::to_writer(&mut self.json, column.name)?;
            self.json.write_all(b":")?;
            match value {
                // As it is kept, where that is JSON.
                Value::String(text) if column.kind == Kind::Parts => match serde_json::from_str::<&RawValue>(text) {
                    Ok(parts) => self.json.write_all(parts.get().as_bytes())?,
                    Err(_) => serde_json::to_writer(&mut self.json, text)?,
                },
                other => serde_json::to_writer(&mut self.json, other)?,
            }
        }
        self.json.write_all(b"}")
    }

    pub fn end(mut self) -> io::Result<()> {
        self.json.write_all(b"\n]\n")?;
        self.json.flush()?;
        self.csv.flush()
    }
}

fn value(value: ValueRef<'_>, column: &Column) -> Result<Value, Trouble> {
    let damaged = || Trouble::Broken(format!("column {} holds another type", column.name));
    Ok(match (value, column.kind) {
        (ValueRef::Null, _) => Value::Null,
        (ValueRef::Integer(n), Kind::Flag) => Value::Bool(n != 0),
        // A moment that no calendar has is written as it is kept.
        (ValueRef::Integer(n), Kind::Moment) => Timestamp::from_millisecond(n).map_or(Value::from(n), |at| Value::String(at.to_string())),
        (ValueRef::Integer(n), _) => Value::from(n),
        (ValueRef::Text(text), _) => Value::String(str::from_utf8(text).map_err(|_| damaged())?.to_owned()),
        (ValueRef::Blob(bytes), Kind::Id) => Value::String(Id::from_bytes(bytes.try_into().map_err(|_| damaged())?).to_string()),
        (ValueRef::Blob(bytes), _) => Value::String(bytes.iter().map(|byte| format!("{byte:02x}")).collect()),
        (ValueRef::Real(_), _) => return Err(damaged()),
    })
}
