//! One wasm file into the first chunk, one chunk per surface, what they share, and the JavaScript
//! that loads them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use walrus::{Module, ModuleConfig};
use wasm_bindgen_cli_support::Bindgen;

use crate::symbols::{self, Symbols};
use crate::{imports, pack, script, sections, tree};

/// Which files a surface needs besides the first: its own, and what it shares with others.
pub type Surfaces = BTreeMap<String, Vec<String>>;

/// Writes the parts of `wasm` into `folder`, whose own name is not stable; says what is in each.
pub fn write(wasm: &Path, folder: &Path) -> Result<(Surfaces, Symbols)> {
    let bytes = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let whole = folder.join("whole.wasm");
    let mut options = wasm_split_cli_support::Options::new(&bytes);
    options.output_dir = folder;
    options.main_out_path = &whole;
    options.main_module = "./app.js";
    let parts =
        wasm_split_cli_support::transform(options).map_err(|error| anyhow!("the application could not be split by surface: {error:#}"))?;
    let mut symbols = Symbols::from([("app_bg.wasm".to_owned(), symbols::of(&fs::read(&whole)?)?)]);
    bind(&whole, folder).context("the JavaScript for the application could not be written")?;
    fs::remove_file(&whole)?;
    let script = folder.join("__wasm_split.js");
    tree::write(&script, pack::loader(&tree::read(&script)?)?)?;
    for chunk in &parts.split_modules {
        let bytes = fs::read(chunk).with_context(|| format!("cannot read {}", chunk.display()))?;
        let name = chunk.file_name().map(|name| name.to_string_lossy().into_owned());
        symbols.insert(name.unwrap_or_default(), symbols::of(&bytes)?);
        fs::write(chunk, compact(&bytes).with_context(|| format!("cannot read {}", chunk.display()))?)?;
    }
    let files = |chunks: Vec<String>| chunks.into_iter().map(|name| name + ".wasm").collect();
    Ok((parts.prefetch_map.into_iter().map(|(surface, chunks)| (surface, files(chunks))).collect(), symbols))
}

/// The same chunk without names, without the types that only other chunks use, and with its numbers in as few bytes as they
/// need: the split leaves room for the linker in each.
fn compact(chunk: &[u8]) -> Result<Vec<u8>> {
    let mut module = ModuleConfig::new().generate_name_section(false).generate_producers_section(false).parse(chunk)?;
    walrus::passes::gc::run(&mut module);
    sections::without_names(&module.emit_wasm())
}

fn bind(wasm: &Path, folder: &Path) -> Result<()> {
    let mut output = Bindgen::new()
        .input_path(wasm)
        .out_name("app")
        .web(true)?
        .typescript(false)
        // Without the default path `init()` would need the address of the wasm from the page.
        .omit_default_module_path(false)
        // The chunks reach into the first one by these exports.
        .keep_lld_exports(true)
        .remove_name_section(true)
        .generate_output()?;
    let module = output.wasm_mut();
    without(module, UNCALLED);
    let names = imports::shorten(module, "./app_bg.js");
    output.emit(folder)?;
    let path = folder.join("app.js");
    tree::write(&path, script::without_classes(&imports::renamed(&tree::read(&path)?, &names), UNCALLED))
}

/// What a library offers to JavaScript and nobody there calls: streams, which `server_fn` brings with it.
const UNCALLED: &str = "IntoUnderlying";

/// Drops the exports of these classes, and what only they need.
fn without(module: &mut Module, name: &str) {
    let name = name.to_lowercase();
    let unused: Vec<_> = module.exports.iter().filter(|export| export.name.contains(&name)).map(walrus::Export::id).collect();
    for export in unused {
        module.exports.delete(export);
    }
    walrus::passes::gc::run(module);
}
