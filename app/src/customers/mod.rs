//! Customers on screen: finding them, the archive's facts, the people at them, the forms that change them.

mod contacts;
mod facts;
pub mod filter;
mod form;
mod index;
mod name;
mod picker;
mod portal_access;
mod table;
#[cfg(test)]
pub mod testing;
mod tier;
pub mod words;

pub use contacts::ContactsCard;
pub use facts::{FactsCard, Headline};
pub use form::CustomerDialog;
pub use index::{Found, Index, NextStep, provide_index, use_index};
pub use name::{named, named_row};
pub use picker::CustomerPicker;
pub use table::CustomerTable;
pub use tier::{tier_badge, tier_of};
