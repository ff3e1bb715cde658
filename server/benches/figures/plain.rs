//! The yardstick of answering and keeping: axum and SQLite with nothing between them, in a process of its own. It asks for
//! nobody's name, knows no rules and no history; what it acknowledges is on the disk all the same.

use crate::load::request;
use anyhow::{Context, Result};
use axum::{
    Router,
    body::Body,
    extract::{Path, State},
    http::{Method, Request, header},
    response::IntoResponse,
    routing::{get, post},
};
use rusqlite::{Connection, OpenFlags};
use std::{
    cell::RefCell,
    path::{Path as FilePath, PathBuf},
    sync::mpsc::{self, Sender},
    thread,
};
use tokio::sync::oneshot;

/// Set for the process that is to be it, to the folder in which it may keep its rows.
pub const ASKED: &str = "GUANXI_BENCH_PLAIN";
/// As many as the program commits together.
const TOGETHER: usize = 64;
/// Rows in its one table, each of about a ticket's size on the wire.
const ROWS: i64 = 20_000;
const TABLE: &str =
    "CREATE TABLE ticket (id INTEGER PRIMARY KEY, customer INTEGER NOT NULL, seq INTEGER NOT NULL, subject TEXT, body TEXT);
     CREATE INDEX of ON ticket (customer); CREATE INDEX seq ON ticket (seq);";

/// The folder, in that process.
pub fn asked() -> Option<PathBuf> {
    std::env::var_os(ASKED).map(PathBuf::from)
}

pub async fn serve(folder: &FilePath) -> Result<()> {
    let file = folder.join("plain.db");
    let writer = begin(&file)?;
    let (sender, waiting) = mpsc::channel();
    thread::spawn(move || write(&writer, &waiting));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("plain  http://{}", listener.local_addr()?);
    let routes = Router::new()
        .route("/readyz", get("ready\n"))
        .route("/since/{seq}/{rows}", get(since))
        .route("/one/{id}", get(one))
        .route("/ticket", post(keep))
        .with_state((file, sender));
    let app = hyper_util::service::TowerToHyperService::new(routes);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let app = app.clone();
        tokio::spawn(async move {
            let line = hyper_util::rt::TokioIo::new(stream);
            // A line that ends is how it ends.
            _ = hyper::server::conn::http1::Builder::new().serve_connection(line, app).await;
        });
    }
}

type Shared = (PathBuf, Sender<(String, oneshot::Sender<()>)>);

fn begin(file: &FilePath) -> Result<Connection> {
    let db = Connection::open(file)?;
    db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32000; BEGIN")?;
    db.execute_batch(TABLE)?;
    for n in 1..=ROWS {
        db.prepare_cached("INSERT INTO ticket VALUES (?1, ?2, ?1, '蒸汽棒漏水', ?3)")?.execute((n, n % 500, "x".repeat(200)))?;
    }
    db.execute_batch("COMMIT")?;
    Ok(db)
}

/// What waits shares a transaction; each is told when it is on the disk.
fn write(db: &Connection, waiting: &mpsc::Receiver<(String, oneshot::Sender<()>)>) -> Result<()> {
    let mut n = ROWS;
    while let Ok(first) = waiting.recv() {
        let some: Vec<_> = std::iter::once(first).chain(waiting.try_iter().take(TOGETHER - 1)).collect();
        db.prepare_cached("BEGIN IMMEDIATE")?.execute(())?;
        for (body, _) in &some {
            n += 1;
            db.prepare_cached("INSERT INTO ticket VALUES (?1, ?2, ?1, '蒸汽棒漏水', ?3)")?.execute((n, n % 500, body))?;
        }
        db.prepare_cached("COMMIT")?.execute(())?;
        some.into_iter().for_each(|(_, answer)| _ = answer.send(()));
    }
    Ok(())
}

async fn keep(State((_, sender)): State<Shared>, body: String) -> &'static str {
    let (answer, answered) = oneshot::channel();
    _ = sender.send((body, answer));
    answered.await.map_or("lost", |()| "kept")
}

thread_local! {
    static READER: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

/// Asks on a connection of this thread's own.
fn read<T>(file: &FilePath, ask: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> T {
    READER.with_borrow_mut(|reader| {
        let reader = reader.get_or_insert_with(|| {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            Connection::open_with_flags(file, flags).expect("the file")
        });
        ask(reader).expect("an answer")
    })
}

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<serde_json::Value> {
    let (id, customer, seq): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let (subject, body): (String, String) = (row.get(3)?, row.get(4)?);
    Ok(serde_json::json!({ "id": id, "customer": customer, "seq": seq, "subject": subject, "body": body }))
}

async fn since(State((file, _)): State<Shared>, Path((seq, rows)): Path<(i64, i64)>) -> impl IntoResponse {
    let found = read(&file, |db| {
        let mut found = db.prepare_cached("SELECT id, customer, seq, subject, body FROM ticket WHERE seq > ?1 ORDER BY seq LIMIT ?2")?;
        found.query_map((seq, rows), row)?.collect::<rusqlite::Result<Vec<_>>>()
    });
    ([(header::CONTENT_TYPE, "application/json")], serde_json::to_string(&found).expect("JSON"))
}

async fn one(State((file, _)): State<Shared>, Path(id): Path<i64>) -> impl IntoResponse {
    let found =
        read(&file, |db| db.prepare_cached("SELECT id, customer, seq, subject, body FROM ticket WHERE id = ?1")?.query_row([id], row));
    ([(header::CONTENT_TYPE, "application/json")], found.to_string())
}

/// So many rows that changed last, in the order of their changes.
pub fn changed(rows: usize) -> Result<Request<Body>> {
    let rows = i64::try_from(rows).context("few rows")?;
    Ok(request(Method::GET, &format!("/since/{}/{rows}", ROWS / 2), &[], String::new()))
}

pub fn by_id(n: u64) -> Request<Body> {
    request(Method::GET, &format!("/one/{}", 1 + n % ROWS.cast_unsigned()), &[], String::new())
}

/// A row of about a ticket's size.
pub fn kept() -> Request<Body> {
    request(Method::POST, "/ticket", &[], "x".repeat(300))
}
