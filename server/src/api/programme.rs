//! The rules of the programme for those who manage it: what others would do, and which there were.

use crate::{
    App,
    auth::Caller,
    error::{Failed, Reason},
    loyalty,
    sent::Sent,
};
use axum::{Json, extract::State};
use domain::{
    access,
    loyalty::{Draft, Preview, Version},
};
use serde_json::Value;

/// `POST /api/programme/preview`
pub async fn previewed(State(app): State<App>, caller: Caller, Sent(asked): Sent<Value>) -> Result<Json<Preview>, Failed> {
    // Read in two steps, so that what is JSON and no question is told from what is no JSON.
    let draft: Draft = serde_json::from_value(asked.clone()).map_err(|_| Reason::Unfit)?;
    // Rules that are kept may have fields of a later version; in what is asked, one that is not known is a mistake.
    let is_understood = serde_json::to_value(&draft).is_ok_and(|understood| understood == asked);
    if !is_understood || !draft.rules.is_sound() {
        return Err(Reason::Unfit.into());
    }
    let by = caller.actor;
    let found = app.db.read(move |snapshot| loyalty::previewed(snapshot, by, &draft)).await?;
    Ok(Json(found.ok_or(access::Refusal::NotFound)?))
}

/// `GET /api/programme/versions`
pub async fn versions(State(app): State<App>, caller: Caller) -> Result<Json<Vec<Version>>, Failed> {
    let by = caller.actor;
    let found = app.db.read(move |snapshot| loyalty::versions(snapshot, by)).await?;
    Ok(Json(found.ok_or(access::Refusal::NotFound)?))
}
