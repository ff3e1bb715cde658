//! The timeline: everything that happened with a customer, and what somebody means to do next.
//!
//! Invariant: entries are never changed; a follow-up that was wrong is withdrawn by its author and stays visible as
//! withdrawn. Sources: S034, S092–S094.

mod decide;
mod entry;
#[cfg(any(test, feature = "testing"))]
pub mod strategies;
#[cfg(test)]
mod tests;

pub use decide::{Command, Event, Refusal, decide};
pub use entry::{Entry, FieldChange, FollowUp, Method, Outcome, Step, StepDraft, StepState, What};
