//! Links that lead in: an invitation, or a new password for somebody who forgot theirs.

use super::{
    account::{self, Account},
    entrance::{Entering, deed, entered, me_of, too_many},
    link,
    password::acceptable,
    session::{self, Ending},
    token::Token,
    words::Refusal,
};
use crate::{
    App,
    db::{Trouble, Tx},
    error::Failed,
    guard::Address,
    sent::Sent,
};
use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use domain::{
    change,
    context::Actor,
    id::{CommandId, Id, PersonId},
    row::Rows,
    session::{Accept, Invitation, InvitationKind},
    settings::Company,
    team::{self, Person, PersonState},
};

pub fn gone() -> Failed {
    Failed::refused(StatusCode::NOT_FOUND, &Refusal::LinkGone)
}

/// A link that may be used, and whom it is for.
struct Found {
    link: link::Open,
    account: Account,
    person: Person,
    company: String,
}

async fn find(app: &App, token: &str) -> Result<Found, Failed> {
    let token = Token::read(token).ok_or_else(gone)?;
    let now = app.now();
    let found = app.db.read(move |rows| {
        let Some(link) = link::find(rows.connection(), &token, now)? else { return Ok(None) };
        let (account, person) = (account::by_user(rows.connection(), link.user)?, rows.rows().get::<Person>(link.user)?);
        let company = rows.rows().get::<Company>(Id::ONLY)?.map(|company| company.name.to_string()).unwrap_or_default();
        Ok(account.zip(person).map(|(account, person)| Found { link, account, person, company }))
    });
    found.await?.filter(|found| found.person.state != PersonState::Disabled).ok_or_else(gone)
}

/// `GET /auth/invitations/{token}`
pub async fn show(State(app): State<App>, Path(token): Path<String>) -> Result<Json<Invitation>, Failed> {
    let Found { link, account, person, company } = find(&app, &token).await?;
    Ok(Json(Invitation { company, name: person.name.to_string(), who: account.who, kind: link.kind }))
}

/// `POST /auth/invitations/{token}`: sets the password and signs in. Whoever was signed in before is not any more.
pub async fn accept(
    State(app): State<App>,
    Path(token): Path<String>,
    Address(address): Address,
    headers: HeaderMap,
    Sent(Accept { password }): Sent<Accept>,
) -> Result<Response, Failed> {
    let Found { link, account, person, .. } = find(&app, &token).await?;
    check(&password, &[person.name.as_str(), &account.who])?;
    // Hashing is dear: as many tries as for signing in.
    let attempt = app.attempts.begin(address, &account.who, app.now()).map_err(too_many)?;
    let kept = app.hasher.hash(password).await?;
    let entering = Entering::new(&headers)?;
    let cookie = entering.token.clone();
    let accepted = app.db.write(move |tx| {
        let again = Token::read(&token).map(|token| link::find(tx.connection(), &token, tx.at())).transpose()?.flatten();
        if again != Some(link) {
            return Ok(false);
        }
        link::use_up(tx.connection(), link.token, tx.at())?;
        account::set_password(tx.connection(), link.user, &kept, tx.at())?;
        session::end_others(tx.connection(), link.user, None, Ending::Replaced)?;
        let what = if link.kind == InvitationKind::Reset { "auth.reset" } else { "auth.accept" };
        deed(tx, Actor::Staff(link.user), what, Some(link.user), None)?;
        activate(tx, link.user)?;
        entering.enter(tx, link.user)?;
        Ok(true)
    });
    if !accepted.await? {
        return Err(gone());
    }
    app.attempts.forgive(attempt);
    Ok(entered(me_of(&app, person).await?, &cookie))
}

/// Whoever has set a password works here.
fn activate(tx: &mut Tx<'_>, user: PersonId) -> Result<(), Trouble> {
    let invited = tx.rows().get::<Person>(user)?.is_some_and(|person| person.state == PersonState::Invited);
    if !invited {
        return Ok(());
    }
    let command = change::Command::Team(team::Command::Enable { id: user });
    tx.command(Actor::System, CommandId(uuid::Uuid::now_v7().into()), &command)?
        .map(drop)
        .map_err(|refusal| Trouble::Broken(format!("{user} cannot start: {refusal:?}")))
}

/// Refuses a password with the field it stands in.
pub fn check(password: &str, own: &[&str]) -> Result<(), Failed> {
    acceptable(password, own).map_err(|refusal| Failed::refused(StatusCode::UNPROCESSABLE_ENTITY, &refusal).field("password", &refusal))
}
