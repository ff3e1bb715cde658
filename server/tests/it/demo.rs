//! The demonstration: the same for everybody, plausible, and made by the same rules as everybody's work.

use super::harness::{Folder, NOON};
use domain::access::Role;
use server::{
    auth::account,
    db::{Clock, Db, check},
    demo, jobs,
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
    assert_eq!(check(db.file()), []);
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

/// S149–S155, S172: enough to look at in every state, answered as people answer, rated as people rate.
#[test]
fn tickets_are_in_every_state_and_most_customers_are_content() {
    let Demo { db, _folder, .. } = made(150, demo::SEED);
    let tickets = number(&db, "SELECT count(*) FROM ticket");
    assert!((70..300).contains(&tickets), "{tickets}");
    for state in ["new", "open", "waiting", "solved", "closed"] {
        let count = number(&db, &format!("SELECT count(*) FROM ticket WHERE state = '{state}'"));
        assert!(count >= 2, "{count} are {state}");
    }
    for channel in ["portal", "phone", "wechat", "email"] {
        assert!(number(&db, &format!("SELECT count(*) FROM ticket WHERE channel = '{channel}'")) > 0, "{channel}");
    }
    assert_eq!(number(&db, "SELECT count(*) - (SELECT max(no) - 1000 FROM ticket) FROM ticket"), 0, "numbers in order");
    let stars = |which: &str| number(&db, &format!("SELECT count(*) FROM ticket WHERE json_extract(rating, '$.stars') {which}"));
    let (rated, content) = (stars("> 0"), stars(">= 4"));
    assert!(rated * 4 > tickets && rated < tickets, "{rated} of {tickets}");
    assert!((65..97).contains(&(content * 100 / rated)), "{content} of {rated}");
    let late = number(&db, "SELECT count(*) FROM ticket WHERE replied_at > response_due");
    assert!(late > 0 && late * 4 < tickets, "{late} answered late");
    let ours = "state IN ('new', 'open')";
    assert!(number(&db, &format!("SELECT count(*) FROM ticket WHERE {ours} AND min(response_due, resolution_due) < {}", NOON.0)) > 0);
    assert!(number(&db, &format!("SELECT count(*) FROM ticket WHERE {ours} AND opened_at > {}", NOON.0 - 7_200_000)) > 0, "fresh ones");
    for gap in ["{机}", "{店}", "{量}", "{天}"] {
        let left =
            "SELECT (SELECT count(*) FROM ticket_entry WHERE what LIKE '%GAP%') + (SELECT count(*) FROM ticket WHERE subject LIKE '%GAP%')";
        assert_eq!(number(&db, &left.replace("GAP", gap)), 0, "{gap}");
    }
    let internal = "SELECT count(*) FROM scope_rows JOIN scope ON scope.id = scope_rows.scope \
         JOIN ticket_entry ON ticket_entry.id = scope_rows.row_id \
         WHERE entity = 12 AND audience = 'internal' AND (name LIKE 'p:%' OR name LIKE 'u:%')";
    assert_eq!(number(&db, internal), 0);
}

/// The guest's tickets are the demonstration's portal: each state that a customer meets.
#[test]
fn the_guest_has_something_over_something_solved_and_something_new() {
    let Demo { db, _folder, .. } = made(30, demo::SEED);
    let states = texts(&db, "SELECT state FROM ticket JOIN access_demo ON access_demo.user = ticket.contact ORDER BY opened_at");
    assert_eq!(states.len(), 6, "{states:?}");
    for state in ["new", "waiting", "solved", "closed"] {
        assert!(states.contains(&state.to_owned()), "{state}: {states:?}");
    }
}

#[test]
fn five_accounts_are_open_to_everybody_and_no_other() {
    let Demo { db, _folder, .. } = made(1, 1);
    let shown = db.read_blocking(|rows| Ok(account::shown_to_all(rows.connection())?)).expect("the accounts");
    let roles: Vec<&str> = shown.iter().map(|account| account.role.as_str()).collect();
    assert_eq!(roles, [Role::Sales.code(), Role::Manager.code(), Role::Service.code(), Role::Admin.code(), "customer"]);
    let guest = shown.last().expect("the guest");
    assert_eq!((guest.name.as_str(), guest.who.as_str()), ("温书宁", "vip@demo.guanxi"));
    assert_eq!(number(&db, "SELECT count(*) FROM access_account WHERE password IS NOT NULL"), 5);
    let first = shown.first().expect("an account").who.clone();
    let changed = db.write_blocking(move |tx| {
        let user = account::by_who(tx.connection(), &first)?.expect("an account").user;
        Ok(account::set_password(tx.connection(), user, "another", tx.at())?)
    });
    changed.expect("the password to be written");
    assert_eq!(number(&db, "SELECT count(*) FROM access_demo"), 4, "a changed password is nobody else’s business");
}

/// Who opens the demonstration finds what somebody finds in the morning, not a backlog that the first round of jobs made.
#[test]
fn the_servers_first_round_reminds_of_nothing_that_lies_in_the_past() {
    let Demo { db, _folder, .. } = made(150, demo::SEED);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    assert_eq!(runtime.block_on(jobs::remind_of_steps(&db, NOON)).expect("a round"), 0);
    let unread = "SELECT count(*) AS n FROM notice WHERE read_at IS NULL GROUP BY person";
    let most = number(&db, &format!("SELECT max(n) FROM ({unread})"));
    assert!((1..25).contains(&most), "{most} unread");
}

#[test]
fn there_are_members_of_every_tier() {
    let Demo { db, _folder, .. } = made(150, demo::SEED);
    let of = |rank: i64| number(&db, &format!("SELECT count(*) FROM loyalty_member WHERE rank = {rank}"));
    let members = [of(1), of(2), of(3)];
    assert!(members.iter().all(|count| *count >= 4) && members[0] > members[2], "{members:?}");
}
