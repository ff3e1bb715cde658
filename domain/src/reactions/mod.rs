//! What one feature's event asks of another: one file per asking feature.
//!
//! Reactions run in the causing command's transaction, after it. On a device they run where their facts are there.

mod customers;
mod insights;
mod loyalty;
mod orders;
mod surveys;
#[cfg(test)]
mod tests;
mod tickets;
mod timeline;

use crate::{change::Event, context::Context, row::Rows};

/// A reaction may cause another, so many times. More would be a cycle.
pub const DEPTH: usize = 3;

pub fn to<R: Rows>(event: &Event, rows: &R, context: &Context) -> Vec<Event> {
    match event {
        // A fact that is not here leaves the reaction to the server.
        Event::Customers(event) => customers::to(event, rows, context).unwrap_or_default(),
        Event::Timeline(event) => timeline::to(event, context),
        Event::Tickets(event) => tickets::to(event, rows, context),
        Event::Orders(event) => orders::to(event, rows, context),
        Event::Loyalty(event) => loyalty::to(event, rows, context),
        Event::Surveys(event) => surveys::to(event, rows, context),
        Event::Team(_) | Event::Settings(_) | Event::Notices(_) | Event::Insights(_) => Vec::new(),
    }
}
