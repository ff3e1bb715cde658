//! What the documents name exists.

use super::{Rule, Tree, Violation};

pub const PATHS_EXIST: Rule = Rule { name: "paths-exist", check: paths_exist };

/// Whose paths are promises.
const DOCUMENTS: [&str; 1] = ["ARCHITECTURE.md"];

/// A name alone is a path when it ends like a file.
const FILES: [&str; 10] = [".rs", ".css", ".ts", ".js", ".mjs", ".toml", ".md", ".html", ".sql", ".json"];

fn paths_exist(tree: &Tree) -> Vec<Violation> {
    let mut broken = Vec::new();
    for document in DOCUMENTS {
        for (index, line) in tree.text(document).lines().enumerate() {
            let spans = line.split('`').skip(1).step_by(2);
            for path in spans.flat_map(alternatives).filter(|span| is_path(span)) {
                let whole = tree.has(path.trim_end_matches('/'));
                let somewhere = !path.contains('/') && tree.paths().any(|known| known.ends_with(&format!("/{path}")));
                if !whole && !somewhere {
                    broken.push(Violation::new(document, index + 1, format!("`{path}` is not there")));
                }
            }
        }
    }
    broken
}

/// `app/src/{staff,portal}/` names two folders.
fn alternatives(span: &str) -> Vec<String> {
    let Some((before, rest)) = span.split_once('{') else { return vec![span.to_owned()] };
    let Some((inner, after)) = rest.split_once('}') else { return vec![span.to_owned()] };
    inner.split(',').flat_map(|one| alternatives(&format!("{before}{}{after}", one.trim()))).collect()
}

/// Whether a span names a file or folder of ours, and not an address, a pattern or code.
fn is_path(span: &str) -> bool {
    let plain = span.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-'));
    let relative = !span.starts_with('/') && !span.starts_with("..") && !span.contains("...");
    plain && relative && (span.contains('/') || FILES.iter().any(|end| span.len() > end.len() && span.ends_with(end)))
}
