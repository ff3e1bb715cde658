//! Tickets, as the server keeps them: numbers in order, and a projection of each for the customer's people.

mod complete;

pub(crate) use complete::complete;

use domain::tickets::{Entry, Ticket, portal as shown};

use crate::{db::Entity, portal};

pub(crate) static ROWS: [Entity; 2] = [
    Entity::of::<Ticket>(11)
        .of_customer("customer")
        .names(&[("customer", "customer"), ("contact", "contact"), ("assignee", "person")])
        .listed_by(&["id", "no", "kind", "subject", "priority", "state", "assignee", "solved_at"])
        .projected_as::<shown::Ticket>(portal::ticket)
        .quoting(&[("contact", "contact"), ("assignee", "person")]),
    Entity::of::<Entry>(12)
        .of_customer("customer")
        .names(&[("ticket", "ticket"), ("customer", "customer")])
        .projected_as::<shown::Entry>(portal::ticket_entry),
];
