//! The site: everything a browser is ever sent, ready in one folder.
//!
//! The folder `/pkg/<hash>/` is named for its contents and never changes; `index.html` and `sw.js`
//! name it. The folder before it stays for tabs that are still open.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

use anyhow::{Context, Result};

use crate::fingerprint::Fingerprint;
use crate::split::{self, Surfaces};
use crate::symbols::Symbols;
use crate::workspace::Workspace;
use crate::{Profile, compress, pack, page, script, stylesheet, tree, wasm, worker};

/// How many hashed folders are kept: this one, and the one open tabs may still run.
const KEPT: usize = 2;

/// The files of `public/` that the build fills in, or puts beside the chunks, instead of copying.
const FILLED_IN: [&str; 4] = ["boot.js", "icons.svg", "parts.js", "sw.js"];

/// Beside the site, for whoever asks what is in it.
const SYMBOLS: &str = "site.symbols";

/// A finished site.
#[derive(Clone, Debug)]
pub struct Bundle {
    pub folder: PathBuf,
    pub hash: String,
    pub surfaces: Surfaces,
}

impl Bundle {
    /// The hashed folder.
    pub fn pkg(&self) -> PathBuf {
        self.folder.join("pkg").join(&self.hash)
    }
}

/// Builds the site, or finds that it is already what the sources say.
pub fn build(workspace: &Workspace, profile: Profile) -> Result<Bundle> {
    let started = Instant::now();
    let wasm = wasm::build(workspace, profile)?;
    let _turn = turn(workspace)?;
    let sources = sources(workspace, profile, &wasm)?;
    let record = workspace.target.join("site.record");
    if let Some(bundle) = unchanged(workspace, &record, &sources) {
        return Ok(bundle);
    }
    let bundle = assemble(workspace, profile, &wasm)?;
    tree::write(&record, written(&sources, &bundle))?;
    eprintln!("    Bundled /pkg/{} ({}) in {:.1} s", bundle.hash, weight(&bundle.pkg())?, started.elapsed().as_secs_f32());
    Ok(bundle)
}

/// The functions in each part of the site that was built last.
pub fn symbols(workspace: &Workspace) -> Result<Symbols> {
    let mut symbols = Symbols::new();
    for (file, name) in tree::read(&workspace.target.join(SYMBOLS))?.lines().filter_map(|line| line.split_once(' ')) {
        symbols.entry(file.to_owned()).or_default().push(name.to_owned());
    }
    Ok(symbols)
}

/// One build of the site at a time: `cargo run` beside `cargo test` waits its turn.
fn turn(workspace: &Workspace) -> Result<File> {
    let path = workspace.target.join("site.lock");
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    file.lock().context("cannot wait for another build of the site")?;
    Ok(file)
}

/// What the site is made of, the build itself included.
fn sources(workspace: &Workspace, profile: Profile, wasm: &Path) -> Result<String> {
    let mut fingerprint = Fingerprint::default();
    fingerprint.add("profile", format!("{profile:?}").as_bytes());
    fingerprint.add_path(wasm, "app.wasm")?;
    for name in ["Cargo.lock", "app/index.html", "public", "style", "xtask/src"] {
        fingerprint.add_path(&workspace.root.join(name), name)?;
    }
    Ok(fingerprint.name())
}

/// The record of a build: what it was made of, its name, and a line for each surface.
fn written(sources: &str, bundle: &Bundle) -> String {
    let surfaces = bundle.surfaces.iter().map(|(surface, files)| format!("{surface} {}\n", files.join(" ")));
    format!("{sources}\n{}\n{}", bundle.hash, surfaces.collect::<String>())
}

fn unchanged(workspace: &Workspace, record: &Path, sources: &str) -> Option<Bundle> {
    let record = fs::read_to_string(record).ok()?;
    let mut lines = record.lines();
    let (made_of, hash) = (lines.next()?, lines.next()?.to_owned());
    let files = |list: &str| list.split(' ').map(str::to_owned).collect();
    let surfaces = lines.filter_map(|line| line.split_once(' ')).map(|(surface, list)| (surface.to_owned(), files(list))).collect();
    let bundle = Bundle { folder: workspace.site(), hash, surfaces };
    (made_of == sources && bundle.pkg().is_dir()).then_some(bundle)
}

fn assemble(workspace: &Workspace, profile: Profile, wasm: &Path) -> Result<Bundle> {
    let site = workspace.site();
    let public = workspace.root.join("public");
    let new = workspace.target.join("site.new");
    if new.is_dir() {
        fs::remove_dir_all(&new)?;
    }
    let surfaces = hashed_files(workspace, profile, wasm, &new)?;
    let mut fingerprint = Fingerprint::default();
    fingerprint.add_path(&new, "pkg")?;
    // A changed page or icon is a new build too: the service worker keeps them under this name.
    fingerprint.add_path(&workspace.root.join("app/index.html"), "index.html")?;
    fingerprint.add_path(&public, "public")?;
    let bundle = Bundle { folder: site.clone(), hash: fingerprint.name(), surfaces };
    let files = tree::files(&new)?;
    let front = front_files(workspace, &public, &bundle, &files)?;
    if profile == Profile::Release {
        compress::twins(&new)?;
    }
    put_hashed(&new, &bundle)?;
    put_front(&site, profile, front, &workspace.target.join("site.front"))?;
    forget_old(&bundle)?;
    Ok(bundle)
}

/// The files whose folder is named for them.
fn hashed_files(workspace: &Workspace, profile: Profile, wasm: &Path, new: &Path) -> Result<Surfaces> {
    fs::create_dir_all(new)?;
    let (surfaces, symbols) = split::write(wasm, new)?;
    let lines = symbols.iter().flat_map(|(file, names)| names.iter().map(move |name| format!("{file} {name}\n")));
    tree::write(&workspace.target.join(SYMBOLS), lines.collect::<String>())?;
    let sheet = stylesheet::join(&workspace.root.join("style/main.css"))?;
    tree::write(&new.join("main.css"), sheet)?;
    let packs = pack::write(new, &surfaces)?;
    tree::write(&new.join("parts.js"), tree::read(&workspace.root.join("public/parts.js"))?)?;
    let script = tree::read(&workspace.root.join("public/boot.js"))?;
    tree::write(&new.join("boot.js"), worker::boot(&script, &surfaces, &packs, profile))?;
    script::lean_all(new)?;
    Ok(surfaces)
}

/// The files with fixed names, which browsers ask for anew each time.
fn front_files(workspace: &Workspace, public: &Path, bundle: &Bundle, files: &[String]) -> Result<Vec<(String, Vec<u8>)>> {
    let mut front = Vec::new();
    for file in tree::files(public)? {
        if !FILLED_IN.contains(&file.as_str()) {
            let bytes = fs::read(public.join(&file))?;
            front.push((file, bytes));
        }
    }
    let copied: Vec<String> = front.iter().map(|(name, _)| name.clone()).collect();
    let script = tree::read(&public.join("sw.js"))?;
    let script = worker::service_worker(&script, &bundle.hash, &copied, files, &bundle.surfaces);
    front.push(("sw.js".to_owned(), script.into_bytes()));
    let page = tree::read(&workspace.root.join("app/index.html"))?;
    let page = page::fill(&page, &bundle.hash, files, &page::icons(public)?)?;
    front.push(("index.html".to_owned(), page.into_bytes()));
    Ok(front)
}

fn put_hashed(new: &Path, bundle: &Bundle) -> Result<()> {
    let pkg = bundle.pkg();
    if pkg.is_dir() {
        fs::remove_dir_all(&pkg)?;
    }
    fs::create_dir_all(bundle.folder.join("pkg"))?;
    fs::rename(new, &pkg).with_context(|| format!("cannot write {}", pkg.display()))
}

/// Moves each file into place whole, so that a server running meanwhile never sends half of one.
fn put_front(site: &Path, profile: Profile, front: Vec<(String, Vec<u8>)>, new: &Path) -> Result<()> {
    if new.is_dir() {
        fs::remove_dir_all(new)?;
    }
    for (name, bytes) in front {
        tree::write(&new.join(name), bytes)?;
    }
    if profile == Profile::Release {
        compress::twins(new)?;
    }
    let fresh = tree::files(new)?;
    for stale in tree::files(site)? {
        if !stale.starts_with("pkg/") && !fresh.contains(&stale) {
            fs::remove_file(site.join(stale))?;
        }
    }
    for name in fresh {
        let place = site.join(&name);
        fs::create_dir_all(place.parent().unwrap_or(site))?;
        fs::rename(new.join(name), place)?;
    }
    Ok(fs::remove_dir_all(new)?)
}

/// Removes all hashed folders but the newest few.
fn forget_old(bundle: &Bundle) -> Result<()> {
    let mut others: Vec<(SystemTime, PathBuf)> = Vec::new();
    for entry in fs::read_dir(bundle.folder.join("pkg"))? {
        let entry = entry?;
        if entry.path() != bundle.pkg() {
            others.push((entry.metadata()?.modified()?, entry.path()));
        }
    }
    others.sort();
    for (_, folder) in others.iter().rev().skip(KEPT - 1) {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

/// What all chunks of the hashed folder weigh, for people to read.
fn weight(pkg: &Path) -> Result<String> {
    let (mut plain, mut small) = (0, 0);
    for file in tree::files(pkg)? {
        let length = fs::metadata(pkg.join(&file))?.len();
        if file.ends_with(".br") {
            small += length;
        } else if !file.ends_with(".gz") {
            plain += length;
        }
    }
    Ok(format!("{} KB, {} KB brotli", plain / 1000, small / 1000))
}
