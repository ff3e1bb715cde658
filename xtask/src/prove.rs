//! `cargo xtask prove [name]`: the same tests at full size, with their figures.

use std::ffi::OsString;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};

use crate::workspace::Workspace;
use crate::{size, tool};

/// Where the cases of properties begin; see `.cargo/config.toml`.
const SEED: &str = "PROPTEST_RNG_SEED";

/// Runs the tests whose names hold one of `names`, or all; what they print is shown.
pub fn run(workspace: &Workspace, names: &[OsString]) -> Result<()> {
    let seed = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    println!("{SEED}={seed}");
    let status = Command::new(tool::named("CARGO", "cargo"))
        .current_dir(&workspace.root)
        .args(["test", "--workspace", "--no-fail-fast", "--", "--nocapture"])
        .args(names)
        .env(size::FULL, "1")
        .env(SEED, seed.to_string())
        .status()
        .context("cargo could not be started")?;
    ensure!(status.success(), "not proved: see above");
    Ok(())
}
