//! Texts as the index of words takes them: pairs of neighbouring characters, so that a phrase of pairs is a part of a text,
//! in Chinese and in digits alike. What somebody types becomes code points: nothing of it is read as a question's syntax.

/// Before the first character of a line and behind its last: no query holds one, since [`domain::search::folded`] drops it.
const EDGE: char = '\n';

/// What a text is. Pairs of one are told from those of another, and from the words of a sound, by how they begin: what is in
/// every number is looked up without going through every name, and the other way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Name,
    Elsewhere,
}

impl Part {
    const fn mark(self) -> char {
        match self {
            Self::Name => '_',
            Self::Elsewhere => '-',
        }
    }

    /// Every pair of a text, its edges included.
    pub fn grams(self, text: &str) -> String {
        if text.is_empty() { String::new() } else { self.pairs(&format!("{EDGE}{text}{EDGE}")) }
    }

    /// What has this in it.
    pub fn inside(self, query: &str) -> String {
        let mut characters = query.chars();
        match (characters.next(), characters.next()) {
            // Every character begins a pair: the last one that with the edge.
            (Some(only), None) => format!("\"{}{}\" *", self.mark(), point(only)),
            _ => format!("\"{}\"", self.pairs(query)),
        }
    }

    /// What begins a line so.
    pub fn head(self, query: &str) -> String {
        format!("\"{}\"", self.pairs(&format!("{EDGE}{query}")))
    }

    /// What is a line so.
    pub fn whole(self, query: &str) -> String {
        format!("\"{}\"", self.grams(query))
    }

    fn pairs(self, text: &str) -> String {
        let seconds = text.chars().skip(1);
        let pairs = text.chars().zip(seconds).map(|(one, next)| format!("{}{}{}", self.mark(), point(one), point(next)));
        pairs.collect::<Vec<_>>().join(" ")
    }
}

/// The beginning of a word, if it can be one: words of sounds are letters and digits.
pub(super) fn word(query: &str) -> Option<String> {
    query.bytes().all(|byte| byte.is_ascii_alphanumeric()).then(|| format!("\"{query}\" *"))
}

/// As wide for every character.
fn point(c: char) -> String {
    format!("{:06x}", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::search::folded;
    use proptest::prelude::*;
    use rusqlite::Connection;

    fn finds(connection: &Connection, question: &str) -> bool {
        let sql = "SELECT 1 FROM texts WHERE texts MATCH ?1";
        connection.prepare(sql).and_then(|mut it| it.exists([question])).unwrap_or_else(|error| panic!("{question}: {error}"))
    }

    fn indexed(text: &str, sound: &str) -> Connection {
        let connection = Connection::open_in_memory().expect("memory");
        let table = "CREATE VIRTUAL TABLE texts USING fts5 (name, sound, content = '', contentless_delete = 1, prefix = '7',
             tokenize = \"ascii tokenchars '_-'\")";
        connection.execute_batch(table).expect("an index");
        connection
            .execute("INSERT INTO texts (rowid, name, sound) VALUES (1, ?1, ?2)", [Part::Name.grams(text).as_str(), sound])
            .expect("a text");
        connection
    }

    proptest! {
        /// A phrase finds what a text contains, and nothing else.
        #[test]
        fn the_index_says_what_the_text_says(text in "[a-c\"*_\n中文🦀0-1]{0,8}", query in "[a-c\"*_中文🦀0-1]{1,3}") {
            let index = indexed(&text, &text);
            prop_assert_eq!(finds(&index, &format!("name : {}", Part::Name.inside(&query))), text.contains(&query));
            prop_assert_eq!(finds(&index, &format!("name : {}", Part::Name.head(&query))), text.lines().any(|line| line.starts_with(&query)));
            prop_assert_eq!(finds(&index, &format!("name : {}", Part::Name.whole(&query))), text.lines().any(|line| line == query));
        }

        #[test]
        fn the_beginning_of_a_word_is_found(words in prop::collection::vec("[a-c0]{1,4}", 0..3), query in "[a-c0_]{1,3}") {
            let index = indexed("0a", &words.join(" "));
            let found = word(&query).is_some_and(|word| finds(&index, &format!("sound : {word}")));
            prop_assert_eq!(found, words.iter().any(|it| it.starts_with(&query)));
        }

        /// Whatever is typed is a question that can be asked.
        #[test]
        fn nothing_typed_is_syntax(typed in "\\PC{1,40}|[\u{0}-\u{1f}\"'*():^NEAR OT-]{1,20}") {
            let query = folded(&typed);
            prop_assume!(!query.is_empty());
            let index = indexed(&query, "");
            prop_assert!(finds(&index, &Part::Name.inside(&query)) && finds(&index, &Part::Name.head(&query)) && finds(&index, &Part::Name.whole(&query)));
        }
    }
}
