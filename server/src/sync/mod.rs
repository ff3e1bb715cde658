//! Sync, the server's half: commands come up and are judged, rows go down by scope, pokes say when to ask.
//!
//! Invariants: a command's effect and its verdict are one transaction; what is sent is decided by the grants of the
//! same snapshot; a page never ends inside one change.

mod client;
mod command;
mod glance;
mod grants;
mod live;
mod pull;
mod push;
pub mod retention;
mod routes;

pub use routes::routes;
