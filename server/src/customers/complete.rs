//! What only the server can add to a command about customers, in the same transaction: a number, the name's sound.

use domain::{
    change::Event,
    customers::{self, Customer, Edit, Figure},
    id::CustomerId,
    row::Rows,
    text::CustomerNo,
};
use rusqlite::OptionalExtension;

use super::sound::sound;
use crate::db::{Trouble, Tx};

/// Numbers are filled up to so many digits, so that they sort as texts.
const DIGITS: usize = 6;

/// Called for every command that was carried out, after its reactions.
pub(crate) fn complete(tx: &mut Tx<'_>, events: &[Event]) -> Result<(), Trouble> {
    for event in events {
        let Event::Customers(event) = event else { continue };
        match event {
            customers::Event::Opened { customer } => {
                number(tx, customer.id)?;
                voice(tx, customer.id)?;
            }
            customers::Event::Edited { id, edits, .. } if edits.iter().any(|edit| matches!(edit, Edit::Name(_))) => voice(tx, *id)?,
            _ => {}
        }
    }
    Ok(())
}

/// Gives a number to a customer who came without one.
fn number(tx: &mut Tx<'_>, id: CustomerId) -> Result<(), Trouble> {
    let Some(mut customer) = tx.rows().get::<Customer>(id)?.filter(|customer| customer.no.is_none()) else { return Ok(()) };
    customer.no = Some(next_free(tx)?);
    Ok(tx.rows().put(&customer)?)
}

/// Somebody may have given out numbers of this form by hand.
fn next_free(tx: &Tx<'_>) -> Result<CustomerNo, Trouble> {
    let connection = tx.connection();
    let mut count = connection.prepare_cached(
        "INSERT INTO counter (name, next) VALUES ('customer', 2) ON CONFLICT (name) DO UPDATE SET next = next + 1 RETURNING next - 1",
    )?;
    let mut taken = connection.prepare_cached("SELECT 1 FROM customer WHERE no = ?1")?;
    loop {
        let n: i64 = count.query_row((), |row| row.get(0))?;
        let no = format!("C-{n:0DIGITS$}");
        if taken.query_row([&no], |_| Ok(())).optional()?.is_none() {
            return CustomerNo::parse(&no).map_err(|bad| Trouble::Broken(format!("{no} is not a number: {bad:?}")));
        }
    }
}

/// Keeps how the customer's name sounds.
fn voice(tx: &mut Tx<'_>, id: CustomerId) -> Result<(), Trouble> {
    let Some(customer) = tx.rows().get::<Customer>(id)? else { return Ok(()) };
    let sound = customer.name.map(|name| sound(name.as_str())).unwrap_or_default();
    Ok(tx.rows().change::<Figure>(id, |figure| figure.sound = sound)?)
}
