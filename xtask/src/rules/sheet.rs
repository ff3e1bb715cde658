//! A stylesheet as the rules see it: its selectors, its declarations and their lines.

/// `property: value`, with the line it starts on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    pub line: usize,
    pub property: String,
    pub value: String,
}

/// What a sheet says, without comments and the conditions of `@media` and its like.
#[derive(Debug, Default)]
pub struct Sheet {
    pub declarations: Vec<Declaration>,
    pub selectors: Vec<Selector>,
    /// The classes named by each block that is open while reading.
    open: Vec<Vec<String>>,
}

/// Whose looks a rule is about, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    pub line: usize,
    /// The classes of the element itself.
    pub subject: Vec<String>,
    /// The classes of what it stands in or beside.
    pub context: Vec<String>,
}

/// Reads a sheet; what is not understood is passed over, because the build has the last word anyway.
pub fn read(text: &str) -> Sheet {
    let mut sheet = Sheet::default();
    let text = without_comments(text);
    let (mut line, mut start, mut part) = (1, 1, String::new());
    for c in text.chars() {
        match c {
            '{' => {
                sheet.open(start, &part);
                part.clear();
            }
            ';' | '}' => {
                sheet.say(start, &part);
                part.clear();
                if c == '}' {
                    sheet.open.pop();
                }
            }
            c => {
                if part.trim().is_empty() {
                    part.clear();
                    start = line;
                }
                part.push(c);
            }
        }
        line += usize::from(c == '\n');
    }
    sheet
}

impl Sheet {
    fn open(&mut self, line: usize, prelude: &str) {
        let mut named = Vec::new();
        if !prelude.trim_start().starts_with('@') {
            let around: Vec<String> = self.open.concat();
            for selector in split(prelude, &[',']) {
                let mut compounds = split(selector.trim(), &[' ', '\n', '\t', '>', '+', '~']);
                let subject = classes(compounds.pop().unwrap_or_default());
                let beside = compounds.into_iter().flat_map(classes);
                let context: Vec<String> = around.iter().cloned().chain(beside).collect();
                named.extend(context.iter().chain(&subject).cloned());
                self.selectors.push(Selector { line, subject, context });
            }
        }
        self.open.push(named);
    }

    fn say(&mut self, line: usize, part: &str) {
        if let Some((property, value)) = part.split_once(':').filter(|_| !part.trim_start().starts_with('@')) {
            self.declarations.push(Declaration { line, property: property.trim().to_owned(), value: value.trim().to_owned() });
        }
    }
}

/// Comments become spaces, so that lines stay where they are.
fn without_comments(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        let (comment, after) = after.split_once("*/").unwrap_or((after, ""));
        plain.extend(comment.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        rest = after;
    }
    plain + rest
}

/// Splits at any of `signs` that stands in no bracket and no quotes.
fn split<'a>(text: &'a str, signs: &[char]) -> Vec<&'a str> {
    let (mut parts, mut start, mut depth, mut quote) = (Vec::new(), 0, 0_usize, None);
    for (at, c) in text.char_indices() {
        match c {
            '"' | '\'' if quote.is_none() => quote = Some(c),
            c if quote == Some(c) => quote = None,
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 && quote.is_none() && signs.contains(&c) => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// The classes of one compound selector, those inside `:has(…)` and its like left out.
fn classes(compound: &str) -> Vec<String> {
    let outside = split(compound, &['(', '[']).first().copied().unwrap_or_default();
    let mut plain = String::new();
    let mut depth = 0_usize;
    for c in outside.chars() {
        depth += usize::from(matches!(c, '(' | '['));
        if depth == 0 {
            plain.push(c);
        }
        depth -= usize::from(matches!(c, ')' | ']') && depth > 0);
    }
    let names = plain.split('.').skip(1);
    names.map(|name| name.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subject_of_a_selector_is_what_is_styled() {
        let sheet = read(".a .b[data-x=\".c\"]:has(.d),\n.e > .f.g:hover { & .h { color: red } &:hover { gap: 0 } } .i {}");
        let said: Vec<(String, String)> = sheet.selectors.iter().map(|one| (one.context.join(" "), one.subject.join(" "))).collect();
        let expected = [("a", "b"), ("e", "f g"), ("a b e f g", "h"), ("a b e f g", ""), ("", "i")];
        assert_eq!(said, expected.map(|(context, subject)| (context.to_owned(), subject.to_owned())));
    }

    #[test]
    fn lines_are_counted_through_comments_and_conditions() {
        let sheet = read("/* one\n two */\n@media (width < 48rem) {\n  .a {\n    gap: 1px;\n    color: red\n  }\n}");
        let said = |line, property: &str, value: &str| Declaration { line, property: property.into(), value: value.into() };
        assert_eq!(sheet.declarations, [said(5, "gap", "1px"), said(6, "color", "red")]);
        assert_eq!(sheet.selectors[0].line, 4);
    }
}
