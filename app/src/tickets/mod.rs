//! Tickets on screen: the queue, the conversation about one, the form of a new one, and what other pages show of them.
//!
//! Invariant: what is internal never looks like what the customer reads.

mod aid;
mod card;
mod clocks;
mod composer;
mod deeds;
mod facts;
pub mod filter;
mod find;
mod form;
mod look_back;
mod panel;
mod queue;
mod row;
mod talk;
#[cfg(test)]
mod tests;
pub mod words;

pub use card::{DueCard, TicketsCard, UnassignedCard};
pub use clocks::{Urgency, urgency};
pub use deeds::Deeds;
pub use find::{best, seek, to_do};
pub use form::TicketDialog;
pub use look_back::{LateTickets, PoorRatings};
pub use panel::TicketPanel;
pub use queue::QueueTable;
