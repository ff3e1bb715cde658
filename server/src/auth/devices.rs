//! One's own devices and password: where one is signed in, and how to end it.

use super::{
    account,
    caller::SignedIn,
    entrance::{deed, too_many},
    invitation::check,
    session::{self, Ending},
    words::Refusal,
};
use crate::{
    App,
    error::{Failed, Reason},
    guard::Address,
    named::Named,
    sent::Sent,
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    access,
    id::Id,
    session::{Device, NewPassword},
};

/// `GET /auth/sessions`
pub async fn list(State(app): State<App>, caller: SignedIn) -> Result<Json<Vec<Device>>, Failed> {
    let (user, current, now) = (caller.user.id(), caller.session, app.now());
    let sessions = app.db.read(move |rows| Ok(session::alive(rows.connection(), user, now)?)).await?;
    let device = |session: session::Session| {
        let session::Session { id, agent, created_at, seen_at, .. } = session;
        Device { id, agent, created_at, seen_at, current: id == current }
    };
    Ok(Json(sessions.into_iter().map(device).collect()))
}

/// `DELETE /auth/sessions/{id}`: that device forgets what it holds as soon as it is heard of.
pub async fn end(State(app): State<App>, caller: SignedIn, Named(id): Named) -> Result<StatusCode, Failed> {
    let id: Id = id.parse().map_err(|_| access::Refusal::NotFound)?;
    let (user, by) = (caller.user.id(), caller.actor());
    let ended = app.db.write(move |tx| {
        let ended = session::end(tx.connection(), user, id, Ending::Revoked)?;
        if ended {
            deed(tx, by, "auth.end_session", Some(user), None)?;
        }
        Ok(ended)
    });
    if ended.await? { Ok(StatusCode::NO_CONTENT) } else { Err(access::Refusal::NotFound.into()) }
}

/// `POST /auth/password`
///
/// A new password needs the current one, and signs out everywhere else.
pub async fn change_password(
    State(app): State<App>,
    caller: SignedIn,
    Address(address): Address,
    Sent(NewPassword { current, password }): Sent<NewPassword>,
) -> Result<StatusCode, Failed> {
    let user = caller.user.id();
    let account = app.db.read(move |rows| Ok(account::by_user(rows.connection(), user)?)).await?.ok_or(Reason::SignedOut)?;
    let attempt = app.attempts.begin(address, &account.who, app.now()).map_err(too_many)?;
    if !app.hasher.is_right(current, account.password).await? {
        let wrong = Refusal::CurrentWrong;
        return Err(Failed::refused(StatusCode::UNPROCESSABLE_ENTITY, &wrong).field("current", &wrong));
    }
    app.attempts.forgive(attempt);
    check(&password, &[caller.user.name(), &account.who])?;
    let kept = app.hasher.hash(password).await?;
    let (mine, by) = (caller.session, caller.actor());
    let changed = app.db.write(move |tx| {
        account::set_password(tx.connection(), user, &kept, tx.at())?;
        session::end_others(tx.connection(), user, Some(mine), Ending::Replaced)?;
        deed(tx, by, "auth.change_password", Some(user), None)
    });
    changed.await?;
    Ok(StatusCode::NO_CONTENT)
}
