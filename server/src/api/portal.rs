//! What staff do with the accounts of customers: who has one, inviting somebody, ending their access.

use crate::{
    App,
    auth::{
        Caller, Refusal,
        account::{self, Account, Kind},
        link, qr,
        session::{self, Ending},
        token::Token,
    },
    db::{Deed, Trouble, Tx},
    error::{Failed, Reason},
    guard,
    named::Named,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use domain::{
    access::{self, Right},
    change,
    context::Actor,
    customers::{self, Contact, Customer, CustomerState, PhoneSeen},
    id::{ContactId, CustomerId},
    row::{Row, Rows},
    session::{InvitationKind, Link, PortalUsers},
};

/// `GET /api/customers/{id}/portal`
pub async fn users(State(app): State<App>, caller: Caller, Named(id): Named) -> Result<Json<PortalUsers>, Failed> {
    caller.need(Right::InviteCustomers)?;
    let id: CustomerId = id.parse().map_err(|_| access::Refusal::NotFound)?;
    let by = caller.actor;
    let users = app.db.read(move |rows| {
        let grants = rows.grants(by)?;
        let scopes = rows.get::<Customer>(id)?.map(|customer| customer.scopes(&rows.rows())).transpose()?;
        let is_theirs = scopes.into_iter().flatten().any(|scope| grants.contains(&scope));
        Ok(if is_theirs { Some(account::of_customer(rows.connection(), id.into())?) } else { None })
    });
    Ok(Json(PortalUsers { users: users.await?.ok_or(access::Refusal::NotFound)? }))
}

/// `POST /api/contacts/{id}/invite`: a link that lets one of a customer's people in, or sets a new password for them.
pub async fn invite(
    State(app): State<App>,
    caller: Caller,
    Named(id): Named,
    headers: HeaderMap,
) -> Result<(StatusCode, Json<Link>), Failed> {
    caller.need(Right::InviteCustomers)?;
    let id: ContactId = id.parse().map_err(|_| access::Refusal::NotFound)?;
    let token = Token::new().map_err(Failed::broke)?;
    let made = app.db.write(move |tx| {
        let contact = match theirs(tx, caller.actor, id)? {
            Ok(contact) => contact,
            Err(failed) => return Ok(Err(failed)),
        };
        let account = match admitted(tx, &contact)? {
            Ok(account) => account,
            Err(failed) => return Ok(Err(failed)),
        };
        let kind = if account.password.is_some() { InvitationKind::Reset } else { InvitationKind::Portal };
        let link = link::make(tx.connection(), &token, kind, account.user, tx.at())?;
        deed(tx, caller.actor, "contacts.invite", id)?;
        Ok(Ok(link))
    });
    let link = made.await??;
    let origin = guard::origin(&app, &headers);
    let qr = origin.and_then(|origin| qr::of(&format!("{origin}{}", link.path)));
    Ok((StatusCode::CREATED, Json(Link { qr, ..link })))
}

/// `POST /api/contacts/{id}/sign-out`: their devices forget what they hold.
pub async fn sign_out(State(app): State<App>, caller: Caller, Named(id): Named) -> Result<StatusCode, Failed> {
    caller.need(Right::InviteCustomers)?;
    let id: ContactId = id.parse().map_err(|_| access::Refusal::NotFound)?;
    let done = app.db.write(move |tx| {
        if seen(tx, caller.actor, id)?.is_none() {
            return Ok(Err(Failed::from(access::Refusal::NotFound)));
        }
        if account::by_user(tx.connection(), id.into())?.is_some_and(|account| account.kind == Kind::Portal) {
            session::end_others(tx.connection(), id.into(), None, Ending::Revoked)?;
        }
        deed(tx, caller.actor, "contacts.sign_out", id)?;
        Ok(Ok(()))
    });
    done.await??;
    Ok(StatusCode::NO_CONTENT)
}

/// The contact, if this member of staff may see it.
fn seen(tx: &mut Tx<'_>, by: Actor, id: ContactId) -> Result<Option<Contact>, Trouble> {
    let grants = tx.grants(by)?;
    Ok(tx.within(&grants).get::<Contact>(id)?)
}

/// Somebody who is at a customer of ours now.
fn theirs(tx: &mut Tx<'_>, by: Actor, id: ContactId) -> Result<Result<Contact, Failed>, Trouble> {
    let Some(contact) = seen(tx, by, id)?.filter(|contact| !contact.removed) else {
        return Ok(Err(access::Refusal::NotFound.into()));
    };
    let archived = tx.rows().get::<Customer>(contact.customer)?.is_some_and(|customer| customer.state == CustomerState::Archived);
    Ok(if archived { Err(change::Refusal::Customers(customers::Refusal::Archived).into()) } else { Ok(contact) })
}

/// The account by which this person signs in, made now if there was none. Its names are the number and the address
/// that stand in the archive today.
fn admitted(tx: &Tx<'_>, contact: &Contact) -> Result<Result<Account, Failed>, Trouble> {
    let unfit = |refusal| Failed::refused(StatusCode::UNPROCESSABLE_ENTITY, &refusal);
    let user = contact.id.into();
    let former = account::by_user(tx.connection(), user)?;
    if former.as_ref().is_some_and(|account| account.kind != Kind::Portal) {
        // An id that a device made up is that of a colleague: their account is nobody else's.
        return Ok(Err(access::Refusal::NotFound.into()));
    }
    let phone = contact.phone.as_ref().and_then(|phone| match phone {
        PhoneSeen::Whole(phone) => Some(phone.to_string()),
        PhoneSeen::Masked(_) => None,
    });
    let names = [("phone", phone), ("email", contact.email.as_ref().map(ToString::to_string))];
    let names: Vec<(&str, String)> = names.into_iter().filter_map(|(field, name)| Some((field, name?))).collect();
    let Some((_, first)) = names.first() else { return Ok(Err(unfit(Refusal::NoWho))) };
    for (field, name) in &names {
        if account::by_who(tx.connection(), name)?.is_some_and(|other| other.user != user) {
            return Ok(Err(unfit(Refusal::WhoTaken).field(field, &Refusal::WhoTaken)));
        }
    }
    if former.is_none() {
        let account = Account { user, kind: Kind::Portal, who: first.clone(), password: None };
        account::add(tx.connection(), &account, tx.at())?;
    }
    let names: Vec<String> = names.into_iter().map(|(_, name)| name).collect();
    account::rename(tx.connection(), user, &names)?;
    let account = account::by_user(tx.connection(), user)?;
    Ok(account.ok_or_else(|| Failed::from(Reason::Broken)))
}

fn deed(tx: &mut Tx<'_>, by: Actor, what: &str, contact: ContactId) -> Result<(), Trouble> {
    tx.audit(&Deed { by, what, subject: Some(contact.into()), command: None, refused: None, args: None })
}
