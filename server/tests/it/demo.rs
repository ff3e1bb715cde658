//! The demonstration: the same for everybody, plausible, and made by the same rules as everybody's work.

use super::harness::{Folder, NOON};
use domain::access::Role;
use server::{
    auth::account,
    db::{Clock, Db, examine},
    demo,
};
use std::collections::HashSet;

/// A demonstration in a folder of its own.
struct Demo {
    db: Db,
    made: demo::Made,
    _folder: Folder,
}

fn made(customers: u32, seed: u64) -> Demo {
    let folder = Folder::new();
    let db = Db::open_at(&folder.path().join("guanxi.db"), Clock::held(NOON)).expect("a database");
    let made = demo::fill(&db, customers, seed).expect("a demonstration");
    Demo { db, made, _folder: folder }
}

fn texts(db: &Db, sql: &str) -> Vec<String> {
    let read = db.read_blocking(|rows| {
        let mut statement = rows.connection().prepare(sql)?;
        let texts = statement.query_map((), |row| row.get(0))?;
        Ok(texts.collect::<Result<_, _>>()?)
    });
    read.expect("the rows to be read")
}

fn number(db: &Db, sql: &str) -> i64 {
    db.read_blocking(|rows| Ok(rows.connection().query_row(sql, (), |row| row.get(0))?)).expect("a number")
}

const WHOLE: &str = "SELECT coalesce(c.name, '') || c.no || coalesce(c.since, '') || e.happened_at || e.what || hex(e.id) \
     FROM customer c JOIN timeline_entry e ON e.customer = c.id ORDER BY e.id";

#[test]
fn the_same_seed_makes_the_same_company() {
    let (one, two, three) = (made(12, 7), made(12, 7), made(12, 8));
    assert_eq!(one.made, two.made);
    assert_eq!(texts(&one.db, WHOLE), texts(&two.db, WHOLE));
    assert_ne!(texts(&one.db, WHOLE), texts(&three.db, WHOLE));
}

#[test]
fn customers_have_names_of_their_own_people_and_a_past() {
    let Demo { db, _folder, .. } = made(150, demo::SEED);
    assert_eq!(db.read_blocking(examine).expect("a check"), []);
    let names = texts(&db, "SELECT name FROM customer");
    assert_eq!((names.len(), names.iter().collect::<HashSet<_>>().len()), (150, 150));
    assert!(names.contains(&"拾禾餐饮".to_owned()));
    assert_eq!(number(&db, "SELECT count(*) FROM customer WHERE owner IS NULL OR no IS NULL"), 0);
    let per = |sql: &str| number(&db, &format!("SELECT {sql} FROM (SELECT count(*) AS n FROM contact GROUP BY customer)"));
    assert!(per("min(n)") >= 1 && per("max(n)") <= 5);
    let entries = "SELECT count(*) AS n FROM timeline_entry WHERE what LIKE '%followed_up%' GROUP BY customer";
    let most = number(&db, &format!("SELECT max(n) FROM ({entries})"));
    let average = number(&db, &format!("SELECT sum(n) / 150 FROM ({entries})"));
    assert!(most <= 15 && (4..=10).contains(&average), "{most} {average}");
    for gap in ["{机}", "{店}", "{量}", "{天}", "{额}"] {
        let left = "SELECT (SELECT count(*) FROM timeline_entry WHERE what LIKE '%GAP%') + (SELECT count(*) FROM timeline_step WHERE text LIKE '%GAP%')";
        assert_eq!(number(&db, &left.replace("GAP", gap)), 0, "{gap}");
    }
}

#[test]
fn the_past_is_past_and_what_is_due_lies_about_today() {
    let Demo { db, _folder, .. } = made(150, demo::SEED);
    let day = 86_400_000;
    let (oldest, newest) =
        (number(&db, "SELECT min(happened_at) FROM timeline_entry"), number(&db, "SELECT max(happened_at) FROM timeline_entry"));
    assert!(newest <= NOON.0 && newest > NOON.0 - 7 * day, "{newest}");
    assert!(oldest < NOON.0 - 500 * day && oldest > NOON.0 - 570 * day, "{oldest}");
    let due = "SELECT count(*) FROM timeline_step WHERE state = 'open'";
    let (open, near) = (number(&db, due), number(&db, &format!("{due} AND abs(due - {}) < {}", NOON.0, 30 * day)));
    assert!(open > 40 && near == open, "{open} {near}");
    assert_eq!(number(&db, "SELECT count(*) FROM (SELECT at, lag(at) OVER (ORDER BY n) AS b FROM audit) WHERE at < b"), 0);
}

#[test]
fn four_accounts_are_open_to_everybody_and_no_other() {
    let Demo { db, _folder, .. } = made(1, 1);
    let shown = db.read_blocking(|rows| Ok(account::shown_to_all(rows.connection())?)).expect("the accounts");
    let roles: Vec<&str> = shown.iter().map(|account| account.role.as_str()).collect();
    assert_eq!(roles, [Role::Sales, Role::Manager, Role::Service, Role::Admin].map(Role::code));
    assert_eq!(number(&db, "SELECT count(*) FROM access_account WHERE password IS NOT NULL"), 4);
    let first = shown.first().expect("an account").who.clone();
    let changed = db.write_blocking(move |tx| {
        let user = account::by_who(tx.connection(), &first)?.expect("an account").user;
        Ok(account::set_password(tx.connection(), user, "another", tx.at())?)
    });
    changed.expect("the password to be written");
    assert_eq!(number(&db, "SELECT count(*) FROM access_demo"), 3, "a changed password is nobody else’s business");
}
