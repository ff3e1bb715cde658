//! The entrance: accounts, passwords, sessions, invitations, and the first set-up.
//!
//! Invariants: of a password or a token only a hash is kept; a session is looked up on every request, so whoever is
//! disabled or signed out has no access from that moment; nobody learns from an answer, or from the time it takes,
//! which accounts exist.

pub mod account;
pub mod attempts;
mod caller;
mod cookie;
pub mod devices;
mod entrance;
mod invitation;
pub mod link;
pub mod password;
pub mod people;
pub mod qr;
pub mod session;
pub mod set_up;
pub mod token;
pub mod user;
mod words;

pub use caller::{Caller, SignedIn};
pub use words::Refusal;

use crate::App;
use axum::{
    Router,
    routing::{delete, get, post},
};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/auth/state", get(entrance::state))
        .route("/auth/me", get(entrance::me))
        .route("/auth/sign-in", post(entrance::sign_in))
        .route("/auth/sign-out", post(entrance::sign_out))
        .route("/auth/set-up", post(set_up::set_up))
        .route("/auth/invitations/{token}", get(invitation::show).post(invitation::accept))
        .route("/auth/sessions", get(devices::list))
        .route("/auth/sessions/{id}", delete(devices::end))
        .route("/auth/password", post(devices::change_password))
}
