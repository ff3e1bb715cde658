//! Orders, as the server keeps them: numbers in order, and a projection of each for the customer.

mod complete;

pub(crate) use complete::complete;

use domain::orders::{Order, Refund, portal as shown};

use crate::{db::Entity, portal};

pub(crate) static ROWS: [Entity; 2] = [
    Entity::of::<Order>(13)
        .by(&["no"])
        .of_customer("customer")
        .names(&[("customer", "customer")])
        .projected_as::<shown::Order>(portal::order),
    Entity::of::<Refund>(14).of_customer("customer").names(&[("customer", "customer"), ("order", "sales_order")]),
];
