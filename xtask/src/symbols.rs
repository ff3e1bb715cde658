//! What is in each part of the application: its functions by name, read before the names are taken out.
//!
//! Names stay mangled; a path such as `domain::change::run` is in them as `6domain6change3run`, or as `6change3run` where
//! the crate was named before.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};

use crate::site::Bundle;

/// A part's file, and the names of the functions in it.
pub type Symbols = BTreeMap<String, Vec<String>>;

/// What no customer is sent: the staff's vocabulary, and rules that are none of the customers' business. Screens cannot be
/// told by name: functions that come to the same code are one, and bear the name of either.
const STAFF: [&str; 10] = [
    "change::Command",
    "change::Event",
    "change::decide",
    "change::run",
    "change::react",
    "customers::decide",
    "timeline::decide",
    "team::decide",
    "settings::decide",
    "tickets::decide::decide",
];

/// The parts that a visitor to the portal is sent, sooner or later.
const FOR_CUSTOMERS: [&str; 3] = ["entry", "portal", "portal_pages"];

/// The functions that a wasm file names itself; those it imports are another's.
pub fn of(wasm: &[u8]) -> Result<Vec<String>> {
    let mut imported = 0;
    let mut names = Vec::new();
    for (kind, body) in crate::sections::all(wasm)? {
        match kind {
            crate::sections::IMPORT => imported = imported_functions(body).context("a wasm file with broken imports")?,
            crate::sections::CUSTOM => names.extend(function_names(body).unwrap_or_default()),
            _ => {}
        }
    }
    Ok(names.into_iter().filter(|(index, _)| *index >= imported).map(|(_, name)| name).collect())
}

/// How many functions an import section brings.
fn imported_functions(mut body: &[u8]) -> Option<usize> {
    const FUNCTION: u8 = 0;
    let mut functions = 0;
    for _ in 0..number(&mut body)? {
        text(&mut body)?;
        text(&mut body)?;
        match byte(&mut body)? {
            FUNCTION => {
                functions += 1;
                number(&mut body)?;
            }
            // A table: what it holds, then its limits.
            1 => {
                byte(&mut body)?;
                limits(&mut body)?;
            }
            2 => limits(&mut body)?,
            // A global or a tag: two small fields.
            _ => {
                byte(&mut body)?;
                byte(&mut body)?;
            }
        }
    }
    Some(functions)
}

fn limits(body: &mut &[u8]) -> Option<()> {
    let has_most = byte(body)? & 1 == 1;
    number(body)?;
    if has_most {
        number(body)?;
    }
    Some(())
}

/// The functions of a name section, each with its number; nothing in other sections.
fn function_names(mut body: &[u8]) -> Option<Vec<(usize, String)>> {
    const FUNCTIONS: u8 = 1;
    if text(&mut body)? != "name" {
        return None;
    }
    while let Some(kind) = byte(&mut body) {
        let size = number(&mut body)?;
        let (mut part, rest) = body.split_at_checked(size)?;
        if kind == FUNCTIONS {
            let count = number(&mut part)?;
            return (0..count).map(|_| Some((number(&mut part)?, text(&mut part)?.to_owned()))).collect();
        }
        body = rest;
    }
    None
}

fn byte(body: &mut &[u8]) -> Option<u8> {
    let (first, rest) = body.split_first()?;
    *body = rest;
    Some(*first)
}

fn number(body: &mut &[u8]) -> Option<usize> {
    let (value, size) = crate::sections::length(body)?;
    *body = body.get(size..)?;
    Some(value)
}

fn text<'a>(body: &mut &'a [u8]) -> Option<&'a str> {
    let length = number(body)?;
    let (text, rest) = body.split_at_checked(length)?;
    *body = rest;
    std::str::from_utf8(text).ok()
}

/// What customers are sent although it is the staff's.
pub fn foreign(bundle: &Bundle, symbols: &Symbols) -> Result<Vec<String>> {
    let own: Vec<&String> = FOR_CUSTOMERS.iter().filter_map(|surface| bundle.surfaces.get(*surface)).flatten().collect();
    let sent = |file: &str| file == "app_bg.wasm" || own.iter().any(|one| *one == file);
    let parts: Vec<_> = symbols.iter().filter(|(file, _)| sent(file)).collect();
    ensure!(parts.iter().all(|(_, names)| !names.is_empty()), "a part without the names of its functions");
    let found = parts.into_iter().flat_map(|(file, names)| {
        let theirs = names.iter().filter_map(|name| STAFF.iter().find(|path| is_in(path, name)).map(|path| (path, name)));
        theirs.map(move |(path, name)| format!("{file}: {path} in {name}"))
    });
    Ok(found.collect())
}

/// Whether a mangled name speaks of this path; its crate may stand at a distance.
fn is_in(path: &str, name: &str) -> bool {
    let mangled: String = path.split("::").map(|part| format!("{}{part}", part.len())).collect();
    name.contains(&mangled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_named_and_imports_are_not() {
        let imports = [1, 1, b'm', 1, b'f', 0, 0];
        let names = [&[4][..], b"name", &[1, 10, 2, 0, 2, b'i', b'n', 1, 3, b'r', b'u', b'n']].concat();
        let section = |kind: u8, body: &[u8]| [&[kind, body.len() as u8], body].concat();
        let wasm = [&b"\0asm\x01\0\0\0"[..], &section(2, &imports), &section(0, &names)].concat();
        assert_eq!(of(&wasm).unwrap(), ["run"]);
    }

    #[test]
    fn paths_are_found_in_names_old_and_new() {
        assert!(is_in("change::decide", "_ZN6domain6change6decide17h0123456789abcdefE"));
        assert!(is_in("change::decide", "_RINvNtCs1_6domain6change6decideNtB2_4ViewE"));
        assert!(!is_in("change::run", "_RNvNtCs1_6domain6portal3run"));
    }
}
