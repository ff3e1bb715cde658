//! A brotli and a gzip twin beside each file, made once so that no request ever waits for it.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context, Result, anyhow};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use crate::tree;

const WORTH_IT: [&str; 8] = ["css", "html", "js", "json", "pack", "svg", "wasm", "webmanifest"];

/// Gives every file below `root` that gains by it its twins.
pub fn twins(root: &Path) -> Result<()> {
    let files: Vec<String> =
        tree::files(root)?.into_iter().filter(|file| WORTH_IT.contains(&file.rsplit('.').next().unwrap_or_default())).collect();
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let work = || -> Result<()> {
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            twin(&root.join(file)).with_context(|| format!("cannot compress {file}"))?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let handles: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        handles.into_iter().try_for_each(|handle| handle.join().map_err(|_| anyhow!("a compressing thread died"))?)
    })
}

fn twin(path: &Path) -> Result<()> {
    let bytes = fs::read(path)?;
    for (suffix, small) in [("br", brotli_of(&bytes)?), ("gz", gzip_of(&bytes)?)] {
        if small.len() < bytes.len() {
            let mut name = path.as_os_str().to_owned();
            name.push(format!(".{suffix}"));
            fs::write(name, small)?;
        }
    }
    Ok(())
}

/// What `bytes` weigh on the wire, as the size budget counts them.
pub fn brotli_of(mut bytes: &[u8]) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut small, &parameters)?;
    Ok(small)
}

fn gzip_of(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
