//! The timeline, as the server keeps it.

use domain::timeline::{Entry, Step};

use crate::db::Entity;

pub(crate) static ROWS: [Entity; 2] = [
    Entity::of::<Entry>(8).of_customer("customer").names(&[("customer", "customer")]),
    Entity::of::<Step>(9).of_customer("customer").names(&[("customer", "customer"), ("who", "person")]).listed_by(&["id", "due", "state"]),
];
