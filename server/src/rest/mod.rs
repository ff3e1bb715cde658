//! What other systems may do: a REST interface over every feature, by token.
//!
//! Invariants: a request is answered once and told again; what is refused has written nothing but its refusal; a
//! token reads everything that its role reads of at all, and writes through the same commands as everybody.

pub mod tokens;
mod words;

pub use words::Refusal;
