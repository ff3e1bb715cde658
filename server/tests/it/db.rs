//! The database itself: what is answered is kept, what is refused leaves nothing, what is damaged is found.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};

use domain::{
    access::{Reach, Role},
    change::Command,
    customers::{self, Customer},
    id::{Id, TeamId},
    row::{Kind, Row, Rows},
    team::Team,
};
use rusqlite::Connection;
use server::db::{self, Db, Trouble, check, entities};
use tokio::time::timeout;

use super::{
    harness::{Folder, House, NOON, damage, fresh, name},
    wire::{mutation, open, push, taken},
};

fn kinds(house: &House) -> Vec<db::Kind> {
    check(&house.file()).into_iter().map(|finding| finding.kind).collect()
}

/// The description of a row type and its table say the same.
#[tokio::test]
async fn tables_have_exactly_the_columns_of_their_rows() {
    let house = House::empty();
    for entity in entities() {
        let described = entity.columns.iter().map(|column| {
            let kind = match column.kind {
                Kind::Integer => "INTEGER",
                Kind::Text => "TEXT",
                Kind::Id => "BLOB",
            };
            (column.name.to_owned(), kind.to_owned(), column.nullable)
        });
        let name = entity.name;
        let kept = house.db.read(move |snapshot| {
            let mut columns = snapshot.connection().prepare("SELECT name, type, \"notnull\" = 0 FROM pragma_table_info(?1)")?;
            let columns = columns.query_map([name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            Ok(columns.collect::<Result<Vec<(String, String, bool)>, _>>()?)
        });
        // In whatever order: a column that was added stands last in its table.
        let kept: BTreeSet<_> = kept.await.expect("columns").into_iter().collect();
        assert_eq!(described.collect::<BTreeSet<_>>(), kept, "{name}");
    }
    let strict =
        "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'";
    assert_eq!(house.count(strict).await, 0, "every table is strict");
}

#[test]
fn every_row_type_has_a_name_and_a_number_of_its_own() {
    let numbers: Vec<(i64, &str)> = entities().map(|entity| (entity.number, entity.name)).collect();
    assert_eq!(numbers.iter().map(|(number, _)| number).collect::<BTreeSet<_>>().len(), numbers.len());
    let given = [
        (1, "company"),
        (2, "department"),
        (3, "team"),
        (4, "person"),
        (5, "customer"),
        (6, "contact"),
        (7, "customer_figure"),
        (8, "timeline_entry"),
        (9, "timeline_step"),
        (10, "notice"),
        (11, "ticket"),
        (12, "ticket_entry"),
    ];
    for number in given {
        assert!(numbers.contains(&number), "{number:?} was given before and is in databases");
    }
}

/// What a rule may name, the database knows as a reference, and finds by an index.
#[tokio::test]
async fn references_are_declared_alike_and_indexed() {
    let house = House::empty();
    for entity in entities() {
        let name = entity.name;
        let (references, indexed) = house
            .db
            .read(move |snapshot| {
                let mut keys = snapshot.connection().prepare("SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?1)")?;
                let keys = keys.query_map([name], |row| Ok((row.get(0)?, row.get(1)?)))?;
                let keys = keys.collect::<Result<BTreeSet<(String, String)>, _>>()?;
                let mut leading = snapshot.connection().prepare(
                    "SELECT info.name FROM pragma_index_list(?1) AS list, pragma_index_info(list.name) AS info WHERE info.seqno = 0 AND info.name IS NOT NULL",
                )?;
                let leading = leading.query_map([name], |row| row.get(0))?.collect::<Result<BTreeSet<String>, _>>()?;
                Ok((keys, leading))
            })
            .await
            .expect("the schema");
        let named = entity.names.iter().map(|(column, of)| ((*column).to_owned(), (*of).to_owned())).collect();
        assert_eq!(references, named, "{name}");
        for column in entity.by.iter().copied().chain(entity.names.iter().map(|(column, _)| *column)).chain(entity.customer) {
            assert!(indexed.contains(column), "{name}.{column} has no index");
        }
    }
}

#[tokio::test]
async fn every_connection_keeps_its_promises() {
    let house = House::empty();
    let pragma = |name: &'static str| {
        let sql = format!("PRAGMA {name}");
        house.db.write(move |tx| Ok(tx.connection().query_row(&sql, (), |row| row.get::<_, i64>(0))?))
    };
    for (name, value) in [("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000), ("trusted_schema", 0), ("cell_size_check", 1)] {
        assert_eq!(pragma(name).await.expect("a pragma"), value, "{name}");
    }
    assert_eq!(house.count("PRAGMA query_only").await, 1);
    let mode = house.db.read(|snapshot| Ok(snapshot.connection().query_row("PRAGMA journal_mode", (), |row| row.get::<_, String>(0))?));
    assert_eq!(mode.await.expect("a mode"), "wal");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(house.file()).expect("the file").permissions().mode();
        assert_eq!(mode & 0o077, 0, "nobody else on this machine reads customers' data");
    }
}

fn team(text: &str) -> Team {
    Team { id: fresh(), name: name(text), created_at: NOON }
}

#[tokio::test]
async fn a_job_that_fails_leaves_nothing_and_takes_no_number() {
    let house = House::founded(Reach::Team).await;
    let before = (house.everything().await, house.count("SELECT seq FROM clock").await);
    let changes = house.db.subscribe();
    let failed = house.db.write(|tx| {
        tx.rows().put(&team("一"))?;
        Err::<(), _>(Trouble::Broken("after the fact".to_owned()))
    });
    assert!(matches!(failed.await, Err(Trouble::Broken(what)) if what == "after the fact"));
    let panicked = house.db.write(|tx| {
        tx.rows().put(&team("二"))?;
        let none: Vec<u8> = Vec::new();
        Ok(none.first().copied().expect("a test of panics"))
    });
    assert!(matches!(panicked.await, Err(Trouble::Broken(what)) if what.contains("a test of panics")));
    assert_eq!((house.everything().await, house.count("SELECT seq FROM clock").await), before);
    assert!(changes.is_empty(), "nobody is told");
    house.put(team("三")).await;
    assert_eq!(house.count("SELECT count(*) FROM team").await, 1, "the writer lives");
    assert_eq!(check(&house.file()), []);
}

/// Outside of any job, where nobody has asked yet or nobody listens any more.
#[tokio::test]
async fn the_writer_lives_through_a_panic_of_its_own() {
    /// What a job answers, to somebody who has gone.
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("a test of panics");
        }
    }
    let house = House::founded(Reach::Team).await;
    let (release, held) = mpsc::channel::<()>();
    let mut first = Box::pin(house.db.write(move |_| Ok(held.recv().is_ok())));
    assert!(timeout(Duration::ZERO, &mut first).await.is_err(), "it holds the writer");
    let left = house.db.write(|tx| Ok(tx.rows().put(&team("一")).map(|()| Bomb)?));
    assert!(timeout(Duration::ZERO, left).await.is_err(), "it waits, and whoever asked leaves");
    let mut beside = Box::pin(house.put(team("二")));
    assert!(timeout(Duration::ZERO, &mut beside).await.is_err(), "it waits in the same transaction");
    release.send(()).expect("the writer");
    assert!(first.await.expect("no trouble"));
    beside.await;
    assert_eq!(house.count("SELECT count(*) FROM team").await, 2, "both are kept");
    assert_eq!(check(&house.file()), []);
}

#[tokio::test]
async fn a_part_that_is_undone_leaves_the_rest_of_its_job() {
    let house = House::founded(Reach::Team).await;
    let kept = fresh::<TeamId>();
    let done = house.db.write(move |tx| {
        tx.rows().put(&Team { id: kept, name: name("留"), created_at: NOON })?;
        let undone = tx.nested(|tx| {
            tx.rows().put(&team("去"))?;
            Err::<(), _>(Trouble::Broken("undone".to_owned()))
        });
        assert!(undone.is_err());
        Ok(())
    });
    done.await.expect("the job to be done");
    assert_eq!(house.count("SELECT count(*) FROM team").await, 1);
    assert_eq!(check(&house.file()), []);
}

/// A scope that was first named in a job that was undone has no number afterwards, and gets one when it is needed.
#[tokio::test]
async fn an_undone_job_leaves_no_memory_of_scopes() {
    let house = House::founded(Reach::Team).await;
    let east = house.team("华东").await;
    let command = open("拾禾", east).1;
    let failed = house.db.write(move |tx| {
        let done = tx.command(domain::context::Actor::System, fresh(), &command)?;
        assert!(done.is_ok());
        Err::<(), _>(Trouble::Broken("undone".to_owned()))
    });
    assert!(failed.await.is_err());
    house.customer("木屿", east, None).await;
    assert_eq!(check(&house.file()), []);
}

#[tokio::test]
async fn what_a_rule_could_not_read_is_a_trouble_even_if_the_rule_went_on() {
    let house = House::founded(Reach::Team).await;
    let east = house.team("华东").await;
    let id = house.customer("拾禾", east, None).await;
    damage(&house, "UPDATE customer SET kind = 'planet'").await;
    let swallowed = house.db.write(move |tx| {
        _ = tx.rows().get::<Customer>(id);
        Ok(())
    });
    assert!(matches!(swallowed.await, Err(Trouble::Broken(what)) if what.contains("kind")));
}

#[tokio::test]
async fn readers_do_not_write() {
    let house = House::founded(Reach::Team).await;
    let by_row = house.db.read(|snapshot| Ok(snapshot.rows().put(&team("一"))?));
    assert!(matches!(by_row.await, Err(Trouble::Broken(_))));
    let by_sql = house.db.read(|snapshot| Ok(snapshot.connection().execute("DELETE FROM company", ())?));
    assert!(by_sql.await.is_err());
    assert_eq!(house.count("SELECT count(*) FROM company").await, 1);
}

/// While the writer is busy a step of long work comes in, then commands: they go first.
#[test]
fn long_work_waits_until_nobodys_command_does() {
    let folder = Folder::new();
    let db = Db::open(&folder.path().join("guanxi.db")).expect("a database");
    let order = Arc::new(Mutex::new(Vec::new()));
    let (go, wait) = mpsc::channel::<()>();
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let first = db.write(move |_| Ok(wait.recv().is_ok()));
        let note = |what: &'static str| {
            let order = order.clone();
            move |_: &mut db::Tx<'_>| {
                order.lock().expect("the list").push(what);
                Ok(())
            }
        };
        let idle = db.write_when_idle(note("long work"));
        let (one, two) = (db.write(note("command")), db.write_alone(note("command")));
        let release = async { go.send(()).expect("the first job waits") };
        let (first, idle, one, two, ()) = tokio::join!(biased; first, idle, one, two, release);
        assert!(first.expect("done") && idle.is_ok() && one.is_ok() && two.is_ok());
    });
    assert_eq!(*order.lock().expect("the list"), ["command", "command", "long work"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_devices_at_once_leave_an_order_without_gaps() {
    let house = Arc::new(House::founded(Reach::Team).await);
    let east = house.team("华东").await;
    let mut devices = Vec::new();
    for n in 0..8 {
        let who = house.join(&format!("同事{n}"), Role::Sales, &[east]).await;
        let house = house.clone();
        devices.push(tokio::spawn(async move {
            let client = fresh();
            for mid in 1..=20 {
                let refused = mid % 5 == 0;
                let command = if refused { super::wire::refused(east) } else { open(&format!("客户{n}-{mid}"), east).1 };
                let answer = taken(&push(&house, &who, client, &[mutation(mid, &command)]).await);
                assert_eq!(answer.results[0].ok, !refused);
            }
        }));
    }
    for device in devices {
        device.await.expect("the device to finish");
    }
    assert_eq!(house.count("SELECT count(*) FROM customer").await, 8 * 16);
    let gaps =
        "SELECT count(*) FROM audit WHERE seq IS NOT NULL AND seq > 1 AND seq - 1 NOT IN (SELECT seq FROM audit WHERE seq IS NOT NULL)";
    assert_eq!(house.count(gaps).await, 0);
    assert_eq!(house.count("SELECT seq - (SELECT max(seq) FROM audit) FROM clock").await, 0);
    assert_eq!(check(&house.file()), []);
}

/// T18, D2.
#[tokio::test]
async fn the_audit_is_only_added_to() {
    let house = House::founded(Reach::Team).await;
    for sql in ["UPDATE audit SET what = 'nothing'", "DELETE FROM audit", "UPDATE audit_detail SET args = '{}'"] {
        let refused = house.db.write(move |tx| Ok(tx.connection().execute(sql, ())?)).await;
        assert!(refused.is_err(), "{sql}");
    }
    assert_eq!(check(&house.file()), []);
}

fn damaged(house: &House, sql: &str) -> Vec<db::Kind> {
    let copy = house.copy();
    let file = copy.path().join("guanxi.db");
    Connection::open(&file).and_then(|copy| copy.execute_batch(sql)).expect("the damage");
    check(&file).into_iter().map(|finding| finding.kind).collect()
}

#[tokio::test]
async fn damage_is_found() {
    let house = House::founded(Reach::Team).await;
    let east = house.team("华东").await;
    let ada = house.join("林知遥", Role::Sales, &[east]).await;
    let id = house.customer("拾禾", east, Some(ada.person)).await;
    let archive = Command::Customers(customers::Command::Archive { id });
    assert_eq!(house.command(ada.actor(), archive).await.expect("no trouble"), Ok(()));
    assert_eq!(kinds(&house), []);
    let open_audit = "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_deleted; DROP TRIGGER audit_detail_is_not_changed;";
    for (damage, kind) in [
        ("UPDATE audit SET what = 'customers.restore' WHERE what = 'customers.archive'", db::Kind::AuditChain),
        ("UPDATE audit SET at = at + 1 WHERE n = 3", db::Kind::AuditChain),
        ("UPDATE audit_detail SET args = replace(args, '0', '1') WHERE n = (SELECT max(n) FROM audit)", db::Kind::AuditChain),
        ("DELETE FROM audit_detail; DELETE FROM audit WHERE n = 2", db::Kind::AuditChain),
        ("DELETE FROM audit_detail; DELETE FROM audit WHERE n = (SELECT max(n) FROM audit)", db::Kind::OrderOfChanges),
        ("UPDATE clock SET seq = seq - 1", db::Kind::OrderOfChanges),
        ("DELETE FROM scope_rows WHERE seq = (SELECT max(seq) FROM scope_rows)", db::Kind::IndexOfScopes),
        ("UPDATE scope_rows SET present = 0 WHERE entity = 5", db::Kind::IndexOfScopes),
        ("UPDATE customer SET owner = NULL", db::Kind::IndexOfScopes),
        ("PRAGMA foreign_keys = OFF; DELETE FROM person", db::Kind::DanglingReference),
    ] {
        let found = damaged(&house, &format!("{open_audit} {damage}"));
        assert!(found.contains(&kind), "{damage}: {found:?}");
    }
    let erased = "DELETE FROM audit_detail";
    assert_eq!(damaged(&house, erased), [], "the chain verifies without its details");
}

#[test]
fn a_file_that_is_no_database_is_a_finding() {
    let folder = Folder::new();
    let file = folder.path().join("guanxi.db");
    assert_eq!(check(&file).len(), 1);
    std::fs::write(&file, "not a database, but long enough to be looked at as one: ".repeat(40)).expect("a file");
    assert!(check(&file).iter().any(|finding| finding.kind == db::Kind::Unreadable));
    assert!(Db::open(&file).is_err());
}

#[tokio::test]
async fn a_database_is_opened_again_as_it_was_left() {
    let folder = Folder::new();
    let file = folder.path().join("guanxi.db");
    let id: Id = fresh();
    for round in 0..2 {
        let db = Db::open(&file).expect("a database");
        if round == 0 {
            db.write(move |tx| Ok(tx.rows().put(&Team { id: id.into(), name: name("华东"), created_at: NOON })?)).await.expect("a team");
        }
        let kept = db.read(move |snapshot| Ok(snapshot.get::<Team>(id)?)).await.expect("a look");
        assert_eq!(kept.map(|team| team.id()), Some(id));
        drop(db);
        let files = std::fs::read_dir(folder.path()).expect("the folder").count();
        assert_eq!(files, 1, "a database that is closed is one file");
    }
}

/// Only through its row type does a row move in the index of scopes.
#[test]
fn no_statement_of_a_feature_writes_a_synced_table() {
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default().replace('"', "");
            files += 1;
            for entity in entities() {
                for verb in ["INSERT INTO", "INSERT OR IGNORE INTO", "REPLACE INTO", "UPDATE", "DELETE FROM"] {
                    let writes = [" ", "\n", ";"].iter().any(|end| text.contains(&format!("{verb} {}{end}", entity.name)));
                    assert!(!writes, "{} writes {} by hand", path.display(), entity.name);
                }
            }
        }
    }
    assert!(files > 40, "{files}");
}
