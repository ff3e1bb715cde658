//! Customers, as the server keeps them: numbers in order, names by their sound, telephone numbers behind a mask.

mod complete;
mod masked;
mod sound;

pub(crate) use complete::{complete, voice};

use domain::customers::{
    Contact, Customer, Figure, Worth,
    portal::{Account, Profile},
};

use crate::{db::Entity, portal};

/// Whoever is at a customer uses the portal as long as they are there and the customer is.
pub(crate) static ROWS: [Entity; 4] = [
    Entity::of::<Customer>(5)
        .of_customer("id")
        .head()
        .by(&["no"])
        .names(&[("owner", "person"), ("team", "team")])
        .leads_by(&["owner", "team", "kind", "shares_tickets"])
        .decides_access_by(&["state"])
        .listed_by(&["id", "no", "name", "nature", "industry", "phone", "email", "owner", "team", "state"])
        .seen_as(masked::customer)
        .projected_as::<Account>(portal::account)
        .quoting(&[("owner", "person")]),
    Entity::of::<Contact>(6)
        .of_customer("customer")
        .head()
        .names(&[("customer", "customer")])
        .decides_access_by(&["removed"])
        .listed_by(&["id", "name", "phone", "removed"])
        .seen_as(masked::contact)
        .projected_as::<Profile>(portal::profile),
    Entity::of::<Figure>(7).of_customer("id").head().names(&[("id", "customer")]).leads_heads_by(&["open_tickets"]).listed_by(&[
        "id",
        "sound",
        "last_contact_at",
    ]),
    Entity::of::<Worth>(15).of_customer("id").names(&[("id", "customer")]),
];
