//! Telephone numbers in full: an audited read, for those who may, of what is theirs to see.

use crate::{
    App,
    auth::Caller,
    db::{Deed, Trouble, Tx, Within},
    error::Failed,
    named::Named,
};
use axum::{Json, extract::State};
use domain::{
    access::{self, Right},
    customers::{Contact, Customer, PhoneSeen},
    id::Id,
    row::{Missing, Rows},
    session::Revealed,
};

/// `POST /api/customers/{id}/reveal`
pub async fn customer(State(app): State<App>, caller: Caller, Named(id): Named) -> Result<Json<Revealed>, Failed> {
    reveal(&app, caller, &id, "customers.reveal", |rows, id| Ok(rows.get::<Customer>(id)?.map(|it| it.phone))).await
}

/// `POST /api/contacts/{id}/reveal`
pub async fn contact(State(app): State<App>, caller: Caller, Named(id): Named) -> Result<Json<Revealed>, Failed> {
    reveal(&app, caller, &id, "contacts.reveal", |rows, id| Ok(rows.get::<Contact>(id)?.map(|it| it.phone))).await
}

/// What is asked for, if it is there and theirs to see: its number, if it has one.
type Asked = Result<Option<Option<PhoneSeen>>, Missing>;

/// Absent and foreign are one answer. The entry in the audit is on the disk before the number leaves.
async fn reveal(
    app: &App,
    caller: Caller,
    id: &str,
    what: &'static str,
    phone: fn(&Within<'_>, Id) -> Asked,
) -> Result<Json<Revealed>, Failed> {
    caller.need(Right::RevealContacts)?;
    let id: Id = id.parse().map_err(|_| access::Refusal::NotFound)?;
    let by = caller.actor;
    let found = app.db.write(move |tx: &mut Tx<'_>| -> Result<_, Trouble> {
        let grants = tx.grants(by)?;
        let found = phone(&tx.within(&grants), id)?;
        let refused = found.is_none().then_some("access.not_found");
        tx.audit(&Deed { by, what, subject: Some(id), command: None, refused, args: None })?;
        Ok(found)
    });
    let phone = found.await?.ok_or(access::Refusal::NotFound)?;
    let whole = phone.map(|phone| match phone {
        PhoneSeen::Whole(phone) => phone.to_string(),
        PhoneSeen::Masked(masked) => masked.to_string(),
    });
    Ok(Json(Revealed { phone: whole }))
}
