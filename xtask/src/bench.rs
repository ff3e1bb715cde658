//! `cargo xtask bench`: what a first visit weighs, how long people wait in a browser, and how fast the program is
//! beside what the machine could do.

use anyhow::{Context, Result, ensure};

use crate::budget::{self, Visit};
use crate::workspace::Workspace;
use crate::{Profile, dist, journeys, site};

/// Builds the program as `dist` does, and measures that.
pub fn run(workspace: &Workspace) -> Result<()> {
    let bundle = site::build(workspace, Profile::Release)?;
    println!("first visit, brotli");
    for Visit { surface, kib, goal, .. } in budget::visits(&bundle)? {
        println!("  {surface:<10}{kib:>7.1} KiB, {:.2} of the goal of {goal}", kib / goal as f64);
    }
    let end2end = workspace.root.join("end2end");
    let mut cargo = dist::with_site_inside(workspace, &bundle, "bench")?;
    cargo.args(["--bench", "figures"]).env("GUANXI_BENCH_END2END", &end2end);
    if let Some(chromium) = journeys::browser(&end2end)? {
        cargo.env("GUANXI_CHROMIUM", chromium);
    }
    let status = cargo.status().context("cargo could not be started")?;
    ensure!(status.success(), "not measured: see above");
    Ok(())
}
