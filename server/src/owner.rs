//! One owner for a data directory: whoever holds the lock file, as long as it lives.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// A data directory: everything that a company must keep is in one file of it.
#[derive(Debug, Clone)]
pub struct Data {
    directory: PathBuf,
    backups: PathBuf,
}

impl Data {
    #[must_use]
    pub fn new(directory: PathBuf) -> Self {
        let backups = directory.join("backups");
        Self { directory, backups }
    }

    /// With its backups elsewhere, such as on another disk.
    #[must_use]
    pub fn with_backups(self, backups: Option<PathBuf>) -> Self {
        Self { backups: backups.unwrap_or(self.backups), ..self }
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.directory
    }

    /// Where copies are kept that nobody asked for.
    #[must_use]
    pub fn backups(&self) -> &Path {
        &self.backups
    }

    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.directory.join("guanxi.db")
    }

    /// Where a running server can be spoken to.
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        self.directory.join("guanxi.sock")
    }

    /// Takes the directory, making it where there is none; `None` if somebody else has it.
    pub fn take(&self) -> io::Result<Option<Owner>> {
        make_private(&self.directory)?;
        let file = File::options().create(true).truncate(false).write(true).open(self.directory.join("guanxi.lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Owner { _lock: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

/// Proof that nobody else has the directory.
#[derive(Debug)]
pub struct Owner {
    _lock: File,
}

/// Customers' data is nobody else's on this machine to read. A directory that exists is left as it is.
pub(crate) fn make_private(directory: &Path) -> io::Result<()> {
    if directory.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_has_one_owner_at_a_time() {
        let data = Data::new(std::env::temp_dir().join(format!("guanxi-owner-{}", uuid::Uuid::now_v7())));
        let first = data.take().expect("a directory");
        assert!(first.is_some());
        assert!(data.take().expect("a directory").is_none());
        drop(first);
        assert!(data.take().expect("a directory").is_some());
        _ = fs::remove_dir_all(data.path());
    }
}
