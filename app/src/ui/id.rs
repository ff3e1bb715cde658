//! Names for elements that refer to one another: label and field, button and reason.

use std::sync::atomic::{AtomicU32, Ordering};

static LAST: AtomicU32 = AtomicU32::new(0);

/// A name no other element on the page has.
pub(super) fn fresh(what: &str) -> String {
    format!("{what}-{}", LAST.fetch_add(1, Ordering::Relaxed))
}
