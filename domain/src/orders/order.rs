//! What is kept of an order.

use crate::{
    context::Actor,
    id::{CustomerId, OrderId, RefundId},
    money::{Currency, Money},
    row::{Missing, Rows, codes, rows},
    sync::Scope,
    text::{CustomerNo, Line},
    time::{Date, Instant},
};

codes! {
    State {
        Placed = "placed": "待付款", "Awaiting payment";
        Paid = "paid": "已付款", "Paid";
        Delivered = "delivered": "已交付", "Delivered";
        Cancelled = "cancelled": "已取消", "Cancelled";
        Refunded = "refunded": "已全额退款", "Refunded in full";
    }
}

/// The one table of legal transitions. A refund of a part changes no state.
const MOVES: [(State, State); 5] = [
    (State::Placed, State::Paid),
    (State::Placed, State::Cancelled),
    (State::Paid, State::Delivered),
    (State::Paid, State::Refunded),
    (State::Delivered, State::Refunded),
];

impl State {
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        MOVES.contains(&(self, next))
    }

    /// Whether its money was received, whatever of it was given back.
    #[must_use]
    pub const fn is_paid(self) -> bool {
        matches!(self, Self::Paid | Self::Delivered | Self::Refunded)
    }
}

rows! {
    /// An order (S095).
    Order in "sales_order" {
        id: OrderId,
        /// Given by other systems or by the server; a device that is alone does not know it yet.
        no: Option<CustomerNo>,
        customer: CustomerId,
        ordered_on: Date,
        /// What was bought, in a line.
        what: Option<Line>,
        pieces: Option<i64>,
        amount: Money,
        currency: Currency,
        state: State,
        paid_on: Option<Date>,
        /// What was given back so far.
        refunded: Money,
        /// Whether it earns points when it is paid.
        earns: bool,
        by: Actor,
        created_at: Instant,
        updated_at: Instant,
    }

    /// Money given back.
    Refund in "order_refund" {
        id: RefundId,
        order: OrderId,
        customer: CustomerId,
        on: Date,
        amount: Money,
        reason: Option<Line>,
        by: Actor,
        at: Instant,
    }
}

impl Order {
    #[expect(clippy::unnecessary_wraps, reason = "the shape of every row")]
    fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
        Ok(vec![Scope::Ledger(self.customer), Scope::Portal(self.customer)])
    }

    /// What it came to after refunds; nothing while it is not paid.
    #[must_use]
    pub fn net(&self) -> Money {
        if self.state.is_paid() { self.amount.less(self.refunded) } else { Money::ZERO }
    }
}

impl Refund {
    #[expect(clippy::unnecessary_wraps, reason = "the shape of every row")]
    fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
        Ok(vec![Scope::Ledger(self.customer), Scope::Portal(self.customer)])
    }
}
