//! What may be given back, and what the card lets somebody do.

use super::{card::OrdersCard, refund::RefundForm};
use crate::{
    customers::testing::customer,
    testing::{ME, held, render},
};
use domain::{
    access::Role,
    context::Actor,
    id::{CustomerId, Id, OrderId},
    money::{Currency, Money},
    orders::{Order, State},
    text::Line,
    time::Instant,
};
use leptos::prelude::*;
use std::sync::Arc;

const CUSTOMER: CustomerId = CustomerId(Id::from_bytes([3; 16]));

fn fen(count: i64) -> Money {
    Money::new(count).expect("an amount")
}

/// A machine for 1,285.00, of which 85.00 went back.
fn order(state: State) -> Order {
    Order {
        id: OrderId(Id::from_bytes([1; 16])),
        no: None,
        customer: CUSTOMER,
        ordered_on: "2026-11-20".parse().expect("a date"),
        what: Line::parse("磨豆机").ok(),
        pieces: Some(2),
        amount: fen(128_500),
        currency: Currency::Cny,
        state,
        paid_on: None,
        refunded: if state == State::Paid { fen(8_500) } else { Money::ZERO },
        earns: true,
        by: Actor::Staff(ME),
        created_at: Instant(0),
        updated_at: Instant(0),
    }
}

fn refund(typed: &'static str) -> String {
    let order = order(State::Paid);
    render(Role::Manager, vec![held(&order)], || {
        view! { <RefundForm order=Arc::new(order) on_close=Callback::new(|()| ()) typed=typed.to_owned()/> }.into_any()
    })
}

#[test]
fn a_refund_is_at_most_what_is_left() {
    assert!(refund("1200.00").contains("最多 ¥1,200.00"));
    assert!(!refund("1,200.00").contains("退款不能超过"));
    assert!(refund("1200.01").contains("退款不能超过还没有退还的金额。"));
    assert!(refund("0").contains("请填写要退的金额。"));
}

fn card(role: Role, state: State) -> String {
    render(role, vec![held(&customer(CUSTOMER)), held(&order(state))], || view! { <OrdersCard customer=CUSTOMER/> }.into_any())
}

#[test]
fn the_card_shows_amounts_to_those_who_see_money_alone() {
    let html = card(Role::Manager, State::Paid);
    assert!(html.contains("¥1,285.00") && html.contains("已退 ¥85.00"), "{html}");
    assert!(!card(Role::Support, State::Paid).contains("1,285"));
}

#[test]
fn there_is_a_menu_where_the_rule_allows_something() {
    assert!(card(Role::Sales, State::Placed).contains("订单操作"));
    assert!(!card(Role::Sales, State::Cancelled).contains("订单操作"));
    // Delivered: nothing is left but a refund, which sales do not give.
    assert!(!card(Role::Sales, State::Delivered).contains("订单操作"));
    assert!(card(Role::Service, State::Delivered).contains("订单操作"));
}
