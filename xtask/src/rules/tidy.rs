//! Files and functions short enough to read, opened by a sentence, with nothing left lying about.

use super::lexer::{Kind, Token};
use super::source::closing;
use super::{Rule, Tree, Violation};

pub const SHORT_FILES: Rule = Rule { name: "short-files", check: short_files };
pub const SHORT_FUNCTIONS: Rule = Rule { name: "short-functions", check: short_functions };
pub const OPENING_SENTENCE: Rule = Rule { name: "opening-sentence", check: opening_sentence };
pub const NOTHING_LEFT_OVER: Rule = Rule { name: "nothing-left-over", check: nothing_left_over };
pub const NO_SILENCED_LINT: Rule = Rule { name: "no-silenced-lint", check: no_silenced_lint };

const FILE: usize = 400;
const FUNCTION: usize = 50;

/// What people write by hand and others have to read.
const WRITTEN: [&str; 5] = ["rs", "css", "ts", "js", "mjs"];

/// Marks of unfinished work.
const MARKS: [&str; 4] = ["TODO", "FIXME", "XXX", "HACK"];
const MACROS: [&str; 3] = ["todo", "dbg", "unimplemented"];

fn short_files(tree: &Tree) -> Vec<Violation> {
    let files = WRITTEN.iter().flat_map(|extension| tree.with("", extension));
    files
        .map(|(path, file)| (path, file.text.lines().count()))
        .filter(|(_, lines)| *lines > FILE)
        .map(|(path, lines)| Violation::new(path, 0, format!("{lines} lines; {FILE} is the most a reader is asked to hold")))
        .collect()
}

fn short_functions(tree: &Tree) -> Vec<Violation> {
    let mut broken = Vec::new();
    for (path, source) in tree.rust("") {
        let tokens = &source.tokens;
        for (at, _) in tokens.iter().enumerate().filter(|(_, token)| token.is_word("fn") && !token.test) {
            if let Some((first, last)) = body(tokens, at) {
                let lines = last - first + 1;
                if lines > FUNCTION {
                    let name = tokens.get(at + 1).map_or("", |name| name.text.as_str());
                    broken.push(Violation::new(
                        path,
                        tokens[at].line,
                        format!("`{name}` has {lines} lines; {FUNCTION} is the most: name its parts"),
                    ));
                }
            }
        }
    }
    broken
}

/// The first and the last line of the body of the function at `at`, if it has one.
fn body(tokens: &[Token], mut at: usize) -> Option<(usize, usize)> {
    loop {
        let token = tokens.get(at)?;
        match token.text.as_str() {
            ";" if token.kind == Kind::Sign => return None,
            "{" if token.kind == Kind::Sign => return Some((token.line, tokens[closing(tokens, at)].line)),
            "(" | "[" if token.kind == Kind::Sign => at = closing(tokens, at) + 1,
            _ => at += 1,
        }
    }
}

fn opening_sentence(tree: &Tree) -> Vec<Violation> {
    let mut broken = Vec::new();
    for (extension, openings) in
        [("rs", &["//! "][..]), ("css", &["/* "]), ("ts", &["// ", "/* "]), ("js", &["// ", "/* "]), ("mjs", &["// ", "/* "])]
    {
        for (path, file) in tree.with("", extension) {
            if !openings.iter().any(|opening| file.text.starts_with(opening)) {
                broken.push(Violation::new(path, 1, format!("opens without a sentence that says what it is (`{}…`)", openings[0])));
            }
        }
    }
    broken
}

fn nothing_left_over(tree: &Tree) -> Vec<Violation> {
    let mut broken = Vec::new();
    for (path, source) in tree.rust("") {
        for (at, token) in source.tokens.iter().enumerate() {
            let followed = source.tokens.get(at + 1).is_some_and(|next| next.is_sign("!"));
            let mark = token.kind == Kind::Comment && MARKS.iter().any(|mark| has_word(&token.text, mark));
            let unfinished = token.kind == Kind::Word && followed && MACROS.contains(&token.text.as_str());
            let skipped = token.is_word("ignore") && at > 1 && source.tokens[at - 1].is_sign("[") && source.tokens[at - 2].is_sign("#");
            if mark || unfinished || skipped {
                broken.push(Violation::new(path, token.line, "left over: finish it, or open an issue"));
            }
        }
    }
    for (path, file) in ["css", "ts", "js", "mjs", "html", "sql"].iter().flat_map(|extension| tree.with("", extension)) {
        for (index, line) in file.text.lines().enumerate() {
            let skipped = [".only(", ".skip(", ".fixme(", "debugger;", "console.log("].iter().any(|left| line.contains(left));
            if skipped || MARKS.iter().any(|mark| has_word(line, mark)) {
                broken.push(Violation::new(path, index + 1, "left over: finish it, or open an issue"));
            }
        }
    }
    broken
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|part| part == word)
}

fn no_silenced_lint(tree: &Tree) -> Vec<Violation> {
    let mut broken = Vec::new();
    for (path, source) in tree.rust("") {
        let tokens = &source.tokens;
        for at in 1..tokens.len().saturating_sub(1) {
            let in_attribute = (tokens[at - 1].is_sign("[") || tokens[at - 1].is_sign(",")) && tokens[at + 1].is_sign("(");
            let reasoned = || tokens[at..=closing(tokens, at + 1)].iter().any(|token| token.is_word("reason"));
            if in_attribute && tokens[at].is_word("allow") {
                broken.push(Violation::new(
                    path,
                    tokens[at].line,
                    "use `#[expect(…, reason = \"…\")]`, which says why and goes when it is not needed",
                ));
            } else if in_attribute && tokens[at].is_word("expect") && !reasoned() {
                broken.push(Violation::new(path, tokens[at].line, "say why: `#[expect(…, reason = \"…\")]`"));
            }
        }
    }
    broken
}
