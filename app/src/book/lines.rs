//! How confirmed rows are written down on the device: one line a row, so that starting needs no JSON parser.
//!
//! `entity ⇥ id ⇥ scopes ⇥ json`, or `entity ⇥ id` for a row that is gone. JSON as serde writes it has neither tabs nor line breaks.

use domain::{
    id::Id,
    sync::{Held, Key, Scopes},
};
use std::{fmt::Write, rc::Rc};

/// Rows a chunk holds at most: IndexedDB reads a few large values much faster than many small ones.
const CHUNK: usize = 2_000;

/// A row or its absence, as lines say it.
pub type Line = (Key, Option<Held>);

pub fn written<'a>(rows: impl Iterator<Item = (&'a Key, Option<&'a Held>)>) -> Vec<String> {
    let mut chunks = Vec::new();
    let mut chunk = String::new();
    let mut count = 0;
    for (key, held) in rows {
        line(&mut chunk, key, held);
        count += 1;
        if count == CHUNK {
            chunks.push(std::mem::take(&mut chunk));
            count = 0;
        }
    }
    if !chunk.is_empty() {
        chunks.push(chunk);
    }
    chunks
}

fn line(out: &mut String, key: &Key, held: Option<&Held>) {
    // Writing to a string cannot fail.
    _ = write!(out, "{}\t{}", key.entity, key.id);
    if let Some(held) = held {
        out.push('\t');
        for (i, scope) in held.scopes.iter().enumerate() {
            if i > 0 {
                out.push(',');
            }
            _ = write!(out, "{scope}");
        }
        out.push('\t');
        out.push_str(&held.json);
    }
    out.push('\n');
}

/// Reads chunks in order. A line that cannot be read is left out: the base is a cache, the next bootstrap mends it.
pub fn read<'a>(chunks: impl Iterator<Item = &'a str>) -> Vec<Line> {
    let mut names: Vec<Rc<str>> = Vec::new();
    let mut last = ("", Scopes::default());
    chunks
        .flat_map(str::lines)
        .filter_map(|line| {
            let mut parts = line.splitn(4, '\t');
            let entity = interned(&mut names, parts.next()?);
            let id: Id = parts.next()?.parse().ok()?;
            let key = Key { entity, id };
            let Some(scopes) = parts.next() else { return Some((key, None)) };
            if last.0 != scopes {
                last = (scopes, scopes.split(',').filter_map(|scope| scope.parse().ok()).collect());
            }
            Some((key, Some(Held { json: parts.next()?.into(), scopes: last.1.clone() })))
        })
        .collect()
}

fn interned(names: &mut Vec<Rc<str>>, name: &str) -> Rc<str> {
    if let Some(known) = names.iter().find(|known| &***known == name) {
        return known.clone();
    }
    let new: Rc<str> = name.into();
    names.push(new.clone());
    new
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::sync::Scope;

    #[test]
    fn rows_are_read_as_they_were_written() {
        let key = |n: u8| Key::new("customer", Id::from_bytes([n; 16]));
        let held = Held { json: r#"{"name":"拾禾\t餐饮"}"#.into(), scopes: [Scope::Org, Scope::Team(Id::ONLY.into())].into() };
        let rows = [(key(1), Some(held.clone())), (key(2), None), (key(3), Some(Held { scopes: [Scope::Org].into(), ..held }))];
        let chunks = written(rows.iter().map(|(key, held)| (key, held.as_ref())));
        assert_eq!(read(chunks.iter().map(String::as_str)), rows);
        assert_eq!(read(["nonsense\n\t\n"].into_iter()), []);
    }

    #[test]
    fn many_rows_make_few_chunks() {
        let keys: Vec<Key> = (0..4_500u128).map(|n| Key::new("x", Id::from_bytes(n.to_be_bytes()))).collect();
        assert_eq!(written(keys.iter().map(|key| (key, None))).len(), 3);
    }
}
