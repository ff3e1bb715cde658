//! The team: departments, teams, and who works in them.
//!
//! Invariant: there is always an active administrator. A person belongs to one department (figures count by it)
//! and to any number of teams (rows are shared by them).

mod decide;
#[cfg(any(test, feature = "testing"))]
pub mod strategies;
#[cfg(test)]
mod tests;

pub use decide::{Command, Event, PersonEdit, Refusal, decide};

use crate::{
    access::{Role, Standing},
    id::{DepartmentId, PersonId, TeamId},
    row::{Missing, Rows, codes, json_fields, rows},
    sync::Scope,
    text::Name,
    time::{Date, Instant},
};
use serde::{Deserialize, Serialize};

codes! {
    PersonState {
        /// Invited, has not set a password yet.
        Invited = "invited": "待加入", "Invited";
        Active = "active": "在职", "Active";
        Disabled = "disabled": "已停用", "Disabled";
    }
}

/// The teams a person is in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Teams(pub Vec<TeamId>);

json_fields!(Teams);

rows! {
    Department in "department" {
        id: DepartmentId,
        name: Name,
        created_at: Instant,
    }

    Team in "team" {
        id: TeamId,
        name: Name,
        created_at: Instant,
    }

    /// A member of staff, as colleagues may know them. How they sign in is kept apart and never synced.
    Person in "person" {
        id: PersonId,
        name: Name,
        role: Role,
        department: Option<DepartmentId>,
        teams: Teams,
        state: PersonState,
        /// Away up to and including this day.
        absent_until: Option<Date>,
        /// Who takes over the work of somebody who is disabled.
        successor: Option<PersonId>,
        created_at: Instant,
    }
}

macro_rules! in_org {
    ($($name:ident),*) => {$(
        impl $name {
            fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
                Ok(vec![Scope::Org])
            }
        }
    )*};
}
in_org!(Department, Team, Person);

impl Person {
    /// What this person's access depends on.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing { person: self.id, role: self.role, teams: self.teams.0.clone() }
    }
}
