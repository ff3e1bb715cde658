//! The application as one wasm file, built by a cargo of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::workspace::Workspace;
use crate::{Profile, tool};

const TARGET: &str = "wasm32-unknown-unknown";

/// The split needs the relocations. Without the types of its children a component is compiled once instead of once for
/// each place: an eighth of the staff's chunk, measured on 9,000 lines of screens.
const FLAGS: &str = "-Clink-args=--emit-relocs --cfg erase_components";

/// Builds `app` and returns the file; cargo's own messages go straight to the terminal.
pub fn build(workspace: &Workspace, profile: Profile) -> Result<PathBuf> {
    ensure_target(&workspace.root)?;
    let profile = match profile {
        Profile::Release => "wasm",
        Profile::Edit => "wasm-dev",
    };
    let status = Command::new(tool::named("CARGO", "cargo"))
        .current_dir(&workspace.root)
        .args(["build", "--package", "app", "--bin", "app"])
        .args(["--profile", profile, "--target", TARGET, "--target-dir"])
        .arg(&workspace.target)
        // Flags meant for the native build would replace ours.
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", FLAGS)
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("RUSTFLAGS")
        .status()
        .context("cargo could not be started")?;
    ensure!(status.success(), "the application could not be built for the browser: see the compiler's messages above");
    Ok(workspace.target.join(TARGET).join(profile).join("app.wasm"))
}

/// rustup does not add a target to a toolchain that is already there, so we ask it to.
fn ensure_target(root: &Path) -> Result<()> {
    if has_target(root)? {
        return Ok(());
    }
    eprintln!("adding the target {TARGET}");
    let added = Command::new("rustup").current_dir(root).args(["target", "add", TARGET]).status().is_ok_and(|status| status.success());
    if !added || !has_target(root)? {
        bail!(
            "the target {TARGET} is missing and `rustup target add {TARGET}` failed: \
             run it yourself, or install rustup from https://rustup.rs"
        );
    }
    Ok(())
}

fn has_target(root: &Path) -> Result<bool> {
    let output = Command::new(tool::named("RUSTC", "rustc"))
        .current_dir(root)
        .args(["--print", "sysroot"])
        .output()
        .context("rustc could not be started")?;
    let sysroot = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    Ok(Path::new(&sysroot).join("lib/rustlib").join(TARGET).is_dir())
}
