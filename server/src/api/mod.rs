//! What is asked for on demand, beside sync: people’s accounts, customers’ accounts, and numbers in full.

mod people;
mod portal;
mod reveal;

use crate::App;
use axum::{
    Router,
    routing::{get, post},
};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/people", get(people::accounts))
        .route("/api/team/invitations", post(people::invite))
        .route("/api/team/people/{id}/reset", post(people::reset))
        .route("/api/team/people/{id}/sign-out", post(people::sign_out))
        .route("/api/customers/{id}/reveal", post(reveal::customer))
        .route("/api/contacts/{id}/reveal", post(reveal::contact))
        .route("/api/customers/{id}/portal", get(portal::users))
        .route("/api/contacts/{id}/invite", post(portal::invite))
        .route("/api/contacts/{id}/sign-out", post(portal::sign_out))
}
