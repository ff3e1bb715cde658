//! A file or folder is named for the thing in it, never for the kind of thing.

use std::collections::BTreeSet;

use super::{Rule, Tree, Violation};

pub const NAMED_FOR_CONTENTS: Rule = Rule { name: "named-for-contents", check: named_for_contents };

/// Names under which anything fits, so that nothing is found.
const KINDS: [&str; 12] =
    ["common", "helper", "helpers", "manager", "managers", "misc", "service", "services", "shared", "types", "util", "utils"];

/// The manager is a person here: the third surface.
const THE_MANAGER: [&str; 5] = [
    "app/src/manager",
    "style/features/manager.css",
    "style/layout/frame-manager.css",
    "end2end/tests/manager.spec.ts",
    "server/tests/it/manager.rs",
];

fn named_for_contents(tree: &Tree) -> Vec<Violation> {
    let mut seen = BTreeSet::new();
    for path in tree.paths() {
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        for part in ends.map(|end| &path[..end]) {
            let name = part.rsplit('/').next().unwrap_or_default();
            let stem = name.split('.').next().unwrap_or_default();
            if KINDS.contains(&stem) && !THE_MANAGER.contains(&part) {
                seen.insert(part);
            }
        }
    }
    seen.into_iter().map(|part| Violation::new(part, 0, "named for a kind of thing: name it for what is in it")).collect()
}
