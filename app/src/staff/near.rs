//! The customers somebody may want to look at where there is no line: who waits for them, whom they mean to speak to, and
//! their own whom they spoke to last.

use crate::book::{Book, by_key};
use domain::{
    customers::{Customer, Figure},
    id::CustomerId,
    tickets::Ticket,
    timeline::{Step, StepState},
};
use leptos::prelude::*;
use std::cmp::Reverse;

/// So many are enough for a day outside; each is asked for with every pull.
const MOST: usize = 30;

/// Who is near, nearest first, each once.
#[must_use]
pub fn near(book: Book) -> Vec<CustomerId> {
    let Some(me) = book.me().actor.person() else { return Vec::new() };
    let (tickets, steps, customers) = untrack(|| (book.rows::<Ticket>(), book.rows::<Step>(), book.rows::<Customer>()));
    let asked = tickets.iter().filter(|ticket| ticket.assignee == Some(me) && ticket.state.is_ours());
    let asked = by_key(&asked.cloned().collect::<Vec<_>>(), |ticket| (ticket.next_due().is_none(), ticket.next_due(), ticket.id));
    let planned = steps.iter().filter(|step| step.who == me && step.state == StepState::Open);
    let planned = by_key(&planned.cloned().collect::<Vec<_>>(), |step| (step.due, step.id));
    let spoken = |id: CustomerId| untrack(|| book.row::<Figure>(id)).and_then(|figure| figure.last_contact_at);
    let own = customers.iter().filter(|customer| customer.owner == Some(me));
    let own = by_key(&own.map(|customer| (Reverse(spoken(customer.id)), customer.id)).collect::<Vec<_>>(), |own| *own);
    let all = asked.iter().map(|ticket| ticket.customer).chain(planned.iter().map(|step| step.customer));
    let mut near: Vec<CustomerId> = Vec::new();
    for customer in all.chain(own.iter().map(|(_, customer)| *customer)) {
        if near.len() < MOST && !near.contains(&customer) {
            near.push(customer);
        }
    }
    near
}
