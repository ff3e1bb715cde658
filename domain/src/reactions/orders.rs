//! A paid order earns points and makes a customer worth more; money given back undoes both.

use crate::{
    change,
    context::Context,
    customers::{self, Worth},
    id::CustomerId,
    loyalty::{self, Purchase},
    money::Money,
    orders::{Event, Order},
    row::{Missing, Rows},
    text::Line,
    timeline::{self, Entry, What},
};

pub fn to<R: Rows>(event: &Event, rows: &R, context: &Context) -> Vec<change::Event> {
    let mut events = recorded(event, context);
    events
        .extend(valued(event, rows, context).unwrap_or_default().map(|worth| change::Event::Customers(customers::Event::Valued { worth })));
    // Last, because it makes ids and is left to the server where points are not known.
    events.extend(earned(event, rows, context).unwrap_or_default().map(change::Event::Loyalty));
    events
}

fn recorded(event: &Event, context: &Context) -> Vec<change::Event> {
    let (customer, what) = match event {
        Event::Paid { order, .. } => (order.customer, What::Bought { order: order.id, amount: order.amount, currency: order.currency }),
        Event::Refunded { order, refund } => {
            (order.customer, What::Refunded { order: order.id, amount: refund.amount, currency: order.currency })
        }
        Event::Recorded { .. } | Event::Delivered { .. } | Event::Cancelled { .. } => return Vec::new(),
    };
    let happened_at = match event {
        // What is told afterwards stands on its own day.
        Event::Paid { on, .. } if *on < context.on => context.terms().map_or(context.at, |terms| terms.zone.moment(*on, 12 * 60)),
        _ => context.at,
    };
    let entry = Entry { id: context.new_id(), customer, happened_at, by: context.by, what, withdrawn: false };
    vec![change::Event::Timeline(timeline::Event::Recorded { entry })]
}

/// Amounts in another currency than the company's are no part of a sum, and earn nothing: there is no rate for them.
fn counts(order: &Order, context: &Context) -> Result<bool, Missing> {
    Ok(order.currency == context.terms()?.currency)
}

fn valued<R: Rows>(event: &Event, rows: &R, context: &Context) -> Result<Option<Worth>, Missing> {
    let worth = |customer: CustomerId| Ok::<_, Missing>(rows.get::<Worth>(customer)?.unwrap_or(Worth::new(customer)));
    Ok(match event {
        Event::Paid { order, .. } => {
            let worth = worth(order.customer)?;
            let amount = if counts(order, context)? { order.amount } else { Money::ZERO };
            let last_order_on = worth.last_order_on.max(Some(order.ordered_on));
            Some(Worth { spent: worth.spent.plus(amount), orders: worth.orders + 1, last_order_on, ..worth })
        }
        Event::Refunded { order, refund } if counts(order, context)? => {
            let worth = worth(order.customer)?;
            Some(Worth { spent: worth.spent.less(refund.amount), ..worth })
        }
        _ => None,
    })
}

fn earned<R: Rows>(event: &Event, rows: &R, context: &Context) -> Result<Option<loyalty::Event>, Missing> {
    match event {
        Event::Paid { order, .. } if order.earns && counts(order, context)? => loyalty::earn(rows, &purchase(order, context), context),
        Event::Refunded { order, refund } if order.earns => loyalty::give_back(rows, &purchase(order, context), refund.amount, context),
        _ => Ok(None),
    }
}

fn purchase(order: &Order, context: &Context) -> Purchase {
    let no = order.no.as_ref().and_then(|no| Line::parse(no.as_str()).ok());
    Purchase {
        order: order.id,
        customer: order.customer,
        on: order.paid_on.unwrap_or(context.on),
        amount: order.net(),
        what: order.what.clone().or(no),
    }
}
