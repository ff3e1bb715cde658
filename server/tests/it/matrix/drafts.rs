//! What people write into forms, right in every way.

use domain::{
    customers::{ContactDraft, CustomerDraft, Kind},
    id::{ContactId, CustomerId, OrderId, PersonId, StepId, TeamId},
    loyalty::{RewardDraft, RewardKind},
    money::{Currency, Money, Points},
    orders,
    time::{Date, Zone},
    timeline::{FollowUp, Method, Outcome, StepDraft},
};

use crate::{
    harness::{NOON, name},
    portal::{line, prose},
};

pub fn today() -> Date {
    Zone::fixed("Asia/Shanghai", 8 * 3_600).date_at(NOON)
}

/// The day of a plan.
pub fn planned() -> Date {
    today().plus_days(7)
}

pub fn points(count: i64) -> Points {
    Points::new(count).expect("points")
}

pub fn money(minor: i64) -> Money {
    Money::new(minor).expect("an amount")
}

pub fn draft(team: TeamId, owner: Option<PersonId>) -> Box<CustomerDraft> {
    Box::new(CustomerDraft { name: Some(name("拾禾餐饮")), owner, ..CustomerDraft::of(Kind::Company, team) })
}

pub fn contact() -> ContactDraft {
    ContactDraft { name: name("周以宁"), position: None, decision_role: None, phone: None, email: None, preferences: None }
}

pub fn record(contact: Option<ContactId>) -> FollowUp {
    FollowUp { method: Method::Call, outcome: Outcome::Reached, contact, with: Some(name("周以宁")), details: prose("谈了续约") }
}

pub fn step(id: StepId, who: PersonId) -> StepDraft {
    StepDraft { id, text: line("回访"), due: NOON, who }
}

/// Something to be had for ten points.
pub fn offered() -> Box<RewardDraft> {
    let (zh, kind) = (name("随行杯"), RewardKind::Goods);
    Box::new(RewardDraft { zh, en: None, details: None, kind, price: points(10), stock: Some(50), from_rank: 0, offered: true })
}

pub fn sale(id: OrderId, customer: CustomerId, is_paid: bool) -> orders::Command {
    let draft = orders::Draft {
        no: None,
        customer,
        ordered_on: today(),
        what: Some(line("咖啡机")),
        pieces: Some(1),
        amount: money(128_000),
        currency: Currency::Cny,
        paid_on: is_paid.then(today),
        earns: true,
    };
    orders::Command::Record { id, draft: Box::new(draft) }
}
