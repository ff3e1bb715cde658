//! The rules of the domain have no clock, no input or output and no chance: the server must come to what the device foresaw.

use super::source::Named;
use super::{Rule, Tree, Violation};

pub const PURE: Rule = Rule { name: "pure-domain", check: pure };

/// Modules of the standard library that reach outside.
const OUTSIDE: [&str; 6] = ["env", "fs", "net", "os", "process", "thread"];

/// Names that are a clock or chance wherever they come from. A `HashMap` is chance too: its order differs from run to run.
const NAMES: [(&str, &str); 12] = [
    ("SystemTime", "a clock"),
    ("getrandom", "chance"),
    ("rand", "chance"),
    ("fastrand", "chance"),
    ("thread_rng", "chance"),
    ("RandomState", "chance"),
    ("HashMap", "in no settled order"),
    ("HashSet", "in no settled order"),
    ("new_v4", "chance"),
    ("new_v7", "chance"),
    ("now_v7", "a clock and chance"),
    ("println", "output"),
];

fn pure(tree: &Tree) -> Vec<Violation> {
    let mut broken = Vec::new();
    for (path, source) in tree.rust("domain/src/") {
        for named in source.paths.iter().filter(|named| !named.test) {
            if let Some(what) = impure(named) {
                let sentence = format!("`{}` is {what}: let whoever calls the rule hand it in", named.parts.join("::"));
                broken.push(Violation::new(path, named.line, sentence));
            }
        }
    }
    broken
}

fn impure(named: &Named) -> Option<&'static str> {
    if named.parts.len() > 1 && named.parts[0] == "std" && OUTSIDE.contains(&named.parts[1].as_str()) {
        return Some("outside the rules");
    }
    if named.starts_with(&["std", "time", "Instant"]) || (named.parts.len() > 1 && named.parts.last().is_some_and(|last| last == "now")) {
        return Some("a clock");
    }
    named.parts.iter().find_map(|part| NAMES.iter().find(|(name, _)| name == part)).map(|(_, what)| *what)
}
