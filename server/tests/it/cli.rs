//! The command `guanxi` as an operator uses it: a process of its own, a data directory, a socket, signals.

use super::{auth::PASSWORD, harness::Folder};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

fn guanxi(data: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guanxi"));
    command.args(args).env("GUANXI_DATA", data).env("LC_ALL", "C").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub fn run(data: &Path, args: &[&str], input: &str) -> Output {
    let mut child = guanxi(data, args).spawn().expect("the command");
    // A command that reads nothing may be gone already.
    _ = child.stdin.take().expect("its input").write_all(input.as_bytes());
    child.wait_with_output().expect("its end")
}

pub fn told(output: &Output) -> String {
    String::from_utf8_lossy(if output.status.success() { &output.stdout } else { &output.stderr }).trim().to_owned()
}

/// A port of this machine that nobody has.
pub const HERE: &str = "127.0.0.1:0";

/// A server in a process of its own, killed when it goes out of use.
pub struct Serving {
    pub child: Child,
    pub printed: Vec<String>,
    pub address: String,
}

impl Serving {
    pub fn start(data: &Path, at: &str) -> Self {
        Self::of(&mut guanxi(data, &["serve", "--log", "warn", "--addr", at]))
    }

    pub fn with(data: &Path, more: &[&str]) -> Self {
        Self::of(guanxi(data, &["serve", "--addr", HERE]).args(more))
    }

    /// Begun by a shell that first does this: a process of its own takes over what the shell has set.
    #[cfg(unix)]
    pub fn after(data: &Path, first: &str) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{first}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_guanxi"), "serve", "--log", "warn", "--addr", HERE]);
        Self::of(shell.env("GUANXI_DATA", data).env("LC_ALL", "C").stdout(Stdio::piped()).stderr(Stdio::piped()))
    }

    fn of(command: &mut Command) -> Self {
        let mut child = command.spawn().expect("the server");
        let mut printed = Vec::new();
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let address = loop {
            let line = lines.next().expect("the address before the end").expect("text");
            printed.push(line.clone());
            if let Some((_, address)) = line.split_once("关系  http://") {
                break address.to_owned();
            }
        };
        Self { child, printed, address }
    }

    pub fn get(&self, path: &str) -> String {
        let mut line = TcpStream::connect(&self.address).expect("a connection");
        write!(line, "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address).expect("to be heard");
        let mut answer = String::new();
        line.read_to_string(&mut answer).expect("an answer");
        answer
    }

    #[cfg(unix)]
    pub fn stop(mut self) {
        let told = Command::new("kill").arg(self.child.id().to_string()).status().expect("kill");
        assert!(told.success() && self.child.wait().expect("its end").success());
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

#[cfg(unix)]
#[test]
fn a_running_server_is_spoken_to_and_nobody_else_takes_its_data() {
    let folder = Folder::new();
    let data = folder.path().join("data");
    let copy = folder.path().join("copy.db");
    let copy = copy.to_str().expect("a path");
    assert!(told(&run(&data, &["demo", "--customers", "3"], "")).starts_with("3 customers, "));
    let server = Serving::start(&data, HERE);
    assert!(server.printed.iter().any(|line| line.contains("sales@demo.guanxi")), "{:?}", server.printed);
    assert!(server.get("/readyz").ends_with("ready\n"));
    let add = ["user", "add", "new@lanshi.example", "--name", "新人", "--role", "service", "--team", "华东"];
    assert_eq!(told(&run(&data, &add, &format!("{PASSWORD}\n"))), "new@lanshi.example was added.");
    let again = run(&data, &add, &format!("{PASSWORD}\n"));
    assert!(!again.status.success() && told(&again).contains("has an account already"), "{}", told(&again));
    assert!(told(&run(&data, &add, "12345678\n")).contains("one of the first"));
    assert!(told(&run(&data, &["user", "reset", "new@lanshi.example"], "")).contains(&format!("http://{}/join/", server.address)));
    assert_eq!(told(&run(&data, &["check"], "")), "Everything is as it should be.");
    assert!(told(&run(&data, &["backup", copy], "")).contains("verified"));
    assert!(!run(&data, &["backup", copy], "").status.success(), "a file that exists is not written over");
    for refused in [vec!["restore", copy], vec!["demo"], vec!["serve", "--addr", HERE]] {
        let answer = run(&data, &refused, "");
        assert!(!answer.status.success() && told(&answer).contains("Another process has this data directory"), "{refused:?}");
    }
    server.stop();
    assert!(told(&run(&data, &["restore", copy], "")).contains("Everybody signs in again."));
    assert_eq!(told(&run(&data, &["check"], "")), "Everything is as it should be.");
    assert!(told(&run(&data, &["demo"], "")).contains("There is data in this directory"));
}

/// By the running server over its socket and without one: printed once, listed without secrets, ended at once.
#[cfg(unix)]
#[test]
fn a_token_is_printed_once_and_revoked_by_its_name() {
    let folder = Folder::new();
    let add = |name: &str, more: &[&str]| run(folder.path(), &[&["token", "add", name], more].concat(), "");
    let asked = |server: &Serving, token: &str| {
        let mut line = TcpStream::connect(&server.address).expect("a connection");
        let head = format!("GET /api/v1/customers HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {token}\r\n", server.address);
        write!(line, "{head}connection: close\r\n\r\n").expect("to be heard");
        let mut answer = String::new();
        line.read_to_string(&mut answer).expect("an answer");
        answer
    };
    assert!(told(&run(folder.path(), &["demo", "--customers", "1"], "")).starts_with("1 customers, "));
    let shop = told(&add("shop", &["--role", "sales", "--expires", "90d"]));
    assert!(shop.starts_with("gx_") && shop.len() == 67, "{shop}");
    let server = Serving::start(folder.path(), HERE);
    let till = told(&add("till", &[]));
    for token in [&shop, &till] {
        assert!(asked(&server, token).starts_with("HTTP/1.1 200"));
    }
    assert!(told(&add("shop", &[])).contains("There is a token of this name"));
    assert!(told(&add("old", &["--expires", "2020-01-01"])).contains("cannot end in the past"));
    assert!(told(&add("odd", &["--expires", "soon"])).contains("2027-01-01"));
    assert_eq!(told(&run(folder.path(), &["token", "revoke", "shop"], "")), "shop was revoked.");
    assert!(!run(folder.path(), &["token", "revoke", "shop"], "").status.success());
    assert!(asked(&server, &shop).starts_with("HTTP/1.1 401") && asked(&server, &till).starts_with("HTTP/1.1 200"));
    let list = told(&run(folder.path(), &["token", "list"], ""));
    assert!(list.contains("shop\trevoked\tsales") && list.contains("till\tvalid\t-") && !list.contains("gx_"), "{list}");
    server.stop();
    assert_eq!(told(&run(folder.path(), &["check"], "")), "Everything is as it should be.");
}

#[cfg(unix)]
#[test]
fn a_server_that_was_killed_leaves_nothing_in_the_way() {
    let folder = Folder::new();
    let mut server = Serving::start(folder.path(), HERE);
    assert!(server.printed.iter().any(|line| line.contains("/set-up#")), "{:?}", server.printed);
    server.child.kill().expect("to kill it");
    server.child.wait().expect("its end");
    let again = Serving::start(folder.path(), HERE);
    assert!(again.get("/auth/state").ends_with(r#"{"state":"set_up"}"#));
    again.stop();
}

#[cfg(unix)]
#[test]
fn without_https_only_this_machine_is_served() {
    let folder = Folder::new();
    let mut server = Serving::start(folder.path(), "0.0.0.0:0");
    assert!(server.address.starts_with("127.0.0.1:"), "{}", server.address);
    server.child.kill().expect("to kill it");
    let mut said = String::new();
    server.child.stderr.take().expect("its errors").read_to_string(&mut said).expect("text");
    assert!(said.contains("Without https only this machine is served"), "{said}");
}

/// `guanxi demo | head -1`, and a server whose terminal was closed: what nobody reads is no failure.
#[cfg(unix)]
#[test]
fn whoever_reads_no_further_stops_nothing() {
    let folder = Folder::new();
    for args in [vec!["demo", "--customers", "1"], vec!["check"], vec!["token", "list"]] {
        let mut child = guanxi(folder.path(), &args).spawn().expect("the command");
        drop((child.stdout.take(), child.stderr.take()));
        assert!(child.wait().expect("its end").success(), "{args:?}");
    }
    let mut server = Serving::of(&mut guanxi(folder.path(), &["serve", "--log", "debug", "--addr", HERE]));
    drop(server.child.stderr.take());
    for _ in 0..3 {
        assert!(server.get("/readyz").ends_with("ready\n"));
    }
}

#[test]
fn a_restored_copy_is_another_history() {
    let folder = Folder::new();
    let (data, copy) = (folder.path().join("data"), folder.path().join("copy.db"));
    assert!(run(&data, &["demo", "--customers", "1"], "").status.success());
    let epoch = |file: &Path| -> String {
        let connection = rusqlite::Connection::open(file).expect("a database");
        connection.query_row("SELECT epoch FROM clock", (), |row| row.get(0)).expect("an epoch")
    };
    let before = epoch(&data.join("guanxi.db"));
    let copy = copy.to_str().expect("a path");
    assert!(run(&data, &["backup", copy], "").status.success());
    assert_eq!(epoch(Path::new(copy)), before);
    assert!(run(&data, &["restore", copy], "").status.success());
    assert_ne!(epoch(&data.join("guanxi.db")), before);
    std::fs::write(copy, b"not a database").expect("a file");
    let after = epoch(&data.join("guanxi.db"));
    let refused = run(&data, &["restore", copy], "");
    assert!(!refused.status.success());
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("Nothing was restored and nothing was touched."), "{said}");
    assert_eq!(epoch(&data.join("guanxi.db")), after, "what cannot be restored replaces nothing");
}
