//! `cargo run`: the site, then the server on it, in this process.

use std::env;
use std::ffi::{OsStr, OsString};

use anyhow::Result;
use server::site::Site;

use crate::workspace::Workspace;
use crate::{Profile, site};

/// Builds the site and serves it; `options` are those of `guanxi serve`.
pub fn run(workspace: &Workspace, options: Vec<OsString>) -> Result<()> {
    let asks = ["--help", "-h", "--version", "-V"].iter().any(|ask| options.iter().any(|option| option == ask));
    let site = if asks { None } else { Some(Site::Folder(site::build(workspace, Profile::Release)?.folder)) };
    server::cli::main_with(site, arguments(options, env::var_os("GUANXI_DATA").is_some()).into_iter()).map(drop)
}

/// Whoever names no data of their own is shown the demonstration.
pub fn arguments(options: Vec<OsString>, data_in_environment: bool) -> Vec<OsString> {
    let named = options.iter().filter_map(|option| option.to_str()).any(|option| option == "--data" || option.starts_with("--data="));
    let demo = "--demo";
    let missing = !named && !data_in_environment && !options.iter().any(|option| option == demo);
    let front = [OsStr::new("serve")].into_iter().chain(missing.then_some(OsStr::new(demo)));
    front.map(OsStr::to_owned).chain(options).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(options: &[&str], data_in_environment: bool) -> Vec<OsString> {
        arguments(options.iter().map(OsString::from).collect(), data_in_environment)
    }

    #[test]
    fn without_data_of_ones_own_there_is_a_demonstration() {
        assert_eq!(of(&[], false), ["serve", "--demo"]);
        assert_eq!(of(&["--addr", "127.0.0.1:4000"], false), ["serve", "--demo", "--addr", "127.0.0.1:4000"]);
        assert_eq!(of(&["--demo"], false), ["serve", "--demo"]);
    }

    #[test]
    fn ones_own_data_is_left_as_it_is() {
        assert_eq!(of(&["--data", "/d"], false), ["serve", "--data", "/d"]);
        assert_eq!(of(&["--data=/d"], false), ["serve", "--data=/d"]);
        assert_eq!(of(&[], true), ["serve"]);
    }
}
