//! JSON that is not what was asked for, made of JSON that is.

use domain::{id::Id, testing::is_full};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

use super::texts::texts;
use crate::matrix::{leaves, with};

/// What nobody sets from outside: added wherever there are fields (A4).
pub const FORBIDDEN: [&str; 14] = [
    "role",
    "points",
    "balance",
    "tier",
    "rank",
    "owner_id",
    "customer_id",
    "created_at",
    "deleted",
    "is_admin",
    "by",
    "state",
    "__proto__",
    "constructor",
];

/// Of no use anywhere, and of every kind.
fn of_every_kind() -> Vec<Value> {
    let mut deep = json!(1);
    for _ in 0..120 {
        deep = json!([deep]);
    }
    let text = "x".repeat(20_000);
    vec![
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(-1),
        json!(1),
        json!(1.5),
        json!(-0.0),
        json!(1e308),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(9_007_199_254_740_993_i64),
        json!(2_147_483_648_i64),
        json!(1_000_000_000_001_i64),
        json!(253_402_300_800_000_i64),
        json!(""),
        json!(" "),
        json!("x"),
        json!("0"),
        json!("-1"),
        json!("9223372036854775808"),
        json!("1e5"),
        json!([]),
        json!([null]),
        json!([[]]),
        json!({}),
        json!({ "$ne": null }),
        json!({ "": "" }),
        json!({ "other": {} }),
        deep,
        json!(text),
    ]
}

/// Ids that are none, and some that nobody has.
fn bad_ids() -> Vec<Value> {
    let id = "000001a1fc42d2000000000000000001";
    let texts = [
        id[1..].to_owned(),
        format!("{id}0"),
        id.to_uppercase(),
        format!(" {id}"),
        format!("{{{id}}}"),
        format!("urn:uuid:{id}"),
        id.replace('a', "g"),
        id.replace('a', "ａ"),
        id.replace('a', "\u{0}"),
        "0".repeat(32),
        "f".repeat(32),
        "-1".to_owned(),
        "1 OR 1=1".to_owned(),
        "../x".to_owned(),
        "000001a1-fc42-d200-0000-000000000001".to_owned(),
    ];
    texts.into_iter().map(Value::from).collect()
}

fn bad_days() -> Vec<Value> {
    let days = [
        "2026-02-30",
        "2026-13-01",
        "2026-00-00",
        "0000-01-01",
        "-0001-01-01",
        "+2026-01-01",
        "10000-01-01",
        "99999-12-31",
        "9999-12-31",
        "2026-1-1",
        "01/11/2026",
        "2026-11-01T00:00:00Z",
        "2026-11-01 ",
        "２０２６-11-01",
        "today",
    ];
    days.into_iter().map(Value::from).collect()
}

/// Whether a text is one that people wrote, and no id, code or day.
fn is_prose(text: &str) -> bool {
    text.parse::<Id>().is_err() && !is_day(text) && !text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.as_bytes().get(4) == Some(&b'-')
}

/// A form of JSON with one thing otherwise, and where.
pub struct Wrong {
    pub pointer: String,
    pub json: String,
    /// The text that was put where text belongs.
    pub text: Option<String>,
}

/// Everything wrong with this form: each value of another kind, each text, each id, each field left out, added, said twice.
/// Small, every `n`th of them, begun elsewhere for each form.
pub fn wrongs(form: &Value, n: usize, begin: usize) -> Vec<Wrong> {
    let mut all = Vec::new();
    let texts = texts();
    for pointer in leaves(form) {
        let stood = form.pointer(&pointer).expect("a place");
        let mut put = of_every_kind();
        match stood {
            Value::String(text) if text.parse::<Id>().is_ok() => put.extend(bad_ids()),
            Value::String(text) if is_day(text) => put.extend(bad_days()),
            _ => {}
        }
        all.extend(put.into_iter().map(|value| wrong(&pointer, &with(form, &pointer, value), None)));
        if stood.as_str().is_some_and(is_prose) || stood.is_null() {
            all.extend(texts.iter().map(|text| wrong(&pointer, &with(form, &pointer, json!(text)), Some(text.clone()))));
        }
    }
    for (pointer, fields) in objects(form, String::new()) {
        for field in fields.keys() {
            let mut less = form.clone();
            less.pointer_mut(&pointer).and_then(Value::as_object_mut).expect("fields").remove(field);
            all.push(wrong(&format!("{pointer}/{field}"), &less, None));
        }
    }
    all.extend(raw(form));
    let all: Vec<Wrong> = if is_full() { all } else { all.into_iter().skip(begin % n).step_by(n).collect() };
    let mut seen = BTreeSet::new();
    all.into_iter().filter(|wrong| seen.insert(wrong.json.clone())).collect()
}

/// The form with each field that nobody sets.
pub fn with_more(form: &Value) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for (pointer, fields) in objects(form, String::new()) {
        for field in FORBIDDEN.iter().filter(|field| !fields.contains_key(**field)) {
            for value in [json!("admin"), json!(1_000_000)] {
                let mut more = form.clone();
                more.pointer_mut(&pointer).and_then(Value::as_object_mut).expect("fields").insert((*field).to_owned(), value);
                all.push((format!("{pointer}/{field}"), more));
            }
        }
    }
    all
}

fn wrong(pointer: &str, value: &Value, text: Option<String>) -> Wrong {
    Wrong { pointer: pointer.to_owned(), json: value.to_string(), text }
}

/// Where there are fields, and which.
fn objects(value: &Value, at: String) -> Vec<(String, Map<String, Value>)> {
    match value {
        Value::Object(fields) => {
            let inner = fields.iter().flat_map(|(name, value)| objects(value, format!("{at}/{name}")));
            std::iter::once((at.clone(), fields.clone())).chain(inner).collect()
        }
        Value::Array(items) => items.iter().enumerate().flat_map(|(n, value)| objects(value, format!("{at}/{n}"))).collect(),
        _ => Vec::new(),
    }
}

/// What no value can say: numbers beyond numbers, fields said twice, half a surrogate.
fn raw(form: &Value) -> Vec<Wrong> {
    const MARK: &str = "\u{1}here\u{1}";
    let mut all = Vec::new();
    for pointer in leaves(form) {
        let marked = with(form, &pointer, json!(MARK)).to_string();
        let mark = json!(MARK).to_string();
        for text in [
            "1e400",
            "-1e400",
            "1E+2",
            "123456789012345678901234567890",
            "0.1e-400",
            "\"\\ud800\"",
            "\"\\udc00x\"",
            "\"\\u0000\"",
            "\"\\uffff\"",
        ] {
            all.push(Wrong { pointer: pointer.clone(), json: marked.replace(&mark, text), text: None });
        }
    }
    if let Some(fields) = form.as_object() {
        let whole = form.to_string();
        for (name, value) in fields {
            let twice = format!("{},\"{name}\":{value}}}", &whole[..whole.len() - 1]);
            all.push(Wrong { pointer: format!("/{name}"), json: twice, text: None });
        }
    }
    let whole = [json!(null), json!([]), json!({}), json!([form]), json!(form.to_string()), json!(1)];
    all.extend(whole.iter().map(|value| wrong("", value, None)));
    all
}
