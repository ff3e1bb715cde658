//! `/api/v1/customers`: opened by number, found by number, name and sound.

use super::{
    bearer::Bearer,
    list::{self, Listing},
    once::{Done, Eyes, once},
    openapi::{Reads, Writes, codes, codes_or_none},
    posted::{Form, Posted, Wanted, bad},
    words::Refusal,
};
use crate::{
    App,
    db::{Reading, Trouble, Tx},
    error::Failed,
    named::Named,
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    access::{self, Right},
    change::{self, Command},
    customers::{self, CustomerDraft, CustomerState, Figure, Kind},
    id::{CustomerId, Id},
    loyalty::{Lot, Member, Metal, Programme, available, expiring},
    row::{Field, Missing, Rows},
    text::{CustomerNo, Email, Name, Phone},
    words::Say,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A customer to be opened. Without a kind it is a company.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"customer_no": "C0001", "name": "拾禾餐饮", "phone": "13800001234"}))]
pub struct NewCustomer {
    /// Letters, digits, `-`, `_`, `.` and `/`, at most 40.
    pub customer_no: String,
    /// At most 120 characters.
    pub name: String,
    #[serde(default)]
    pub phone: Option<String>,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    #[schema(schema_with = kinds)]
    pub kind: Option<Kind>,
}

/// A customer as it is now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "customer_no": "C0001", "name": "拾禾餐饮", "phone": "138****1234", "email": null, "kind": "company", "status": "active",
    "tier": "gold",
    "points": {"balance": 1285, "locked": 0, "owed": 0, "expiring": [{"on": "2027-11-30", "points": 1285}]}
}))]
pub struct Customer {
    pub customer_no: String,
    /// A customer without a name is called by its number.
    pub name: Option<String>,
    /// Masked: the whole number never leaves by this interface.
    pub phone: Option<String>,
    pub email: Option<String>,
    #[schema(schema_with = kinds)]
    pub kind: Kind,
    #[schema(schema_with = states)]
    pub status: CustomerState,
    /// The tier by the metal of its card; none below the first.
    #[schema(schema_with = metals)]
    pub tier: Option<Metal>,
    /// Left out for tokens that do not see what customers buy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<Balance>,
}

/// Points as they stand today.
#[derive(Debug, Serialize, ToSchema)]
pub struct Balance {
    /// What can be spent today.
    pub balance: i64,
    /// What waits until the order can no longer be returned.
    pub locked: i64,
    /// Taken back after it had been spent: the next points earned go there.
    pub owed: i64,
    /// All that expires, by its last day.
    pub expiring: Vec<Expiring>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Expiring {
    /// The last day on which they can be spent.
    #[schema(value_type = String, format = Date)]
    pub on: domain::time::Date,
    pub points: i64,
}

/// One page of customers, by number.
#[derive(Debug, Serialize, ToSchema)]
pub struct Customers {
    pub items: Vec<Customer>,
    /// The cursor of the next page; none after the last.
    pub next: Option<String>,
    /// All that fit, on every page.
    pub total: u64,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// How many on a page, from 1 to 200; 50 if it is not said.
    #[serde(default)]
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200, example = 50)]
    pub limit: Option<String>,
    /// What the page before said under `next`.
    #[serde(default)]
    pub cursor: Option<String>,
    /// Part of a number or a name, or how the name sounds: `shihe`, `shcy`. Looked for among the first 200,000 customers.
    #[serde(default)]
    #[param(example = "拾禾")]
    pub q: Option<String>,
}

fn kinds() -> utoipa::openapi::schema::Object {
    codes(Kind::ALL.iter().map(|kind| kind.code()))
}

fn states() -> utoipa::openapi::schema::Object {
    codes(CustomerState::ALL.iter().map(|state| state.code()))
}

fn metals() -> utoipa::openapi::schema::Object {
    codes_or_none(Metal::ALL.iter().map(|metal| metal.code()))
}

/// Open a customer
///
/// The number is the key: sent again with the same content it is answered with the record that is there, and nothing is
/// written; with other content it is a conflict.
#[utoipa::path(post, path = "/api/v1/customers", tag = "customers", request_body = NewCustomer,
    params(("Idempotency-Key" = Option<String>, Header, description = "Up to 255 visible ASCII characters; kept for 30 days")),
    responses((status = 201, description = "Opened", body = Customer), (status = 200, description = "There already", body = Customer), Writes))]
pub async fn open(
    State(app): State<App>,
    bearer: Bearer,
    Posted { sent, asked }: Posted<NewCustomer>,
) -> Result<(StatusCode, Json<Customer>), Failed> {
    bearer.need(Right::EditCustomers)?;
    let by = bearer.0.actor();
    once(&app, bearer, asked, shown, move |tx| {
        let Some(team) = oldest_team(tx)? else { return Ok(Err(bad("customer_no", &Refusal::NoTeam))) };
        let draft = match sent.read(team) {
            Ok(draft) => draft,
            Err(failed) => return Ok(Err(failed)),
        };
        if let Some(there) = draft.no.as_ref().map(|no| by_no(&tx.reading(), no)).transpose()?.flatten() {
            return Ok(if is_as_sent(&there, &draft) { Ok(Done::There(there.id.into())) } else { Err(taken(&there)) });
        }
        let id = CustomerId(Id::from(uuid::Uuid::now_v7()));
        let open = customers::Command::Open { id, draft: Box::new(draft), contacts: Vec::new() };
        let done = tx.command(by, super::command_id(), &Command::Customers(open))?;
        Ok(done.map(|_| Done::Made(id.into())).map_err(Failed::from))
    })
    .await
}

/// List customers
///
/// By number. Every page says how many there are in all.
#[utoipa::path(get, path = "/api/v1/customers", tag = "customers", params(Search),
    responses((status = 200, description = "A page", body = Customers), Reads))]
pub async fn list(State(app): State<App>, bearer: Bearer, Wanted(search): Wanted<Search>) -> Result<Json<Customers>, Failed> {
    let listing = Listing::read(&search)?;
    let page = app.db.read(move |snapshot| {
        let rows = snapshot.rows();
        let eyes = Eyes::of(&bearer, &rows, snapshot.at())?;
        let page = list::page(snapshot.connection(), &listing)?;
        let items = page.ids.iter().filter_map(|id| shown(&rows, *id, eyes).transpose()).collect::<Result<_, _>>()?;
        Ok(Customers { items, next: page.next, total: page.total })
    });
    Ok(Json(page.await?))
}

/// One customer, with tier and points
#[utoipa::path(get, path = "/api/v1/customers/{customer_no}", tag = "customers",
    params(("customer_no" = String, Path, description = "`/` in a number is written `%2F`", example = "C0001")),
    responses((status = 200, description = "The customer", body = Customer), Reads))]
pub async fn one(State(app): State<App>, bearer: Bearer, Named(no): Named) -> Result<Json<Customer>, Failed> {
    let no = CustomerNo::parse(&no).map_err(|_| access::Refusal::NotFound)?;
    let found = app.db.read(move |snapshot| {
        let rows = snapshot.rows();
        let Some(customer) = by_no(&rows, &no)? else { return Ok(None) };
        let eyes = Eyes::of(&bearer, &rows, snapshot.at())?;
        Ok(shown(&rows, customer.id.into(), eyes)?)
    });
    Ok(Json(found.await?.ok_or(access::Refusal::NotFound)?))
}

impl NewCustomer {
    fn read(&self, team: domain::id::TeamId) -> Result<CustomerDraft, Failed> {
        let mut form = Form::default();
        let no = form.take("customer_no", CustomerNo::parse(&self.customer_no));
        let name = form.take("name", Name::parse(&self.name));
        let phone = form.perhaps("phone", self.phone.as_deref(), Phone::parse);
        let email = form.perhaps("email", self.email.as_deref(), Email::parse);
        let kind = self.kind.unwrap_or(Kind::Company);
        form.done(no.zip(name).map(|(no, name)| CustomerDraft {
            no: Some(no),
            name: Some(name),
            phone,
            email,
            ..CustomerDraft::of(kind, team)
        }))
    }
}

/// Whether the customer that is there is what was sent now.
fn is_as_sent(there: &customers::Customer, sent: &CustomerDraft) -> bool {
    let phone = sent.phone.clone().map(customers::PhoneSeen::Whole);
    (&there.name, &there.phone, &there.email, there.kind) == (&sent.name, &phone, &sent.email, sent.kind)
}

fn taken(there: &customers::Customer) -> Failed {
    let no = there.no.as_ref().map(ToString::to_string).unwrap_or_default();
    conflict("customer_no", &change::Refusal::Customers(customers::Refusal::NumberTaken { no }))
}

/// The number is there with other content.
pub(super) fn conflict(field: &str, refusal: &impl Say) -> Failed {
    Failed::refused(StatusCode::CONFLICT, refusal).field(field, refusal)
}

pub(super) fn by_no(rows: &impl Rows, no: &CustomerNo) -> Result<Option<customers::Customer>, Missing> {
    Ok(rows.by::<customers::Customer>("no", &no.to_cell())?.into_iter().next())
}

/// Whose customers those are that nobody brought: of the first team there was, until somebody hands them on.
fn oldest_team(tx: &Tx<'_>) -> Result<Option<domain::id::TeamId>, Trouble> {
    use rusqlite::OptionalExtension;
    let mut oldest = tx.connection().prepare_cached("SELECT id FROM team ORDER BY created_at, id LIMIT 1")?;
    let id = oldest.query_row((), |row| row.get(0)).optional()?;
    Ok(id.map(|id| Id::from_bytes(id).into()))
}

pub(super) fn shown(rows: &Reading<'_>, id: Id, eyes: Eyes) -> Result<Option<Customer>, Missing> {
    let Some(customer) = rows.get::<customers::Customer>(id)? else { return Ok(None) };
    let rank = rows.get::<Figure>(id)?.map_or(0, |figure| figure.rank);
    let programme = rows.get::<Programme>(Id::ONLY)?;
    let tier = programme.and_then(|programme| programme.rules.tier(rank).map(|tier| tier.metal));
    let points = if eyes.money { Some(balance(rows, customer.id, eyes)?) } else { None };
    let customers::Customer { no, name, phone, email, kind, state, .. } = customer;
    Ok(Some(Customer {
        customer_no: no.map(|no| no.to_string()).unwrap_or_default(),
        name: name.map(|name| name.to_string()),
        phone: phone.map(|phone| phone.masked().to_string()),
        email: email.map(|email| email.to_string()),
        kind,
        status: state,
        tier,
        points,
    }))
}

fn balance(rows: &Reading<'_>, id: CustomerId, eyes: Eyes) -> Result<Balance, Missing> {
    let lots = rows.by::<Lot>("open_of", &id.to_cell())?;
    let holdings = || lots.iter().map(Lot::holding);
    let expiring = expiring(holdings(), eyes.today).into_iter().map(|(on, points)| Expiring { on, points: points.get() }).collect();
    Ok(Balance {
        balance: available(holdings(), eyes.today).get(),
        locked: holdings().map(|lot| lot.locked(eyes.today)).sum::<domain::money::Points>().get(),
        owed: rows.get::<Member>(id)?.map_or(0, |member| member.owed.get()),
        expiring,
    })
}
