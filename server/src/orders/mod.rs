//! Orders, as the server keeps them: numbers in order, and a projection of each for the customer.

mod complete;

pub(crate) use complete::complete;

use domain::{
    id::{CustomerId, Id},
    money::{Currency, Money},
    orders::{Order, Refund, portal as shown},
    time::Date,
};

use crate::{
    db::{Entity, Snapshot, Trouble},
    portal,
};

pub(crate) static ROWS: [Entity; 2] = [
    Entity::of::<Order>(13)
        .by(&["no"])
        .of_customer("customer")
        .names(&[("customer", "customer")])
        .projected_as::<shown::Order>(portal::order),
    Entity::of::<Refund>(14).of_customer("customer").names(&[("customer", "customer"), ("order", "sales_order")]),
];

const EARNED: &str = "SELECT customer, amount - refunded FROM sales_order WHERE earns = 1 AND currency = ?1 AND paid_on >= ?2";

/// Every purchase since this day that earns points, with what it cost in the end. All orders are looked through.
pub(crate) fn each_that_earned(
    snapshot: &Snapshot<'_>,
    currency: Currency,
    since: Date,
    each: &mut dyn FnMut(CustomerId, Money),
) -> Result<(), Trouble> {
    let mut earned = snapshot.connection().prepare_cached(EARNED)?;
    let mut earned = earned.query((currency.code(), since.to_string()))?;
    while let Some(row) = earned.next()? {
        let amount = Money::new(row.get(1)?).ok_or_else(|| Trouble::Broken("an order below zero".to_owned()))?;
        each(Id::from_bytes(row.get(0)?).into(), amount);
    }
    Ok(())
}
