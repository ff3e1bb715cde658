//! The rules of Guanxi, compiled for the server and for the browser.
//!
//! Nothing here reads a clock, a disk or chance: time, ids and the actor are arguments.
//! In reading order: plain values, what a rule may know, the vocabularies, sync, the features.

pub mod calendar;
pub mod channel;
pub mod id;
pub mod money;
pub mod service_level;
pub mod sides;
pub mod text;
pub mod time;
pub mod words;

pub mod access;
pub mod context;
pub mod imports;
pub mod row;
pub mod session;

pub mod change;
pub mod portal;
mod reactions;
pub mod sync;

pub mod attachments;
pub mod customers;
pub mod insights;
pub mod loyalty;
pub mod notices;
pub mod orders;
pub mod settings;
pub mod surveys;
pub mod team;
pub mod tickets;
pub mod timeline;

pub mod lookup;
pub mod search;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
