//! What only the server can add to a command about orders, in the same transaction: a number.

use domain::{
    change::Event,
    orders::{self, Order},
    row::Rows,
};

use crate::{
    db::{Trouble, Tx},
    numbers::Series,
};

const NUMBERS: Series = Series { counter: "order", letter: 'O', table: "sales_order" };

/// Called for every command that was carried out, after its reactions.
pub(crate) fn complete(tx: &mut Tx<'_>, events: &[Event]) -> Result<(), Trouble> {
    for event in events {
        let Event::Orders(orders::Event::Recorded { order }) = event else { continue };
        let Some(order) = tx.rows().get::<Order>(order.id)?.filter(|order| order.no.is_none()) else { continue };
        let no = Some(NUMBERS.next(tx)?);
        tx.rows().put(&Order { no, ..order })?;
    }
    Ok(())
}
