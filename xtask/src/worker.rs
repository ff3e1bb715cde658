//! `boot.js` and `sw.js`: the two scripts that know what the build made.

use crate::Profile;
use crate::pack::{self, Packs};
use crate::split::Surfaces;

/// Appended while somebody edits.
const RELOAD: &str = include_str!("reload.js");

/// The script that starts the application: it learns which chunks an address will need.
pub fn boot(script: &str, surfaces: &Surfaces, packs: &Packs, profile: Profile) -> String {
    let chunks: Vec<String> = surfaces.iter().map(|(surface, files)| format!("{surface}:{:?}", short(files))).collect();
    let lengths = |parts: &[(String, u64)]| parts.iter().map(|(_, length)| *length).collect::<Vec<u64>>();
    let packs: Vec<String> = packs.iter().map(|(surface, parts)| format!("{surface}:{:?}", lengths(parts))).collect();
    let reload = if profile == Profile::Edit { RELOAD } else { "" };
    format!("const SURFACES = {{{}}};\nconst PACKS = {{{}}};\n{script}{reload}", chunks.join(","), packs.join(","))
}

/// The service worker: it learns what every tab needs (the page, the files `copied` from `public/`,
/// the first chunk and what all surfaces share), and what only some do.
pub fn service_worker(script: &str, hash: &str, copied: &[String], files: &[String], surfaces: &Surfaces) -> String {
    let is_chunk = |file: &str| file.ends_with(".wasm") && file != "app_bg.wasm";
    let for_some = |file: &String| pack::is_pack(file) || (is_chunk(file) && !shared(file, surfaces));
    let (later, first): (Vec<&String>, Vec<&String>) = files.iter().partition(|file| for_some(file));
    let hashed = |file: &String| format!("/pkg/{hash}/{file}");
    let mut shell = vec!["/".to_owned()];
    shell.extend(copied.iter().map(|file| format!("/{file}")));
    shell.extend(first.into_iter().map(hashed));
    let later: Vec<String> = later.into_iter().map(hashed).collect();
    format!("const BUILD = {hash:?};\nconst SHELL = {};\nconst LATER = {};\n{script}", list(&shell), list(&later))
}

/// Whether every surface needs this file.
fn shared(file: &str, surfaces: &Surfaces) -> bool {
    !surfaces.is_empty() && surfaces.values().all(|files| files.iter().any(|one| one == file))
}

fn list(names: &[String]) -> String {
    format!("{names:?}")
}

/// `chunk_1.wasm`, `split_staff.wasm` as `1 staff`: these lists are a good part of the script.
fn short(files: &[String]) -> String {
    let stems = files.iter().map(|file| file.trim_end_matches(".wasm"));
    stems.map(|stem| stem.split_once('_').map_or(stem, |(_, part)| part)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surfaces() -> Surfaces {
        [("portal", vec!["chunk_1.wasm", "split_portal.wasm"]), ("staff", vec!["chunk_1.wasm", "chunk_2.wasm"])]
            .map(|(name, files)| (name.to_owned(), files.into_iter().map(String::from).collect()))
            .into()
    }

    #[test]
    fn a_portal_customer_is_never_sent_staff_code_ahead_of_need() {
        let files = ["app.js", "app_bg.wasm", "chunk_1.wasm", "chunk_2.wasm", "split_portal.wasm", "staff.pack"];
        let worker = service_worker("rest", "12ab", &["favicon.svg".to_owned()], &files.map(String::from), &surfaces());
        let mut lines = worker.lines();
        assert_eq!(lines.next(), Some("const BUILD = \"12ab\";"));
        let shell = lines.next().unwrap();
        assert!(
            shell.contains("\"/\", \"/favicon.svg\", \"/pkg/12ab/app.js\", \"/pkg/12ab/app_bg.wasm\", \"/pkg/12ab/chunk_1.wasm\""),
            "{shell}"
        );
        let later = lines.next().unwrap();
        assert!(later.contains("chunk_2.wasm") && later.contains("split_portal.wasm") && later.contains("staff.pack"), "{later}");
        assert_eq!(lines.next(), Some("rest"));
    }

    #[test]
    fn the_page_knows_the_chunks_of_its_surface() {
        let packs = Packs::from([("staff".to_owned(), vec![("chunk_1.wasm".to_owned(), 7), ("chunk_2.wasm".to_owned(), 9)])]);
        let script = boot("rest", &surfaces(), &packs, Profile::Release);
        assert!(script.contains("const SURFACES = {portal:\"1 portal\",staff:\"1 2\"};"), "{script}");
        assert!(script.contains("const PACKS = {staff:[7, 9]};"), "{script}");
    }

    #[test]
    fn only_whoever_edits_has_pages_that_reload() {
        assert!(boot("rest", &surfaces(), &Packs::new(), Profile::Edit).contains("location.reload()"));
        assert!(boot("rest", &surfaces(), &Packs::new(), Profile::Release).ends_with("rest"));
    }
}
