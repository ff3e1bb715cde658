//! Customers: the archive of accounts and the people at them.
//!
//! Invariant: a customer belongs to one team and has at most one owner; what was written over is never lost
//! but goes to the history. Sources: S015–S020, S035, S041–S048, S090, S093.

mod archive;
mod decide;
mod edit;
mod filter;
pub mod portal;
#[cfg(any(test, feature = "testing"))]
pub mod strategies;
#[cfg(test)]
mod tests;

pub use archive::{
    Contact, ContactDraft, Customer, CustomerDraft, CustomerState, DecisionRole, Figure, Industry, Kind, Nature, PhoneSeen, Size, Source,
    Worth, money_scopes_of, openers, queue_scopes_of, scopes_of,
};
pub use decide::{Command, Event, Refusal, decide};
pub use edit::{ContactEdit, Edit, FieldChange, Was};
pub use filter::{Column, Filter, Listed, Order, QUIET_DAYS, View, findable, is_quiet};
