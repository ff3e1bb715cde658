//! What is asked for on demand, beside sync: people’s accounts, customers’ accounts, imports, files,
//! numbers in full, and lists and figures of what a device does not carry.

mod figures;
mod files;
mod imports;
mod lookup;
mod people;
mod portal;
mod programme;
mod reveal;

use crate::App;
use axum::{
    Router,
    extract::DefaultBodyLimit,
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
        .route("/api/files", post(files::begin))
        .route("/api/files/{id}", get(files::one).put(files::piece).layer(DefaultBodyLimit::max(files::PIECE_BYTES)))
        .route("/api/lookup", post(lookup::found))
        .route("/api/figures", post(figures::asked))
        .route("/api/programme/preview", post(programme::previewed))
        .route("/api/programme/versions", get(programme::versions))
        .route("/api/imports", get(imports::latest).post(imports::begin).layer(DefaultBodyLimit::max(imports::FILE_BYTES)))
        .route("/api/imports/{id}", get(imports::one))
        .route("/api/imports/{id}/errors.csv", get(imports::errors))
        .route("/api/imports/{id}/undo", post(imports::undo))
}
