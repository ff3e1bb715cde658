//! What the server must know of a row type besides its columns.

use domain::{
    id::Id,
    row::{Column, Missing, Row, Rows},
    sync::Scope,
};

use super::store::Reading;

/// One row type: its number in the index of scopes, how it is looked up, who it belongs to, how staff see it.
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
    /// Grants depend on rows of this type.
    pub access: bool,
    pub scopes: Asked<Vec<Scope>>,
    /// As staff may see it, as JSON.
    pub staff: Asked<String>,
}

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
            access: false,
            scopes: scopes::<T>,
            staff: whole::<T>,
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
    pub const fn decides_access(self) -> Self {
        Self { access: true, ..self }
    }

    #[must_use]
    pub const fn seen_as(self, staff: Asked<String>) -> Self {
        Self { staff, ..self }
    }
}

fn scopes<T: Row>(rows: &Reading<'_>, id: Id) -> Result<Option<Vec<Scope>>, Missing> {
    rows.get::<T>(id)?.map(|row| row.scopes(rows)).transpose()
}

fn whole<T: Row>(rows: &Reading<'_>, id: Id) -> Result<Option<String>, Missing> {
    rows.get::<T>(id)?.map(|row| json(&row)).transpose()
}

/// A row as it travels.
pub fn json<T: Row>(row: &T) -> Result<String, Missing> {
    serde_json::to_string(row).map_err(|_| Missing)
}
