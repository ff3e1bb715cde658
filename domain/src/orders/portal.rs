//! Orders as customers know them.

use super::order::{self, State};
use crate::{
    id::OrderId,
    money::{Currency, Money},
    row::{Missing, Rows, rows},
    sync::Scope,
    text::{CustomerNo, Line},
    time::Date,
};

rows! {
    Order in "portal_order" {
        id: OrderId,
        no: Option<CustomerNo>,
        ordered_on: Date,
        what: Option<Line>,
        pieces: Option<i64>,
        amount: Money,
        currency: Currency,
        state: State,
        paid_on: Option<Date>,
        refunded: Money,
    }
}

impl Order {
    fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
        Ok(Vec::new())
    }

    /// Every field of the original is named here, shown or not.
    #[must_use]
    pub fn of(original: &order::Order) -> Self {
        let order::Order {
            id,
            ref no,
            customer: _,
            ordered_on,
            ref what,
            pieces,
            amount,
            currency,
            state,
            paid_on,
            refunded,
            earns: _,
            by: _,
            created_at: _,
            updated_at: _,
        } = *original;
        Self { id, no: no.clone(), ordered_on, what: what.clone(), pieces, amount, currency, state, paid_on, refunded }
    }
}
