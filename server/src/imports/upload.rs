//! Files that are on their way in: kept beside the data, read by nobody else, and gone when they were read.

use domain::id::Id;
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// What was refused may be fetched so long.
const KEPT: Duration = Duration::from_secs(30 * 86_400);

fn folder(directory: &Path) -> PathBuf {
    directory.join("imports")
}

/// Where the refused rows of an import are, while they are kept.
pub(super) fn errors_of(directory: &Path, import: Id) -> PathBuf {
    folder(directory).join(format!("{import}.errors.csv"))
}

/// A file that is deleted with its owner.
#[derive(Debug)]
pub struct Upload(PathBuf);

impl Upload {
    /// A new one in the data directory.
    pub fn new(directory: &Path) -> io::Result<Self> {
        let folder = folder(directory);
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&folder)?;
        Ok(Self(folder.join(format!("{}.upload", Id::from(uuid::Uuid::now_v7())))))
    }

    pub fn create(&self) -> io::Result<File> {
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&self.0)
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        _ = fs::remove_file(&self.0);
    }
}

/// Deletes what a server that was killed left, if `all`, and refused rows that have been kept long enough.
pub fn tidy(directory: &Path, all: bool) {
    let Ok(entries) = fs::read_dir(folder(directory)) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_upload = name.to_string_lossy().ends_with(".upload");
        let written = entry.metadata().and_then(|about| about.modified()).unwrap_or_else(|_| SystemTime::now());
        let is_old = written.elapsed().is_ok_and(|age| age > KEPT);
        if is_old || (all && is_upload) {
            _ = fs::remove_file(entry.path());
        }
    }
}
