//! SQL stands in the server and nowhere else.

use super::lexer::Kind;
use super::{Rule, Tree, Violation};

pub const SERVER_ONLY: Rule = Rule { name: "sql-in-server", check: server_only };

/// A statement is its verb and, later, its second word.
const STATEMENTS: [(&str, &str); 5] =
    [("select ", " from "), ("insert into ", ""), ("insert or ", " into "), ("update ", " set "), ("delete from ", "")];

fn server_only(tree: &Tree) -> Vec<Violation> {
    let elsewhere = tree.rust("").filter(|(path, _)| !path.starts_with("server/"));
    let texts =
        elsewhere.flat_map(|(path, source)| source.tokens.iter().filter(|token| token.kind == Kind::Text).map(move |token| (path, token)));
    texts
        .filter(|(_, token)| is_sql(&token.text))
        .map(|(path, token)| Violation::new(path, token.line, "SQL belongs into the server, next to the rows it reads"))
        .collect()
}

/// Whether a text holds a statement: all in capitals anywhere, or all small from its start ("Select an owner" is a sentence).
fn is_sql(text: &str) -> bool {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let holds = |text: &str, verb: &str, second: &str| text.find(verb).is_some_and(|at| text[at + verb.len() - 1..].contains(second));
    STATEMENTS.iter().any(|(verb, second)| {
        let small = text.starts_with(verb) && holds(&text, verb, second);
        small || holds(&text, &verb.to_uppercase(), &second.to_uppercase())
    })
}
