//! Databases of earlier versions: opened by this one they are whole, and every device gets what has another meaning now.

use domain::{
    calendar::Calendar,
    customers::{Contact, Customer},
    id::{ContactId, CustomerId, Id, PersonId, TeamId},
    notices::Notice,
    row::Rows,
    service_level::Targets,
    settings::Company,
    sync::Scope,
};
use rusqlite::{Connection, OpenFlags};
use server::{
    auth::account,
    db::{Clock, Db, check},
};
use std::{fs, path::Path};

use super::{
    cli::{HERE, run, told},
    harness::{Folder, NOON},
};

const COMPANY: Id = Id::ONLY;
const TEAM: Id = Id::from_bytes([1; 16]);
const PERSON: Id = Id::from_bytes([2; 16]);
const CUSTOMER: Id = Id::from_bytes([3; 16]);
const CONTACT: Id = Id::from_bytes([4; 16]);
const NOTICE: Id = Id::from_bytes([5; 16]);

fn scope(name: &Scope) -> String {
    format!("(SELECT id FROM scope WHERE name = '{name}')")
}

/// The tables' history, in order.
fn migrations() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut files: Vec<_> = fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files.iter().map(|file| fs::read_to_string(file).expect("a migration")).collect()
}

/// The tables of a version, with what `rows` puts into them while they are of an earlier one.
fn of_version(file: &Path, version: usize, (earlier, rows): (usize, &str)) {
    let connection = Connection::open(file).expect("a file");
    connection.execute_batch("PRAGMA foreign_keys = OFF").expect("a pragma");
    for (n, migration) in (1..=version).zip(migrations()) {
        connection.execute_batch(&migration).expect("the tables");
        if n == earlier {
            connection.execute_batch(rows).expect("the rows");
        }
    }
    connection.execute_batch(&format!("PRAGMA user_version = {version}")).expect("a version");
}

/// Databases that the program itself made, by the version of their tables. A release adds its own: the rows of
/// `guanxi demo --customers 1`, as SQLite's shell writes them by `.dump --data-only`.
const MADE: [(usize, &str); 1] = [(9, include_str!("../fixtures/version_9.sql"))];

/// Rows as version 2 left them: where they were, one account and a link of theirs.
fn rows_of_the_second() -> String {
    let zone = r#"{"name":"Asia/Shanghai","first":28800,"then":[]}"#;
    let scopes = [Scope::Org, Scope::Team(TeamId(TEAM)), Scope::Owner(PersonId(PERSON)), Scope::User(PERSON)];
    let mut sql = String::new();
    for it in &scopes {
        sql += &format!("INSERT INTO scope (name) VALUES ('{it}');");
    }
    let [org, team, owner, user] = &scopes;
    let placed = [
        (1, COMPANY, org),
        (3, TEAM, org),
        (4, PERSON, org),
        (5, CUSTOMER, team),
        (5, CUSTOMER, owner),
        (6, CONTACT, team),
        (6, CONTACT, owner),
        (10, NOTICE, user),
    ];
    sql += &format!(
        "INSERT INTO company VALUES (x'{COMPANY}', '木屿', '{zone}', 'CNY', 'own', 0, 0);
         INSERT INTO team VALUES (x'{TEAM}', '华东', 0);
         INSERT INTO person VALUES (x'{PERSON}', '林晓', 'sales', NULL, '[\"{TEAM}\"]', 'active', NULL, 0);
         INSERT INTO customer (id, name, kind, owner, team, state, created_at, updated_at)
             VALUES (x'{CUSTOMER}', '拾禾', 'company', x'{PERSON}', x'{TEAM}', 'active', 0, 0);
         INSERT INTO contact (id, customer, name, removed, created_at) VALUES (x'{CONTACT}', x'{CUSTOMER}', '罗一舟', 0, 0);
         INSERT INTO notice (id, person, cause, \"by\", at) VALUES (x'{NOTICE}', x'{PERSON}', 'assigned', '\"system\"', 0);
         INSERT INTO access_account (user, who, created_at, changed_at) VALUES (x'{PERSON}', 'lin@a.example', 0, 0);
         INSERT INTO access_link (token, kind, user, created_at, expires_at) VALUES (zeroblob(32), 'reset', x'{PERSON}', 0, 9);"
    );
    for (entity, id, it) in placed {
        sql += &format!("INSERT INTO scope_rows VALUES ({}, {entity}, x'{id}', 0, 1);", scope(it));
    }
    sql
}

fn second_version(file: &Path) {
    of_version(file, 2, (2, &rows_of_the_second()));
}

fn count(db: &Db, sql: &str) -> i64 {
    db.read_blocking(|rows| Ok(rows.connection().query_row(sql, (), |row| row.get(0))?)).expect("a number")
}

#[test]
fn a_database_of_the_second_version_is_placed_anew_once() {
    let folder = Folder::new();
    let file = folder.path().join("guanxi.db");
    second_version(&file);
    let present =
        |db: &Db, name: &Scope| count(db, &format!("SELECT count(*) FROM scope_rows WHERE present = 1 AND scope = {}", scope(name)));
    for _ in 0..2 {
        let db = Db::open_at(&file, Clock::held(NOON)).expect("a database");
        assert_eq!(check(&file), []);
        assert_eq!(present(&db, &Scope::Everyone), 2, "the company and its programme");
        assert_eq!(present(&db, &Scope::Portal(CustomerId(CUSTOMER))), 1, "the customer");
        assert_eq!(present(&db, &Scope::User(CONTACT)), 1, "the contact");
        assert_eq!(count(&db, "SELECT count(*) FROM audit WHERE what = 'system.placed_anew' AND seq = 1"), 1);
        assert_eq!(count(&db, "SELECT seq FROM clock"), 1, "one change, and none the second time");
        // Devices get again what has columns that they lack.
        assert_eq!(count(&db, "SELECT count(*) FROM scope_rows WHERE entity IN (1, 5, 6, 10) AND seq <> 1"), 0);
        assert_eq!(count(&db, "SELECT count(*) FROM scope_rows WHERE entity IN (3, 4) AND seq = 1"), 0);
    }
}

#[test]
fn what_a_migration_fills_in_is_what_a_new_company_begins_with() {
    let folder = Folder::new();
    let file = folder.path().join("guanxi.db");
    second_version(&file);
    let db = Db::open_at(&file, Clock::held(NOON)).expect("a database");
    let read = db.read_blocking(|rows| {
        let company = rows.get::<Company>(COMPANY)?.expect("the company");
        assert_eq!((company.calendar, company.targets), (Calendar::default(), Targets::default()));
        assert!(!rows.get::<Customer>(CUSTOMER)?.expect("the customer").shares_tickets);
        assert!(rows.get::<Contact>(ContactId(CONTACT))?.is_some());
        assert_eq!(rows.get::<Notice>(NOTICE)?.expect("the notice").times, 1);
        let account = account::by_who(rows.connection(), "lin@a.example")?.expect("the account");
        assert_eq!((account.user, account.kind), (PERSON, account::Kind::Staff));
        Ok(())
    });
    read.expect("the rows to be read");
    assert_eq!(count(&db, "SELECT count(*) FROM access_link WHERE kind = 'reset' AND expires_at = 9"), 1);
}

/// From whichever version: nothing is lost, the audit's chain goes on, and it is opened again as it is.
#[test]
fn every_version_that_ever_was_becomes_this_one() {
    let latest = migrations().len();
    let made = MADE.iter().flat_map(|(version, rows)| (*version..=latest).map(move |it| (it, (*version, *rows))));
    let second = rows_of_the_second();
    for (version, rows) in (2..=latest).map(|version| (version, (2, second.as_str()))).chain(made) {
        let folder = Folder::new();
        let file = folder.path().join("guanxi.db");
        let all = format!("DELETE FROM clock; {}", rows.1);
        of_version(&file, version, (rows.0, if rows.0 == 2 { rows.1 } else { &all }));
        let customers = |file: &Path| -> Vec<String> {
            let connection = Connection::open(file).expect("the file");
            let mut names = connection.prepare("SELECT name FROM customer ORDER BY id").expect("a question");
            names.query_map((), |row| row.get(0)).expect("names").collect::<Result<_, _>>().expect("text")
        };
        let before = customers(&file);
        assert!(!before.is_empty());
        for _ in 0..2 {
            drop(Db::open_at(&file, Clock::held(NOON)).unwrap_or_else(|trouble| panic!("version {version}: {trouble}")));
            assert_eq!((check(&file), customers(&file)), (Vec::new(), before.clone()), "version {version}");
        }
    }
}

/// Marks of an earlier version are filled in by what they are about, and figures of every side counted from them.
#[test]
fn figures_of_an_earlier_version_are_told_from_every_side() {
    let folder = Folder::new();
    let file = folder.path().join("guanxi.db");
    let (version, rows) = MADE[0];
    of_version(&file, version, (version, &format!("DELETE FROM clock; {rows}")));
    let db = Db::open_at(&file, Clock::held(NOON)).expect("a database");
    let marks = count(&db, "SELECT count(*) FROM insight_mark");
    assert!(marks > 10);
    assert_eq!(count(&db, "SELECT sum(n) FROM insight_fine"), marks);
    assert_eq!(count(&db, "SELECT count(*) FROM insight_mark WHERE touch IS NULL OR channel IS NULL"), 0);
    assert_eq!(count(&db, "SELECT count(*) FROM insight_mark WHERE touch = 'survey' AND measure <> 'nps'"), 0);
    assert!(count(&db, "SELECT count(*) FROM insight_mark WHERE person IS NOT NULL AND department IS NOT NULL") > 5);
    let elsewhere =
        "SELECT count(*) FROM insight_mark JOIN person ON person.id = person WHERE person.department IS NOT insight_mark.department";
    assert_eq!(count(&db, elsewhere), 0, "nobody is said to have been in another department");
    assert_eq!(count(&db, "SELECT count(*) FROM to_count"), 0);
}

/// What a newer program wrote is none of ours to touch; what an older one wrote is copied before it is changed.
#[test]
fn an_upgrade_keeps_what_was_before_and_a_newer_database_is_let_alone() {
    let folder = Folder::new();
    let file = folder.path().join("guanxi.db");
    second_version(&file);
    assert_eq!(told(&run(folder.path(), &["check"], "")), "Everything is as it should be.");
    let copies: Vec<_> = fs::read_dir(folder.path().join("backups")).expect("the backups").map(|it| it.expect("one").path()).collect();
    let [copy] = &copies[..] else { panic!("one copy: {copies:?}") };
    let version = |file: &Path| -> i64 {
        let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("a file");
        connection.query_row("PRAGMA user_version", (), |row| row.get(0)).expect("a version")
    };
    assert_eq!((version(copy), version(&file)), (2, i64::try_from(migrations().len()).expect("few")));
    assert!(told(&run(folder.path(), &["restore", copy.to_str().expect("a path")], "")).contains("Restored"), "it can be gone back to");

    Connection::open(&file).expect("the file").execute_batch("PRAGMA user_version = 999").expect("a version");
    let before = fs::read(&file).expect("its bytes");
    for args in [&["check"][..], &["serve", "--addr", HERE], &["backup", "copy.db"]] {
        let refused = run(folder.path(), args, "");
        let said = told(&refused);
        assert!(!refused.status.success() && said.contains("A later version of guanxi wrote this data"), "{args:?}: {said}");
        assert!(said.contains("guanxi restore") && said.contains("before-upgrade-from-"), "it says what to do: {said}");
    }
    assert_eq!(fs::read(&file).expect("its bytes"), before);
}
