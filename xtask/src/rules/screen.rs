//! The screen: building blocks know nothing of the business, and only one folder touches the browser.

use super::lexer::Kind;
use super::source::Source;
use super::{Rule, Tree, Violation, manifest};

pub const BLOCKS_ALONE: Rule = Rule { name: "blocks-alone", check: blocks_alone };
pub const BROWSER_ONLY: Rule = Rule { name: "browser-only", check: browser_only };
pub const NO_INNER_HTML: Rule = Rule { name: "no-inner-html", check: no_inner_html };
pub const NO_STYLE_ATTRIBUTE: Rule = Rule { name: "no-style-attribute", check: no_style_attribute };

/// What building blocks may name inside the application.
const FOR_BLOCKS: [&str; 3] = ["ui", "words", "browser"];

/// And of the domain: words in two languages, and ids, by which rows are told apart.
const VALUES: [&str; 2] = ["id", "words"];

/// Crates that are the browser.
const BROWSER: [&str; 4] = ["web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures"];

fn blocks_alone(tree: &Tree) -> Vec<Violation> {
    let foreign: Vec<String> =
        manifest::dependencies(tree.text("app/Cargo.toml")).into_iter().map(|one| one.name.replace('-', "_")).collect();
    let mut broken = Vec::new();
    for (path, source) in tree.rust("app/src/ui/") {
        for named in source.paths.iter().filter(|named| !named.test) {
            let first = named.parts[0].as_str();
            let wrong = match named.inside() {
                Some(parts) => parts.first().is_some_and(|part| !FOR_BLOCKS.contains(part)),
                None if first == "domain" => named.parts.len() > 1 && !VALUES.contains(&named.parts[1].as_str()),
                None => named.parts.len() > 1 && first != "leptos" && foreign.iter().any(|one| one == first),
            };
            if wrong {
                let sentence = format!(
                    "a building block must not know `{}`: let its user hand over plain values, signals and callbacks",
                    named.parts.join("::")
                );
                broken.push(Violation::new(path, named.line, sentence));
            }
        }
    }
    broken
}

fn browser_only(tree: &Tree) -> Vec<Violation> {
    let mut broken = Vec::new();
    for (path, source) in tree.rust("app/").filter(|(path, _)| !path.starts_with("app/src/browser/")) {
        let in_block = path.starts_with("app/src/ui/");
        let mut lines: Vec<usize> = globals(source);
        for named in &source.paths {
            let first = named.parts[0].as_str();
            let through_leptos = first == "leptos" && named.parts.get(1).is_some_and(|part| BROWSER.contains(&part.as_str()));
            // Elements' own types, for `NodeRef` and events.
            let element = in_block && named.starts_with(&["leptos", "web_sys"]);
            if (through_leptos && !element) || BROWSER.contains(&first) || first.starts_with("gloo_") {
                lines.push(named.line);
            }
        }
        broken
            .extend(lines.into_iter().map(|line| Violation::new(path, line, "only `app/src/browser/` touches the browser's own objects")));
    }
    broken
}

/// Calls of leptos' `window()` and `document()`.
fn globals(source: &Source) -> Vec<usize> {
    let code = source.code();
    let calls = code.windows(3).filter(|three| {
        let called = three[1].is_word("window") || three[1].is_word("document");
        called && three[2].is_sign("(") && !three[0].is_sign(".") && !three[0].is_word("fn")
    });
    calls.map(|three| three[1].line).collect()
}

fn no_inner_html(tree: &Tree) -> Vec<Violation> {
    let mut broken = Vec::new();
    for (path, source) in tree.rust("app/") {
        let words =
            source.tokens.iter().filter(|token| token.kind == Kind::Word && matches!(token.text.as_str(), "inner_html" | "set_inner_html"));
        broken
            .extend(words.map(|token| Violation::new(path, token.line, "text is escaped by the view; markup from data lets strangers in")));
    }
    for (path, file) in tree.with("app/", "js").chain(tree.with("public/", "js")) {
        let lines = file.text.lines().enumerate().filter(|(_, line)| line.contains("innerHTML") || line.contains("insertAdjacentHTML"));
        broken.extend(lines.map(|(index, _)| Violation::new(path, index + 1, "markup from data lets strangers in")));
    }
    broken
}

/// `style="…"` and `style=…` are stopped by the content-security policy; `style:width=…` is not.
fn no_style_attribute(tree: &Tree) -> Vec<Violation> {
    let mut broken = Vec::new();
    for (path, source) in tree.rust("app/") {
        let code = source.code();
        // In a view an attribute touches its sign; in code rustfmt sets them apart.
        let attributes = code.windows(2).filter(|two| two[0].is_word("style") && two[1].is_sign("=") && !two[1].apart);
        broken.extend(
            attributes.map(|two| {
                Violation::new(path, two[0].line, "the content-security policy drops `style=`: use a class, or `style:property=`")
            }),
        );
    }
    for (path, file) in tree.with("app/", "html") {
        let lines = file.text.lines().enumerate().filter(|(_, line)| line.contains(" style=") || line.contains("<style"));
        broken.extend(lines.map(|(index, _)| Violation::new(path, index + 1, "the content-security policy drops inline style")));
    }
    broken
}
