//! The two sizes of every test: small for each change, full for `cargo xtask prove`.

use std::env;

/// The variable that asks for the full size.
pub const FULL: &str = "GUANXI_FULL";

/// Whether this run is to prove something.
pub fn is_full() -> bool {
    env::var_os(FULL).is_some_and(|value| !value.is_empty() && value != "0")
}
