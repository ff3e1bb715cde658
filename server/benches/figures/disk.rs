//! The yardstick of writing: SQLite with the same durability, what waits sharing a transaction, and nothing else.

use crate::{program::Folder, table::Figure};
use anyhow::Result;
use rusqlite::Connection;
use std::{
    sync::mpsc::{self, Sender, SyncSender},
    thread,
    time::{Duration, Instant},
};

/// As many as the program commits together.
const TOGETHER: usize = 64;
/// A writer that has not answered by then has failed.
const PATIENCE: Duration = Duration::from_secs(10);

/// One row of about a ticket's size. Every line sends one at a time and waits until it is on the disk.
pub fn one_row(lines: usize, lasting: Duration) -> Result<Figure> {
    let folder = Folder::new()?;
    let db = Connection::open(folder.path().join("one.db"))?;
    db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32000;")?;
    db.execute_batch("CREATE TABLE ticket (id INTEGER PRIMARY KEY, customer INTEGER, text TEXT); CREATE INDEX of ON ticket (customer)")?;
    let text = "x".repeat(300);
    let (sender, waiting) = mpsc::channel::<SyncSender<()>>();
    let until = Instant::now() + lasting;
    thread::scope(|scope| {
        let lines: Vec<_> = std::iter::repeat_n(sender, lines).map(|sender| scope.spawn(move || ask(&sender, until))).collect();
        let mut n = 0;
        while let Ok(first) = waiting.recv() {
            let answers: Vec<_> = std::iter::once(first).chain(waiting.try_iter().take(TOGETHER - 1)).collect();
            db.prepare_cached("BEGIN IMMEDIATE")?.execute(())?;
            for _ in &answers {
                n += 1;
                db.prepare_cached("INSERT INTO ticket VALUES (?1, ?2, ?3)")?.execute((n, n % 500, &text))?;
            }
            db.prepare_cached("COMMIT")?.execute(())?;
            answers.iter().for_each(|answer| _ = answer.send(()));
        }
        let took = lines.into_iter().flat_map(|line| line.join().unwrap_or_default()).collect();
        Ok(Figure::of(took, lasting, None))
    })
}

fn ask(sender: &Sender<SyncSender<()>>, until: Instant) -> Vec<Duration> {
    let (answer, answered) = mpsc::sync_channel(1);
    let mut took = Vec::new();
    while Instant::now() < until {
        let began = Instant::now();
        if sender.send(answer.clone()).is_err() || answered.recv_timeout(PATIENCE).is_err() {
            break;
        }
        took.push(began.elapsed());
    }
    took
}
