//! Tickets: what customers ask of us, the conversation about it, and the clocks that say whether we are in time.
//!
//! Invariants: a state is left only along [`State::may_become`]; the clock of a ticket follows from its entries; what is
//! internal is in no scope of a customer's. Sources: S149–S160, S172; B.4, B.5; requests 7, 8, 13, 14; traps 5–8, 12, 13.

mod clock;
mod decide;
mod filter;
mod life;
pub mod portal;
#[cfg(any(test, feature = "testing"))]
pub mod strategies;
#[cfg(test)]
pub(crate) mod tests;
mod ticket;

pub use crate::channel::Channel;
pub use clock::Clock;
pub use decide::{Command, Draft, Event, Refusal, decide};
pub use filter::{Filter, View, fits, is_meant};
pub use life::{CLOSES_AFTER_DAYS, State, answered, first_priority};
pub use ticket::{Audience, Entry, Kind, POOR_STARS, Rating, Stars, Ticket, What};
