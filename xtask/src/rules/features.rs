//! Features stand alone and carry one name through every layer.
//!
//! What one feature's event asks of another stands in `domain/src/reactions/`, and screens that show several are pages of a
//! surface. So a feature can be read, changed and taken out without reading the others.

use super::{Rule, Tree, Violation};

pub const ALONE: Rule = Rule { name: "features-alone", check: alone };
pub const PORTAL_APART: Rule = Rule { name: "portal-apart", check: portal_apart };
pub const NAMESAKES: Rule = Rule { name: "namesakes", check: namesakes };
pub const NO_NEEDLESS_LISTING: Rule = Rule { name: "no-needless-listing", check: no_needless_listing };

/// Everybody's business is with customers, and whatever is said may carry files: every feature may name these.
const COMMON: [&str; 2] = ["customers", "attachments"];

/// Folders among the features that are none. Each has to be there.
const NOT_FEATURES: [(&str, &str); 26] = [
    ("domain/src/reactions", "between features, by design"),
    ("domain/src/sync", "how rows travel, whatever they say"),
    ("domain/src/testing", "what tests share"),
    ("domain/src/words", "the words of every feature"),
    ("server/src/api", "what the app asks on demand, over every feature"),
    ("server/src/auth", "who may enter at all; `domain/src/session.rs` is its wire"),
    ("server/src/backups", "copies of the one file that nobody has to think of"),
    ("server/src/cli", "the commands of `guanxi`"),
    ("server/src/control", "what the command line asks of a running server"),
    ("server/src/db", "the one file, whatever is in it"),
    ("server/src/demo", "a company to try everything on"),
    ("server/src/error", "what broke, and how it is told"),
    ("server/src/export", "everything as files, over every feature"),
    ("server/src/imports", "files of other systems, over every feature; `domain/src/imports.rs` is its wire"),
    ("server/src/jobs", "what the server does by itself, over every feature"),
    ("server/src/listen", "the sockets"),
    ("server/src/lookup", "lists of what devices do not carry, over every feature; `domain/src/lookup.rs` is its wire"),
    ("server/src/rest", "what other systems may do, over every feature"),
    ("server/src/sync", "the server's end of `domain/src/sync`"),
    ("app/src/book", "the screen's end of `domain/src/sync`: what this device knows"),
    ("app/src/browser", "the browser's own objects"),
    ("app/src/imports", "the screen of `server/src/imports`"),
    ("app/src/session", "the screen's end of `domain/src/session.rs`: entering and leaving"),
    ("app/src/shell", "the frame around every page"),
    ("app/src/ui", "building blocks that know nothing of the business"),
    ("app/src/words", "words that several screens share"),
];

/// Places in the domain that may name every feature.
const OVER_ALL: [&str; 8] = [
    "domain/src/lib.rs",
    "domain/src/change.rs",
    "domain/src/lookup.rs",
    "domain/src/portal.rs",
    "domain/src/portal/",
    "domain/src/reactions/",
    "domain/src/words/",
    "domain/src/testing",
];

/// Pages compose what features offer, never the other way round.
const SURFACES: [&str; 3] = ["manager", "portal", "staff"];

fn alone(tree: &Tree) -> Vec<Violation> {
    let features = features(tree);
    let mut broken = Vec::new();
    for layer in ["domain/src/", "server/src/", "app/src/"] {
        for (path, source) in tree.rust(layer) {
            let first = path[layer.len()..].split('/').next().unwrap_or_default();
            let own = features.contains(&first).then_some(first);
            let root_of_domain = layer == "domain/src/" && !OVER_ALL.iter().any(|place| path.starts_with(place));
            if own.is_none() && !root_of_domain {
                continue;
            }
            for named in source.paths.iter().filter(|named| !named.test) {
                let from_domain = named.starts_with(&["domain"]).then(|| named.parts[1..].iter().map(String::as_str).collect());
                let Some(other) = named.inside().or(from_domain).and_then(|parts: Vec<&str>| parts.first().copied()) else { continue };
                let is_feature = features.contains(&other) && Some(other) != own && !COMMON.contains(&other);
                let is_surface = layer == "app/src/" && SURFACES.contains(&other) && named.inside().is_some();
                if is_feature || is_surface {
                    let who = own.map_or("what every feature builds on".to_owned(), |own| format!("`{own}`"));
                    broken.push(Violation::new(
                        path,
                        named.line,
                        format!("{who} must not name `{other}`: see how reactions and pages join features"),
                    ));
                }
            }
        }
    }
    broken
}

/// The portal's build knows only the portal's vocabulary; the staff's would double its size and say too much. The rules of
/// both stop alike, so `domain/src/portal.rs` knows both; that nothing of the staff's is sent to customers is looked for in
/// the bundle itself.
fn portal_apart(tree: &Tree) -> Vec<Violation> {
    let sources = tree.rust("app/src/portal/");
    let named = sources.flat_map(|(path, source)| source.paths.iter().map(move |named| (path, named)));
    named
        .filter(|(_, named)| !named.test)
        .filter(|(_, named)| {
            named.starts_with(&["domain", "change"]) || named.inside().is_some_and(|parts| parts.first() == Some(&"change"))
        })
        .map(|(path, named)| {
            Violation::new(path, named.line, "the portal has a vocabulary of its own and must not name the staff's, `change`")
        })
        .collect()
}

fn namesakes(tree: &Tree) -> Vec<Violation> {
    let features = features(tree);
    let mut broken = Vec::new();
    for feature in &features {
        for layer in ["server/src", "app/src"] {
            if !tree.has_module(layer, feature) {
                broken.push(Violation::new(format!("{layer}/{feature}"), 0, format!("missing, while there is `domain/src/{feature}`")));
            }
        }
    }
    for layer in ["server/src", "app/src"] {
        for folder in tree.folders_in(&format!("{layer}/")) {
            let path = format!("{layer}/{folder}");
            let surface = layer == "app/src" && SURFACES.contains(&folder);
            if !features.contains(&folder) && !surface && !is_no_feature(&path) {
                broken.push(Violation::new(path, 0, "neither a feature of `domain/src/` nor listed as something else: see NOT_FEATURES"));
            }
        }
    }
    broken
}

fn no_needless_listing(tree: &Tree) -> Vec<Violation> {
    let gone = NOT_FEATURES.iter().filter(|(path, _)| !tree.folder_is_there(path));
    gone.map(|(path, reason)| Violation::new("xtask/src/rules/features.rs", 0, format!("`{path}` is listed ({reason}) but not there")))
        .collect()
}

fn features(tree: &Tree) -> Vec<&str> {
    tree.folders_in("domain/src/").into_iter().filter(|name| !is_no_feature(&format!("domain/src/{name}"))).collect()
}

fn is_no_feature(path: &str) -> bool {
    NOT_FEATURES.iter().any(|(folder, _)| *folder == path)
}
