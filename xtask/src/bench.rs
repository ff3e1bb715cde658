//! `cargo xtask bench`: what a first visit weighs, and how fast the program is beside what the machine could do.

use anyhow::{Result, ensure};

use crate::budget::{self, Visit};
use crate::workspace::Workspace;
use crate::{Profile, dist, site};

/// Builds the program as `dist` does, and measures that.
pub fn run(workspace: &Workspace) -> Result<()> {
    let bundle = site::build(workspace, Profile::Release)?;
    println!("first visit, brotli");
    for Visit { surface, kib, goal, .. } in budget::visits(&bundle)? {
        println!("  {surface:<10}{kib:>7.1} KiB, {:.2} of the goal of {goal}", kib / goal as f64);
    }
    let status = dist::with_site_inside(workspace, &bundle, "bench", &["--bench", "figures"])?;
    ensure!(status.success(), "not measured: see above");
    Ok(())
}
