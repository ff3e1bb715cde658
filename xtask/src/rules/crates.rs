//! Which crate may depend on which: `domain ← server ← xtask`, `domain ← app`, and app and server never meet.

use super::{Rule, Tree, Violation, manifest};

pub const DIRECTION: Rule = Rule { name: "crate-direction", check: direction };
pub const FEW_IN_DOMAIN: Rule = Rule { name: "few-crates-in-domain", check: few_in_domain };
pub const ANYHOW: Rule = Rule { name: "anyhow-at-the-edge", check: anyhow };

/// What each crate of ours may name of the others.
const MAY_NAME: [(&str, &[&str]); 4] = [("domain", &[]), ("server", &["domain"]), ("app", &["domain"]), ("xtask", &["domain", "server"])];

/// The rules run in the browser too, and must give the same answer every time: values only.
const PURE: [(&str, &str); 6] = [
    ("jiff", "dates by calendar and zone; without its clock"),
    ("proptest", "strategies for tests, behind the feature `testing`"),
    ("serde", "the wire"),
    ("serde_json", "rows whose entity this build does not know"),
    ("sha2", "ids derived from the command that made the row"),
    ("uuid", "the shape of an id; made by whoever holds a clock"),
];

/// Where errors are for people at a terminal, and so may be plain sentences.
const FOR_PEOPLE: [&str; 4] = ["xtask/", "server/src/main.rs", "server/src/cli/", "server/benches/"];

fn direction(tree: &Tree) -> Vec<Violation> {
    let ours: Vec<&str> = crates(tree).collect();
    let mut broken = Vec::new();
    for name in &ours {
        let path = format!("{name}/Cargo.toml");
        let Some((_, may)) = MAY_NAME.iter().find(|(known, _)| known == name) else {
            broken.push(Violation::new(path, 0, "a crate that no rule knows: say in the rules what it may name"));
            continue;
        };
        for dependency in manifest::dependencies(tree.text(&path)) {
            let named = dependency.name.as_str();
            if named != *name && ours.contains(&named) && !may.contains(&named) {
                broken.push(Violation::new(&path, dependency.line, format!("`{name}` must not depend on `{named}`")));
            }
        }
    }
    broken
}

fn crates(tree: &Tree) -> impl Iterator<Item = &str> {
    tree.paths().filter_map(|path| path.strip_suffix("/Cargo.toml")).filter(|folder| !folder.contains('/'))
}

fn few_in_domain(tree: &Tree) -> Vec<Violation> {
    let path = "domain/Cargo.toml";
    let named = manifest::dependencies(tree.text(path));
    let foreign = named.iter().filter(|dependency| !dependency.test && !PURE.iter().any(|(name, _)| *name == dependency.name));
    let mut broken: Vec<Violation> = foreign
        .filter(|dependency| !MAY_NAME.iter().any(|(ours, _)| *ours == dependency.name))
        .map(|dependency| {
            Violation::new(
                path,
                dependency.line,
                format!("is `{}` free of clock, disk and chance? Then say so in the rules", dependency.name),
            )
        })
        .collect();
    let needless = PURE.iter().filter(|(name, _)| !named.iter().any(|dependency| dependency.name == *name));
    broken.extend(needless.map(|(name, _)| Violation::new(path, 0, format!("`{name}` is allowed but not used: take it from the rules"))));
    broken
}

fn anyhow(tree: &Tree) -> Vec<Violation> {
    let outside = tree.rust("").filter(|(path, _)| !FOR_PEOPLE.iter().any(|place| path.starts_with(place)));
    outside
        .flat_map(|(path, source)| source.paths.iter().filter(|named| named.starts_with(&["anyhow"])).map(move |named| (path, named.line)))
        .map(|(path, line)| Violation::new(path, line, "`anyhow` is for the edge: here an error has a type, and a code people can look up"))
        .collect()
}
