//! What is asked for on demand, beside sync: what only administrators see of people, and numbers in full.

mod people;
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
}
