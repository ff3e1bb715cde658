//! The browser: the one this machine has, else brought by the system's ordinary means.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

/// What the browser is called where people install it themselves.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const ELSEWHERE: [&str; 3] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/// The browser's program; nothing where Playwright keeps one of its own.
pub fn found_or_installed(end2end: &Path) -> Result<Option<PathBuf>> {
    if let Some(named) = env::var_os("GUANXI_CHROMIUM") {
        return Ok(Some(named.into()));
    }
    if let Some(program) = on_this_machine() {
        return Ok(Some(program));
    }
    if is_debian_root() {
        eprintln!("installing chromium, which the browser journeys need");
        apt_get(&["update"]);
        apt_get(&["install", "--yes", "--no-install-recommends", "chromium", "fonts-noto-cjk"]);
        if let Some(program) = on_this_machine() {
            return Ok(Some(program));
        }
    }
    if playwrights_own(end2end) {
        return Ok(None);
    }
    bail!(
        "the browser journeys need Chromium, and it could not be installed: install it (on Debian `apt-get install chromium fonts-noto-cjk`, \
         elsewhere `cd end2end && npx playwright install --with-deps chromium`), or name it by GUANXI_CHROMIUM"
    );
}

fn on_this_machine() -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::var_os("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default();
    let in_path = folders.iter().flat_map(|folder| NAMES.iter().map(move |name| folder.join(name)));
    in_path.chain(ELSEWHERE.iter().map(PathBuf::from)).find(|program| program.is_file())
}

fn is_debian_root() -> bool {
    let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    root && fs::exists("/etc/debian_version").unwrap_or(false)
}

/// Whether it worked shows when the browser is looked for again.
fn apt_get(arguments: &[&str]) {
    _ = Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null()).status();
}

fn playwrights_own(end2end: &Path) -> bool {
    let mut install = Command::new("node");
    install.current_dir(end2end).args(["node_modules/@playwright/test/cli.js", "install", "chromium"]);
    install.status().is_ok_and(|status| status.success())
}
