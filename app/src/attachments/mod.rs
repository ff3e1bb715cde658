//! Attachments: files put to what one writes, and shown where it is read.
//!
//! A file is sent as soon as it is chosen, in pieces, and goes on where it broke off; what is written waits for nobody.

mod chosen;
mod sending;
mod shown;
pub mod words;

pub use chosen::{AttachButton, Going, place, unsaid};
pub use sending::Attaching;
pub use shown::shown;
