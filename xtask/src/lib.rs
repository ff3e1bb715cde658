//! The build: turns `app/`, `style/` and `public/` into the site, and starts the server on it.

use std::ffi::OsString;

use anyhow::{Result, bail};

pub mod budget;
pub mod fingerprint;
pub mod journeys;
pub mod rules;
pub mod site;
pub mod size;
pub mod symbols;
pub mod tree;
pub mod workspace;

mod bench;
mod compress;
mod dist;
mod imports;
mod pack;
mod page;
mod prove;
mod script;
mod sections;
mod serve;
mod split;
mod stylesheet;
mod tool;
mod wasm;
mod watch;
mod worker;

use workspace::Workspace;

/// What the nested cargo builds: small for people, or quickly for whoever is editing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    Release,
    Edit,
}

const HELP: &str = "\
cargo run [-- OPTIONS OF `guanxi serve`]   build the site and serve it
cargo xtask watch [THE SAME OPTIONS]       serve it, build again what changes, reload open pages
cargo xtask prove [NAME]                   run the tests at full size and print their figures
cargo xtask bench                          measure what a visit weighs, how long people wait, and how fast the server is
cargo xtask dist                           build one program with the site inside
cargo xtask site [--edit]                  build the site only; with --edit quickly instead of small
";

/// Does what `arguments` ask for; without a command of ours they are the server's options.
pub fn run(arguments: Vec<OsString>) -> Result<()> {
    let workspace = Workspace::here();
    let command = arguments.first().and_then(|first| first.to_str());
    match command {
        None => serve::run(&workspace, arguments),
        Some(option) if option.starts_with('-') => serve::run(&workspace, arguments),
        Some("bench") => bench::run(&workspace),
        Some("dist") => dist::run(&workspace),
        Some("prove") => prove::run(&workspace, &arguments[1..]),
        Some("watch") => watch::run(&workspace, arguments[1..].to_vec()),
        Some("site") => {
            let quick = arguments.iter().any(|argument| argument == "--edit");
            site::build(&workspace, if quick { Profile::Edit } else { Profile::Release }).map(drop)
        }
        Some("help") => {
            print!("{HELP}");
            Ok(())
        }
        Some(other) => bail!("`{other}` is not a command.\n{HELP}"),
    }
}
