//! A reader that stays for long keeps the log from being cut back: writing goes on, and the log shrinks once it has left.

use std::{fs, path::Path};

use domain::{
    access::{Reach, Role},
    attachments::{Digest, PIECE, Wanted},
};
use sha2::{Digest as _, Sha256};
use tokio::runtime::Runtime;

use super::{
    super::{
        cli::{HERE, Serving},
        harness::{House, fresh},
    },
    devices::{assert_sound, reader},
    line::Line,
};

/// How large the log stays at most, as the server has it.
const KEPT: u64 = 64 << 20;
const FILE: usize = 19 << 20;

fn log(data: &Path) -> u64 {
    fs::metadata(data.join("guanxi.db-wal")).expect("the log").len()
}

/// Something large, as people attach it.
fn send(line: &mut Line) {
    let content = [b"%PDF-1.7\n".as_slice(), &vec![b'x'; FILE]].concat();
    let digest = Digest::of_bytes(&Sha256::digest(&content).into()).to_string();
    let wanted = Wanted { id: fresh(), name: "报价.pdf".to_owned(), size: i64::try_from(content.len()).expect("a size"), digest };
    assert_eq!(line.post("/api/files", &wanted).expect("an answer").status, 200);
    for (n, piece) in (0..).zip(content.chunks(PIECE as usize)) {
        let path = format!("/api/files/{}?at={}", wanted.id, n * PIECE);
        let heard = line.put(&path, piece).expect("an answer");
        assert_eq!(heard.status, 200, "{}", heard.text);
    }
}

/// C15: a reader of another program, such as somebody's report over the file.
#[test]
fn a_reader_who_stays_stops_no_writer_and_the_log_shrinks_afterwards() {
    let (folder, ada) = Runtime::new().expect("threads").block_on(async {
        let house = House::founded_now(Reach::Team).await;
        let ada = house.join("林知遥", Role::Sales, &[]).await;
        (house.closed(), ada)
    });
    let server = Serving::start(folder.path(), HERE);
    let mut line = Line::connect(&server.address, &ada).expect("a connection");
    let stays = reader(folder.path());
    let count = || stays.query_row("SELECT count(*) FROM file_piece", (), |row| row.get::<_, u32>(0)).expect("a number");
    stays.execute_batch("BEGIN").expect("a moment to look at");
    assert_eq!(count(), 0);
    while log(folder.path()) <= KEPT {
        send(&mut line);
    }
    let grown = log(folder.path());
    assert_eq!(count(), 0, "it still sees its own moment");
    assert!(server.get("/readyz").ends_with("ready\n"));
    stays.execute_batch("ROLLBACK").expect("its end");
    send(&mut line);
    let left = log(folder.path());
    eprintln!("the log had {} MiB while somebody read, and {} MiB afterwards", grown >> 20, left >> 20);
    assert!(left <= KEPT, "{left}");
    drop(stays);
    assert_sound(folder.path());
    server.stop();
    assert!(!folder.path().join("guanxi.db-wal").exists());
}
