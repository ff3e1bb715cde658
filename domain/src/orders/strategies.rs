//! Any order, any refund and any command about them, for properties.

use super::{Command, Draft, Order, Refund, State};
use crate::{
    context::Actor,
    money::{Currency, Money},
    testing::{About, dates, lines, moments, moneys, people, recent_dates},
    text::CustomerNo,
};
use proptest::{
    option::{of, weighted},
    prelude::*,
    sample::select,
};

fn numbers() -> impl Strategy<Value = CustomerNo> {
    "O-[0-3]".prop_filter_map("not accepted", |text| CustomerNo::parse(&text).ok())
}

pub fn orders(about: About) -> impl Strategy<Value = Order> {
    let what = (of(numbers()), dates(), of(lines()), of(1..99i64), moneys(), select(Currency::ALL));
    (about.orders(), what, select(State::ALL), of(dates()), moneys(), any::<bool>(), people(), moments()).prop_map(
        move |(id, (no, ordered_on, what, pieces, amount, currency), state, paid_on, refunded, earns, by, at)| Order {
            id,
            no,
            customer: about.customer(),
            ordered_on,
            what,
            pieces,
            amount,
            currency,
            state,
            paid_on,
            refunded,
            earns,
            by: Actor::Staff(by),
            created_at: at,
            updated_at: at,
        },
    )
}

pub fn refunds(about: About) -> impl Strategy<Value = Refund> {
    (about.refunds(), about.orders(), dates(), moneys(), of(lines()), people(), moments()).prop_map(
        move |(id, order, on, amount, reason, by, at)| Refund {
            id,
            order,
            customer: about.customer(),
            on,
            amount,
            reason,
            by: Actor::Staff(by),
            at,
        },
    )
}

/// Up to a few hundred yuan, so that refunds and orders meet.
fn small() -> impl Strategy<Value = Money> {
    (0..50_000i64).prop_filter_map("an amount", Money::new)
}

pub fn drafts(about: About) -> impl Strategy<Value = Draft> {
    let currency = prop_oneof![9 => Just(Currency::Cny), 1 => select(Currency::ALL)];
    let what = (weighted(0.3, numbers()), recent_dates(), of(lines()), of(1..99i64), small(), currency);
    (what, weighted(0.8, recent_dates()), prop::bool::weighted(0.9)).prop_map(
        move |((no, ordered_on, what, pieces, amount, currency), paid_on, earns)| Draft {
            no,
            customer: about.customer(),
            ordered_on,
            what,
            pieces,
            amount,
            currency,
            paid_on: paid_on.map(|on| on.max(ordered_on)),
            earns,
        },
    )
}

/// Any command about this customer's orders.
pub fn commands(about: About) -> BoxedStrategy<Command> {
    prop_oneof![
        4 => (about.orders(), drafts(about)).prop_map(|(id, draft)| Command::Record { id, draft: Box::new(draft) }),
        2 => (about.orders(), recent_dates()).prop_map(|(order, on)| Command::Pay { order, on }),
        1 => about.orders().prop_map(|order| Command::Deliver { order }),
        1 => about.orders().prop_map(|order| Command::Cancel { order }),
        3 => (about.refunds(), about.orders(), small(), of(lines()))
            .prop_map(|(id, order, amount, reason)| Command::Refund { id, order, amount, reason }),
    ]
    .boxed()
}
