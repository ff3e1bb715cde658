//! What other systems may do: a REST interface over every feature, by token.
//!
//! Invariants: a request is carried out once and answered again; what is refused has written nothing but its refusal; a
//! token reads everything that its role reads of at all, and writes through the same commands as everybody.

mod bearer;
mod customers;
mod list;
mod once;
pub mod openapi;
mod orders;
pub mod pace;
mod posted;
mod satisfaction;
mod tickets;
pub mod tokens;
mod words;

pub use bearer::Bearer;
pub use words::Refusal;

use crate::App;
use axum::{
    Router,
    routing::{get, post},
};
use domain::id::CommandId;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/openapi.json", get(openapi::described))
        .route("/api/v1/customers", get(customers::list).post(customers::open))
        .route("/api/v1/customers/{customer_no}", get(customers::one))
        .route("/api/v1/orders", post(orders::record))
        .route("/api/v1/orders/{order_no}", get(orders::one))
        .route("/api/v1/orders/{order_no}/refunds", post(orders::refund))
        .route("/api/v1/tickets", post(tickets::open))
        .route("/api/v1/tickets/{id}", get(tickets::one))
        .route("/api/v1/satisfaction", get(satisfaction::satisfaction))
}

/// As a new command: what makes a request one is its number or its key.
fn command_id() -> CommandId {
    CommandId(uuid::Uuid::now_v7().into())
}
