//! Values of JSON by where they stand.

use serde_json::Value;

/// Where each value stands that holds no others, as JSON pointers.
pub fn leaves(value: &Value) -> Vec<String> {
    let under = |(name, value): (String, &Value)| leaves(value).into_iter().map(move |rest| format!("/{name}{rest}")).collect::<Vec<_>>();
    match value {
        Value::Object(fields) if !fields.is_empty() => fields.iter().map(|(name, value)| (name.clone(), value)).flat_map(under).collect(),
        Value::Array(items) if !items.is_empty() => {
            items.iter().enumerate().map(|(n, value)| (n.to_string(), value)).flat_map(under).collect()
        }
        _ => vec![String::new()],
    }
}

/// The same with another value there.
pub fn with(value: &Value, pointer: &str, put: Value) -> Value {
    let mut value = value.clone();
    *value.pointer_mut(pointer).expect("a place") = put;
    value
}
