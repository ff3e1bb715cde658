//! What `guanxi export` writes: everything that is somebody's, read again here, and nothing that lets anybody in.

use super::{
    cli::{run, told},
    harness::{Folder, House, NOON, fresh},
    portal::line,
};
use domain::{
    access::{Reach, Role},
    change::Command,
    id::Id,
    time::Instant,
    timeline::{self, StepDraft},
};
use rusqlite::Connection;
use server::{
    auth::{link, token::Token},
    db::{Clock, Db, check},
    demo,
    export::{self, ALL, LEFT_OUT},
};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

const BYTES: &[u8] = b"%PDF-1.7 what somebody attached";
const SIZE: i64 = BYTES.len() as i64;

fn texts(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).expect("a question");
    statement.query_map((), |row| row.get(0)).expect("rows").collect::<Result<_, _>>().expect("text")
}

#[test]
fn every_table_and_column_is_exported_or_left_out_on_purpose() {
    let folder = Folder::new();
    let file = folder.path().join("guanxi.db");
    drop(Db::open(&file).expect("a database"));
    let connection = Connection::open(&file).expect("the file");
    let tables: BTreeSet<String> =
        texts(&connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").into_iter().collect();
    let known: Vec<&str> = ALL.iter().map(|table| table.name).chain(LEFT_OUT.iter().map(|(name, _)| *name)).collect();
    assert_eq!(known.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>(), tables);
    assert_eq!(known.len(), tables.len(), "each once");
    for table in ALL {
        assert_eq!(table.names().count(), table.columns().count(), "a column of {} has no words", table.name);
        let mut all = texts(&connection, &format!("SELECT name FROM pragma_table_info('{}')", table.name));
        if table.name == "audit" {
            all.extend(["args", "old", "new"].map(str::to_owned));
        }
        let told: BTreeSet<&str> = table.names().chain(table.withheld.iter().copied()).collect();
        assert_eq!(told, all.iter().map(String::as_str).collect(), "{}", table.name);
    }
}

/// Whoever may plan a step may plan it for a day that no calendar has: that must not keep everybody's data in here.
#[tokio::test]
async fn moments_that_no_calendar_has_are_taken_out_too() {
    let house = House::founded(Reach::Own).await;
    let east = house.team("华东").await;
    let lin = house.join("林晓", Role::Sales, &[east]).await;
    let customer = house.customer("拾禾餐饮", east, Some(lin.person)).await;
    for due in [i64::MAX, i64::MIN].map(Instant) {
        let step = StepDraft { id: fresh(), text: line("回访"), due, who: lin.person };
        let plan = Command::Timeline(timeline::Command::Plan { customer, step });
        assert_eq!(house.command(lin.actor(), plan).await.expect("no trouble"), Ok(()));
    }
    let (db, to) = (house.db.clone(), house.folder.path().join("out"));
    let done = tokio::task::spawn_blocking(move || export::export(&db, &to)).await.expect("its end");
    assert!(done.is_ok(), "{:?}", done.err());
    let steps = fs::read_to_string(house.folder.path().join("out/timeline_step.json")).expect("the steps");
    assert!(steps.contains(&format!("\"due\":{}", i64::MAX)), "{steps}");
}

/// A demonstration with a file on a ticket, and a link that lets somebody in.
fn company(folder: &Path) -> (Db, Id, Token) {
    let db = Db::open_at(&folder.join("guanxi.db"), Clock::held(NOON)).expect("a database");
    demo::fill(&db, 6, 3).expect("a demonstration");
    let (id, token) = (fresh::<Id>(), Token::new().expect("chance"));
    let made = token.clone();
    db.write_blocking(move |tx| {
        let user: [u8; 16] = tx.connection().query_row("SELECT user FROM access_account LIMIT 1", (), |row| row.get(0))?;
        let digest = "0".repeat(64);
        tx.connection().execute(
            "INSERT INTO file_body (id, user, name, size, digest, received, begun_at) VALUES (?1, ?2, 'a.pdf', ?3, ?4, ?3, 0)",
            (id.bytes(), user, SIZE, &digest),
        )?;
        for (start, piece) in [(0, &BYTES[..10]), (10, &BYTES[10..])] {
            tx.connection().execute("INSERT INTO file_piece (body, start, bytes) VALUES (?1, ?2, ?3)", (id.bytes(), start, piece))?;
        }
        tx.connection().execute(
            "INSERT INTO file (id, \"by\", name, media, size, digest, at) VALUES (?1, '\"system\"', '=a.pdf', 'application/pdf', ?2, ?3, 0)",
            (id.bytes(), SIZE, &digest),
        )?;
        link::make(tx.connection(), &made, domain::session::InvitationKind::Reset, Id::from_bytes(user), NOON)?;
        Ok(())
    })
    .expect("a file and a link");
    (db, id, token)
}

fn read(path: PathBuf) -> String {
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn what_is_written_is_all_there_is_and_reads_back_the_same() {
    let folder = Folder::new();
    let (db, file, _) = company(folder.path());
    let to = folder.path().join("export");
    let done = export::export(&db, &to).expect("an export");
    let (mut rows, connection) = (0, Connection::open(folder.path().join("guanxi.db")).expect("the file"));
    for table in ALL {
        let json: Vec<serde_json::Map<String, serde_json::Value>> =
            serde_json::from_str(&read(to.join(format!("{}.json", table.name)))).expect("JSON");
        let csv = read(to.join(format!("{}.csv", table.name)));
        let mut csv = csv::Reader::from_reader(csv.strip_prefix('\u{FEFF}').expect("the mark of UTF-8").as_bytes());
        assert!(csv.headers().expect("headers").iter().eq(table.names()), "{}", table.name);
        let of_table: i64 =
            connection.query_row(&format!("SELECT count(*) FROM \"{}\"", table.name), (), |row| row.get(0)).expect("a count");
        assert_eq!((json.len() as i64, csv.records().filter(Result::is_ok).count() as i64), (of_table, of_table), "{}", table.name);
        assert!(json.iter().all(|row| row.len() == table.names().count()));
        rows += json.len() as u64;
    }
    assert_eq!((done.tables, done.rows, done.files), (ALL.len(), rows, 1));
    assert_eq!(fs::read(to.join("files").join(file.to_string())).expect("the file"), BYTES);
    let customers = read(to.join("customer.json"));
    for name in texts(&connection, "SELECT name FROM customer WHERE name IS NOT NULL") {
        assert!(customers.contains(&name), "{name}");
    }
    let company: serde_json::Value = serde_json::from_str(&read(to.join("company.json"))).expect("JSON");
    assert!(company[0]["zone"]["name"].is_string() && company[0]["created_at"].as_str().is_some_and(|at| at.ends_with('Z')));
    assert!(read(to.join("file.csv")).contains(",'=a.pdf,"), "no spreadsheet computes a name");
    let text = read(to.join("README.md"));
    for table in ALL {
        assert_eq!(text.matches(&format!("### {}\n", table.name)).count(), 2, "in both languages");
    }
    assert_eq!(texts(&connection, "SELECT what FROM audit ORDER BY n DESC LIMIT 1"), ["data.export"]);
    assert!(read(to.join("audit.json")).contains("data.export"), "it tells of itself");
}

#[test]
fn nothing_that_lets_anybody_in_leaves() {
    let folder = Folder::new();
    let (db, _, token) = company(folder.path());
    let to = folder.path().join("export");
    export::export(&db, &to).expect("an export");
    let connection = Connection::open(folder.path().join("guanxi.db")).expect("the file");
    let mut secrets = texts(&connection, "SELECT password FROM access_account WHERE password IS NOT NULL");
    secrets.extend(texts(
        &connection,
        "SELECT lower(hex(token)) FROM access_link UNION ALL SELECT lower(hex(salt)) FROM audit_detail LIMIT 50",
    ));
    secrets.extend([token.shown(), "$argon2".to_owned(), demo::SHOWN_PASSWORD.to_owned()]);
    for entry in fs::read_dir(&to).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            let text = read(path.clone());
            for secret in &secrets {
                assert!(!text.contains(secret), "{secret} is in {}", path.display());
            }
        }
    }
}

#[test]
fn a_folder_with_something_in_it_is_refused_and_left_alone() {
    let folder = Folder::new();
    let data = folder.path().join("data");
    assert!(run(&data, &["demo", "--customers", "1"], "").status.success());
    let to = folder.path().join("there");
    let path = to.to_str().expect("a path");
    assert!(told(&run(&data, &["export", path], "")).starts_with(&format!("Exported to {path}: ")));
    let again = run(&data, &["export", path], "");
    assert!(!again.status.success() && told(&again).contains("this folder is not empty"), "{}", told(&again));
    let audited = Connection::open(data.join("guanxi.db")).expect("the file");
    assert_eq!(texts(&audited, "SELECT what FROM audit WHERE what = 'data.export'").len(), 1);
    assert_eq!(check(&data.join("guanxi.db")), []);
}
