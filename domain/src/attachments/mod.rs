//! Attachments: files that people put to what they say.
//!
//! A file is sent first and named afterwards: what it is was judged by its content when it had arrived, and a command
//! that names it repeats exactly that. Invariants: a file is used once, by whoever sent it; who may read the entry that
//! carries it may read the file, and nobody else. Sources: issue 2 (Deliver 2, 4); OWASP ASVS V5.

mod file;
mod judge;
mod stored;
#[cfg(any(test, feature = "testing"))]
pub mod strategies;
#[cfg(test)]
mod tests;

pub use file::{Digest, File, FileName, Media, Size};
pub use judge::Judge;
pub use stored::{Arrived, MOST, Refusal, Stored, Wanted, fit, taken};

/// A file travels in pieces of so many bytes; only the last may be shorter.
pub const PIECE: u32 = 256 * 1024;
