//! What may be done with orders, and what it changes elsewhere.

use super::{Command, Draft, Order, Refusal, State};
use crate::{
    change,
    customers::{Worth, openers},
    id::{OrderId, PersonId, RefundId},
    money::{Currency, Money},
    row::Row,
    sync::Scope,
    testing::{EAST, HE, LIN, NOON, Office, SHIHE, company, id, line},
    text::CustomerNo,
    time::Date,
};

pub(crate) const BEANS: OrderId = OrderId(id(b'o', 1));
const MORE: OrderId = OrderId(id(b'o', 2));

pub(crate) fn yuan(amount: i64) -> Money {
    Money::new(amount * 100).expect("an amount")
}

pub(crate) fn today() -> Date {
    company().today(NOON)
}

pub(crate) fn draft(amount: i64) -> Draft {
    Draft {
        no: None,
        customer: SHIHE,
        ordered_on: today(),
        what: Some(line("耶加雪菲 5 kg")),
        pieces: Some(2),
        amount: yuan(amount),
        currency: Currency::Cny,
        paid_on: None,
        earns: true,
    }
}

fn does(office: &mut Office, by: PersonId, command: Command) -> Result<Vec<change::Event>, change::Refusal> {
    office.does(by, &change::Command::Orders(command))
}

pub(crate) fn did(office: &mut Office, command: Command) {
    does(office, HE, command.clone()).unwrap_or_else(|refusal| panic!("{refusal:?}: {command:?}"));
}

pub(crate) fn record(office: &mut Office, id: OrderId, draft: Draft) -> Result<Vec<change::Event>, change::Refusal> {
    does(office, HE, Command::Record { id, draft: Box::new(draft) })
}

pub(crate) fn refund(n: u8, amount: i64) -> Command {
    Command::Refund { id: RefundId(id(b'r', n)), order: BEANS, amount: yuan(amount), reason: None }
}

fn refused(refusal: Refusal) -> Result<Vec<change::Event>, change::Refusal> {
    Err(change::Refusal::Orders(refusal))
}

fn order(office: &Office) -> Order {
    office.store.row(BEANS)
}

#[test]
fn a_state_is_left_only_along_the_table() {
    const TABLE: &str = "
                   placed paid delivered cancelled refunded
        placed       -     x      -         x         -
        paid         -     -      x         -         x
        delivered    -     -      -         -         x
        cancelled    -     -      -         -         -
        refunded     -     -      -         -         -";
    let lines: Vec<Vec<&str>> =
        TABLE.lines().map(|line| line.split_whitespace().collect()).filter(|words: &Vec<_>| !words.is_empty()).collect();
    for row in &lines[1..] {
        let from = State::from_code(row[0]).expect("a state");
        for (to, mark) in lines[0].iter().zip(&row[1..]) {
            let to = State::from_code(to).expect("a state");
            assert_eq!(from.may_become(to), *mark == "x", "{from:?} to {to:?}");
        }
    }
    assert_eq!(lines.len() - 1, State::ALL.len());
}

/// S095, S097: recorded, paid, delivered; given back in parts, never more than was paid.
#[test]
fn an_order_is_paid_delivered_and_given_back_in_parts() {
    let mut office = Office::default();
    record(&mut office, BEANS, draft(300)).expect("an order");
    assert_eq!(does(&mut office, HE, refund(1, 10)), refused(Refusal::NotNow { state: State::Placed }));
    did(&mut office, Command::Pay { order: BEANS, on: today() });
    did(&mut office, Command::Deliver { order: BEANS });
    did(&mut office, refund(1, 100));
    assert_eq!((order(&office).state, order(&office).net()), (State::Delivered, yuan(200)));
    assert_eq!(does(&mut office, HE, refund(2, 201)), refused(Refusal::RefundTooLarge));
    assert_eq!(does(&mut office, HE, refund(2, 0)), refused(Refusal::RefundOfNothing));
    did(&mut office, refund(2, 200));
    assert_eq!((order(&office).state, order(&office).net()), (State::Refunded, Money::ZERO));
    assert_eq!(does(&mut office, HE, refund(3, 1)), refused(Refusal::NotNow { state: State::Refunded }));
}

#[test]
fn days_that_have_not_come_and_payments_before_the_order_are_refused() {
    let mut office = Office::default();
    let tomorrow = today().plus_days(1);
    assert_eq!(record(&mut office, BEANS, Draft { ordered_on: tomorrow, ..draft(1) }), refused(Refusal::NotYet));
    assert_eq!(record(&mut office, BEANS, Draft { paid_on: Some(tomorrow), ..draft(1) }), refused(Refusal::NotYet));
    let yesterday = Some(today().plus_days(-1));
    assert_eq!(record(&mut office, BEANS, Draft { paid_on: yesterday, ..draft(1) }), refused(Refusal::PaidTooEarly));
    for pieces in [0, -1, 1_000_001] {
        assert_eq!(record(&mut office, BEANS, Draft { pieces: Some(pieces), ..draft(1) }), refused(Refusal::NoSuchCount), "{pieces}");
    }
}

#[test]
fn a_number_belongs_to_one_order() {
    let mut office = Office::default();
    let numbered = Draft { no: CustomerNo::parse("O-7").ok(), ..draft(1) };
    record(&mut office, BEANS, numbered.clone()).expect("an order");
    assert_eq!(record(&mut office, MORE, numbered), refused(Refusal::NumberTaken { no: "O-7".to_owned() }));
}

/// What a customer is worth: paid less refunds, in the company's currency.
#[test]
fn paid_orders_make_a_customer_worth_more() {
    let mut office = Office::default();
    record(&mut office, BEANS, Draft { paid_on: Some(today()), ..draft(300) }).expect("an order");
    record(&mut office, MORE, Draft { currency: Currency::Usd, paid_on: Some(today()), ..draft(999) }).expect("an order");
    did(&mut office, refund(1, 100));
    let worth: Worth = office.store.row(SHIHE);
    assert_eq!((worth.spent, worth.orders, worth.last_order_on), (yuan(200), 2, Some(today())));
}

/// 技术工程师仅可见产品使用行为数据: money is for the owner, those of the team who see it, and the customer.
#[test]
fn orders_are_not_for_everybody_in_the_team() {
    let mut office = Office::default();
    record(&mut office, BEANS, draft(1)).expect("an order");
    let ledger = Scope::Ledger(SHIHE);
    assert_eq!(order(&office).scopes(&office.store), Ok(vec![ledger, Scope::Portal(SHIHE)]));
    let those_who_see_money = Ok(vec![Scope::Money(EAST), Scope::Owner(LIN)]);
    assert_eq!(openers(&office.store, ledger), those_who_see_money);
    let worth: Worth = office.store.row(SHIHE);
    assert_eq!(worth.scopes(&office.store), Ok(vec![ledger]));
}
