//! What leaves the server of a telephone number: its mask. The whole number is an audited read of its own.

use domain::{
    customers::{Contact, Customer, PhoneSeen},
    id::Id,
    row::{Missing, Rows},
};

use crate::db::{Json, Reading, json};

pub(super) fn customer(rows: &Reading<'_>, id: Id) -> Result<Option<Json>, Missing> {
    let Some(mut customer) = rows.get::<Customer>(id)? else { return Ok(None) };
    mask(&mut customer.phone);
    json(&customer).map(Some)
}

pub(super) fn contact(rows: &Reading<'_>, id: Id) -> Result<Option<Json>, Missing> {
    let Some(mut contact) = rows.get::<Contact>(id)? else { return Ok(None) };
    mask(&mut contact.phone);
    json(&contact).map(Some)
}

fn mask(phone: &mut Option<PhoneSeen>) {
    if let Some(phone) = phone {
        *phone = PhoneSeen::Masked(phone.masked());
    }
}
