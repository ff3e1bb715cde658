//! Lists of what a device does not carry.

use crate::{
    App,
    auth::Caller,
    error::{Failed, Reason},
    lookup,
    sent::Sent,
};
use axum::{Json, extract::State};
use domain::lookup::{Found, Lookup};
use serde_json::Value;

/// `POST /api/lookup`
pub async fn found(State(app): State<App>, caller: Caller, Sent(asked): Sent<Value>) -> Result<Json<Found>, Failed> {
    // Two questions at once are JSON all the same: what is wrong is what they say.
    let asked: Lookup = serde_json::from_value(asked).map_err(|_| Reason::Unfit)?;
    let by = caller.actor;
    Ok(Json(app.db.read(move |snapshot| lookup::found(snapshot, by, &asked, &lookup::Bounds::default())).await?))
}
