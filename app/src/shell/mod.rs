//! The shell around every staff page: navigation, palette, account, how sync stands.

mod account;
mod frame;
mod once_there;
mod outbox;
mod palette;
mod security;
mod status;
mod words;

pub use frame::{PageBar, StaffFrame};
pub use once_there::OnceThere;
