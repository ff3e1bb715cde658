//! The house rules as tests: who may import whom, what is written where, and what is left nowhere.
//!
//! A rule looks at the whole tree and says what breaks it. `tests/architecture.rs` and `tests/tidy.rs` hold every rule
//! against this repository, and against a small tree in `tests/broken/` that breaks it on purpose.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::OnceLock;

use anyhow::Result;

use crate::workspace::Workspace;

pub mod crates;
pub mod documents;
pub mod features;
pub mod names;
pub mod pure;
pub mod screen;
pub mod sql;
pub mod style;
pub mod tidy;
pub mod trial;

mod exceptions;
mod lexer;
mod manifest;
mod sheet;
mod source;

use sheet::Sheet;
use source::Source;

/// One rule of the house.
#[derive(Clone, Copy)]
pub struct Rule {
    /// Names the broken example: `tests/broken/<name>.tree`.
    pub name: &'static str,
    pub check: fn(&Tree) -> Vec<Violation>,
}

/// Every rule there is.
pub const ALL: [Rule; 24] = [
    crates::DIRECTION,
    crates::FEW_IN_DOMAIN,
    crates::ANYHOW,
    pure::PURE,
    features::ALONE,
    features::PORTAL_APART,
    features::NAMESAKES,
    features::NO_NEEDLESS_LISTING,
    screen::BLOCKS_ALONE,
    screen::BROWSER_ONLY,
    screen::NO_INNER_HTML,
    screen::NO_STYLE_ATTRIBUTE,
    sql::SERVER_ONLY,
    style::TOKENS_ONLY,
    style::ONE_SHEET_PER_CLASS,
    style::SHEETS_HAVE_NAMESAKES,
    style::EVERY_SHEET_IMPORTED,
    tidy::SHORT_FILES,
    tidy::SHORT_FUNCTIONS,
    tidy::OPENING_SENTENCE,
    tidy::NOTHING_LEFT_OVER,
    tidy::NO_SILENCED_LINT,
    names::NAMED_FOR_CONTENTS,
    documents::PATHS_EXIST,
];

/// Something that breaks a rule: where, and a sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    pub path: String,
    /// Counted from 1; 0 when it is the file or folder itself.
    pub line: usize,
    pub sentence: String,
}

impl Violation {
    fn new(path: impl Into<String>, line: usize, sentence: impl Into<String>) -> Self {
        Self { path: path.into(), line, sentence: sentence.into() }
    }

    /// `path:line`, as terminals and editors jump to it.
    pub fn place(&self) -> String {
        if self.line == 0 { self.path.clone() } else { format!("{}:{}", self.path, self.line) }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place(), self.sentence)
    }
}

/// Files by their path from the workspace's root, with `/` between the parts.
#[derive(Debug, Default)]
pub struct Tree {
    files: BTreeMap<String, File>,
}

/// One file; read as Rust or as a stylesheet once, when a rule first asks.
#[derive(Debug, Default)]
pub struct File {
    pub text: String,
    source: OnceLock<Source>,
    sheet: OnceLock<Sheet>,
}

/// Folders whose contents are made, not written.
const MADE: [&str; 5] = [".git", "data", "end2end/node_modules", "end2end/results", "target"];

/// What is read; of other files only the name counts.
const TEXT: [&str; 10] = ["rs", "css", "ts", "js", "mjs", "toml", "md", "html", "json", "sql"];

impl Tree {
    /// This workspace, read once.
    pub fn here() -> Result<&'static Self> {
        static TREE: OnceLock<Tree> = OnceLock::new();
        if TREE.get().is_none() {
            let tree = Self::read(&Workspace::here().root)?;
            return Ok(TREE.get_or_init(|| tree));
        }
        Ok(TREE.get_or_init(Self::default))
    }

    fn read(root: &Path) -> Result<Self> {
        let mut tree = Self::default();
        for path in crate::tree::files_but(root, &MADE)? {
            let is_text = path.rsplit_once('.').is_some_and(|(_, extension)| TEXT.contains(&extension));
            let text = if is_text { crate::tree::read(&root.join(&path))? } else { String::new() };
            tree.add(path, text);
        }
        Ok(tree)
    }

    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.files.insert(path.into(), File { text: text.into(), ..File::default() });
    }

    /// What is in a file; nothing, when there is none.
    fn text(&self, path: &str) -> &str {
        self.files.get(path).map_or("", |file| &file.text)
    }

    /// Files whose name ends in `.extension`, below a folder (`""` for all).
    fn with<'a>(&'a self, folder: &'a str, extension: &'a str) -> impl Iterator<Item = (&'a str, &'a File)> {
        self.files
            .iter()
            .map(|(path, file)| (path.as_str(), file))
            .filter(move |(path, _)| path.starts_with(folder) && path.strip_suffix(extension).is_some_and(|stem| stem.ends_with('.')))
    }

    /// Rust files below a folder.
    fn rust<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a Source)> {
        self.with(folder, "rs").map(|(path, file)| (path, file.source.get_or_init(|| Source::new(path, &file.text))))
    }

    /// Stylesheets.
    fn sheets(&self) -> impl Iterator<Item = (&str, &Sheet)> {
        self.with("style/", "css").map(|(path, file)| (path, file.sheet.get_or_init(|| sheet::read(&file.text))))
    }

    fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Whether there is such a file, or a folder with something in it.
    fn has(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.folder_is_there(path)
    }

    fn folder_is_there(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        self.files.range(folder.clone()..).next().is_some_and(|(path, _)| path.starts_with(&folder))
    }

    /// A module: `folder/name.rs`, or `folder/name/`.
    fn has_module(&self, folder: &str, name: &str) -> bool {
        self.has(&format!("{folder}/{name}.rs")) || self.folder_is_there(&format!("{folder}/{name}"))
    }

    /// The names of the folders directly in a folder.
    fn folders_in(&self, folder: &str) -> Vec<&str> {
        let mut names: Vec<&str> =
            self.paths().filter_map(|path| path.strip_prefix(folder)?.split_once('/').map(|(name, _)| name)).collect();
        names.dedup();
        names
    }
}

/// What breaks `rule` in this tree, each once.
fn found(rule: &Rule, tree: &Tree) -> Vec<Violation> {
    let mut found = (rule.check)(tree);
    found.sort();
    found.dedup();
    found
}

/// What breaks `rule` here, but for the exceptions granted; and the exceptions nothing needs any more.
pub fn judge(rule: &Rule, tree: &Tree) -> Vec<Violation> {
    let (excused, mut broken): (Vec<_>, Vec<_>) =
        found(rule, tree).into_iter().partition(|violation| exceptions::of(rule).any(|exception| exception.covers(violation)));
    broken.extend(
        exceptions::of(rule)
            .filter(|exception| !excused.iter().any(|violation| exception.covers(violation)))
            .map(|exception| Violation::new(exception.path, 0, format!("nothing needs this exception any more ({})", exception.reason))),
    );
    broken.sort();
    broken
}
