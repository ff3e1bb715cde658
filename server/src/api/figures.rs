//! Figures of what devices hold no cells of.

use crate::{
    App,
    auth::Caller,
    error::{Failed, Reason},
    insights,
    sent::Sent,
};
use axum::{Json, extract::State};
use domain::{
    access,
    insights::{Breakdown, Question},
};
use serde_json::Value;

/// `POST /api/figures`
pub async fn asked(State(app): State<App>, caller: Caller, Sent(asked): Sent<Value>) -> Result<Json<Breakdown>, Failed> {
    // Read in two steps, so that what is JSON and no question is told from what is no JSON.
    let question: Question = serde_json::from_value(asked).map_err(|_| Reason::Unfit)?;
    let by = caller.actor;
    let found = app.db.read(move |snapshot| insights::asked(snapshot, by, &question)).await?;
    Ok(Json(found.ok_or(access::Refusal::NotFound)?))
}
