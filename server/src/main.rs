//! The command `guanxi`.

use server::{cli, site::Site};
use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::main_with(Site::found(), std::env::args_os().skip(1)) {
        Ok(code) => code,
        Err(error) => cli::failed(&error),
    }
}
