//! What a crate's `Cargo.toml` says it depends on.

/// One line that names a dependency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    pub name: String,
    pub line: usize,
    /// Under `[dev-dependencies]`.
    pub test: bool,
}

/// Every dependency of a manifest, for whichever target and purpose.
pub fn dependencies(manifest: &str) -> Vec<Dependency> {
    let mut found = Vec::new();
    let mut section = String::new();
    for (index, text) in manifest.lines().enumerate() {
        let text = text.trim();
        let line = index + 1;
        if let Some(header) = text.strip_prefix('[').filter(|_| text.ends_with(']')) {
            header.trim_matches(['[', ']']).clone_into(&mut section);
            // `[dependencies.name]` is the long way to write one.
            if let Some((kind, name)) = section.rsplit_once('.').filter(|(kind, _)| kind.ends_with("dependencies")) {
                found.push(Dependency { name: name.to_owned(), line, test: kind.contains("dev-") });
            }
        } else if section.ends_with("dependencies")
            && let Some(name) = key(text)
        {
            found.push(Dependency { name: real_name(text).unwrap_or(name).to_owned(), line, test: section.contains("dev-") });
        }
    }
    found
}

fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let name = key.trim().split('.').next()?.trim_matches('"');
    name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(name)
}

/// The name behind `package = "…"`.
fn real_name(line: &str) -> Option<&str> {
    line.split_once("package = \"")?.1.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_name_a_dependency_is_seen() {
        let manifest = "[package]\nname = \"x\"\n[dependencies]\na.workspace = true\nb = { version = \"1\", features = [\n  \"c\",\n] }\n\
                        [target.'cfg(unix)'.dependencies]\nd = { package = \"e\" }\n[dev-dependencies.f]\nversion = \"1\"\n[features]\ng = []\n";
        let seen: Vec<(String, usize, bool)> = dependencies(manifest).into_iter().map(|one| (one.name, one.line, one.test)).collect();
        let expected = [("a", 4, false), ("b", 5, false), ("e", 9, false), ("f", 10, true)];
        assert_eq!(seen, expected.map(|(name, line, test)| (name.to_owned(), line, test)));
    }
}
