//! `/api/v1/tickets`: opened on a customer's behalf, looked at.

use super::{
    bearer::Bearer,
    customers::by_no as customer_by_no,
    once::{Done, Eyes, once},
    openapi::{Reads, Writes, codes, moment},
    posted::{Form, Posted},
};
use crate::{App, db::Reading, error::Failed, named::Named};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    access::{self, Right},
    change::Command,
    customers,
    id::{Id, TicketId},
    row::{Missing, Rows},
    service_level::Priority,
    text::{CustomerNo, Line, Prose},
    tickets::{self, Channel, Draft, Kind, State as TicketState},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A ticket to be opened. How urgent it is follows from its kind and the customer's tier.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"customer_no": "C0001", "kind": "complaint", "subject": "刀具包装破损", "body": "收到时外盒已经裂开。"}))]
pub struct NewTicket {
    pub customer_no: String,
    #[schema(schema_with = kinds)]
    pub kind: Kind,
    /// One line of at most 200 characters.
    pub subject: String,
    /// At most 10,000 characters, over several lines.
    pub body: String,
}

/// A ticket as it is now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "0198f3c2a1b27c3d8e4f5a6b7c8d9e0f", "no": 1042, "customer_no": "C0001", "kind": "complaint", "subject": "刀具包装破损",
    "channel": "system", "priority": "high", "status": "new", "opened_at": "2026-11-21T04:00:00Z",
    "response_due": "2026-11-21T05:00:00Z", "resolution_due": "2026-11-23T04:00:00Z", "replied_at": null, "solved_at": null,
    "closed_at": null, "stars": null
}))]
pub struct Ticket {
    pub id: String,
    /// What people call it by.
    pub no: Option<i64>,
    pub customer_no: String,
    #[schema(schema_with = kinds)]
    pub kind: Kind,
    pub subject: String,
    #[schema(schema_with = channels)]
    pub channel: Channel,
    #[schema(schema_with = priorities)]
    pub priority: Priority,
    #[schema(schema_with = states)]
    pub status: TicketState,
    #[schema(format = DateTime)]
    pub opened_at: String,
    /// When the first answer is owed.
    #[schema(format = DateTime)]
    pub response_due: String,
    /// When the solution is owed; it moves on while it is the customer's turn.
    #[schema(format = DateTime)]
    pub resolution_due: String,
    #[schema(format = DateTime)]
    pub replied_at: Option<String>,
    #[schema(format = DateTime)]
    pub solved_at: Option<String>,
    #[schema(format = DateTime)]
    pub closed_at: Option<String>,
    /// What the customer thinks of it, from one to five.
    pub stars: Option<u8>,
}

fn kinds() -> utoipa::openapi::schema::Object {
    codes(Kind::ALL.iter().map(|kind| kind.code()))
}

fn channels() -> utoipa::openapi::schema::Object {
    codes(Channel::ALL.iter().map(|channel| channel.code()))
}

fn priorities() -> utoipa::openapi::schema::Object {
    codes(Priority::ALL.iter().map(|priority| priority.code()))
}

fn states() -> utoipa::openapi::schema::Object {
    codes(TicketState::ALL.iter().map(|state| state.code()))
}

/// Open a ticket
///
/// A ticket has no number before it is opened: send an `Idempotency-Key`, so that a request that is repeated opens one.
#[utoipa::path(post, path = "/api/v1/tickets", tag = "tickets", request_body = NewTicket,
    params(("Idempotency-Key" = Option<String>, Header, description = "Up to 255 visible ASCII characters; kept for 30 days")),
    responses((status = 201, description = "Opened", body = Ticket), (status = 200, description = "Opened already", body = Ticket), Writes))]
pub async fn open(
    State(app): State<App>,
    bearer: Bearer,
    Posted { sent, asked }: Posted<NewTicket>,
) -> Result<(StatusCode, Json<Ticket>), Failed> {
    bearer.need(Right::HandleTickets)?;
    let by = bearer.0.actor();
    once(&app, bearer, asked, shown, move |tx| {
        let draft = match sent.read(&tx.reading())? {
            Ok(draft) => draft,
            Err(failed) => return Ok(Err(failed)),
        };
        let id = TicketId(Id::from(uuid::Uuid::now_v7()));
        let open = tickets::Command::Open { id, draft: Box::new(draft) };
        let done = tx.command(by, super::command_id(), &Command::Tickets(open))?;
        Ok(done.map(|_| Done::Made(id.into())).map_err(Failed::from))
    })
    .await
}

/// One ticket
#[utoipa::path(get, path = "/api/v1/tickets/{id}", tag = "tickets",
    params(("id" = String, Path, description = "32 hexadecimal digits", example = "0198f3c2a1b27c3d8e4f5a6b7c8d9e0f")),
    responses((status = 200, description = "The ticket", body = Ticket), Reads))]
pub async fn one(State(app): State<App>, bearer: Bearer, Named(id): Named) -> Result<Json<Ticket>, Failed> {
    let id: Id = id.parse().map_err(|_| access::Refusal::NotFound)?;
    let found = app.db.read(move |snapshot| {
        let rows = snapshot.rows();
        let eyes = Eyes::of(&bearer, &rows, snapshot.at())?;
        Ok(shown(&rows, id, eyes)?)
    });
    Ok(Json(found.await?.ok_or(access::Refusal::NotFound)?))
}

impl NewTicket {
    fn read(&self, rows: &Reading<'_>) -> Result<Result<Draft, Failed>, Missing> {
        let Self { customer_no, kind, subject, body } = self;
        let mut form = Form::default();
        let customer = form.take("customer_no", CustomerNo::parse(customer_no));
        let subject = form.take("subject", Line::parse(subject));
        let text = form.take("body", Prose::parse(body));
        let (customer, (subject, text)) = match form.done(customer.zip(subject.zip(text))) {
            Ok(whole) => whole,
            Err(failed) => return Ok(Err(failed)),
        };
        let absent = access::Refusal::NotFound;
        let Some(customer) = customer_by_no(rows, &customer)? else { return Ok(Err(Failed::from(absent).field("customer_no", &absent))) };
        let (customer, kind, channel) = (customer.id, *kind, Channel::System);
        Ok(Ok(Draft { customer, contact: None, kind, channel, subject, text, files: Vec::new(), priority: None, assignee: None }))
    }
}

fn shown(rows: &Reading<'_>, id: Id, _eyes: Eyes) -> Result<Option<Ticket>, Missing> {
    let Some(ticket) = rows.get::<tickets::Ticket>(id)? else { return Ok(None) };
    let customer_no = rows.get::<customers::Customer>(ticket.customer)?.and_then(|customer| customer.no);
    Ok(Some(Ticket {
        id: id.to_string(),
        no: ticket.no,
        customer_no: customer_no.map(|no| no.to_string()).unwrap_or_default(),
        kind: ticket.kind,
        subject: ticket.subject.to_string(),
        channel: ticket.channel,
        priority: ticket.priority,
        status: ticket.state,
        opened_at: moment(ticket.opened_at),
        response_due: moment(ticket.response_due),
        resolution_due: moment(ticket.resolution_due),
        replied_at: ticket.replied_at.map(moment),
        solved_at: ticket.solved_at.map(moment),
        closed_at: ticket.closed_at.map(moment),
        stars: ticket.rating.map(|rating| rating.stars.count()),
    }))
}
