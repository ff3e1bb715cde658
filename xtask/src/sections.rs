//! A wasm file without the sections that only people with a debugger read: the names alone outweigh a third of the code.

use anyhow::{Context, Result, ensure};

const HEADER: &[u8] = b"\0asm\x01\0\0\0";

/// Sections with a name and no effect have this number.
pub const CUSTOM: u8 = 0;

/// What the module takes from others.
pub const IMPORT: u8 = 2;

/// The same module without custom sections.
pub fn without_names(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut kept = HEADER.to_vec();
    for section in whole(wasm)?.into_iter().filter(|section| section.first() != Some(&CUSTOM)) {
        kept.extend_from_slice(section);
    }
    Ok(kept)
}

/// Every section: its number and what is in it.
pub fn all(wasm: &[u8]) -> Result<Vec<(u8, &[u8])>> {
    let inside = |section: &'_ [u8]| Some((*section.first()?, 1 + length(&section[1..])?.1));
    whole(wasm)?
        .into_iter()
        .map(|section| inside(section).map(|(kind, at)| (kind, &section[at..])).context("an empty wasm section"))
        .collect()
}

/// Every section with its number and its length.
fn whole(wasm: &[u8]) -> Result<Vec<&[u8]>> {
    ensure!(wasm.starts_with(HEADER), "not a wasm file");
    let mut sections = Vec::new();
    let mut rest = &wasm[HEADER.len()..];
    while !rest.is_empty() {
        let (length, size) = length(&rest[1..]).context("a wasm section without its length")?;
        let section = rest.get(..1 + size + length).context("a wasm section longer than its file")?;
        sections.push(section);
        rest = &rest[section.len()..];
    }
    Ok(sections)
}

/// An unsigned number in LEB128, and how many bytes it takes.
pub fn length(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0;
    for (index, byte) in bytes.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((value, index + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_and_code_stays() {
        let long = [&[CUSTOM, 0x82, 0x01][..], &[7; 130]].concat();
        let wasm = [HEADER, &[1, 2, 8, 8], &long, &[10, 1, 9]].concat();
        assert_eq!(without_names(&wasm).unwrap(), [HEADER, &[1, 2, 8, 8, 10, 1, 9]].concat());
    }

    #[test]
    fn a_broken_file_is_refused() {
        assert!(without_names(b"<!doctype html>").is_err());
        assert!(without_names(&[HEADER, &[1, 9, 0]].concat()).is_err());
    }
}
