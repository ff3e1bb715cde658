//! The programs of the toolchain, as whoever started us calls them.

use std::env;
use std::ffi::OsString;

/// The program a variable names (cargo sets `CARGO` for what it starts), else the usual one.
pub fn named(variable: &str, usual: &str) -> OsString {
    env::var_os(variable).unwrap_or_else(|| usual.into())
}
