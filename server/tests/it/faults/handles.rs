//! More visitors than the process may have handles: those inside go on working, and the next come in when others leave.

use std::{
    future::pending,
    thread,
    time::{Duration, Instant},
};

use rand::{SeedableRng, rngs::ChaCha12Rng};
use tokio::{net::TcpStream, runtime::Runtime};

use super::{
    super::{
        cli::{Serving, run, told},
        harness::Folder,
        wire::Holder,
    },
    devices::{Device, assert_nothing_twice, assert_sound, company, lost},
    line::Line,
};

const HANDLES: usize = 96;
const VISITORS: usize = 300;
/// Longer than whoever asks nothing may stay.
const LONG: Duration = Duration::from_secs(60);

fn work(device: &mut Device, line: &mut Line, seed: u64) {
    let mut chance = ChaCha12Rng::seed_from_u64(seed);
    for _ in 0..20 {
        device.next(&mut chance);
        assert_eq!(device.offer(line).expect("an answer"), None);
        assert_eq!(line.post("/sync/pull", &Holder::new().request()).expect("an answer").status, 200);
    }
}

/// Comes and says nothing. Some will not even be let in.
async fn visit(address: String) {
    let line = TcpStream::connect(address).await;
    pending::<()>().await;
    drop(line);
}

/// C4: handles run out.
#[test]
fn more_visitors_than_handles_keep_nobody_from_work() {
    let (folder, mut devices) = company();
    let server = Serving::after(folder.path(), &format!("ulimit -n {HANDLES}"));
    let mut lines: Vec<_> = devices.iter().map(|device| device.connect(&server.address).expect("a connection")).collect();
    // So that each has a place before the others come.
    lines.iter_mut().for_each(|line| assert_eq!(line.get("/auth/me").expect("an answer").status, 200));
    let visitors = Runtime::new().expect("threads");
    for _ in 0..VISITORS {
        visitors.spawn(visit(server.address.clone()));
    }
    thread::sleep(Duration::from_secs(1));
    thread::scope(|threads| {
        for (n, (device, line)) in (0..).zip(devices.iter_mut().zip(&mut lines)) {
            threads.spawn(move || work(device, line, n));
        }
    });
    let copy = Folder::new();
    let copy = copy.path().join("copy.db");
    let said = told(&run(folder.path(), &["backup", copy.to_str().expect("a path")], ""));
    assert!(said.contains("verified"), "the operator is heard too: {said}");
    visitors.shutdown_background();
    let began = Instant::now();
    while !server.get("/readyz").ends_with("ready\n") {
        assert!(began.elapsed() < LONG, "nobody is let in again");
        thread::sleep(Duration::from_millis(100));
    }
    devices.iter_mut().for_each(|device| device.again(&server.address));
    assert_eq!(lost(folder.path(), &devices), 0);
    assert_nothing_twice(folder.path(), &devices);
    assert_sound(folder.path());
}
