//! A disk that is full, takes nothing at all, or is held by somebody else: what cannot be kept is refused in words,
//! reading goes on, and so does writing as soon as there is room.

use std::{
    fs,
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use domain::sync::wire::{PullRequest, PullResponse};
use rand::{RngExt, SeedableRng, rngs::ChaCha12Rng};
use rusqlite::Connection;
use rustix::process::{Pid, Resource, Rlimit, getrlimit, prlimit};

use super::{
    super::{
        cli::{HERE, Serving},
        wire::Holder,
    },
    devices::{Device, assert_nothing_twice, assert_sound, company, lost},
    line::{Heard, Line},
};

/// Where the disk of the process ends: no file of its grows beyond. Told by an error, as from a disk that is full,
/// since the signal is ignored.
fn end_disk_at(server: &Serving, bytes: Option<u64>) {
    let pid = Pid::from_raw(i32::try_from(server.child.id()).expect("a process")).expect("a process");
    let maximum = getrlimit(Resource::Fsize).maximum;
    prlimit(Some(pid), Resource::Fsize, Rlimit { current: bytes.or(maximum), maximum }).expect("a limit");
}

const HEEDLESS: &str = "trap '' XFSZ";

fn pull(line: &mut Line) -> Heard {
    let holder = Holder::new();
    line.post("/sync/pull", &PullRequest { limit_bytes: 1 << 18, ..holder.request() }).expect("an answer")
}

/// Refused in both languages, to be tried again; nobody is told that it is judged.
fn assert_unavailable(heard: &Heard) {
    assert_eq!(heard.status, 503, "{}{}", heard.head, heard.text);
    assert_eq!(heard.code(), "server.unavailable");
    assert!(heard.head.contains("\r\nretry-after: ") && heard.text.contains("服务器暂时无法保存"), "{}{}", heard.head, heard.text);
}

/// Works until the disk takes no more.
fn work_until_full(device: &mut Device, address: &str, seed: u64) {
    let (mut line, mut chance) = (device.connect(address).expect("a connection"), ChaCha12Rng::seed_from_u64(seed));
    for _ in 0..2_000 {
        (0..chance.random_range(1..4)).for_each(|_| device.next(&mut chance));
        if let Some(heard) = device.offer(&mut line).expect("an answer") {
            return assert_unavailable(&heard);
        }
    }
    panic!("the disk never filled");
}

fn assert_reads_and_says_so(server: &Serving, device: &mut Device) {
    let mut line = device.connect(&server.address).expect("a connection");
    let PullResponse::Page(page) = pull(&mut line).ok() else { panic!("another history") };
    assert!(!page.rows.is_empty(), "what was there can be read");
    assert_eq!(line.get("/auth/me").expect("an answer").status, 200);
    assert_eq!(line.get("/healthz").expect("an answer").status, 200, "it lives");
    assert_unavailable(&line.get("/readyz").expect("an answer"));
    // What was too much together with others' work may fit alone: kept or refused, as with any disk that is all but full.
    device.offer(&mut line).expect("an answer").iter().for_each(assert_unavailable);
}

/// Without a restart. What was refused a moment ago counts for some seconds.
fn assert_ready_again(server: &Serving) {
    let began = Instant::now();
    while !server.get("/readyz").ends_with("ready\n") {
        assert!(began.elapsed() < Duration::from_secs(30), "it never is ready again");
        thread::sleep(Duration::from_millis(100));
    }
}

fn largest(data: &Path) -> u64 {
    ["guanxi.db", "guanxi.db-wal"].map(|name| fs::metadata(data.join(name)).map_or(0, |file| file.len())).into_iter().max().unwrap_or(0)
}

/// C3: at any byte, in the log or in the file, and again and again without a restart.
#[test]
fn a_full_disk_refuses_in_words_and_goes_on_when_there_is_room() {
    let rounds = if domain::testing::is_full() { 40 } else { 5 };
    let (folder, mut devices) = company();
    let server = Serving::after(folder.path(), HEEDLESS);
    let mut chance = ChaCha12Rng::seed_from_u64(3);
    for round in 0..rounds {
        // Every third time the disk takes nothing at all, as one that was made read-only.
        let room = if round % 3 == 2 { 0 } else { largest(folder.path()) + chance.random_range(0..400_000) };
        end_disk_at(&server, Some(room));
        thread::scope(|threads| {
            for device in &mut devices {
                let (address, seed) = (&server.address, chance.random());
                threads.spawn(move || work_until_full(device, address, seed));
            }
        });
        assert_reads_and_says_so(&server, &mut devices[round % 8]);
        end_disk_at(&server, None);
        devices.iter_mut().for_each(|device| device.finish(&server.address));
    }
    assert_ready_again(&server);
    // Before anything is sent again, which would do what was lost once more.
    assert_eq!(lost(folder.path(), &devices), 0, "acknowledged and lost");
    devices.iter_mut().for_each(|device| device.again(&server.address));
    let commands: usize = devices.iter().map(|device| device.sent.len()).sum();
    eprintln!("disk full {rounds} times under {commands} commands of {} devices: 0 lost, 0 twice, no restart", devices.len());
    assert_eq!(lost(folder.path(), &devices), 0);
    assert_nothing_twice(folder.path(), &devices);
    assert_sound(folder.path());
    server.stop();
}

#[test]
fn a_start_on_a_full_disk_says_so_and_touches_nothing() {
    let (folder, mut devices) = company();
    let server = Serving::after(folder.path(), HEEDLESS);
    devices[0].next(&mut ChaCha12Rng::seed_from_u64(5));
    devices[0].finish(&server.address);
    // Killed, so that part of it is in the log and a start has something to do.
    drop(server);
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{HEEDLESS}; ulimit -f 0; exec \"$0\" serve --addr {HERE}"), env!("CARGO_BIN_EXE_guanxi")]);
    let ended = shell.env("GUANXI_DATA", folder.path()).env("LC_ALL", "C").output().expect("the program");
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(!ended.status.success() && said.contains("the disk is full or read-only"), "{said}");
    let server = Serving::start(folder.path(), HERE);
    devices[0].again(&server.address);
    assert_eq!(lost(folder.path(), &devices), 0);
    assert_sound(folder.path());
}

/// Another program writes to the file for long: as long as it does, nobody else can.
#[test]
fn a_file_that_somebody_holds_is_waited_for_and_then_said_so() {
    let (folder, mut devices) = company();
    let server = Serving::start(folder.path(), HERE);
    let holder = Connection::open(folder.path().join("guanxi.db")).expect("the file");
    holder.execute_batch("BEGIN IMMEDIATE").expect("to hold it");
    let mut chance = ChaCha12Rng::seed_from_u64(4);
    thread::scope(|threads| {
        for device in &mut devices {
            device.next(&mut chance);
            let mut line = device.connect(&server.address).expect("a connection");
            threads.spawn(move || assert_unavailable(&device.offer(&mut line).expect("an answer").expect("no verdict")));
        }
    });
    assert_reads_and_says_so(&server, &mut devices[0]);
    holder.execute_batch("ROLLBACK").expect("to let go");
    devices.iter_mut().for_each(|device| device.finish(&server.address));
    assert_ready_again(&server);
    assert_eq!(lost(folder.path(), &devices), 0);
    assert_nothing_twice(folder.path(), &devices);
    assert_sound(folder.path());
}
