//! Statements put together: text and values side by side, so that no value ever becomes text.

use rusqlite::types::Value;

/// A piece of a statement with the values of its slots, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sql {
    pub text: String,
    pub values: Vec<Value>,
}

impl Sql {
    pub fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), values: Vec::new() }
    }

    /// A piece with one slot.
    pub fn with(text: impl Into<String>, value: impl Into<Value>) -> Self {
        Self { text: text.into(), values: vec![value.into()] }
    }

    pub fn then(mut self, text: &str) -> Self {
        self.text += text;
        self
    }

    pub fn and_then(mut self, other: &Self) -> Self {
        self.text += &other.text;
        self.values.extend_from_slice(&other.values);
        self
    }

    /// All of these have to hold.
    pub fn all(conditions: &[Self]) -> Self {
        let text = conditions.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" AND ");
        Self { text, values: conditions.iter().flat_map(|it| it.values.iter().cloned()).collect() }
    }
}

/// The column holds this value, or none.
pub(super) fn is(column: &str, value: &Value) -> Sql {
    match value {
        Value::Null => Sql::of(format!("x.{column} IS NULL")),
        value => Sql::with(format!("x.{column} = ?"), value.clone()),
    }
}
