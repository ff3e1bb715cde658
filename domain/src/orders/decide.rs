//! What may be done with orders, and what it does.

use super::order::{Order, Refund, State};
use crate::{
    change::{Stop, known, unused},
    context::Context,
    customers::{self, Customer, CustomerState},
    id::{CustomerId, OrderId, RefundId},
    money::{Currency, Money},
    row::{Field, Missing, Rows},
    text::{CustomerNo, Line},
    time::Date,
};
use serde::{Deserialize, Serialize};

/// A new order, as its author describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    #[serde(default)]
    pub no: Option<CustomerNo>,
    pub customer: CustomerId,
    pub ordered_on: Date,
    #[serde(default)]
    pub what: Option<Line>,
    #[serde(default)]
    pub pieces: Option<i64>,
    pub amount: Money,
    pub currency: Currency,
    /// The day on which it was paid, if it is.
    #[serde(default)]
    pub paid_on: Option<Date>,
    #[serde(default = "yes")]
    pub earns: bool,
}

const fn yes() -> bool {
    true
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    Record {
        id: OrderId,
        draft: Box<Draft>,
    },
    Pay {
        order: OrderId,
        on: Date,
    },
    Deliver {
        order: OrderId,
    },
    Cancel {
        order: OrderId,
    },
    /// A part of what was paid, or all of it.
    Refund {
        id: RefundId,
        order: OrderId,
        amount: Money,
        #[serde(default)]
        reason: Option<Line>,
    },
}

/// What happened: the order as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Recorded { order: Box<Order> },
    Paid { order: Box<Order>, on: Date },
    Delivered { order: Box<Order> },
    Cancelled { order: Box<Order> },
    Refunded { order: Box<Order>, refund: Refund },
}

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Another order has this number.
    NumberTaken { no: String },
    /// A day that has not come yet.
    NotYet,
    /// Paid before it was ordered.
    PaidTooEarly,
    /// Fewer pieces than one, or more than a million.
    NoSuchCount,
    /// It is in a state from which that does not follow.
    NotNow { state: State },
    /// More than what was paid and not yet given back.
    RefundTooLarge,
    /// Nothing is no refund.
    RefundOfNothing,
}

/// What `command` would do, or why it may not.
pub fn decide<R: Rows>(rows: &R, command: &Command, context: &Context) -> Result<Vec<Event>, Stop> {
    match command {
        Command::Record { id, draft } => record(rows, *id, draft, context),
        Command::Pay { order, on } => {
            let order = known(rows.get::<Order>(*order)?)?;
            Ok(vec![paid(order, *on, context)?])
        }
        Command::Deliver { order } => {
            let order = moved(known(rows.get::<Order>(*order)?)?, State::Delivered, context)?;
            Ok(vec![Event::Delivered { order: Box::new(order) }])
        }
        Command::Cancel { order } => {
            let order = moved(known(rows.get::<Order>(*order)?)?, State::Cancelled, context)?;
            Ok(vec![Event::Cancelled { order: Box::new(order) }])
        }
        Command::Refund { id, order, amount, reason } => {
            let order = known(rows.get::<Order>(*order)?)?;
            unused::<Refund>(rows, *id)?;
            Ok(vec![refund(order, *id, *amount, reason.clone(), context)?])
        }
    }
}

fn record<R: Rows>(rows: &R, id: OrderId, draft: &Draft, context: &Context) -> Result<Vec<Event>, Stop> {
    let Draft { no, customer, ordered_on, what, pieces, amount, currency, paid_on, earns } = draft.clone();
    let of = known(rows.get::<Customer>(customer)?)?;
    if of.state == CustomerState::Archived {
        return Err(customers::Refusal::Archived.into());
    }
    if ordered_on > context.on {
        return Err(Refusal::NotYet.into());
    }
    if pieces.is_some_and(|pieces| !(1..=1_000_000).contains(&pieces)) {
        return Err(Refusal::NoSuchCount.into());
    }
    unused::<Order>(rows, id)?;
    if let Some(no) = &no {
        // Only the server knows every number; a device goes on and lets it judge.
        let taken = rows.by::<Order>("no", &no.to_cell());
        if taken.is_ok_and(|others| !others.is_empty()) {
            return Err(Refusal::NumberTaken { no: no.to_string() }.into());
        }
    }
    let order = Order {
        id,
        no,
        customer,
        ordered_on,
        what,
        pieces,
        amount,
        currency,
        state: State::Placed,
        paid_on: None,
        refunded: Money::ZERO,
        earns,
        by: context.by,
        created_at: context.at,
        updated_at: context.at,
    };
    let recorded = Event::Recorded { order: Box::new(order.clone()) };
    Ok(match paid_on {
        None => vec![recorded],
        Some(on) => vec![recorded, paid(order, on, context)?],
    })
}

fn paid(order: Order, on: Date, context: &Context) -> Result<Event, Stop> {
    if on > context.on {
        return Err(Refusal::NotYet.into());
    }
    if on < order.ordered_on {
        return Err(Refusal::PaidTooEarly.into());
    }
    let order = Order { paid_on: Some(on), ..moved(order, State::Paid, context)? };
    Ok(Event::Paid { order: Box::new(order), on })
}

fn refund(order: Order, id: RefundId, amount: Money, reason: Option<Line>, context: &Context) -> Result<Event, Stop> {
    if amount.is_zero() {
        return Err(Refusal::RefundOfNothing.into());
    }
    if !order.state.may_become(State::Refunded) {
        return Err(Refusal::NotNow { state: order.state }.into());
    }
    let refunded = order.refunded.checked_add(amount).filter(|refunded| *refunded <= order.amount).ok_or(Refusal::RefundTooLarge)?;
    let order = Order { refunded, updated_at: context.at, ..order };
    let order = if refunded == order.amount { moved(order, State::Refunded, context)? } else { order };
    let refund = Refund { id, order: order.id, customer: order.customer, on: context.on, amount, reason, by: context.by, at: context.at };
    Ok(Event::Refunded { order: Box::new(order), refund })
}

fn moved(order: Order, to: State, context: &Context) -> Result<Order, Refusal> {
    if !order.state.may_become(to) {
        return Err(Refusal::NotNow { state: order.state });
    }
    Ok(Order { state: to, updated_at: context.at, ..order })
}

impl Event {
    /// What happened, happened: changes the rows it names.
    pub fn apply<R: Rows>(&self, rows: &mut R) -> Result<(), Missing> {
        match self {
            Self::Recorded { order } | Self::Paid { order, .. } | Self::Delivered { order } | Self::Cancelled { order } => {
                rows.put(&**order)
            }
            Self::Refunded { order, refund } => {
                rows.put(&**order)?;
                rows.put(refund)
            }
        }
    }
}
