//! Packs: all chunks of a surface's first page in one file. What they have in common is compressed once, and one request
//! is cheaper than a dozen. The chunks stay beside it, for whoever has some of them already.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::split::Surfaces;

/// The surfaces that people come to by an address.
const PACKED: [&str; 2] = ["portal", "staff"];

/// The chunks of each packed surface with their lengths, in the order in which they are in its pack.
pub type Packs = BTreeMap<String, Vec<(String, u64)>>;

/// The pack of a surface, if it has one.
pub fn of(surface: &str) -> Option<String> {
    PACKED.contains(&surface).then(|| format!("{surface}.pack"))
}

pub fn is_pack(file: &str) -> bool {
    file.ends_with(".pack")
}

/// Writes the packs of the chunks in `folder`.
pub fn write(folder: &Path, surfaces: &Surfaces) -> Result<Packs> {
    let mut packs = Packs::new();
    for (surface, chunks) in surfaces {
        let Some(pack) = of(surface) else { continue };
        let (mut all, mut parts) = (Vec::new(), Vec::new());
        for chunk in chunks {
            let bytes = fs::read(folder.join(chunk)).with_context(|| format!("cannot read {chunk}"))?;
            parts.push((chunk.clone(), bytes.len() as u64));
            all.extend(bytes);
        }
        fs::write(folder.join(pack), all)?;
        packs.insert(surface.clone(), parts);
    }
    Ok(packs)
}

/// The script that loads chunks, taking each from where it is: `public/parts.js` knows.
pub fn loader(script: &str) -> Result<String> {
    const FETCH: (&str, &str) = ("fetch(new URL(\"./", "\", import.meta.url))");
    let (opened, closed) = (script.matches(FETCH.0).count(), script.matches(FETCH.1).count());
    ensure!(opened > 0 && opened == closed, "the script that loads chunks is not what it was: {opened} and {closed} addresses");
    Ok(format!("import {{ part }} from \"./parts.js\";\n{}", script.replace(FETCH.0, "part(\"").replace(FETCH.1, "\")")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_holds_its_chunks_one_after_the_other() {
        let folder = std::env::temp_dir().join(format!("guanxi-pack-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("chunk_1.wasm"), [1, 2]).unwrap();
        fs::write(folder.join("split_staff.wasm"), [3]).unwrap();
        let chunks = || ["chunk_1.wasm", "split_staff.wasm"].map(String::from).to_vec();
        let surfaces = Surfaces::from([("staff".to_owned(), chunks()), ("work".to_owned(), chunks())]);
        let packs = write(&folder, &surfaces).unwrap();
        let parts = vec![("chunk_1.wasm".to_owned(), 2), ("split_staff.wasm".to_owned(), 1)];
        assert_eq!(packs, Packs::from([("staff".to_owned(), parts)]));
        assert_eq!(fs::read(folder.join("staff.pack")).unwrap(), [1, 2, 3]);
        assert!(!folder.join("work.pack").exists(), "a later page has most of its chunks already");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn chunks_are_asked_for_where_they_are() {
        let script = "const src = fetch(new URL(\"./chunk_8.wasm\", import.meta.url));\n";
        assert_eq!(loader(script).unwrap(), "import { part } from \"./parts.js\";\nconst src = part(\"chunk_8.wasm\");\n");
        assert!(loader("const src = load(\"chunk_8.wasm\");").is_err());
    }
}
