//! Search as people type it: Chinese by any two characters or one, names by their sound's initials, numbers by their end.
//!
//! One folding for what is kept and for what is asked, so that both sides find the same.

/// Lower case, full-width letters and digits as half-width, blanks dropped.
#[must_use]
pub fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// How well something fits a query; smaller is better. The order of the variants is the order of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    Exact,
    /// The name begins so.
    Head,
    /// The sound's initials or the sound begin so.
    Sound,
    Inside,
    /// Another field contains it.
    Elsewhere,
}

/// Something that can be found: folded once when it changes, compared on every keystroke.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findable {
    name: String,
    sound: String,
    elsewhere: String,
}

impl Findable {
    /// `sound` holds readings and initials, separated by blanks; `elsewhere` anything else that should be found.
    #[must_use]
    pub fn new(name: &str, sound: &str, elsewhere: &[&str]) -> Self {
        let elsewhere = elsewhere.iter().map(|text| folded(text)).collect::<Vec<_>>().join("\n");
        Self { name: folded(name), sound: sound.to_ascii_lowercase(), elsewhere }
    }

    /// As [`Findable::name`], [`Findable::sound`] and [`Findable::elsewhere`] said.
    #[must_use]
    pub fn kept(name: String, sound: &str, elsewhere: String) -> Self {
        Self { name, sound: sound.to_ascii_lowercase(), elsewhere }
    }

    /// Folded.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    #[must_use]
    pub fn sound(&self) -> &str {
        &self.sound
    }

    /// Folded, in lines.
    #[must_use]
    pub fn elsewhere(&self) -> &str {
        &self.elsewhere
    }

    /// `query` must be [`folded`]. An empty one fits everything.
    #[must_use]
    pub fn fit(&self, query: &str) -> Option<Fit> {
        if query.is_empty() || self.name == query {
            return Some(Fit::Exact);
        }
        if self.name.starts_with(query) {
            return Some(Fit::Head);
        }
        if query.is_ascii() && self.sound.split(' ').any(|sound| sound.starts_with(query)) {
            return Some(Fit::Sound);
        }
        if self.name.contains(query) {
            return Some(Fit::Inside);
        }
        self.elsewhere.contains(query).then_some(Fit::Elsewhere)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_characters_initials_and_numbers_find_a_customer() {
        let shihe = Findable::new("拾禾餐饮", "shihecanyin shcy", &["C-0042", "沈知遥", "138****5678"]);
        let fit = |query: &str| shihe.fit(&folded(query));
        assert_eq!(fit("拾禾餐饮"), Some(Fit::Exact));
        assert_eq!(fit("拾禾"), Some(Fit::Head));
        assert_eq!(fit("餐饮"), Some(Fit::Inside));
        assert_eq!(fit("饮"), Some(Fit::Inside));
        assert_eq!(fit("shihe"), Some(Fit::Sound));
        assert_eq!(fit("SHCY"), Some(Fit::Sound));
        assert_eq!(fit("ｓｈｃ"), Some(Fit::Sound));
        assert_eq!(fit("c-0042"), Some(Fit::Elsewhere));
        assert_eq!(fit("5678"), Some(Fit::Elsewhere));
        assert_eq!(fit("知遥"), Some(Fit::Elsewhere));
        assert_eq!(fit("木屿"), None);
    }
}
