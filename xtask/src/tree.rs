//! Files below a folder, in a settled order.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Every file below `root`, relative to it, with `/` between the parts, sorted. A folder that is
/// not there has no files.
pub fn files(root: &Path) -> Result<Vec<String>> {
    files_but(root, &[])
}

/// The same, without these folders.
pub fn files_but(root: &Path, without: &[&str]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    if root.is_dir() {
        collect(root, "", without, &mut found)?;
    }
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, prefix: &str, without: &[&str], found: &mut Vec<String>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            if !without.contains(&name.as_str()) {
                collect(&entry.path(), &format!("{name}/"), without, found)?;
            }
        } else {
            found.push(name);
        }
    }
    Ok(())
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<()> {
    let folder: PathBuf = path.parent().map(Path::to_owned).unwrap_or_default();
    fs::create_dir_all(&folder).and_then(|()| fs::write(path, bytes)).with_context(|| format!("cannot write {}", path.display()))
}

/// Reads a file the build cannot do without.
pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
