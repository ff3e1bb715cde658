//! In and out: signing in, signing out, and what a visitor should see.

use super::{
    account,
    attempts::Wait,
    caller::{SignedIn, signed_in},
    cookie,
    session::{self, Ending},
    set_up,
    token::Token,
    user::{Standing, User},
    words::Refusal,
};
use crate::{
    App,
    db::{Deed, Trouble, Tx},
    error::Failed,
    guard::Address,
    sent::Sent,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    context::Actor,
    id::Id,
    row::Rows,
    session::{Door, Me, SignIn},
    settings::Company,
};

/// `GET /auth/state`: which screen a visitor should see.
pub async fn state(State(app): State<App>, headers: HeaderMap) -> Result<Json<Door>, Failed> {
    if let Ok(SignedIn { user, .. }) = signed_in(&app, &headers).await {
        return Ok(Json(Door::SignedIn { me: me_of(&app, &user).await? }));
    }
    let door = app.db.read(|rows| {
        let Some(company) = rows.rows().get::<Company>(Id::ONLY)? else { return Ok(Door::SetUp) };
        if !set_up::is_anybodys(rows.connection())? {
            return Ok(Door::SetUp);
        }
        let demo = account::shown_to_all(rows.connection())?;
        Ok(Door::SignIn { company: company.name.to_string(), demo })
    });
    Ok(Json(door.await?))
}

/// `GET /auth/me`
pub async fn me(State(app): State<App>, SignedIn { user, .. }: SignedIn) -> Result<Json<Me>, Failed> {
    Ok(Json(me_of(&app, &user).await?))
}

/// `POST /auth/sign-in`
pub async fn sign_in(
    State(app): State<App>,
    Address(address): Address,
    headers: HeaderMap,
    Sent(SignIn { who, password }): Sent<SignIn>,
) -> Result<Response, Failed> {
    // A name counts in the form in which it is kept: another way of writing it is not another try.
    let who = account::sign_in_name(&who).unwrap_or(who);
    let attempt = app.attempts.begin(address, &who, app.now()).map_err(too_many)?;
    let account = app.db.read(move |rows| Ok(account::by_who(rows.connection(), &who)?)).await?;
    let kept = account.as_ref().and_then(|account| account.password.clone());
    let right = app.hasher.is_right(password, kept.clone()).await?;
    let named = account.map(|account| account.user);
    let entering = Entering::new(&headers)?;
    let token = entering.token.clone();
    let user = app.db.write(move |tx| {
        // The password may have been changed, or the user shut out, while this one was compared.
        let account = named.filter(|_| right).map(|user| account::by_user(tx.connection(), user)).transpose()?.flatten();
        let account = account.filter(|account| account.password == kept);
        let user = account.map(|account| User::of(&tx.rows(), &account)).transpose()?.flatten();
        match user.filter(|user| user.standing() == Standing::In) {
            Some(user) => entering.enter(tx, &user).map(|()| Some(user)),
            None => deed(tx, Actor::System, "auth.sign_in", named, Some("auth.wrong")).map(|()| None),
        }
    });
    let user = user.await?.ok_or_else(|| Failed::refused(StatusCode::UNAUTHORIZED, &Refusal::Wrong))?;
    app.attempts.forgive(attempt);
    Ok(entered(me_of(&app, &user).await?, &user, &token))
}

/// `POST /auth/sign-out`: always done, whoever asks.
pub async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Result<Response, Failed> {
    if let Some(token) = cookie::read(&headers) {
        let ended = app.db.write(move |tx| {
            let Some(session) = session::find(tx.connection(), token.kept())? else { return Ok(()) };
            session::end_with(tx.connection(), token.kept(), Ending::SignedOut)?;
            let by = User::find(&tx.rows(), session.user, session.kind)?.map_or(Actor::System, |user| user.actor());
            deed(tx, by, "auth.sign_out", Some(session.user), None)
        });
        ended.await?;
    }
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie::forget())]).into_response())
}

pub fn too_many(Wait(seconds): Wait) -> Failed {
    Failed::refused(StatusCode::TOO_MANY_REQUESTS, &Refusal::TooManyTries).after(seconds)
}

/// A device on its way in: its new token, and the session it leaves.
#[derive(Debug, Clone)]
pub struct Entering {
    pub token: Token,
    agent: String,
    former: Option<Token>,
}

impl Entering {
    pub fn new(headers: &HeaderMap) -> Result<Self, Failed> {
        let token = Token::new().map_err(Failed::broke)?;
        Ok(Self { token, agent: agent(headers), former: cookie::read(headers) })
    }

    /// A new session under a new token, so that one known before is worth nothing.
    pub fn enter(&self, tx: &mut Tx<'_>, user: &User) -> Result<(), Trouble> {
        if let Some(former) = &self.former {
            session::end_with(tx.connection(), former.kept(), Ending::Replaced)?;
        }
        session::begin(tx.connection(), &self.token, user.id(), &self.agent, tx.at())?;
        deed(tx, user.actor(), "auth.sign_in", Some(user.id()), None)
    }
}

/// The answer to every way of signing in.
pub fn entered(me: Me, user: &User, token: &Token) -> Response {
    ([(header::SET_COOKIE, cookie::set(token, user.kind()))], Json(me)).into_response()
}

pub async fn me_of(app: &App, user: &User) -> Result<Me, Failed> {
    let company = app.db.read(|rows| Ok(rows.rows().get::<Company>(Id::ONLY)?)).await?;
    Ok(Me {
        actor: user.actor(),
        user: user.id(),
        name: user.name().to_owned(),
        role: user.role(),
        company: company.map(|company| company.name.to_string()).unwrap_or_default(),
    })
}

/// Enters something of the entrance in the audit.
pub fn deed(tx: &mut Tx<'_>, by: Actor, what: &str, user: Option<Id>, refused: Option<&str>) -> Result<(), Trouble> {
    tx.audit(&Deed { by, what, subject: user, command: None, refused, args: None })
}

/// Browser and system, as far as their owner needs them to tell devices apart; not the whole header.
fn agent(headers: &HeaderMap) -> String {
    let full = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = |known: &[(&'static str, &'static str)]| known.iter().find(|(mark, _)| full.contains(mark)).map(|(_, name)| *name);
    let browser =
        first(&[("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
