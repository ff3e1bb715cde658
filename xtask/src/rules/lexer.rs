//! Rust source as words, signs, texts and comments, each with its line: enough to judge, far less than a compiler.

/// What a piece of source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name, a keyword or a number.
    Word,
    /// One character of punctuation, or `::`.
    Sign,
    /// A string literal, without its quotes.
    Text,
    /// A comment with its slashes.
    Comment,
    /// A character literal or a lifetime.
    Other,
}

/// One piece of source.
#[derive(Clone, Debug)]
pub struct Token {
    pub kind: Kind,
    pub text: String,
    pub line: usize,
    /// Whether white space stands before it.
    pub apart: bool,
    /// Whether it is compiled for tests only.
    pub test: bool,
}

impl Token {
    pub fn is_word(&self, text: &str) -> bool {
        self.kind == Kind::Word && self.text == text
    }

    pub fn is_sign(&self, text: &str) -> bool {
        self.kind == Kind::Sign && self.text == text
    }
}

/// Splits `source` into its pieces; never fails, because the compiler has the last word anyway.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut lexer = Lexer { rest: source, line: 1, apart: true, found: Vec::new() };
    while lexer.step() {}
    lexer.found
}

struct Lexer<'a> {
    rest: &'a str,
    line: usize,
    apart: bool,
    found: Vec<Token>,
}

impl Lexer<'_> {
    fn step(&mut self) -> bool {
        let Some(first) = self.rest.chars().next() else { return false };
        if first.is_whitespace() {
            self.pass(self.rest.find(|c: char| !c.is_whitespace()).unwrap_or(self.rest.len()));
            self.apart = true;
        } else if self.rest.starts_with("//") {
            self.take(Kind::Comment, self.rest.find('\n').unwrap_or(self.rest.len()));
        } else if self.rest.starts_with("/*") {
            self.take(Kind::Comment, block_comment(self.rest));
        } else if let Some((open, close)) = raw_text(self.rest) {
            let length = self.rest[open..].find(&close).map_or(self.rest.len(), |at| open + at + close.len());
            self.text(open, length, close.len());
        } else if let Some(open) = ["\"", "b\"", "c\""].iter().find(|quote| self.rest.starts_with(**quote)).map(|quote| quote.len()) {
            self.text(open, open + quoted(&self.rest[open..], '"'), 1);
        } else if first.is_alphanumeric() || first == '_' {
            self.take(Kind::Word, self.rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(self.rest.len()));
        } else if first == '\'' {
            self.take(Kind::Other, character_or_lifetime(self.rest));
        } else {
            self.take(Kind::Sign, if self.rest.starts_with("::") { 2 } else { first.len_utf8() });
        }
        true
    }

    fn take(&mut self, kind: Kind, length: usize) {
        let text = self.rest[..length].to_owned();
        self.found.push(Token { kind, text, line: self.line, apart: self.apart, test: false });
        self.apart = false;
        self.pass(length);
    }

    fn text(&mut self, open: usize, length: usize, close: usize) {
        let text = self.rest[open..length.saturating_sub(close).max(open)].to_owned();
        self.found.push(Token { kind: Kind::Text, text, line: self.line, apart: self.apart, test: false });
        self.apart = false;
        self.pass(length);
    }

    fn pass(&mut self, length: usize) {
        self.line += self.rest[..length].matches('\n').count();
        self.rest = &self.rest[length..];
    }
}

/// The length of a comment that may hold others.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// How a raw string opens (its length) and closes, if one starts here.
fn raw_text(rest: &str) -> Option<(usize, String)> {
    let prefix = ["r", "br", "cr"].into_iter().find(|prefix| {
        let after = rest.strip_prefix(prefix).unwrap_or_default();
        after.trim_start_matches('#').starts_with('"') && !after.is_empty()
    })?;
    let hashes = rest[prefix.len()..].bytes().take_while(|byte| *byte == b'#').count();
    Some((prefix.len() + hashes + 1, format!("\"{}", "#".repeat(hashes))))
}

/// The length up to and with the closing quote; `rest` starts after the opening one.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        if c == quote && !escaped {
            return at + quote.len_utf8();
        }
        escaped = c == '\\' && !escaped;
    }
    rest.len()
}

fn character_or_lifetime(rest: &str) -> usize {
    let mut after = rest[1..].char_indices();
    let first = after.next().map(|(_, c)| c);
    if first == Some('\\') {
        return 1 + quoted(&rest[1..], '\'');
    }
    match after.next() {
        Some((at, '\'')) => 1 + at + 1,
        _ => 1 + rest[1..].find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len() - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(source: &str, kind: Kind) -> Vec<String> {
        tokens(source).into_iter().filter(|token| token.kind == kind).map(|token| token.text).collect()
    }

    #[test]
    fn words_inside_texts_and_comments_are_not_code() {
        let source = "a /* b /* c */ d */ \"e \\\" f\" r#\"g \"h\"# b\"i\" // j\nk::l";
        assert_eq!(of(source, Kind::Word), ["a", "k", "l"]);
        assert_eq!(of(source, Kind::Text), ["e \\\" f", "g \"h", "i"]);
        assert_eq!(of(source, Kind::Sign), ["::"]);
        assert_eq!(tokens(source).last().unwrap().line, 2);
    }

    #[test]
    fn a_lifetime_opens_no_text() {
        assert_eq!(of("fn f<'a>(x: &'a str) -> char { '\"' } '\\'' '汉' y", Kind::Word), ["fn", "f", "x", "str", "char", "y"]);
    }
}
