//! `style/main.css` and everything it imports, as one small file.

use std::path::Path;

use anyhow::{Result, anyhow};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Targets};

/// The browsers that know `light-dark()` and nesting; older ones are not served a second sheet.
const BROWSERS: Browsers = Browsers {
    android: Some(version(123, 0)),
    chrome: Some(version(123, 0)),
    edge: Some(version(123, 0)),
    firefox: Some(version(120, 0)),
    ie: None,
    ios_saf: Some(version(17, 5)),
    opera: None,
    safari: Some(version(17, 5)),
    samsung: Some(version(27, 0)),
};

const fn version(major: u32, minor: u32) -> u32 {
    (major << 16) | (minor << 8)
}

/// Joins and minifies the stylesheet that starts at `entry`.
pub fn join(entry: &Path) -> Result<String> {
    let files = FileProvider::new();
    let targets = Targets::from(BROWSERS);
    let mut sheet =
        Bundler::new(&files, None, ParserOptions::default()).bundle(entry).map_err(|error| anyhow!("the stylesheet is wrong: {error}"))?;
    sheet
        .minify(lightningcss::stylesheet::MinifyOptions { targets, ..Default::default() })
        .map_err(|error| anyhow!("the stylesheet could not be made small: {error}"))?;
    let printed = sheet
        .to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() })
        .map_err(|error| anyhow!("the stylesheet could not be written: {error}"))?;
    Ok(printed.code)
}
