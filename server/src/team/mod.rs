//! Departments, teams and people, as the server keeps them.

use domain::team::{Department, Person, Team};

use crate::db::Entity;

/// A new team is granted to all who see everything.
pub(crate) static ROWS: [Entity; 3] = [
    Entity::of::<Department>(2),
    Entity::of::<Team>(3).decides_access_by(&["id"]),
    Entity::of::<Person>(4)
        .by(&["role"])
        .names(&[("department", "department"), ("successor", "person")])
        .decides_access_by(&["id", "role", "teams", "state"]),
];
