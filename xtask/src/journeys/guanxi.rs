//! A server of our own: a fresh company in a folder that goes away with it, on a port nobody else has.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};
use rusqlite::Connection;
use server::site::Site;

/// A running server; dropped, it is gone and so is its data.
pub struct Guanxi {
    /// Where it answers, such as `http://127.0.0.1:41234`.
    pub address: String,
    process: Child,
    data: PathBuf,
}

impl Guanxi {
    /// Founds a company with so many customers and serves it as `cargo run` does.
    pub fn start(program: &Path, customers: u32) -> Result<Self> {
        Self::serve(program, founded("one", customers)?, &[])
    }

    /// The same, where devices believe that there are more customers than they can carry. Its data does not say what its
    /// rows say, so no copy of it would be proved.
    pub fn start_large(program: &Path, customers: u32, statements: &str) -> Result<Self> {
        let data = founded("large", customers)?;
        Connection::open(data.join("guanxi.db"))?.execute_batch(statements)?;
        Self::serve(program, data, &["--no-backups"])
    }

    fn serve(program: &Path, data: PathBuf, options: &[&str]) -> Result<Self> {
        let mut process = Command::new(program)
            .args(["--addr", "127.0.0.1:0", "--log", "warn"])
            .args(options)
            .arg("--data")
            .arg(&data)
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} could not be started", program.display()))?;
        let said = process.stdout.take().context("the server has no output")?;
        let mut guanxi = Self { address: String::new(), process, data };
        guanxi.address = address(said)?;
        Ok(guanxi)
    }
}

impl Drop for Guanxi {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
        _ = fs::remove_dir_all(&self.data);
    }
}

/// The folder of a demonstration of so many customers.
fn founded(name: &str, customers: u32) -> Result<PathBuf> {
    let data = env::temp_dir().join(format!("guanxi-journeys-{name}-{}", std::process::id()));
    if data.exists() {
        fs::remove_dir_all(&data)?;
    }
    let options = ["demo", "--customers", &customers.to_string(), "--data"].map(OsString::from);
    let made = server::cli::main_with(None::<Site>, options.into_iter().chain([data.as_os_str().to_owned()]));
    made.map(|_| data).context("the demonstration could not be made")
}

/// Waits for the line that names the address, and lets the rest of what is said run on.
fn address(said: ChildStdout) -> Result<String> {
    let mut lines = BufReader::new(said).lines();
    for line in lines.by_ref() {
        let line = line?;
        if let Some(start) = line.find("http://").filter(|_| line.starts_with("Guanxi")) {
            thread::spawn(move || lines.count());
            return Ok(line[start..].trim().to_owned());
        }
    }
    bail!("the server stopped before it named its address: see its messages above")
}
