//! One wasm file into the first chunk, one chunk per surface, what they share, and the JavaScript
//! that loads them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use crate::sections;
use crate::symbols::{self, Symbols};

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
    for chunk in &parts.split_modules {
        let bytes = fs::read(chunk).with_context(|| format!("cannot read {}", chunk.display()))?;
        let name = chunk.file_name().map(|name| name.to_string_lossy().into_owned());
        symbols.insert(name.unwrap_or_default(), symbols::of(&bytes)?);
        fs::write(chunk, sections::without_names(&bytes)?)?;
    }
    let files = |chunks: Vec<String>| chunks.into_iter().map(|name| name + ".wasm").collect();
    Ok((parts.prefetch_map.into_iter().map(|(surface, chunks)| (surface, files(chunks))).collect(), symbols))
}

fn bind(wasm: &Path, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(wasm)
        .out_name("app")
        .web(true)?
        .typescript(false)
        // Without the default path `init()` would need the address of the wasm from the page.
        .omit_default_module_path(false)
        // The chunks reach into the first one by these exports.
        .keep_lld_exports(true)
        .remove_name_section(true)
        .generate(folder)
}
