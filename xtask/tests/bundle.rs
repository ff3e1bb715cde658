//! The bundle: split by surface for real, light enough for a phone, each framework in it once.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Mutex;

use anyhow::{Context, Result, anyhow, ensure};
use xtask::rules::trial::Broken;
use xtask::site::{self, Bundle};
use xtask::workspace::Workspace;
use xtask::{Profile, budget, symbols};

/// The site, built by whichever test asks first.
fn bundle() -> Result<Bundle> {
    static BUNDLE: Mutex<Option<Bundle>> = Mutex::new(None);
    let mut bundle = BUNDLE.lock().map_err(|_| anyhow!("another test could not build the site"))?;
    if bundle.is_none() {
        *bundle = Some(site::build(&Workspace::here(), Profile::Release)?);
    }
    bundle.clone().context("no site")
}

fn none(what: &str, found: &[String]) -> Result<(), Broken> {
    let check = || -> Result<()> {
        ensure!(found.is_empty(), "{what}:\n  {}", found.join("\n  "));
        Ok(())
    };
    Ok(check()?)
}

fn weights<const N: usize>(files: [(&str, u64); N]) -> BTreeMap<String, u64> {
    files.map(|(name, weight)| (name.to_owned(), weight)).into()
}

#[test]
fn a_first_visit_keeps_to_its_budget() -> Result<(), Broken> {
    let bundle = bundle()?;
    let mut visits = BTreeMap::new();
    for surface in bundle.surfaces.keys() {
        let files = budget::first_visit(&bundle, surface)?;
        let total: u64 = files.values().sum();
        println!("{surface}: {:.1} KiB", total as f64 / 1024.0);
        for (file, weight) in &files {
            println!("  {:>7.1}  {file}", *weight as f64 / 1024.0);
        }
        visits.insert(surface.clone(), files);
    }
    none("too heavy", &budget::over(&visits))
}

#[test]
fn a_visit_over_its_budget_is_caught() {
    let staff = weights([("app_bg.wasm", 200 << 10), ("split_staff.wasm", 90 << 10)]);
    let manager = weights([("app_bg.wasm", 200 << 10), ("split_manager.wasm", 121 << 10)]);
    let portal = weights([("app_bg.wasm", 600 << 10)]);
    let visits = [("staff", staff), ("manager", manager), ("portal", portal)].map(|(name, files)| (name.to_owned(), files)).into();
    let over = budget::over(&visits);
    assert!(over[0].starts_with("portal: 600.0 KiB, and "), "{over:?}");
    assert_eq!(over[1..], ["manager: 121.0 KiB, and 120 is the most"]);
}

#[test]
fn every_surface_has_a_chunk_with_its_code_in_it() -> Result<(), Broken> {
    let bundle = bundle()?;
    let surfaces = ["staff", "portal", "manager"].into_iter().filter(|name| Workspace::here().root.join("app/src").join(name).is_dir());
    let missing: Vec<String> = surfaces.filter(|name| !bundle.surfaces.contains_key(*name)).map(str::to_owned).collect();
    none("a surface without a chunk", &missing)?;
    none("a chunk without code", &budget::hollow(&bundle.surfaces, &budget::chunks(&bundle)?))
}

#[test]
fn customers_are_sent_nothing_of_the_staffs() -> Result<(), Broken> {
    let bundle = bundle()?;
    let symbols = site::symbols(&Workspace::here())?;
    none("the staff's, sent to customers", &symbols::foreign(&bundle, &symbols)?)
}

#[test]
fn the_staffs_vocabulary_in_a_customers_part_is_caught() -> Result<(), Broken> {
    let files = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let surfaces = [("portal", files(&["split_portal.wasm"])), ("staff", files(&["split_staff.wasm"]))];
    let surfaces = surfaces.map(|(name, files)| (name.to_owned(), files)).into();
    let bundle = Bundle { folder: "site".into(), hash: "12ab".to_owned(), surfaces };
    let staffs = "_ZN6domain6change6decide17h0123456789abcdefE";
    let symbols = [
        ("app_bg.wasm", files(&["main"])),
        ("split_portal.wasm", files(&["_ZN6domain6portal3run17h0123456789abcdefE", staffs])),
        ("split_staff.wasm", files(&[staffs])),
    ];
    let symbols = symbols.map(|(name, names)| (name.to_owned(), names)).into();
    assert_eq!(symbols::foreign(&bundle, &symbols)?, [format!("split_portal.wasm: change::decide in {staffs}")]);
    Ok(())
}

#[test]
fn a_chunk_without_code_is_caught() {
    let surfaces = |portal: &[&str]| {
        let files = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let staff = files(&["chunk_1.wasm", "chunk_2.wasm", "split_staff.wasm"]);
        [("portal", files(portal)), ("staff", staff)].map(|(name, files)| (name.to_owned(), files)).into()
    };
    let chunks = weights([("chunk_1.wasm", 50_000), ("chunk_2.wasm", 90_000), ("split_portal.wasm", 1_100), ("split_staff.wasm", 900)]);
    let hollow = ["split_portal.wasm: 1100 bytes: is its function called from a route?"];
    assert_eq!(budget::hollow(&surfaces(&["chunk_1.wasm", "split_portal.wasm"]), &chunks), hollow);
    assert_eq!(budget::hollow(&surfaces(&[]), &chunks), hollow);
}

#[test]
fn the_framework_is_there_once() -> Result<(), Broken> {
    let duplicates = duplicates()?;
    none("there twice", &budget::doubled(&duplicates))
}

fn duplicates() -> Result<String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(Workspace::here().root)
        .args(["tree", "--duplicates", "--depth", "0", "--package", "app", "--target", "wasm32-unknown-unknown"])
        .args(["--edges", "normal,no-proc-macro"])
        .output()
        .context("cargo could not be started")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

#[test]
fn a_second_framework_is_caught() {
    let duplicates = "gloo-net v0.6.0\n\ngloo-net v0.7.0\n\nleptos v0.7.8\n\nleptos v0.8.23\n";
    assert_eq!(budget::doubled(duplicates), ["leptos 0.7.8", "leptos 0.8.23"]);
}
