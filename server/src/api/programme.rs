//! The rules of the programme for those who manage it: what others would do, and which there were.

use crate::{
    App,
    auth::Caller,
    error::{Failed, Reason},
    loyalty, orders,
    sent::Sent,
};
use axum::{Json, extract::State};
use domain::{
    access::{self, Right},
    id::Id,
    loyalty::{Draft, LOOKED_BACK_DAYS, Preview, Version},
    row::Rows,
    settings::Company,
};
use serde_json::Value;

/// `POST /api/programme/preview`
pub async fn previewed(State(app): State<App>, caller: Caller, Sent(asked): Sent<Value>) -> Result<Json<Preview>, Failed> {
    caller.need(Right::ManageLoyalty)?;
    // Read in two steps, so that what is JSON and no question is told from what is no JSON.
    let draft: Draft = serde_json::from_value(asked.clone()).map_err(|_| Reason::Unfit)?;
    // Rules that are kept may have fields of a later version; in what is asked, one that is not known is a mistake.
    let is_understood = serde_json::to_value(&draft).is_ok_and(|understood| understood == asked);
    if !is_understood || !draft.rules.is_sound() {
        return Err(Reason::Unfit.into());
    }
    let found = app.db.read(move |snapshot| {
        let Some(company) = snapshot.rows().get::<Company>(Id::ONLY)? else { return Ok(None) };
        let since = company.today(snapshot.at()).plus_days(-LOOKED_BACK_DAYS);
        let purchases = |each: &mut dyn FnMut(_, _)| orders::each_that_earned(snapshot, company.currency, since, each);
        loyalty::previewed(snapshot, &draft, &purchases)
    });
    Ok(Json(found.await?.ok_or(access::Refusal::NotFound)?))
}

/// `GET /api/programme/versions`
pub async fn versions(State(app): State<App>, caller: Caller) -> Result<Json<Vec<Version>>, Failed> {
    caller.need(Right::ManageLoyalty)?;
    Ok(Json(app.db.read(loyalty::versions).await?))
}
