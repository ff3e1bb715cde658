//! A rule on trial: held against this repository, and against a small tree that breaks it on purpose.
//!
//! An example in `tests/broken/` is a text file: first the places that have to be found (`expect app/src/x.rs:3`), then the
//! files of a tree, each after a line `== path`. `== path * 401` repeats the lines under it so many times.

use std::fmt;
use std::path::Path;

use anyhow::{Context, bail, ensure};

use super::{Rule, Tree, Violation, found, judge};
use crate::tree;

/// What a test that fails prints: the places, and no stack of calls.
pub struct Broken(String);

impl fmt::Debug for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<anyhow::Error> for Broken {
    fn from(error: anyhow::Error) -> Self {
        Self(format!("{error:#}"))
    }
}

/// Fails with every place in this repository that breaks the rule.
pub fn holds(rule: &Rule) -> Result<(), Broken> {
    let broken = judge(rule, Tree::here()?);
    if broken.is_empty() { Ok(()) } else { Err(Broken(list(&broken))) }
}

/// Fails unless the rule finds in its broken example what is broken, and no more.
pub fn catches(rule: &Rule) -> Result<(), Broken> {
    Ok(caught(rule)?)
}

fn caught(rule: &Rule) -> anyhow::Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken").join(rule.name).with_extension("tree");
    let (expected, tree) = example(&tree::read(&path)?).with_context(|| format!("in {}", path.display()))?;
    ensure!(!expected.is_empty(), "{} expects nothing", path.display());
    let found = found(rule, &tree);
    let mut places: Vec<String> = found.iter().map(Violation::place).collect();
    places.sort();
    places.dedup();
    ensure!(places == expected, "`{}` should find {expected:?} but found:\n{}", rule.name, list(&found));
    Ok(())
}

fn list(violations: &[Violation]) -> String {
    violations.iter().map(|violation| format!("\n  {violation}")).collect()
}

fn example(text: &str) -> anyhow::Result<(Vec<String>, Tree)> {
    let (head, files) = text.split_once("\n== ").context("no file in it")?;
    let mut expected = Vec::new();
    for line in head.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        match line.strip_prefix("expect ") {
            Some(place) => expected.push(place.to_owned()),
            None => bail!("`{line}` is neither `expect …` nor `# …`"),
        }
    }
    expected.sort();
    let mut tree = Tree::default();
    for file in files.split("\n== ") {
        let (header, body) = file.split_once('\n').unwrap_or((file, ""));
        let (path, times) = header.split_once(" * ").unwrap_or((header, "1"));
        tree.add(path.trim(), format!("{}\n", body.trim_end()).repeat(times.trim().parse()?));
    }
    Ok((expected, tree))
}
