//! What customers are shown of themselves: types of their own, never a row as staff see it.

use super::archive::{Contact, Customer, Kind};
use crate::{
    id::{ContactId, CustomerId},
    row::{Missing, Rows, rows},
    sync::Scope,
    text::{CustomerNo, Email, MaskedPhone, Name},
};

rows! {
    /// The account, as its people know it.
    Account in "portal_account" {
        id: CustomerId,
        no: Option<CustomerNo>,
        name: Option<Name>,
        kind: Kind,
        /// Who of us takes care of them.
        adviser: Option<Name>,
        shares_tickets: bool,
    }

    /// Oneself.
    Profile in "portal_profile" {
        id: ContactId,
        name: Name,
        phone: Option<MaskedPhone>,
        email: Option<Email>,
    }
}

impl Account {
    fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
        Ok(Vec::new())
    }

    /// Every field of the original is named here, shown or not.
    #[must_use]
    pub fn of(original: &Customer, adviser: Option<Name>) -> Self {
        let Customer {
            id,
            ref no,
            ref name,
            kind,
            nature: _,
            size: _,
            industry: _,
            source: _,
            since: _,
            legal_representative: _,
            business_scope: _,
            address: _,
            phone: _,
            email: _,
            needs: _,
            owner: _,
            team: _,
            state: _,
            shares_tickets,
            created_at: _,
            updated_at: _,
        } = *original;
        Self { id, no: no.clone(), name: name.clone(), kind, adviser, shares_tickets }
    }
}

impl Profile {
    fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
        Ok(Vec::new())
    }

    #[must_use]
    pub fn of(original: &Contact) -> Self {
        let Contact {
            id,
            customer: _,
            ref name,
            position: _,
            decision_role: _,
            ref phone,
            ref email,
            preferences: _,
            removed: _,
            created_at: _,
        } = *original;
        Self { id, name: name.clone(), phone: phone.as_ref().map(super::archive::PhoneSeen::masked), email: email.clone() }
    }
}
