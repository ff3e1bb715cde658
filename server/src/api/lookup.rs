//! Lists of what a device does not carry.

use crate::{App, auth::Caller, error::Failed, lookup, sent::Sent};
use axum::{Json, extract::State};
use domain::lookup::{Found, Lookup};

/// `POST /api/lookup`
pub async fn found(State(app): State<App>, caller: Caller, Sent(asked): Sent<Lookup>) -> Result<Json<Found>, Failed> {
    let by = caller.actor;
    Ok(Json(app.db.read(move |snapshot| lookup::found(snapshot, by, &asked, &lookup::Bounds::default())).await?))
}
