//! What people do, told in the browser; every story and its time is in Playwright's own list.

use std::path::Path;

use xtask::journeys;
use xtask::rules::trial::Broken;
use xtask::workspace::Workspace;

#[test]
fn every_story_ends_as_told() -> Result<(), Broken> {
    Ok(journeys::run(&Workspace::here(), Path::new(env!("CARGO_BIN_EXE_xtask")))?)
}
