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
use rusqlite::Connection;
use server::{
    auth::account,
    db::{Clock, Db, check},
};
use std::path::Path;

use super::harness::{Folder, NOON};

const COMPANY: Id = Id::ONLY;
const TEAM: Id = Id::from_bytes([1; 16]);
const PERSON: Id = Id::from_bytes([2; 16]);
const CUSTOMER: Id = Id::from_bytes([3; 16]);
const CONTACT: Id = Id::from_bytes([4; 16]);
const NOTICE: Id = Id::from_bytes([5; 16]);

fn scope(name: &Scope) -> String {
    format!("(SELECT id FROM scope WHERE name = '{name}')")
}

/// A database as version 2 left it: its rows, where they were, one account and a link of theirs.
fn second_version(file: &Path) {
    let connection = Connection::open(file).expect("a file");
    for migration in [include_str!("../../migrations/0001_foundation.sql"), include_str!("../../migrations/0002_access.sql")] {
        connection.execute_batch(migration).expect("the tables");
    }
    let zone = r#"{"name":"Asia/Shanghai","first":28800,"then":[]}"#;
    let scopes = [Scope::Org, Scope::Team(TeamId(TEAM)), Scope::Owner(PersonId(PERSON)), Scope::User(PERSON)];
    let mut sql = String::from("PRAGMA user_version = 2;");
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
    connection.execute_batch(&sql).expect("the rows");
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
