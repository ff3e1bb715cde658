//! The company, as the server keeps it.

use domain::settings::Company;

use crate::db::Entity;

/// How far salespeople see is a matter of the company.
pub(crate) static ROWS: [Entity; 1] = [Entity::of::<Company>(1).decides_access()];
