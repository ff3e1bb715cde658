//! What only the server can add to a command about customers, in the same transaction: a number, the name's sound.

use domain::{
    change::Event,
    customers::{self, Customer, Edit, Figure},
    id::CustomerId,
    row::Rows,
};

use super::sound::sound;
use crate::{
    db::{Trouble, Tx},
    numbers::Series,
};

const NUMBERS: Series = Series { counter: "customer", letter: 'C', table: "customer" };

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
    customer.no = Some(NUMBERS.next(tx)?);
    Ok(tx.rows().put(&customer)?)
}

/// Keeps how the customer's name sounds.
pub(crate) fn voice(tx: &mut Tx<'_>, id: CustomerId) -> Result<(), Trouble> {
    let Some(customer) = tx.rows().get::<Customer>(id)? else { return Ok(()) };
    let sound = customer.name.map(|name| sound(name.as_str())).unwrap_or_default();
    Ok(tx.rows().change::<Figure>(id, |figure| figure.sound = sound)?)
}
