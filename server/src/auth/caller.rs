//! Who asks: every handler that serves somebody takes a [`Caller`], who works here, or [`SignedIn`], who may be a
//! customer too; and there is no other way to either than a session.

use super::{
    cookie, session,
    user::{Standing, User},
};
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
    team::Person,
};

/// Somebody of ours who is signed in now, with the role of now.
#[derive(Debug, Clone)]
pub struct Caller {
    pub actor: Actor,
    pub role: Role,
    pub person: Person,
}

impl Caller {
    /// Whether this role does such things at all; asked before anything is looked up.
    pub fn need(&self, right: Right) -> Result<(), Failed> {
        if self.role.may(right) { Ok(()) } else { Err(access::Refusal::NotYourRole { right }.into()) }
    }
}

/// Anybody who is signed in now.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub user: User,
    /// The session that this request belongs to.
    pub session: Id,
}

impl SignedIn {
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.user.actor()
    }
}

impl<S> FromRequestParts<S> for SignedIn
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

impl<S> FromRequestParts<S> for Caller
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failed> {
        match SignedIn::from_request_parts(parts, state).await?.user {
            User::Staff(person) => Ok(Self { actor: Actor::Staff(person.id), role: person.role, person }),
            // For customers nothing of ours is here.
            User::Portal(_) => Err(access::Refusal::NotFound.into()),
        }
    }
}

/// Who sends these headers. Signed out is not the same as revoked: what is signed out keeps what it holds and waits
/// for its user, what is revoked forgets it.
pub async fn signed_in(app: &App, headers: &HeaderMap) -> Result<SignedIn, Failed> {
    find(app, headers, true).await
}

async fn find(app: &App, headers: &HeaderMap, is_active: bool) -> Result<SignedIn, Failed> {
    let token = cookie::read(headers).ok_or(Reason::SignedOut)?.kept();
    let now = app.now();
    // A few steps into an index, for every request there is: to hand that to another thread would take longer than to do it.
    let found = app.db.read_blocking(|rows| {
        let Some(session) = session::find(rows.connection(), token)? else { return Ok(None) };
        let user = User::find(rows, session.user, session.kind)?;
        Ok(user.map(|user| (session, user)))
    });
    let (session, user) = found?.ok_or(Reason::SignedOut)?;
    let revoked = session.ending == Some(session::Ending::Revoked);
    if revoked || user.standing() == Standing::Out {
        return Err(Reason::Revoked.into());
    }
    if !session.is_alive(now) || user.standing() != Standing::In {
        return Err(Reason::SignedOut.into());
    }
    if is_active && session.is_due(now) {
        let id = session.id;
        // A disk that takes nothing right now does not keep anybody from reading.
        _ = app.db.write(move |tx| Ok(session::seen(tx.connection(), id, now)?)).await;
    }
    Ok(SignedIn { user, session: session.id })
}
