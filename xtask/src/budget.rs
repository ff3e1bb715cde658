//! What a first visit weighs on the wire, and what it may weigh.
//!
//! Counted is what a surface's start page fetches before it can be used: page, style, scripts, fonts, the first chunk, and its
//! bundle with all that the bundle shares. Not counted is what it fetches once it stands and nobody waits (its other bundles), and
//! the bundle `entry` of whoever has to sign in first.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result};

use crate::compress;
use crate::pack;
use crate::site::Bundle;
use crate::split::Surfaces;
use crate::tree;

/// What a first visit to a surface may weigh, in KiB of brotli.
struct Budget {
    surface: &'static str,
    /// The surface whose visitor already has its own files.
    after: Option<&'static str>,
    /// What we mean to reach.
    goal: u64,
    /// What has been reached: it only ever goes down, until it is the goal.
    most: u64,
}

const BUDGETS: [Budget; 3] = [
    // Not reached yet: see "What is not good enough" in ARCHITECTURE.md.
    Budget { surface: "portal", after: None, goal: 200, most: 306 },
    Budget { surface: "staff", after: None, goal: 300, most: 389 },
    Budget { surface: "manager", after: Some("staff"), goal: 120, most: 120 },
];

/// A split function that nobody reaches drags its code into the first chunk, and leaves its own file hollow.
const HOLLOW: u64 = 8_000;

/// Crates that must be there once: two of them do not see each other's signals, or weigh twice.
const ONCE: [&str; 8] = ["leptos", "leptos_router", "reactive_graph", "reactive_stores", "tachys", "wasm-bindgen", "js-sys", "web-sys"];

/// The files of a first visit to a surface with their weight in brotli: page, style, code and fonts.
pub fn first_visit(bundle: &Bundle, surface: &str) -> Result<BTreeMap<String, u64>> {
    let chunks = bundle.surfaces.get(surface).with_context(|| format!("no surface is called {surface}"))?;
    let known = before(surface).and_then(|before| bundle.surfaces.get(before));
    let pkg = bundle.pkg();
    let packed = pack::of(surface);
    let is_new = |chunk: &String| chunks.contains(chunk) && !known.is_some_and(|known| known.contains(chunk));
    let needed = |file: &String| match file {
        file if is_twin(file) => false,
        file if pack::is_pack(file) => packed.as_ref() == Some(file),
        file if file.ends_with(".wasm") && file != "app_bg.wasm" => packed.is_none() && is_new(file),
        _ => true,
    };
    let mut weights = BTreeMap::new();
    for file in tree::files(&pkg)?.into_iter().filter(needed) {
        weights.insert(file.clone(), compress::brotli_of(&fs::read(pkg.join(&file))?)?.len() as u64);
    }
    let page = fs::read(bundle.folder.join("index.html"))?;
    weights.insert("index.html".to_owned(), compress::brotli_of(&page)?.len() as u64);
    Ok(weights)
}

/// The surface whose visitor already has its own files.
fn before(surface: &str) -> Option<&'static str> {
    BUDGETS.iter().find(|budget| budget.surface == surface)?.after
}

fn is_twin(file: &str) -> bool {
    file.ends_with(".br") || file.ends_with(".gz")
}

/// What a first visit adds to what its visitor has.
#[derive(Clone, Copy, Debug)]
pub struct Visit {
    pub surface: &'static str,
    pub kib: f64,
    pub goal: u64,
    most: u64,
}

/// Every surface that is there.
pub fn visits(bundle: &Bundle) -> Result<Vec<Visit>> {
    let files = bundle.surfaces.keys().map(|surface| Ok((surface.clone(), first_visit(bundle, surface)?)));
    Ok(weighed(&files.collect::<Result<_>>()?))
}

fn weighed(visits: &BTreeMap<String, BTreeMap<String, u64>>) -> Vec<Visit> {
    let weigh = |Budget { surface, after, goal, most }| {
        let files = visits.get(surface)?;
        let known: BTreeSet<&String> = after.and_then(|after| visits.get(after)).into_iter().flat_map(BTreeMap::keys).collect();
        let bytes: u64 = files.iter().filter(|(file, _)| !known.contains(file)).map(|(_, weight)| weight).sum();
        Some(Visit { surface, kib: bytes as f64 / 1024.0, goal, most })
    };
    BUDGETS.into_iter().filter_map(weigh).collect()
}

/// What is over its budget, in sentences; surfaces that are not there yet weigh nothing.
pub fn over(visits: &BTreeMap<String, BTreeMap<String, u64>>) -> Vec<String> {
    let mut sentences = Vec::new();
    for Visit { surface, kib, goal, most } in weighed(visits) {
        if most > goal {
            println!("{surface}: {kib:.1} KiB; the goal is {goal}");
        }
        if kib > most as f64 {
            sentences.push(format!("{surface}: {kib:.1} KiB, and {most} is the most"));
        }
    }
    sentences
}

/// Bundles that hold next to nothing: neither in their own file nor in those they share with some others. What a surface and its
/// later pages both need is in a file they share.
pub fn hollow(surfaces: &Surfaces, chunks: &BTreeMap<String, u64>) -> Vec<String> {
    let everybodys = |file: &&String| surfaces.values().all(|files| files.contains(file));
    let mut sentences = Vec::new();
    for own in chunks.keys().filter(|file| file.starts_with("split_")) {
        let surface = own.trim_start_matches("split_").trim_end_matches(".wasm");
        let shared = surfaces.get(surface).into_iter().flatten().filter(|file| !everybodys(file));
        let files: BTreeSet<&String> = shared.chain([own]).collect();
        let bytes: u64 = files.into_iter().filter_map(|file| chunks.get(file)).sum();
        if bytes <= HOLLOW {
            sentences.push(format!("{own}: {bytes} bytes: is its function called from a route?"));
        }
    }
    sentences
}

/// The chunks of a bundle with their plain size.
pub fn chunks(bundle: &Bundle) -> Result<BTreeMap<String, u64>> {
    let pkg = bundle.pkg();
    let files = tree::files(&pkg)?.into_iter().filter(|file| file.ends_with(".wasm"));
    files.map(|file| Ok((file.clone(), fs::metadata(pkg.join(&file))?.len()))).collect()
}

/// Crates of `cargo tree --duplicates --depth 0` that must not be among them.
pub fn doubled(duplicates: &str) -> Vec<String> {
    let names = duplicates.lines().filter_map(|line| line.split_once(" v"));
    names.filter(|(name, _)| ONCE.contains(name)).map(|(name, version)| format!("{name} {version}")).collect()
}
