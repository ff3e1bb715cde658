//! Links that lead in: an invitation, or a new password for somebody who forgot theirs.

use super::{
    account::{self, Account},
    entrance::{Entering, deed, entered, me_of, too_many},
    link,
    password::acceptable,
    session::{self, Ending},
    token::Token,
    user::{Standing, User},
    words::Refusal,
};
use crate::{
    App,
    db::{Trouble, Tx},
    error::Failed,
    guard::Address,
    named::Named,
    sent::Sent,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use domain::{
    change,
    context::Actor,
    id::{CommandId, Id},
    row::Rows,
    session::{Accept, Invitation, InvitationKind},
    settings::Company,
    team::{self, PersonState},
    text::Phone,
};

pub fn gone() -> Failed {
    Failed::refused(StatusCode::NOT_FOUND, &Refusal::LinkGone)
}

/// A link that may be used, and whom it is for.
struct Found {
    link: link::Open,
    account: Account,
    user: User,
    company: String,
}

async fn find(app: &App, token: &str) -> Result<Found, Failed> {
    let token = Token::read(token).ok_or_else(gone)?;
    let now = app.now();
    let found = app.db.read(move |rows| {
        let Some(link) = link::find(rows.connection(), &token, now)? else { return Ok(None) };
        let Some(account) = account::by_user(rows.connection(), link.user)? else { return Ok(None) };
        let company = rows.rows().get::<Company>(Id::ONLY)?.map(|company| company.name.to_string()).unwrap_or_default();
        Ok(User::of(rows, &account)?.map(|user| Found { link, account, user, company }))
    });
    found.await?.filter(|found| found.user.standing() != Standing::Out).ok_or_else(gone)
}

/// `GET /auth/invitations/{token}`
pub async fn show(State(app): State<App>, Named(token): Named) -> Result<Json<Invitation>, Failed> {
    let Found { link, account, user, company } = find(&app, &token).await?;
    // Whoever it is for knows their number.
    let who = Phone::parse(&account.who).map(|phone| phone.masked().to_string()).unwrap_or(account.who);
    Ok(Json(Invitation { company, name: user.name().to_owned(), who, kind: link.kind }))
}

/// `POST /auth/invitations/{token}`: sets the password and signs in. Whoever was signed in before is not any more.
pub async fn accept(
    State(app): State<App>,
    Named(token): Named,
    Address(address): Address,
    headers: HeaderMap,
    Sent(Accept { password }): Sent<Accept>,
) -> Result<Response, Failed> {
    let Found { link, account, user, .. } = find(&app, &token).await?;
    check(&password, &[user.name(), &account.who])?;
    // Hashing is dear: as many tries as for signing in.
    let attempt = app.attempts.begin(address, &account.who, app.now()).map_err(too_many)?;
    let kept = app.hasher.hash(password).await?;
    let entering = Entering::new(&headers)?;
    let cookie = entering.token.clone();
    let accepted = app.db.write(move |tx| {
        let again = Token::read(&token).map(|token| link::find(tx.connection(), &token, tx.at())).transpose()?.flatten();
        let user = User::of(&tx.rows(), &account)?.filter(|user| user.standing() != Standing::Out);
        let Some(user) = user.filter(|_| again == Some(link)) else { return Ok(None) };
        link::use_up(tx.connection(), link.token, tx.at())?;
        account::set_password(tx.connection(), link.user, &kept, tx.at())?;
        session::end_others(tx.connection(), link.user, None, Ending::Replaced)?;
        let what = if link.kind == InvitationKind::Reset { "auth.reset" } else { "auth.accept" };
        deed(tx, user.actor(), what, Some(link.user), None)?;
        activate(tx, &user)?;
        entering.enter(tx, &user)?;
        Ok(Some(user))
    });
    let user = accepted.await?.ok_or_else(gone)?;
    app.attempts.forgive(attempt);
    Ok(entered(me_of(&app, &user).await?, &user, &cookie))
}

/// Whoever of ours has set a password works here.
fn activate(tx: &mut Tx<'_>, user: &User) -> Result<(), Trouble> {
    let User::Staff(person) = user else { return Ok(()) };
    if person.state != PersonState::Invited {
        return Ok(());
    }
    let command = change::Command::Team(team::Command::Enable { id: person.id });
    tx.command(Actor::System, CommandId(uuid::Uuid::now_v7().into()), &command)?
        .map(drop)
        .map_err(|refusal| Trouble::Broken(format!("{:?} cannot start: {refusal:?}", person.id)))
}

/// Refuses a password with the field it stands in.
pub fn check(password: &str, own: &[&str]) -> Result<(), Failed> {
    acceptable(password, own).map_err(|refusal| Failed::refused(StatusCode::UNPROCESSABLE_ENTITY, &refusal).field("password", &refusal))
}
