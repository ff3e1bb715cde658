//! Node and the two packages of `end2end/`, exactly as the lock file says.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::tree;

/// What Playwright needs.
const OLDEST: u32 = 20;

/// Installs the packages unless what is there was installed by this very lock file.
pub fn ready(end2end: &Path) -> Result<()> {
    let version = version();
    let Some(major) = version else {
        bail!("the browser journeys need Node {OLDEST} or newer and find none: install it from https://nodejs.org");
    };
    ensure!(major >= OLDEST, "the browser journeys need Node {OLDEST} or newer, and this is {major}: install it from https://nodejs.org");
    let lock = tree::read(&end2end.join("package-lock.json"))?;
    let installed = end2end.join("node_modules/.installed-by");
    if fs::read_to_string(&installed).is_ok_and(|by| by == lock) {
        return Ok(());
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let status = Command::new(npm)
        .current_dir(end2end)
        .args(["ci", "--no-audit", "--no-fund"])
        .status()
        .context("npm, which comes with Node, could not be started")?;
    ensure!(status.success(), "the packages of end2end/ could not be installed: see npm's messages above");
    tree::write(&installed, lock)
}

fn version() -> Option<u32> {
    let output = Command::new("node").arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}
