//! What administrators do with accounts: invite, hand out a new password's link, sign somebody's devices out.

use crate::{
    App,
    auth::{
        Caller, Refusal, account, link,
        people::{Newcomer, make, named},
        session::{self, Ending},
        token::Token,
    },
    db::{Deed, Trouble, Tx},
    error::Failed,
    named::Named,
    sent::Sent,
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    access::{self, Right},
    context::Actor,
    id::PersonId,
    row::Rows,
    session::{Accounts, InvitationKind, Invite, Link},
    team::{Person, PersonState},
};

/// `GET /api/people`
pub async fn accounts(State(app): State<App>, caller: Caller) -> Result<Json<Accounts>, Failed> {
    caller.need(Right::ManagePeople)?;
    let who = app.db.read(|rows| Ok(account::of_staff(rows.connection())?)).await?;
    Ok(Json(Accounts { who }))
}

/// `POST /api/team/invitations`
pub async fn invite(State(app): State<App>, caller: Caller, Sent(invite): Sent<Invite>) -> Result<(StatusCode, Json<Link>), Failed> {
    caller.need(Right::ManagePeople)?;
    let Invite { name, email, role, department, teams } = invite;
    let (name, email) = named(&name, &email)?;
    let teams = teams.into_iter().map(Into::into).collect();
    let new = Newcomer { name, email, role, department: department.map(Into::into), teams };
    let token = Token::new().map_err(Failed::broke)?;
    let made = app.db.write(move |tx| {
        let person = match make(tx, caller.actor, new, None)? {
            Ok(person) => person,
            Err(failed) => return Ok(Err(failed)),
        };
        Ok(Ok(link::make(tx.connection(), &token, InvitationKind::Staff, person.id.into(), tx.at())?))
    });
    Ok((StatusCode::CREATED, Json(made.await??)))
}

/// `POST /api/team/people/{id}/reset`: a link for somebody who forgot their password, or lost their invitation.
pub async fn reset(State(app): State<App>, caller: Caller, Named(id): Named) -> Result<(StatusCode, Json<Link>), Failed> {
    caller.need(Right::ManagePeople)?;
    let id: PersonId = id.parse().map_err(|_| access::Refusal::NotFound)?;
    let token = Token::new().map_err(Failed::broke)?;
    let made = app.db.write(move |tx| {
        let Some(person) = tx.rows().get::<Person>(id)? else { return Ok(Err(access::Refusal::NotFound.into())) };
        if account::by_user(tx.connection(), id.into())?.is_none() || person.state == PersonState::Disabled {
            return Ok(Err(Failed::refused(StatusCode::UNPROCESSABLE_ENTITY, &Refusal::NoSuchAccount)));
        }
        let kind = if person.state == PersonState::Invited { InvitationKind::Staff } else { InvitationKind::Reset };
        let link = link::make(tx.connection(), &token, kind, id.into(), tx.at())?;
        deed(tx, caller.actor, "team.reset", id)?;
        Ok(Ok(link))
    });
    Ok((StatusCode::CREATED, Json(made.await??)))
}

/// `POST /api/team/people/{id}/sign-out`: a device was lost. What somebody has on theirs is forgotten.
pub async fn sign_out(State(app): State<App>, caller: Caller, Named(id): Named) -> Result<StatusCode, Failed> {
    caller.need(Right::ManagePeople)?;
    let id: PersonId = id.parse().map_err(|_| access::Refusal::NotFound)?;
    let done = app.db.write(move |tx| {
        if tx.rows().get::<Person>(id)?.is_none() {
            return Ok(Err(Failed::from(access::Refusal::NotFound)));
        }
        session::end_others(tx.connection(), id.into(), None, Ending::Revoked)?;
        deed(tx, caller.actor, "team.sign_out", id)?;
        Ok(Ok(()))
    });
    done.await??;
    Ok(StatusCode::NO_CONTENT)
}

fn deed(tx: &mut Tx<'_>, by: Actor, what: &str, person: PersonId) -> Result<(), Trouble> {
    tx.audit(&Deed { by, what, subject: Some(person.into()), command: None, refused: None, args: None })
}
