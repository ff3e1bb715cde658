//! Where things are: the sources, and the folder cargo builds into.

use std::path::{Path, PathBuf};

/// The folders every step of the build works in.
#[derive(Clone, Debug)]
pub struct Workspace {
    pub root: PathBuf,
    pub target: PathBuf,
}

impl Workspace {
    /// The workspace this program was built from.
    pub fn here() -> Self {
        let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = crate_folder.parent().unwrap_or(crate_folder).to_owned();
        let target = target_folder().unwrap_or_else(|| root.join("target"));
        Self { root, target }
    }

    /// The finished site: what the server serves and `dist` puts into the binary.
    pub fn site(&self) -> PathBuf {
        self.target.join("site")
    }
}

/// The folder that cargo marked as its own, around this very program: right however the folder was
/// configured, and the same for `cargo run` and for a test.
fn target_folder() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    program.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file()).map(Path::to_owned)
}
