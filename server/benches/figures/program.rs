//! Processes that are measured.

use crate::{
    load::{Line, request},
    plain,
};
use anyhow::{Context, Result, ensure};
use axum::http::Method;
use hyper::header;
use rusqlite::{Connection, OpenFlags};
use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// The kernel counts processor time in hundredths of a second.
const TICKS: u64 = 100;

/// A folder beside what is built, on the disk that is measured; gone with its owner.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Result<Self> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-{}", uuid::Uuid::now_v7()));
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn megabytes(&self) -> Result<u64> {
        Ok(fs::metadata(self.0.join("guanxi.db"))?.len() / 1_000_000)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

fn guanxi(data: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guanxi"));
    command.args(args).env("GUANXI_DATA", data).env("LC_ALL", "C").stderr(Stdio::null());
    command
}

/// The demonstration of so many customers.
pub fn fill(data: &Path, customers: u32) -> Result<()> {
    let done = guanxi(data, &["demo", "--customers", &customers.to_string()]).output()?;
    ensure!(done.status.success(), "the demonstration could not be made");
    Ok(())
}

/// A server in a process of its own, killed when it goes out of use.
pub struct Program {
    child: Child,
    data: PathBuf,
    /// Goes with the process that has it.
    _own: Option<Folder>,
    pub address: String,
    /// From nothing to the first answer.
    pub took: Duration,
}

impl Program {
    pub async fn start(data: &Path) -> Result<Self> {
        Self::of(guanxi(data, &["serve", "--log", "error", "--no-backups", "--addr", "127.0.0.1:0"]), data).await
    }

    pub async fn plain() -> Result<Self> {
        let folder = Folder::new()?;
        let mut command = Command::new(env::current_exe()?);
        command.env(plain::ASKED, folder.path());
        let mut program = Self::of(command, folder.path()).await?;
        program._own = Some(folder);
        Ok(program)
    }

    async fn of(mut command: Command, data: &Path) -> Result<Self> {
        let began = Instant::now();
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let said = BufReader::new(child.stdout.take().context("no output")?).lines();
        let mut program = Self { child, data: data.to_owned(), _own: None, address: String::new(), took: Duration::ZERO };
        for line in said {
            if let Some((_, address)) = line?.split_once("  http://") {
                program.address = address.to_owned();
                break;
            }
        }
        Line::open(&program.address).await?.ask(request(Method::GET, "/readyz", &[], String::new())).await?;
        program.took = began.elapsed();
        Ok(program)
    }

    /// The cookie of an account of the demonstration.
    pub async fn sign_in(&self, role: &str) -> Result<String> {
        let mut line = Line::open(&self.address).await?;
        let state = line.ask(request(Method::GET, "/auth/state", &[], String::new())).await?;
        let state: serde_json::Value = serde_json::from_slice(&state)?;
        let account = state["demo"].as_array().into_iter().flatten().find(|account| account["role"] == role);
        let account = account.with_context(|| format!("nobody of the demonstration is {role}"))?;
        let body = serde_json::json!({ "who": account["who"], "password": account["password"] }).to_string();
        let answer = line.answer(request(Method::POST, "/auth/sign-in", &[], body)).await?;
        let cookie = answer.headers().get(header::SET_COOKIE).and_then(|value| value.to_str().ok()?.split(';').next());
        cookie.map(str::to_owned).context("no session")
    }

    /// Tokens for the REST interface.
    pub fn tokens(&self, count: usize) -> Result<Vec<String>> {
        let add = |n: usize| {
            let done = guanxi(&self.data, &["token", "add", &format!("till {n}")]).output()?;
            ensure!(done.status.success(), "no token");
            Ok(String::from_utf8(done.stdout)?.trim().to_owned())
        };
        (0..count).map(add).collect()
    }

    pub fn file(&self) -> PathBuf {
        self.data.join("guanxi.db")
    }

    /// Its data of this moment, beside it.
    pub fn copy(&self) -> Result<PathBuf> {
        let copy = self.data.join("copy.db");
        _ = fs::remove_file(&copy);
        Connection::open_with_flags(self.file(), OpenFlags::SQLITE_OPEN_READ_ONLY)?
            .execute("VACUUM INTO ?1", [copy.to_str().context("a path")?])?;
        Ok(copy)
    }

    /// Processor time so far, where the kernel says.
    pub fn cpu(&self) -> Duration {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        // The name in brackets may hold anything; after it the twelfth and thirteenth are user and system time.
        let after = stat.rsplit(')').next().unwrap_or_default();
        let ticks: u64 = after.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
        Duration::from_millis(ticks * 1_000 / TICKS)
    }

    /// MiB that are its own, with its share of what it has in common with others.
    pub fn memory(&self) -> Result<f64> {
        let rollup = fs::read_to_string(format!("/proc/{}/smaps_rollup", self.child.id())).unwrap_or_default();
        let of = |name: &str| rollup.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next()?.parse::<u64>().ok());
        Ok(of("Pss:").context("a kernel that counts memory")? as f64 / 1_024.0)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
