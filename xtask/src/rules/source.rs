//! A Rust file as the rules see it: its tokens, which of them are for tests, and every path it names.

use super::lexer::{Kind, Token, tokens};

/// A path as written, such as `crate::team::Person`, with groups taken apart.
#[derive(Clone, Debug)]
pub struct Named {
    pub parts: Vec<String>,
    pub line: usize,
    pub test: bool,
    /// The module it stands in, from the crate's root.
    module: Vec<String>,
}

impl Named {
    /// The path from this crate's root, if it says that it starts there or near here.
    pub fn inside(&self) -> Option<Vec<&str>> {
        let mut from: Vec<&str> = self.module.iter().map(String::as_str).collect();
        let mut parts = self.parts.iter().map(String::as_str).peekable();
        match parts.peek() {
            Some(&"crate") => {
                from.clear();
                parts.next();
            }
            Some(&"self") => drop(parts.next()),
            Some(&"super") => {}
            _ => return None,
        }
        while parts.next_if_eq(&"super").is_some() {
            from.pop();
        }
        from.extend(parts);
        Some(from)
    }

    pub fn starts_with(&self, parts: &[&str]) -> bool {
        self.parts.len() >= parts.len() && self.parts.iter().zip(parts).all(|(own, other)| own == other)
    }
}

/// One file, read once.
#[derive(Debug)]
pub struct Source {
    pub tokens: Vec<Token>,
    pub paths: Vec<Named>,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        let mut tokens = tokens(text);
        mark_tests(path, &mut tokens);
        let paths = Paths { tokens: code(&tokens), module: module_of(path), found: Vec::new() }.collect();
        Self { tokens, paths }
    }

    /// Everything but comments.
    pub fn code(&self) -> Vec<&Token> {
        code(&self.tokens)
    }
}

fn code(tokens: &[Token]) -> Vec<&Token> {
    tokens.iter().filter(|token| token.kind != Kind::Comment).collect()
}

/// `domain/src/team/decide.rs` is the module `team::decide`.
fn module_of(path: &str) -> Vec<String> {
    let inner = path.split_once("/src/").map_or("", |(_, inner)| inner).trim_end_matches(".rs");
    inner.split('/').filter(|part| !matches!(*part, "" | "mod" | "lib" | "main")).map(str::to_owned).collect()
}

/// Marks items behind `#[test]` or `#[cfg(test)]`, and whole files of tests.
fn mark_tests(path: &str, tokens: &mut [Token]) {
    if path.split('/').any(|part| matches!(part, "tests" | "benches")) || path.contains("/src/testing") {
        return tokens.iter_mut().for_each(|token| token.test = true);
    }
    let mut at = 0;
    while at < tokens.len() {
        match attribute(tokens, at) {
            Some((after, true)) => {
                let end = item_end(tokens, after);
                tokens[at..end].iter_mut().for_each(|token| token.test = true);
                at = end;
            }
            Some((after, false)) => at = after,
            None => at += 1,
        }
    }
}

/// If an attribute starts at `at`: where it ends, and whether it says "for tests only".
fn attribute(tokens: &[Token], at: usize) -> Option<(usize, bool)> {
    if !tokens[at].is_sign("#") || !tokens.get(at + 1)?.is_sign("[") {
        return None;
    }
    let end = closing(tokens, at + 1) + 1;
    let words: Vec<&str> = tokens[at..end].iter().filter(|token| token.kind == Kind::Word).map(|token| token.text.as_str()).collect();
    let for_tests = match words.first() {
        Some(&"test") => true,
        Some(&"cfg") => words.contains(&"test") && !words.contains(&"not"),
        _ => words.last() == Some(&"test"),
    };
    Some((end, for_tests))
}

/// Where the item that starts at `at`, other attributes first, is over.
fn item_end(tokens: &[Token], mut at: usize) -> usize {
    while let Some((after, _)) = tokens.get(at).and_then(|_| attribute(tokens, at)) {
        at = after;
    }
    while at < tokens.len() {
        match tokens[at].text.as_str() {
            ";" | "," if tokens[at].kind == Kind::Sign => return at + 1,
            "{" if tokens[at].kind == Kind::Sign => return closing(tokens, at) + 1,
            "(" | "[" if tokens[at].kind == Kind::Sign => at = closing(tokens, at) + 1,
            _ => at += 1,
        }
    }
    at
}

/// Where the bracket that opens at `at` closes, or the end.
pub fn closing(tokens: &[Token], at: usize) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(at).filter(|(_, token)| token.kind == Kind::Sign) {
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return index;
        }
    }
    tokens.len() - 1
}

/// Walks through the code and takes down every path.
struct Paths<'a> {
    tokens: Vec<&'a Token>,
    module: Vec<String>,
    found: Vec<Named>,
}

impl Paths<'_> {
    fn collect(mut self) -> Vec<Named> {
        let (mut at, mut depth) = (0, 0_usize);
        let mut inline: Vec<usize> = Vec::new();
        while at < self.tokens.len() {
            let token = self.tokens[at];
            if token.is_sign("{") {
                depth += 1;
                if at >= 2 && self.tokens[at - 2].is_word("mod") {
                    self.module.push(self.tokens[at - 1].text.clone());
                    inline.push(depth);
                }
            } else if token.is_sign("}") {
                if inline.last() == Some(&depth) {
                    inline.pop();
                    self.module.pop();
                }
                depth = depth.saturating_sub(1);
            }
            let starts = token.kind == Kind::Word && (at == 0 || !self.tokens[at - 1].is_sign("."));
            at = if starts { self.path(at, &[]) } else { at + 1 };
        }
        self.found
    }

    /// Takes down the path that starts at `at`, after `prefix`; returns where it ends.
    fn path(&mut self, mut at: usize, prefix: &[String]) -> usize {
        let (line, test) = (self.tokens[at].line, self.tokens[at].test);
        let mut parts = prefix.to_vec();
        while let Some(token) = self.tokens.get(at) {
            if token.is_sign("{") {
                return self.group(at, &parts);
            }
            if token.kind != Kind::Word && !token.is_sign("*") {
                break;
            }
            // `use a::{self}` names `a`.
            if !token.is_word("self") || prefix.is_empty() {
                parts.push(token.text.clone());
            }
            at += 1;
            if !self.tokens.get(at).is_some_and(|next| next.is_sign("::")) {
                break;
            }
            at += 1;
        }
        self.found.push(Named { parts, line, test, module: self.module.clone() });
        at
    }

    fn group(&mut self, open: usize, prefix: &[String]) -> usize {
        let mut at = open + 1;
        while at < self.tokens.len() && !self.tokens[at].is_sign("}") {
            let token = self.tokens[at];
            if token.is_word("as") {
                at += 2;
            } else if token.kind == Kind::Word || token.is_sign("*") {
                at = self.path(at, prefix);
            } else {
                at += 1;
            }
        }
        at + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(path: &str, text: &str) -> Vec<String> {
        Source::new(path, text).paths.iter().filter_map(Named::inside).map(|parts| parts.join("::")).collect()
    }

    #[test]
    fn groups_are_taken_apart_and_super_is_followed() {
        let text = "use crate::{a::{self, B}, c::*};\nmod tests { use super::x; } use super::y; fn f() { super::super::z::go() }";
        assert_eq!(inside("d/src/t/u.rs", text), ["a", "a::B", "c::*", "t::u::x", "t::y", "z::go"]);
    }

    #[test]
    fn what_is_for_tests_is_marked() {
        let text = "fn a() {} #[cfg(test)] #[expect(x)] mod b { fn c() {} } fn d() {} #[test] fn e() { f() } #[cfg(not(test))] fn g() {}";
        let source = Source::new("d/src/t.rs", text);
        let plain: Vec<&str> = source.tokens.iter().filter(|t| t.kind == Kind::Word && !t.test).map(|t| t.text.as_str()).collect();
        assert_eq!(plain, ["fn", "a", "fn", "d", "cfg", "not", "test", "fn", "g"]);
    }
}
