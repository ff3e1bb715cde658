//! `cargo xtask watch`: builds again what changed, and lets open pages know.
//!
//! A change of the screen makes a new site, which the running server finds by itself; a change of the rules or the server
//! starts the server anew. Pages ask the server which build it has (`reload.js`), so nothing else is needed for either.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, ensure};

use crate::workspace::Workspace;
use crate::{Profile, serve, site, tool, tree};

const SITE: [&str; 4] = ["app", "domain/src", "public", "style"];
const SERVER: [&str; 3] = ["domain/src", "server/src", "server/migrations"];

/// How often the sources are looked at.
const GLANCE: Duration = Duration::from_millis(300);

/// Runs until it is told to stop; `options` are those of `guanxi serve`.
pub fn run(workspace: &Workspace, options: Vec<OsString>) -> Result<()> {
    let arguments = serve::arguments(options, std::env::var_os("GUANXI_DATA").is_some());
    site::build(workspace, Profile::Edit)?;
    let mut server = Server::start(workspace, &arguments)?;
    let (mut screen, mut rules) = (latest(workspace, &SITE)?, latest(workspace, &SERVER)?);
    loop {
        thread::sleep(GLANCE);
        let now = (latest(workspace, &SITE)?, latest(workspace, &SERVER)?);
        if now.0 != screen {
            told(site::build(workspace, Profile::Edit).map(drop));
        }
        if now.1 != rules {
            told(program(workspace).and_then(|program| server.anew(&program, &arguments)));
        }
        // As of before the build: what was saved meanwhile is built in the next round.
        (screen, rules) = now;
    }
}

/// A mistake in the sources stops nothing: what was there is served until it is mended.
fn told(result: Result<()>) {
    if let Err(error) = result {
        eprintln!("{error:#}");
    }
}

/// How many files there are and when the last was written.
fn latest(workspace: &Workspace, folders: &[&str]) -> Result<(usize, Option<SystemTime>)> {
    let mut seen = (0, None);
    for folder in folders {
        let folder = workspace.root.join(folder);
        for file in tree::files(&folder)? {
            // An editor may be in the middle of replacing it.
            let written = fs::metadata(folder.join(file)).and_then(|file| file.modified()).ok();
            seen = (seen.0 + 1, seen.1.max(written));
        }
    }
    Ok(seen)
}

fn program(workspace: &Workspace) -> Result<PathBuf> {
    let status = Command::new(tool::named("CARGO", "cargo"))
        .current_dir(&workspace.root)
        .args(["build", "--package", "server", "--bin", "guanxi", "--target-dir"])
        .arg(&workspace.target)
        .status()
        .context("cargo could not be started")?;
    ensure!(status.success(), "the server could not be built: see the compiler's messages above");
    // It finds the site beside its folder.
    Ok(workspace.target.join("debug").join(if cfg!(windows) { "guanxi.exe" } else { "guanxi" }))
}

/// The server that is running, and goes with us.
struct Server(Child);

impl Server {
    fn start(workspace: &Workspace, arguments: &[OsString]) -> Result<Self> {
        Ok(Self(spawned(&program(workspace)?, arguments)?))
    }

    fn anew(&mut self, program: &PathBuf, arguments: &[OsString]) -> Result<()> {
        self.stop();
        self.0 = spawned(program, arguments)?;
        Ok(())
    }

    fn stop(&mut self) {
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

fn spawned(program: &PathBuf, arguments: &[OsString]) -> Result<Child> {
    Command::new(program).args(arguments).spawn().with_context(|| format!("{} could not be started", program.display()))
}
