//! `/api/v1/orders`: recorded by number, looked at, given back.

use super::{
    bearer::Bearer,
    customers::{by_no as customer_by_no, conflict},
    once::{Done, Eyes, once},
    openapi::{Reads, Writes, codes},
    posted::{Form, Posted, day},
};
use crate::{App, db::Reading, error::Failed, named::Named};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    access::{self, Right},
    change::{self, Command},
    customers,
    id::{Id, OrderId, RefundId},
    money::{Currency, Money},
    orders::{self, Draft, State as OrderState},
    row::{Field, Missing, Rows},
    settings::Company,
    text::{CustomerNo, Line},
    time::Date,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How an order arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    #[default]
    Placed,
    /// It earns its points at once.
    Paid,
}

/// An order to be recorded.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "order_no": "O1", "customer_no": "C0001", "ordered_on": "2026-11-01", "amount": "128.50", "currency": "CNY", "status": "paid"
}))]
pub struct NewOrder {
    /// Letters, digits, `-`, `_`, `.` and `/`, at most 40.
    pub order_no: String,
    pub customer_no: String,
    /// Not in the future, in company time.
    #[schema(format = Date)]
    pub ordered_on: String,
    /// A decimal number as a string, not below zero.
    #[schema(example = "128.50")]
    pub amount: String,
    /// The company's, if it is left out.
    #[serde(default)]
    #[schema(schema_with = currencies)]
    pub currency: Option<Currency>,
    /// `placed`, if it is left out.
    #[serde(default)]
    pub status: Option<Status>,
    /// When it was paid; the day of the order, if it is left out.
    #[serde(default)]
    #[schema(format = Date)]
    pub paid_on: Option<String>,
    /// What was bought, in a line of at most 200 characters.
    #[serde(default)]
    pub what: Option<String>,
    #[serde(default)]
    pub pieces: Option<i64>,
}

/// An order as it is now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "order_no": "O1", "customer_no": "C0001", "ordered_on": "2026-11-01", "paid_on": "2026-11-01", "amount": "128.50",
    "currency": "CNY", "status": "paid", "refunded": "28.50", "what": null, "pieces": null
}))]
pub struct Order {
    pub order_no: String,
    pub customer_no: String,
    #[schema(value_type = String, format = Date)]
    pub ordered_on: Date,
    #[schema(value_type = Option<String>, format = Date)]
    pub paid_on: Option<Date>,
    pub amount: String,
    #[schema(schema_with = currencies)]
    pub currency: Currency,
    #[schema(schema_with = states)]
    pub status: OrderState,
    /// What was given back so far.
    pub refunded: String,
    pub what: Option<String>,
    pub pieces: Option<i64>,
}

/// Money to be given back: at most what was paid and not given back yet. Points go back with it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"amount": "28.50"}))]
pub struct NewRefund {
    /// In the order's currency, above zero.
    #[schema(example = "28.50")]
    pub amount: String,
    #[serde(default)]
    pub reason: Option<String>,
}

/// Money that was given back, and the order since then.
#[derive(Debug, Serialize, ToSchema)]
pub struct Refund {
    pub id: String,
    pub amount: String,
    #[schema(value_type = String, format = Date)]
    pub refunded_on: Date,
    pub reason: Option<String>,
    pub order: Order,
}

fn currencies() -> utoipa::openapi::schema::Object {
    codes(Currency::ALL.iter().map(|currency| currency.code()))
}

fn states() -> utoipa::openapi::schema::Object {
    codes(OrderState::ALL.iter().map(|state| state.code()))
}

/// Record an order
///
/// The number is the key: sent again with the same content it is answered with the record that is there, and nothing is
/// written; with other content it is a conflict. An order that is paid earns points.
#[utoipa::path(post, path = "/api/v1/orders", tag = "orders", request_body = NewOrder,
    params(("Idempotency-Key" = Option<String>, Header, description = "Up to 255 visible ASCII characters; kept for 30 days")),
    responses((status = 201, description = "Recorded", body = Order), (status = 200, description = "There already", body = Order), Writes))]
pub async fn record(
    State(app): State<App>,
    bearer: Bearer,
    Posted { sent, asked }: Posted<NewOrder>,
) -> Result<(StatusCode, Json<Order>), Failed> {
    bearer.need(Right::EditOrders)?;
    let by = bearer.0.actor();
    once(&app, bearer, asked, shown, move |tx| {
        let draft = match sent.read(&tx.reading())? {
            Ok(draft) => draft,
            Err(failed) => return Ok(Err(failed)),
        };
        if let Some(there) = draft.no.as_ref().map(|no| by_no(&tx.reading(), no)).transpose()?.flatten() {
            return Ok(if is_as_sent(&there, &draft) { Ok(Done::There(there.id.into())) } else { Err(taken(&there)) });
        }
        let id = OrderId(Id::from(uuid::Uuid::now_v7()));
        let record = orders::Command::Record { id, draft: Box::new(draft) };
        let done = tx.command(by, super::command_id(), &Command::Orders(record))?;
        Ok(done.map(|_| Done::Made(id.into())).map_err(|refusal| said_of(&refusal)))
    })
    .await
}

/// One order
#[utoipa::path(get, path = "/api/v1/orders/{order_no}", tag = "orders",
    params(("order_no" = String, Path, description = "`/` in a number is written `%2F`", example = "O1")),
    responses((status = 200, description = "The order", body = Order), Reads))]
pub async fn one(State(app): State<App>, bearer: Bearer, Named(no): Named) -> Result<Json<Order>, Failed> {
    let no = CustomerNo::parse(&no).map_err(|_| access::Refusal::NotFound)?;
    let found = app.db.read(move |snapshot| {
        let rows = snapshot.rows();
        let Some(order) = by_no(&rows, &no)? else { return Ok(None) };
        let eyes = Eyes::of(&bearer, &rows, snapshot.at())?;
        Ok(shown(&rows, order.id.into(), eyes)?)
    });
    Ok(Json(found.await?.ok_or(access::Refusal::NotFound)?))
}

/// Give money back
///
/// A refund has no number of its own: send an `Idempotency-Key`, so that a request that is repeated gives back once.
#[utoipa::path(post, path = "/api/v1/orders/{order_no}/refunds", tag = "orders", request_body = NewRefund,
    params(
        ("order_no" = String, Path, description = "`/` in a number is written `%2F`", example = "O1"),
        ("Idempotency-Key" = Option<String>, Header, description = "Up to 255 visible ASCII characters; kept for 30 days"),
    ),
    responses((status = 201, description = "Given back", body = Refund), (status = 200, description = "Done already", body = Refund), Writes))]
pub async fn refund(
    State(app): State<App>,
    bearer: Bearer,
    Named(no): Named,
    Posted { sent, asked }: Posted<NewRefund>,
) -> Result<(StatusCode, Json<Refund>), Failed> {
    bearer.need(Right::RefundOrders)?;
    let no = CustomerNo::parse(&no).map_err(|_| access::Refusal::NotFound)?;
    let by = bearer.0.actor();
    once(&app, bearer, asked, refund_shown, move |tx| {
        let Some(order) = by_no(&tx.reading(), &no)? else { return Ok(Err(access::Refusal::NotFound.into())) };
        let (amount, reason) = match sent.read(order.currency) {
            Ok(read) => read,
            Err(failed) => return Ok(Err(failed)),
        };
        let id = RefundId(Id::from(uuid::Uuid::now_v7()));
        let refund = orders::Command::Refund { id, order: order.id, amount, reason };
        let done = tx.command(by, super::command_id(), &Command::Orders(refund))?;
        Ok(done.map(|_| Done::Made(id.into())).map_err(|refusal| said_of(&refusal)))
    })
    .await
}

impl NewOrder {
    /// What is sent, with the customer it names. A customer who is not there is as absent as an address.
    fn read(&self, rows: &Reading<'_>) -> Result<Result<Draft, Failed>, Missing> {
        let Self { order_no, customer_no, ordered_on, amount, currency, status, paid_on, what, pieces } = self;
        let currency = match currency {
            Some(currency) => *currency,
            None => rows.get::<Company>(Id::ONLY)?.map_or(Currency::Cny, |company| company.currency),
        };
        let mut form = Form::default();
        let no = form.take("order_no", CustomerNo::parse(order_no));
        let customer = form.take("customer_no", CustomerNo::parse(customer_no));
        let ordered_on = form.take("ordered_on", day(ordered_on));
        let amount = form.take("amount", Money::parse(amount, currency));
        let paid_on = form.perhaps("paid_on", paid_on.as_deref(), day);
        let what = form.perhaps("what", what.as_deref(), Line::parse);
        let whole = no.zip(customer).zip(ordered_on.zip(amount));
        let ((no, customer), (ordered_on, amount)) = match form.done(whole) {
            Ok(whole) => whole,
            Err(failed) => return Ok(Err(failed)),
        };
        let absent = access::Refusal::NotFound;
        let Some(customer) = customer_by_no(rows, &customer)? else { return Ok(Err(Failed::from(absent).field("customer_no", &absent))) };
        let paid = status.unwrap_or_default() == Status::Paid || paid_on.is_some();
        let paid_on = paid.then(|| paid_on.unwrap_or(ordered_on));
        let (no, customer, pieces) = (Some(no), customer.id, *pieces);
        Ok(Ok(Draft { no, customer, ordered_on, what, pieces, amount, currency, paid_on, earns: true }))
    }
}

impl NewRefund {
    fn read(&self, currency: Currency) -> Result<(Money, Option<Line>), Failed> {
        let mut form = Form::default();
        let amount = form.take("amount", Money::parse(&self.amount, currency));
        let reason = form.perhaps("reason", self.reason.as_deref(), Line::parse);
        form.done(amount.map(|amount| (amount, reason)))
    }
}

/// Whether the order that is there is what was sent now. What happened to it since makes it no other order.
fn is_as_sent(there: &orders::Order, sent: &Draft) -> bool {
    there.customer == sent.customer
        && (there.ordered_on, there.amount, there.currency) == (sent.ordered_on, sent.amount, sent.currency)
        && (&there.what, there.pieces) == (&sent.what, sent.pieces)
        && (sent.paid_on.is_none() || there.paid_on == sent.paid_on)
}

fn taken(there: &orders::Order) -> Failed {
    let no = there.no.as_ref().map(ToString::to_string).unwrap_or_default();
    conflict("order_no", &change::Refusal::Orders(orders::Refusal::NumberTaken { no }))
}

/// A rule's refusal, with the field that it is about where there is one.
fn said_of(refusal: &change::Refusal) -> Failed {
    let field = if let change::Refusal::Orders(refusal) = refusal { at_fault(refusal) } else { None };
    let failed = Failed::from(refusal.clone());
    match field {
        Some(field) => failed.field(field, refusal),
        None => failed,
    }
}

fn at_fault(refusal: &orders::Refusal) -> Option<&'static str> {
    match refusal {
        orders::Refusal::NumberTaken { .. } => Some("order_no"),
        orders::Refusal::NotYet => Some("ordered_on"),
        orders::Refusal::PaidTooEarly => Some("paid_on"),
        orders::Refusal::NoSuchCount => Some("pieces"),
        orders::Refusal::RefundTooLarge | orders::Refusal::RefundOfNothing => Some("amount"),
        orders::Refusal::NotNow { .. } => None,
    }
}

fn by_no(rows: &impl Rows, no: &CustomerNo) -> Result<Option<orders::Order>, Missing> {
    Ok(rows.by::<orders::Order>("no", &no.to_cell())?.into_iter().next())
}

fn shown(rows: &Reading<'_>, id: Id, eyes: Eyes) -> Result<Option<Order>, Missing> {
    let Some(order) = rows.get::<orders::Order>(id)?.filter(|_| eyes.money) else { return Ok(None) };
    let customer_no = rows.get::<customers::Customer>(order.customer)?.and_then(|customer| customer.no);
    let orders::Order { no, ordered_on, what, pieces, amount, currency, state, paid_on, refunded, .. } = order;
    let text = |no: Option<CustomerNo>| no.map(|no| no.to_string()).unwrap_or_default();
    Ok(Some(Order {
        order_no: text(no),
        customer_no: text(customer_no),
        ordered_on,
        paid_on,
        amount: amount.decimal(currency),
        currency,
        status: state,
        refunded: refunded.decimal(currency),
        what: what.map(|what| what.to_string()),
        pieces,
    }))
}

fn refund_shown(rows: &Reading<'_>, id: Id, eyes: Eyes) -> Result<Option<Refund>, Missing> {
    let Some(refund) = rows.get::<orders::Refund>(id)? else { return Ok(None) };
    let order = shown(rows, refund.order.into(), eyes)?;
    let orders::Refund { id, on, amount, reason, .. } = refund;
    Ok(order.map(|order| Refund {
        id: id.to_string(),
        amount: amount.decimal(order.currency),
        refunded_on: on,
        reason: reason.map(|reason| reason.to_string()),
        order,
    }))
}
