//! Names made of contents: the same files give the same name, on every machine.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::tree;

/// A hash that grows by named contents.
#[derive(Clone, Default)]
pub struct Fingerprint(Sha256);

impl Fingerprint {
    /// Takes one named content in; lengths keep neighbours apart.
    pub fn add(&mut self, name: &str, bytes: &[u8]) {
        for part in [name.as_bytes(), bytes] {
            self.0.update((part.len() as u64).to_le_bytes());
            self.0.update(part);
        }
    }

    /// Takes in one file, or every file below a folder.
    pub fn add_path(&mut self, path: &Path, name: &str) -> Result<()> {
        if !path.is_dir() {
            let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            self.add(name, &bytes);
            return Ok(());
        }
        for file in tree::files(path)? {
            self.add_path(&path.join(&file), &format!("{name}/{file}"))?;
        }
        Ok(())
    }

    /// Sixteen hexadecimal digits.
    pub fn name(self) -> String {
        let digest = self.0.finalize();
        digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(parts: &[(&str, &str)]) -> String {
        let mut fingerprint = Fingerprint::default();
        for (name, bytes) in parts {
            fingerprint.add(name, bytes.as_bytes());
        }
        fingerprint.name()
    }

    #[test]
    fn contents_and_names_both_count() {
        let first = of(&[("a.js", "one"), ("b.js", "two")]);
        assert_eq!(first, of(&[("a.js", "one"), ("b.js", "two")]));
        assert_ne!(first, of(&[("a.js", "one"), ("b.js", "2")]));
        assert_ne!(first, of(&[("a.js", "one"), ("c.js", "two")]));
        assert_ne!(of(&[("a", "bc")]), of(&[("ab", "c")]));
        assert_eq!(first.len(), 16);
    }
}
