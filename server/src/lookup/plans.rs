//! How SQLite goes about every question there is: none looks through a table, and a page is read off an index in its order.

use super::{
    Bounds, customers,
    matches::{CUSTOMERS, TICKETS},
    numbers::known,
    paging::{List, Look, Place, counted, limited, probed, run, segments, sorted, texts, walked},
    sight::Sight,
    sql::Sql,
    steps, tickets,
};
use crate::db::{Db, Snapshot, plan_in};
use domain::{
    customers::{Column, Filter, Industry, Nature, Order, View},
    id::{Id, PersonId},
    service_level::Priority,
    sync::Scope,
    tickets::Kind,
};
use rusqlite::types::Value;
use std::collections::BTreeSet;

const ME: PersonId = PersonId(Id::from_bytes([7; 16]));

fn sights() -> Vec<Sight> {
    let team = |n| Scope::Team(Id::from_bytes([n; 16]).into());
    let of = |scopes: &[Scope]| Sight::of(&scopes.iter().copied().collect::<BTreeSet<_>>());
    vec![of(&[team(1), team(2)]), of(&[Scope::Owner(ME)]), of(&[team(1), Scope::Owner(ME)])]
}

fn lists() -> Vec<Filter> {
    let orders = Column::ALL.into_iter().flat_map(|column| [false, true].map(|descending| Some(Order { column, descending })));
    let mut lists = Vec::new();
    for order in orders.chain([None]) {
        for view in View::ALL {
            for (owner, nature, industry) in
                [(None, None, None), (Some(ME), None, None), (None, Nature::ALL.first(), Industry::ALL.first())]
            {
                let (nature, industry, query) = (nature.copied(), industry.copied(), String::new());
                lists.push(Filter { query, view, owner, nature, industry, order });
            }
        }
    }
    lists
}

/// No step looks through a table of lists: words are found by the index of words, numbers that are known by themselves.
/// Closed tickets are walked from the newest on, until a page is full.
fn steps_in(snapshot: &Snapshot<'_>, sql: &Sql) -> Vec<String> {
    let plan = plan_in(snapshot.connection(), &sql.text);
    let known = ["customer_text VIRTUAL TABLE INDEX", "closed_ticket_text VIRTUAL TABLE INDEX", "json_each", "(subquery", "CONSTANT ROW"];
    for step in plan.iter().filter(|step| step.starts_with("SCAN") && !step.contains("closed_ticket_recent")) {
        assert!(known.iter().any(|known| step["SCAN ".len()..].starts_with(known)), "{}: {plan:?}", sql.text);
    }
    plan
}

/// A list that is walked is read in its order: sorted is at most what is the same in it.
fn proved(snapshot: &Snapshot<'_>, list: &List) {
    let sets = [counted(&list.set), limited(&list.set), list.set.clone(), probed(list, &[1]), run(list, 1, 2), texts(list.shelf, &[1])];
    for sql in sets {
        steps_in(snapshot, &sql);
    }
    for segment in places(list).iter().flat_map(|place| segments(&list.order, list.shelf.id, place.as_ref())) {
        steps_in(snapshot, &sorted(list.shelf, &known(&[1]), &segment));
        for with_texts in [false, true] {
            let sql = walked(list, &segment, with_texts);
            let plan = steps_in(snapshot, &sql);
            assert!(plan[0].contains(list.order.index), "{}: {plan:?}", sql.text);
            let whole = |step: &String| step.contains("TEMP B-TREE") && !step.contains("LAST TERM");
            assert!(!plan.iter().any(whole), "{}: {plan:?}", sql.text);
        }
    }
}

/// From the beginning, behind a row that says by what it is ordered, and behind one that does not.
fn places(list: &List) -> Vec<Option<Place>> {
    let of = |values: Vec<Value>| Some(Place { values, id: ME.0 });
    let terms = &list.order.terms;
    let present = vec![Value::Integer(1); terms.len()];
    let absent = terms.iter().map(|term| if term.optional { Value::Null } else { Value::Integer(1) }).collect();
    vec![None, of(present), of(absent)]
}

#[test]
fn no_question_looks_through_a_table() {
    let file = std::env::temp_dir().join(format!("guanxi-plans-{}.db", std::process::id()));
    let db = Db::open(&file).expect("a database");
    let looked = db.read_blocking(|snapshot| {
        let bounds = Bounds::default();
        for sql in [CUSTOMERS, TICKETS] {
            steps_in(snapshot, &Sql::of(sql));
        }
        for sight in sights() {
            let look = Look { snapshot, sight: sight.clone(), me: ME, bounds: &bounds };
            for filter in lists() {
                proved(snapshot, &customers::list(&look, &filter));
            }
            for (kind, assignee) in [(None, None), (Kind::ALL.first(), None), (None, Some(ME))] {
                let (kind, priority) = (kind.copied(), kind.and(Priority::ALL.first()).copied());
                let list = tickets::list(&look, &domain::tickets::Filter { kind, priority, assignee, ..Default::default() });
                proved(snapshot, &list);
                steps_in(snapshot, &tickets::theirs(&list, &[1]));
            }
            let mine = Sql::all(&[steps::mine(&look), look.sight.seen()]);
            for place in [None, Some((Value::Integer(1), ME.0))] {
                let steps = steps_in(snapshot, &steps::OPEN.read(&mine, place, 5));
                assert!(steps[0].contains("timeline_step_planned") && !steps.iter().any(|step| step.contains("TEMP")), "{steps:?}");
            }
            steps_in(snapshot, &counted(&steps::OPEN.counted(&mine)));
            steps_in(snapshot, &steps::OPEN.placed(&mine, ME.0));
        }
        Ok(())
    });
    drop(db);
    for end in ["", "-wal", "-shm"] {
        _ = std::fs::remove_file(format!("{}{end}", file.display()));
    }
    looked.expect("no trouble");
}
