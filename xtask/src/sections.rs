//! A wasm file without the sections that only people with a debugger read: the names alone outweigh a third of the code.

use anyhow::{Context, Result, ensure};

const HEADER: &[u8] = b"\0asm\x01\0\0\0";

/// Sections with a name and no effect have this number.
const CUSTOM: u8 = 0;

/// The same module without custom sections.
pub fn without_names(wasm: &[u8]) -> Result<Vec<u8>> {
    ensure!(wasm.starts_with(HEADER), "not a wasm file");
    let mut kept = HEADER.to_vec();
    let mut rest = &wasm[HEADER.len()..];
    while let Some(&kind) = rest.first() {
        let (length, size) = length(&rest[1..]).context("a wasm section without its length")?;
        let section = rest.get(..1 + size + length).context("a wasm section longer than its file")?;
        if kind != CUSTOM {
            kept.extend_from_slice(section);
        }
        rest = &rest[section.len()..];
    }
    Ok(kept)
}

/// An unsigned number in LEB128, and how many bytes it takes.
fn length(bytes: &[u8]) -> Option<(usize, usize)> {
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
