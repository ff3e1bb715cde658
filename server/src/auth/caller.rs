//! Who asks: every handler that serves somebody takes a [`Caller`], and there is no other way to one than a session.

use super::{cookie, session};
use crate::{
    App,
    error::{Failed, Reason},
};
use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderMap, request::Parts},
};
use domain::{
    access::{self, Right, Role},
    context::Actor,
    id::Id,
    row::Rows,
    team::{Person, PersonState},
};

/// Somebody who is signed in now, with the role of now.
#[derive(Debug, Clone)]
pub struct Caller {
    pub actor: Actor,
    /// The user: a person's id.
    pub user: Id,
    pub role: Role,
    pub person: Person,
    /// The session that this request belongs to.
    pub session: Id,
}

impl Caller {
    /// Whether this role does such things at all; asked before anything is looked up.
    pub fn need(&self, right: Right) -> Result<(), Failed> {
        if self.role.may(right) { Ok(()) } else { Err(access::Refusal::NotYourRole { right }.into()) }
    }
}

impl<S> FromRequestParts<S> for Caller
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failed> {
        // A page that is open asks for news by itself: that is nobody's sign of life.
        let by_itself = matches!(parts.uri.path(), "/sync/pull" | "/sync/live");
        find(&App::from_ref(state), &parts.headers, !by_itself).await
    }
}

/// Who sends these headers. Signed out is not the same as revoked: what is signed out keeps what it holds and waits
/// for its user, what is revoked forgets it.
pub async fn caller(app: &App, headers: &HeaderMap) -> Result<Caller, Failed> {
    find(app, headers, true).await
}

async fn find(app: &App, headers: &HeaderMap, is_active: bool) -> Result<Caller, Failed> {
    let token = cookie::read(headers).ok_or(Reason::SignedOut)?.kept();
    let now = app.now();
    let found = app.db.read(move |rows| {
        let Some(session) = session::find(rows.connection(), token)? else { return Ok(None) };
        let person = rows.rows().get::<Person>(session.user)?;
        Ok(person.map(|person| (session, person)))
    });
    let (session, person) = found.await?.ok_or(Reason::SignedOut)?;
    let revoked = session.ending == Some(session::Ending::Revoked);
    if revoked || person.state == PersonState::Disabled {
        return Err(Reason::Revoked.into());
    }
    if !session.is_alive(now) || person.state != PersonState::Active {
        return Err(Reason::SignedOut.into());
    }
    if is_active && session.is_due(now) {
        let id = session.id;
        // A disk that takes nothing right now does not keep anybody from reading.
        _ = app.db.write(move |tx| Ok(session::seen(tx.connection(), id, now)?)).await;
    }
    Ok(Caller { actor: Actor::Staff(person.id), user: person.id.into(), role: person.role, session: session.id, person })
}
