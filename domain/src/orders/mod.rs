//! Orders: what customers bought, what they paid and what they got back.
//!
//! Invariants: an order has one number; nobody gets back more than they paid; a state is left only along
//! [`State::may_become`]. Sources: S095, S097, S100, S113, S114.

mod decide;
mod order;
pub mod portal;
#[cfg(any(test, feature = "testing"))]
pub mod strategies;
#[cfg(test)]
pub(crate) mod tests;

pub use decide::{Command, Draft, Event, Refusal, decide};
pub use order::{Order, Refund, State};
