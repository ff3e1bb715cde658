//! Attachments, as the server keeps them: bytes in pieces inside the one file, beside the row that says what they are.
//!
//! Invariants: a piece is written once, in a transaction of its own, and only where the one before it ends; a row of a
//! file is there only for bytes whose digest was proved; what nothing carries within a day goes.

mod arriving;
mod bytes;
mod going;

pub use arriving::{Asked, Far, begin, piece, settle};
pub(crate) use bytes::each;
pub use bytes::{Judged, judged, part, proved};
pub use going::{forget, sweep};

use domain::attachments::Stored;

use crate::db::Entity;

pub(crate) static ROWS: [Entity; 1] = [Entity::of::<Stored>(25).names(&[("entry", "ticket_entry")])];

/// What is begun, and what has arrived and nothing carries, is kept so long.
const KEPT_SECONDS: i64 = 86_400;
