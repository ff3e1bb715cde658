//! Rows: what is kept, what travels, what rules read. One description per type, for every engine.

use crate::{
    id::Id,
    sync::Scope,
    text::{CustomerNo, Email, Line, MaskedPhone, Name, Phone, Prose},
    time::{Date, Instant},
};
use serde::{Serialize, de::DeserializeOwned};

/// A kind of thing that is kept. Declared by [`rows!`], never by hand.
pub trait Row: Serialize + DeserializeOwned + Clone + PartialEq + std::fmt::Debug + 'static {
    /// The table's name, and the name on the wire.
    const ENTITY: &'static str;
    /// In the order of the struct's fields; the first is `id`.
    const COLUMNS: &'static [Column];

    fn id(&self) -> Id;
    fn cells(&self) -> Vec<Cell>;
    /// Reads back what [`Row::cells`] wrote.
    fn from_cells(cells: Vec<Cell>) -> Result<Self, BadCell>;
    /// The audiences this row has now. What is in no scope stays on the server.
    fn scopes<R: Rows>(&self, rows: &R) -> Result<Vec<Scope>, Missing>;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
    pub nullable: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Integer,
    Text,
    /// 16 bytes.
    Id,
}

/// One value of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Null,
    Integer(i64),
    Text(String),
    Id(Id),
}

/// A stored value that this build cannot read: the database is damaged or newer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadCell {
    pub column: &'static str,
}

/// A type that fits in one column.
pub trait Field: Sized {
    const KIND: Kind;
    const NULLABLE: bool = false;
    fn to_cell(&self) -> Cell;
    fn from_cell(cell: Cell) -> Option<Self>;
}

/// What a rule asked for cannot be told here: on a device, because the row is not on it; on the server,
/// because the disk did not answer. Never taken for "there is none".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing;

/// Where rules read and events write. The server's transaction is one, a device's view another.
pub trait Rows {
    /// `Ok(None)` only where absence is certain.
    fn get<T: Row>(&self, id: impl Into<Id>) -> Result<Option<T>, Missing>;
    /// All rows with this value in this column, by id.
    fn by<T: Row>(&self, column: &'static str, value: &Cell) -> Result<Vec<T>, Missing>;
    fn put<T: Row>(&mut self, row: &T) -> Result<(), Missing>;
    fn del<T: Row>(&mut self, id: impl Into<Id>) -> Result<(), Missing>;

    /// Changes a row in place if it is here.
    fn change<T: Row>(&mut self, id: impl Into<Id>, change: impl FnOnce(&mut T)) -> Result<(), Missing> {
        let Some(mut row) = self.get::<T>(id)? else { return Ok(()) };
        change(&mut row);
        self.put(&row)
    }
}

/// Rows travel as objects of their columns. Written and read here once, not by code derived for every type:
/// a browser downloads it. Absent values are left out.
pub fn write<S: serde::Serializer>(columns: &[Column], cells: &[Cell], serializer: S) -> Result<S::Ok, S::Error> {
    use serde::ser::SerializeMap;
    let mut object = serializer.serialize_map(None)?;
    for (column, cell) in columns.iter().zip(cells) {
        match cell {
            Cell::Null => {}
            Cell::Integer(n) => object.serialize_entry(column.name, n)?,
            Cell::Text(text) => object.serialize_entry(column.name, text)?,
            Cell::Id(id) => object.serialize_entry(column.name, id)?,
        }
    }
    object.end()
}

/// Reads what [`write`] wrote, and what another version did: unknown columns are ignored, missing ones are null.
pub fn read<'de, D: serde::Deserializer<'de>>(columns: &'static [Column], deserializer: D) -> Result<Vec<Cell>, D::Error> {
    deserializer.deserialize_map(Object(columns))
}

struct Object(&'static [Column]);

impl<'de> serde::de::Visitor<'de> for Object {
    type Value = Vec<Cell>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a row")
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut object: A) -> Result<Vec<Cell>, A::Error> {
        let mut cells = vec![Cell::Null; self.0.len()];
        while let Some(name) = object.next_key::<String>()? {
            let at = self.0.iter().position(|column| column.name == name);
            match at.and_then(|at| Some((self.0.get(at)?.kind, cells.get_mut(at)?))) {
                None => _ = object.next_value::<serde::de::IgnoredAny>()?,
                Some((Kind::Integer, cell)) => *cell = object.next_value::<Option<i64>>()?.map_or(Cell::Null, Cell::Integer),
                Some((Kind::Text, cell)) => *cell = object.next_value::<Option<String>>()?.map_or(Cell::Null, Cell::Text),
                Some((Kind::Id, cell)) => *cell = object.next_value::<Option<Id>>()?.map_or(Cell::Null, Cell::Id),
            }
        }
        Ok(cells)
    }
}

/// Declares row types: the struct, its table and how each field is stored. The compiler does the remembering:
/// a field that is added is a column, is written and is read back. `scopes` is written by hand as `Self::placed`.
macro_rules! rows {
    ($($(#[$doc:meta])* $name:ident in $entity:literal { $($(#[$field_doc:meta])* $field:ident: $ty:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $ty,)*
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::row::write(<Self as $crate::row::Row>::COLUMNS, &$crate::row::Row::cells(self), serializer)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let cells = $crate::row::read(<Self as $crate::row::Row>::COLUMNS, deserializer)?;
                $crate::row::Row::from_cells(cells).map_err(|bad| serde::de::Error::custom(bad.column))
            }
        }

        impl $crate::row::Row for $name {
            const ENTITY: &'static str = $entity;
            const COLUMNS: &'static [$crate::row::Column] = &[$($crate::row::Column {
                name: stringify!($field),
                kind: <$ty as $crate::row::Field>::KIND,
                nullable: <$ty as $crate::row::Field>::NULLABLE,
            }),*];

            fn id(&self) -> $crate::id::Id {
                self.id.into()
            }
            fn cells(&self) -> Vec<$crate::row::Cell> {
                let Self { $($field),* } = self;
                vec![$($crate::row::Field::to_cell($field)),*]
            }
            fn from_cells(cells: Vec<$crate::row::Cell>) -> Result<Self, $crate::row::BadCell> {
                let mut cells = cells.into_iter();
                Ok(Self {
                    $($field: cells.next().and_then($crate::row::Field::from_cell)
                        .ok_or($crate::row::BadCell { column: stringify!($field) })?,)*
                })
            }
            fn scopes<R: $crate::row::Rows>(&self, rows: &R) -> Result<Vec<$crate::sync::Scope>, $crate::row::Missing> {
                self.placed(rows)
            }
        }
    )*};
}
pub(crate) use rows;

/// Declares enums that are stored and sent as stable codes and shown by their label.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal: $zh:literal, $en:literal;)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::from_code(&code).ok_or_else(|| serde::de::Error::custom(concat!("not one of ", stringify!($name))))
            }
        }

        impl $name {
            /// In the order in which people choose from them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.code() == code)
            }
        }
        impl $crate::words::Label for $name {
            fn label(&self) -> $crate::words::Text {
                match self { $(Self::$variant => $crate::words::Text::new($zh, $en)),* }
            }
        }
        impl $crate::row::Field for $name {
            const KIND: $crate::row::Kind = $crate::row::Kind::Text;
            fn to_cell(&self) -> $crate::row::Cell {
                $crate::row::Cell::Text(self.code().to_owned())
            }
            fn from_cell(cell: $crate::row::Cell) -> Option<Self> {
                match cell { $crate::row::Cell::Text(code) => Self::from_code(&code), _ => None }
            }
        }
    )*};
}
pub(crate) use codes;

impl<T: Field> Field for Option<T> {
    const KIND: Kind = T::KIND;
    const NULLABLE: bool = true;
    fn to_cell(&self) -> Cell {
        self.as_ref().map_or(Cell::Null, Field::to_cell)
    }
    fn from_cell(cell: Cell) -> Option<Self> {
        if cell == Cell::Null { Some(None) } else { T::from_cell(cell).map(Some) }
    }
}

impl Field for bool {
    const KIND: Kind = Kind::Integer;
    fn to_cell(&self) -> Cell {
        Cell::Integer(i64::from(*self))
    }
    fn from_cell(cell: Cell) -> Option<Self> {
        match cell {
            Cell::Integer(0) => Some(false),
            Cell::Integer(1) => Some(true),
            _ => None,
        }
    }
}

impl Field for i64 {
    const KIND: Kind = Kind::Integer;
    fn to_cell(&self) -> Cell {
        Cell::Integer(*self)
    }
    fn from_cell(cell: Cell) -> Option<Self> {
        match cell {
            Cell::Integer(n) => Some(n),
            _ => None,
        }
    }
}

impl Field for Instant {
    const KIND: Kind = Kind::Integer;
    fn to_cell(&self) -> Cell {
        Cell::Integer(self.0)
    }
    fn from_cell(cell: Cell) -> Option<Self> {
        i64::from_cell(cell).map(Self)
    }
}

/// Values that are kept as the text they show.
macro_rules! text_fields {
    ($($ty:ty: $read:expr;)*) => {$(
        impl $crate::row::Field for $ty {
            const KIND: $crate::row::Kind = $crate::row::Kind::Text;
            fn to_cell(&self) -> $crate::row::Cell {
                $crate::row::Cell::Text(self.to_string())
            }
            fn from_cell(cell: $crate::row::Cell) -> Option<Self> {
                let read: fn(String) -> Option<$ty> = $read;
                match cell { $crate::row::Cell::Text(text) => read(text), _ => None }
            }
        }
    )*};
}
pub(crate) use text_fields;

text_fields! {
    String: Some;
    Date: |text| text.parse().ok();
    Name: |text| Name::parse(&text).ok();
    Line: |text| Line::parse(&text).ok();
    Prose: |text| Prose::parse(&text).ok();
    CustomerNo: |text| CustomerNo::parse(&text).ok();
    Email: |text| Email::parse(&text).ok();
    Phone: |text| Phone::parse(&text).ok();
    MaskedPhone: |text| MaskedPhone::parse(&text).ok();
}

/// Values of several parts in one column, as JSON: for what no query looks into.
macro_rules! json_fields {
    ($($ty:ty),* $(,)?) => {$(
        impl $crate::row::Field for $ty {
            const KIND: $crate::row::Kind = $crate::row::Kind::Text;
            fn to_cell(&self) -> $crate::row::Cell {
                serde_json::to_string(self).map_or($crate::row::Cell::Null, $crate::row::Cell::Text)
            }
            fn from_cell(cell: $crate::row::Cell) -> Option<Self> {
                match cell { $crate::row::Cell::Text(text) => serde_json::from_str(&text).ok(), _ => None }
            }
        }
    )*};
}
pub(crate) use json_fields;

macro_rules! id_fields {
    ($($ty:ident),* $(,)?) => {$(
        impl Field for crate::id::$ty {
            const KIND: Kind = Kind::Id;
            fn to_cell(&self) -> Cell {
                Cell::Id((*self).into())
            }
            fn from_cell(cell: Cell) -> Option<Self> {
                match cell { Cell::Id(id) => Some(id.into()), _ => None }
            }
        }
    )*};
}

id_fields!(
    Id,
    CommandId,
    ClientId,
    CustomerId,
    ContactId,
    PersonId,
    DepartmentId,
    TeamId,
    EntryId,
    StepId,
    NoticeId,
    TicketId,
    TicketEntryId,
    OrderId,
    RefundId,
    LotId,
    LedgerId,
    RewardId,
    RedemptionId,
    ReviewId,
    VersionId,
    AnswerId,
    FileId
);

#[cfg(test)]
#[path = "testing_rows.rs"]
mod tests;
