//! The company, as the server keeps it.

use domain::{portal::House, settings::Company};

use crate::{db::Entity, portal};

/// How far salespeople see is a matter of the company.
pub(crate) static ROWS: [Entity; 1] =
    [Entity::of::<Company>(1).decides_access_by(&["id", "sales_reach"]).projected_as::<House>(portal::house)];
