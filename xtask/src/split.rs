//! One wasm file into the first chunk, one chunk per surface, what they share, and the JavaScript
//! that loads them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use crate::sections;

/// Which files a surface needs besides the first: its own, and what it shares with others.
pub type Surfaces = BTreeMap<String, Vec<String>>;

/// Writes the parts of `wasm` into `folder`; the names in it are stable, the folder's is not.
pub fn write(wasm: &Path, folder: &Path) -> Result<Surfaces> {
    let bytes = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let whole = folder.join("whole.wasm");
    let mut options = wasm_split_cli_support::Options::new(&bytes);
    options.output_dir = folder;
    options.main_out_path = &whole;
    options.main_module = "./app.js";
    let parts =
        wasm_split_cli_support::transform(options).map_err(|error| anyhow!("the application could not be split by surface: {error:#}"))?;
    bind(&whole, folder).context("the JavaScript for the application could not be written")?;
    fs::remove_file(&whole)?;
    for chunk in &parts.split_modules {
        let bytes = fs::read(chunk).with_context(|| format!("cannot read {}", chunk.display()))?;
        fs::write(chunk, sections::without_names(&bytes)?)?;
    }
    let files = |chunks: Vec<String>| chunks.into_iter().map(|name| name + ".wasm").collect();
    Ok(parts.prefetch_map.into_iter().map(|(surface, chunks)| (surface, files(chunks))).collect())
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
