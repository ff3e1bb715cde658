//! The access matrix of commands and scopes: every one of either vocabulary, by everybody, about what is theirs, what is
//! foreign and what is nobody's. The addresses have theirs in `access.rs` and `outsiders.rs`.

mod cast;
mod customers;
mod drafts;
mod leaves;
mod scopes;
mod side_doors;
mod staff;
mod things;

pub use cast::Cast;
pub use customers::portal_commands;
pub use leaves::{leaves, with};
pub use staff::staff_commands;
pub use things::Things;
