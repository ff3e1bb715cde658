//! What the server must know of a row type besides its columns.

use domain::{
    id::Id,
    row::{Cell, Column, Missing, Row, Rows},
    sync::Scope,
};
use rusqlite::Connection;
use serde_json::value::{RawValue, to_raw_value};

use super::{store::Reading, trouble::Trouble};

/// One row type: its number in the index of scopes, how it is looked up, who it belongs to, how it is seen.
pub struct Entity {
    /// In `scope_rows`; never given to another type.
    pub number: i64,
    pub name: &'static str,
    pub columns: &'static [Column],
    /// Columns by which rules look rows up; each has an index.
    pub by: &'static [&'static str],
    /// Columns that name other rows, and of which type: who writes one must see the row it names.
    pub names: &'static [(&'static str, &'static str)],
    /// The column with the customer whose scopes decide over this row's.
    pub customer: Option<&'static str>,
    /// Columns on which the scopes depend of what belongs to the same customer.
    pub leads: &'static [&'static str],
    /// Whether only what lists show of the customer follows, not what happened with it.
    pub leads_heads: bool,
    /// Whether it is part of what lists show of a customer.
    pub is_head: bool,
    /// Columns on which grants depend; `id`, where they depend on there being such a row.
    pub access: &'static [&'static str],
    /// Columns that lists of the server show, filter or sort by; `id`, where they depend on there being such a row.
    pub listed: &'static [&'static str],
    /// Keeps what is worked out of its rows in a table of its own.
    pub follow: Option<Follow>,
    pub scopes: Asked<Vec<Scope>>,
    /// As staff may see it, as JSON.
    pub staff: Asked<Json>,
    /// As customers may. What has no projection never leaves for one.
    pub portal: Option<Projection>,
    /// Columns that name rows, and of which type, whose `name` the projection shows: a new name is sent with it.
    pub quotes: &'static [(&'static str, &'static str)],
}

/// What customers are shown of a row type: a type of their own, and a row of it as JSON.
#[derive(Clone, Copy)]
pub struct Projection {
    pub name: &'static str,
    /// None, where nothing of this row concerns customers.
    pub shown: Asked<Json>,
}

/// Told of every change in its transaction: what a row held, and what it holds now.
pub type Follow = fn(&Connection, Option<&[Cell]>, Option<&[Cell]>) -> Result<(), Trouble>;

/// A question about one row; none, if there is no such row.
pub type Asked<T> = fn(&Reading<'_>, Id) -> Result<Option<T>, Missing>;

impl Entity {
    /// Seen by staff as it is kept.
    #[must_use]
    pub const fn of<T: Row>(number: i64) -> Self {
        Self {
            number,
            name: T::ENTITY,
            columns: T::COLUMNS,
            by: &[],
            names: &[],
            customer: None,
            leads: &[],
            leads_heads: false,
            is_head: false,
            access: &[],
            listed: &[],
            follow: None,
            scopes: scopes::<T>,
            staff: whole::<T>,
            portal: None,
            quotes: &[],
        }
    }

    #[must_use]
    pub const fn by(self, by: &'static [&'static str]) -> Self {
        Self { by, ..self }
    }

    #[must_use]
    pub const fn names(self, names: &'static [(&'static str, &'static str)]) -> Self {
        Self { names, ..self }
    }

    #[must_use]
    pub const fn of_customer(self, column: &'static str) -> Self {
        Self { customer: Some(column), ..self }
    }

    #[must_use]
    pub const fn leads_by(self, leads: &'static [&'static str]) -> Self {
        Self { leads, ..self }
    }

    #[must_use]
    pub const fn leads_heads_by(self, leads: &'static [&'static str]) -> Self {
        Self { leads, leads_heads: true, ..self }
    }

    #[must_use]
    pub const fn head(self) -> Self {
        Self { is_head: true, ..self }
    }

    #[must_use]
    pub const fn decides_access_by(self, access: &'static [&'static str]) -> Self {
        Self { access, ..self }
    }

    #[must_use]
    pub const fn listed_by(self, listed: &'static [&'static str]) -> Self {
        Self { listed, ..self }
    }

    #[must_use]
    pub const fn followed_by(self, follow: Follow) -> Self {
        Self { follow: Some(follow), ..self }
    }

    #[must_use]
    pub const fn seen_as(self, staff: Asked<Json>) -> Self {
        Self { staff, ..self }
    }

    /// Shown to customers as `P`.
    #[must_use]
    pub const fn projected_as<P: Row>(self, shown: Asked<Json>) -> Self {
        Self { portal: Some(Projection { name: P::ENTITY, shown }), ..self }
    }

    #[must_use]
    pub const fn quoting(self, quotes: &'static [(&'static str, &'static str)]) -> Self {
        Self { quotes, ..self }
    }

    /// Whether its rows are customers as lists show them, or bear a customer's id.
    #[must_use]
    pub fn is_of_lists(&self) -> bool {
        self.is_head && self.customer == Some("id")
    }

    /// Whether one of these columns holds something else than before. A row that comes or goes differs in its `id`.
    pub(super) fn differs(&self, among: &[&str], before: Option<&[Cell]>, after: Option<&[Cell]>) -> bool {
        match (before, after) {
            (Some(before), Some(after)) => {
                let mut pairs = self.columns.iter().zip(before.iter().zip(after));
                pairs.any(|(column, (before, after))| before != after && among.contains(&column.name))
            }
            _ => among.contains(&"id"),
        }
    }
}

fn scopes<T: Row>(rows: &Reading<'_>, id: Id) -> Result<Option<Vec<Scope>>, Missing> {
    rows.get::<T>(id)?.map(|row| row.scopes(rows)).transpose()
}

fn whole<T: Row>(rows: &Reading<'_>, id: Id) -> Result<Option<Json>, Missing> {
    rows.get::<T>(id)?.map(|row| json(&row)).transpose()
}

/// A row as it travels.
pub type Json = Box<RawValue>;

pub fn json<T: Row>(row: &T) -> Result<Json, Missing> {
    to_raw_value(row).map_err(|_| Missing)
}
