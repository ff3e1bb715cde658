//! The yardstick of keeping a ticket: the statements that one ticket makes, over a copy of the same data, with the same
//! durability, what waits sharing a transaction. No HTTP, no rules, nothing read.

use crate::{program::Folder, table::Figure};
use anyhow::{Context, Result};
use rusqlite::{Connection, types::Value};
use std::{
    fs,
    path::Path,
    sync::mpsc::{self, Sender, SyncSender},
    thread,
    time::{Duration, Instant},
};

/// As many as the program commits together.
const TOGETHER: usize = 64;
/// A writer that has not answered by then has failed.
const PATIENCE: Duration = Duration::from_secs(10);

/// The tables that a ticket leaves rows in.
const TABLES: [&str; 10] = [
    "ticket",
    "ticket_entry",
    "timeline_entry",
    "notice",
    "insight_mark",
    "scope_rows",
    "audit",
    "audit_detail",
    "mutation",
    "seen_command",
];

/// Rows that a ticket left, and the statement that puts more of the kind there.
struct Left {
    insert: String,
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

pub struct Shape(Vec<Left>);

impl Shape {
    /// What one ticket leaves: the newest rows of each table, as many as `grown` says there are more for each ticket.
    pub fn of(file: &Path, grown: &[(&'static str, f64)]) -> Result<Self> {
        let db = Connection::open(file)?;
        let mut all = Vec::new();
        for (table, each) in grown.iter().filter(|(_, each)| *each >= 0.5) {
            let mut columns = db.prepare("SELECT name FROM pragma_table_info(?1)")?;
            let columns = columns.query_map([table], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
            let slots: Vec<String> = (1..=columns.len()).map(|n| format!("?{n}")).collect();
            let order = if columns.iter().any(|name| name == "n") { "n" } else { "1" };
            let mut newest = db.prepare(&format!("SELECT * FROM \"{table}\" ORDER BY {order} DESC LIMIT {each:.0}"))?;
            let width = columns.len();
            let rows = newest.query_map((), |row| (0..width).map(|n| row.get(n)).collect())?.collect::<Result<_, _>>()?;
            all.push(Left { insert: format!("INSERT INTO \"{table}\" VALUES ({})", slots.join(", ")), columns, rows });
        }
        Ok(Self(all))
    }

    /// The same once more, with keys that nobody has.
    fn again(&self, db: &Connection, count: i64) -> Result<()> {
        for Left { insert, columns, rows } in &self.0 {
            let mut insert = db.prepare_cached(insert)?;
            for row in rows {
                let fresh = |(column, value): (&String, &Value)| match (column.as_str(), value) {
                    ("id" | "row_id" | "cmd_id", _) => Value::Blob(uuid::Uuid::now_v7().as_bytes().to_vec()),
                    ("no" | "n" | "mid" | "seq", Value::Integer(n)) => Value::Integer(n + count * 1_000),
                    (_, value) => value.clone(),
                };
                insert.execute(rusqlite::params_from_iter(columns.iter().zip(row).map(fresh)))?;
            }
        }
        db.prepare_cached("UPDATE clock SET seq = seq + 1")?.execute(())?;
        db.prepare_cached("UPDATE sync_client SET last_mid = last_mid + 1 WHERE client_id = (SELECT min(client_id) FROM sync_client)")?
            .execute(())?;
        Ok(())
    }
}

/// How many rows each table has.
pub fn counts(file: &Path) -> Result<Vec<(&'static str, i64)>> {
    let db = Connection::open(file)?;
    let count = |table| Ok((table, db.query_row(&format!("SELECT count(*) FROM \"{table}\""), (), |row| row.get(0))?));
    TABLES.into_iter().map(count).collect()
}

/// Every line sends one at a time and waits until it is on the disk.
pub fn shape(of: &Path, shape: &Shape, lines: usize, lasting: Duration) -> Result<Figure> {
    let folder = Folder::new()?;
    let file = folder.path().join("shape.db");
    fs::copy(of, &file).context("a copy")?;
    let db = Connection::open(&file)?;
    db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -32000;")?;
    db.set_prepared_statement_cache_capacity(64);
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
                shape.again(&db, n)?;
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
