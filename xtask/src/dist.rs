//! `cargo xtask dist`: one program with everything in it, to be copied to wherever it shall run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::site::{self, Bundle};
use crate::workspace::Workspace;
use crate::{Profile, tool, tree};

/// Builds the program and says where it is and what it weighs.
pub fn run(workspace: &Workspace) -> Result<()> {
    let bundle = site::build(workspace, Profile::Release)?;
    let mut cargo = with_site_inside(workspace, &bundle, "build")?;
    let status = cargo.args(["--release", "--bin", "guanxi"]).status().context("cargo could not be started")?;
    ensure!(status.success(), "the program could not be built: see the compiler's messages above");
    let name = if cfg!(windows) { "guanxi.exe" } else { "guanxi" };
    let program = folder(workspace).join(name);
    fs::copy(workspace.target.join("release").join(name), &program).with_context(|| format!("cannot write {}", program.display()))?;
    println!("{}  {:.1} MB", program.display(), fs::metadata(&program)?.len() as f64 / 1e6);
    Ok(())
}

/// A command of cargo's on the server that has the site in it.
pub fn with_site_inside(workspace: &Workspace, bundle: &Bundle, verb: &str) -> Result<Command> {
    let mut cargo = Command::new(tool::named("CARGO", "cargo"));
    cargo
        .current_dir(&workspace.root)
        .args([verb, "--locked", "--package", "server", "--features", "embed", "--target-dir"])
        .arg(&workspace.target)
        .env("GUANXI_SITE_DIR", alone(bundle, &folder(workspace).join("site"))?)
        .env("GUANXI_SITE_HASH", &bundle.hash);
    Ok(cargo)
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target.join("dist")
}

/// The site without the builds before it, which only open tabs of this machine could want.
fn alone(bundle: &Bundle, folder: &Path) -> Result<PathBuf> {
    if folder.is_dir() {
        fs::remove_dir_all(folder)?;
    }
    let ours = format!("pkg/{}/", bundle.hash);
    for file in tree::files(&bundle.folder)?.into_iter().filter(|file| !file.starts_with("pkg/") || file.starts_with(&ours)) {
        tree::write(&folder.join(&file), fs::read(bundle.folder.join(&file))?)?;
    }
    Ok(folder.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_builds_stay_behind() {
        let root = std::env::temp_dir().join(format!("guanxi-dist-{}", std::process::id()));
        for file in ["index.html", "pkg/old/app.js", "pkg/new/app.js"] {
            tree::write(&root.join("site").join(file), file).unwrap();
        }
        let bundle = Bundle { folder: root.join("site"), hash: "new".to_owned(), surfaces: Default::default() };
        let inside = alone(&bundle, &root.join("dist")).unwrap();
        assert_eq!(tree::files(&inside).unwrap(), ["index.html", "pkg/new/app.js"]);
        fs::remove_dir_all(root).unwrap();
    }
}
