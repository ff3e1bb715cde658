//! Sync: commands go up, rows come down by scope, and a device that worked alone converges.
//!
//! The server's order counts: it runs every command again over its own rows. A device keeps confirmed
//! rows and pending commands apart and shows the second replayed over the first. A pending command is
//! removed only by the pull that carries its effect.

mod device;
mod kept;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod model;
mod scope;
#[cfg(test)]
mod simulation;
mod staged;
#[cfg(test)]
mod tests;
mod view;
pub mod wire;

pub use device::{Device, Pulled, Pushed};
pub use kept::{Committed, Held, MAX_OFFLINE_DAYS, Pending, Saved, Wish};
pub use scope::{BadScope, Scope, Scopes};
pub use view::{Key, Replay, Rules, View};
