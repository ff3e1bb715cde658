//! The shell around every staff page: navigation, palette, account, how sync stands.

mod account;
mod frame;
mod outbox;
mod palette;
mod security;
mod status;
mod words;

pub use frame::{PageBar, StaffFrame};
