//! Customers, as the server keeps them: numbers in order, names by their sound, telephone numbers behind a mask.

mod complete;
mod masked;
mod sound;

pub(crate) use complete::complete;

use domain::customers::{Contact, Customer, Figure};

use crate::db::Entity;

pub(crate) static ROWS: [Entity; 3] = [
    Entity::of::<Customer>(5).by(&["no"]).names(&[("owner", "person"), ("team", "team")]).seen_as(masked::customer),
    Entity::of::<Contact>(6).of_customer("customer").names(&[("customer", "customer")]).seen_as(masked::contact),
    Entity::of::<Figure>(7).of_customer("id").names(&[("id", "customer")]),
];
