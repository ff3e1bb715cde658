//! The browser journeys: real people's stories, in a real browser, against the real server on a company that never was.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::workspace::Workspace;
use crate::{Profile, site, size, tree};

mod chromium;
mod guanxi;
mod node;

use guanxi::Guanxi;

/// How many customers the company has: as many as a screen needs, or as many as `prove` wants.
const CUSTOMERS: (u32, u32) = (60, 2_000);

/// Of another company devices do not carry the archive: it has more than is near anybody.
const NOT_CARRIED: u32 = 200;
const MORE_THAN_IS_CARRIED: &str = "server/tests/fixtures/more_than_is_carried.sql";

/// Builds the site, starts `program` (this crate's own, as `cargo run` does) on it, and lets Playwright tell the stories.
pub fn run(workspace: &Workspace, program: &Path) -> Result<()> {
    let end2end = workspace.root.join("end2end");
    let chromium = browser(&end2end)?;
    site::build(workspace, Profile::Release)?;
    let customers = if size::is_full() { CUSTOMERS.1 } else { CUSTOMERS.0 };
    let guanxi = Guanxi::start(program, customers)?;
    let large = Guanxi::start_large(program, NOT_CARRIED, &tree::read(&workspace.root.join(MORE_THAN_IS_CARRIED))?)?;
    let mut playwright = Command::new("node");
    playwright.current_dir(&end2end).args(["node_modules/@playwright/test/cli.js", "test"]);
    playwright.env("GUANXI_URL", &guanxi.address).env("GUANXI_LARGE_URL", &large.address);
    if let Some(chromium) = chromium {
        playwright.env("GUANXI_CHROMIUM", chromium);
    }
    let status = playwright.status().context("Playwright could not be started")?;
    ensure!(status.success(), "some stories ended otherwise than told: see the list above, and the pictures in end2end/results");
    Ok(())
}

/// What Playwright needs, brought where it is not; the browser's program, but where Playwright keeps one of its own.
pub fn browser(end2end: &Path) -> Result<Option<PathBuf>> {
    node::ready(end2end)?;
    chromium::found_or_installed(end2end)
}
