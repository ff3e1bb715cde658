//! Accounts of the demonstration's customers: whoever wrote in the portal has one, and anybody may take the guest's.

use super::{
    SHOWN_PASSWORD,
    archive::GUEST,
    story::{Deed, Said},
};
use crate::{
    auth::{
        account::{self, Account, Kind},
        password,
        token::Token,
    },
    db::{Trouble, Tx},
};
use domain::{
    context::Actor,
    customers::{Contact, PhoneSeen},
    id::ContactId,
    row::Rows,
    time::Instant,
};
use std::collections::BTreeSet;

/// Makes the accounts, all as old as the company.
pub fn admit(tx: &mut Tx<'_>, deeds: &[Deed], at: Instant) -> Result<(), Trouble> {
    let broken = |error: &dyn ToString| Trouble::Broken(error.to_string());
    // Nobody knows this one, so nobody is them.
    let nobodys = Token::new().map_err(|error| broken(&error))?.shown();
    let (nobodys, shown) = (password::hash(&nobodys), password::hash(SHOWN_PASSWORD));
    let (nobodys, shown) = (nobodys.map_err(|error| broken(&error))?, shown.map_err(|error| broken(&error))?);
    for id in authors(deeds) {
        let Some(contact) = tx.rows().get::<Contact>(id)? else { continue };
        let names = names(tx, &contact)?;
        let Some(first) = names.first() else { continue };
        let is_guest = first == GUEST.2;
        let password = Some(if is_guest { shown.clone() } else { nobodys.clone() });
        account::add(tx.connection(), &Account { user: id.into(), kind: Kind::Portal, who: first.clone(), password }, at)?;
        account::rename(tx.connection(), id.into(), &names)?;
        if is_guest {
            account::show_to_all(tx.connection(), id.into(), SHOWN_PASSWORD)?;
        }
    }
    Ok(())
}

fn authors(deeds: &[Deed]) -> BTreeSet<ContactId> {
    let theirs = deeds.iter().filter(|deed| matches!(deed.command, Said::Theirs(_)));
    theirs.filter_map(|deed| if let Actor::Portal { contact, .. } = deed.by { Some(contact) } else { None }).collect()
}

/// Address and number, as far as nobody else has them.
fn names(tx: &Tx<'_>, contact: &Contact) -> Result<Vec<String>, Trouble> {
    let phone = contact.phone.as_ref().and_then(|phone| if let PhoneSeen::Whole(phone) = phone { Some(phone.to_string()) } else { None });
    let mut names = Vec::new();
    for name in contact.email.as_ref().map(ToString::to_string).into_iter().chain(phone) {
        if account::by_who(tx.connection(), &name)?.is_none() {
            names.push(name);
        }
    }
    Ok(names)
}
