//! Notices, as the server keeps them.

use domain::notices::Notice;

use crate::db::Entity;

/// A notice is its reader's: it does not move with the customer it is about.
pub(crate) static ROWS: [Entity; 1] =
    [Entity::of::<Notice>(10).names(&[("person", "person"), ("customer", "customer"), ("ticket", "ticket")])];
