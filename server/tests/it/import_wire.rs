//! Imports as the screen does them, and as the command line does while a server runs.

use super::{
    auth::code,
    cli::{HERE, Serving, run, told},
    harness::{Answer, Folder, House, Somebody},
    imports::{CUSTOMERS, ORDERS, customers, file},
};
use axum::{
    body::Body,
    http::{Method, Request, header},
};
use domain::{
    access::{Reach, Role},
    context::Actor,
    customers::Customer,
    id::Id,
    imports::{Begun, Import, Imports, Phase},
    money::Currency,
    row::Rows,
    session::{Failure, SetUp},
    settings::Company,
    team::Team,
    words::Lang,
};
use server::{auth::set_up, imports};
use std::{fs, ops::ControlFlow, time::Duration};

fn sending(who: &Somebody, query: &str, kind: &str, body: impl Into<Body>) -> Request<Body> {
    let mut request = House::request(Some(who), Method::POST, &format!("/api/imports?{query}"), None).map(|_| body.into());
    request.headers_mut().insert(header::CONTENT_TYPE, kind.parse().expect("a type"));
    request.headers_mut().insert(header::ACCEPT_LANGUAGE, "en".parse().expect("a language"));
    request
}

async fn send(house: &House, who: &Somebody, query: &str, text: &str) -> Answer {
    house.send(sending(who, query, "text/csv", text.to_owned())).await
}

async fn over(house: &House, who: &Somebody, id: Id) -> Import {
    for _ in 0..1_000 {
        let import: Import = house.get(who, &format!("/api/imports/{id}")).await.ok();
        if !matches!(import.phase, Phase::Running | Phase::Undoing) {
            return import;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("an import that does not end");
}

async fn imported(house: &House, who: &Somebody, query: &str, text: &str) -> Import {
    let answer = send(house, who, query, text).await;
    assert_eq!(answer.status.as_u16(), 202, "{}", answer.text);
    over(house, who, answer.json::<Begun>().id).await
}

#[tokio::test]
async fn a_screen_sends_a_file_watches_it_and_takes_it_back() {
    let house = House::founded(Reach::Own).await;
    let (_, south) = (house.team("华东").await, house.team("华南").await);
    let zhou = house.join("周明", Role::Manager, &[south]).await;
    let before = house.everything().await;
    let tried = imported(&house, &zhou, "kind=customers&dry_run=true&file=c.csv", CUSTOMERS).await;
    assert_eq!((tried.counts.made, tried.dry_run, tried.phase), (3, true, Phase::Done));
    assert_eq!(house.everything().await, before);
    let done = imported(&house, &zhou, "kind=customers&file=c.csv", CUSTOMERS).await;
    assert_eq!((done.counts.made, done.file.as_str(), done.by), (3, "c.csv", zhou.actor()));
    assert_eq!(house.count("SELECT count(DISTINCT team) FROM customer").await, 1);
    let team = house.db.read(|snapshot| Ok(snapshot.connection().query_row("SELECT team FROM customer", (), |row| row.get(0))?)).await;
    assert_eq!(Id::from_bytes(team.expect("a team")), south.into(), "customers go to the team of whoever imports");
    assert_eq!(house.get(&zhou, &format!("/api/imports/{}/errors.csv", done.id)).await.status.as_u16(), 404, "none was refused");
    let bought = format!("{ORDERS}O-9,C-9,2026-11-01,1,1,\n");
    let done = imported(&house, &zhou, "kind=orders&status=paid&points=false&currency=CNY", &bought).await;
    assert_eq!((done.counts.made, done.counts.refused), (3, 1));
    let errors = house.get(&zhou, &format!("/api/imports/{}/errors.csv", done.id)).await;
    assert!(errors.text.contains("5,O-9,C-9,2026-11-01,1,1,,import.no_such_customer,There is no customer C-9."), "{}", errors.text);
    assert!(errors.headers[header::CONTENT_DISPOSITION].to_str().expect("text").starts_with("attachment"));
    assert_eq!(house.count("SELECT count(*) FROM loyalty_lot").await, 0);
    let listed: Imports = house.get(&zhou, "/api/imports").await.ok();
    assert_eq!(listed.imports.iter().map(|import| import.counts.made).collect::<Vec<_>>(), [3, 3]);
    let answer = house.send(House::request(Some(&zhou), Method::POST, &format!("/api/imports/{}/undo", done.id), None)).await;
    assert_eq!(answer.status.as_u16(), 202, "{}", answer.text);
    let undone = over(&house, &zhou, done.id).await;
    assert_eq!((undone.phase, undone.undone), (Phase::Undone, 3));
    let again = house.send(House::request(Some(&zhou), Method::POST, &format!("/api/imports/{}/undo", done.id), None)).await;
    assert_eq!((again.status.as_u16(), code(&again).as_str()), (409, "import.nothing_to_undo"));
}

#[tokio::test]
async fn what_is_not_a_file_of_rows_is_refused_before_it_begins() {
    let house = House::founded(Reach::Own).await;
    house.team("华东").await;
    let zhou = house.join("周明", Role::Manager, &[]).await;
    let su = house.join("苏念", Role::Marketing, &[]).await;
    let refused = async |who: &Somebody, query: &str, text: &str| {
        let answer = send(&house, who, query, text).await;
        (answer.status.as_u16(), code(&answer))
    };
    assert_eq!(refused(&zhou, "kind=customers", "").await, (422, "import.empty".into()));
    assert_eq!(refused(&zhou, "kind=customers", "name\nx\n").await, (422, "import.no_column_for".into()));
    assert_eq!(refused(&zhou, "kind=tickets", CUSTOMERS).await, (422, "request.unfit".into()));
    assert_eq!(refused(&zhou, "kind=customers&by=me", CUSTOMERS).await, (422, "request.unfit".into()));
    assert_eq!(refused(&zhou, "kind=customers&map=x", CUSTOMERS).await, (422, "request.unfit".into()));
    assert_eq!(refused(&su, "kind=orders", ORDERS).await, (403, "access.not_your_role".into()), "marketing records no orders");
    let json = house.send(sending(&zhou, "kind=customers", "application/json", CUSTOMERS)).await;
    assert_eq!((json.status.as_u16(), code(&json).as_str()), (415, "request.wrong_type"));
    let large = house.send(sending(&zhou, "kind=customers", "text/csv", vec![b'x'; 50 * 1024 * 1024 + 1])).await;
    assert_eq!((large.status.as_u16(), code(&large).as_str()), (413, "request.too_large"));
    let map = "kind=customers&map=%7B%22wer%22%3A%22customer_no%22%7D";
    assert_eq!(imported(&house, &zhou, map, "wer\nW1\n").await.counts.made, 1);
    let left = fs::read_dir(house.folder.path().join("imports")).map_or(0, Iterator::count);
    assert_eq!(left, 0, "no file is left behind");
}

/// An import into nothing founds a bare company; the set-up link makes it somebody's, in the money that was imported.
#[tokio::test]
async fn a_set_up_takes_over_what_an_import_founded() {
    let house = House::empty();
    for (text, wanted) in [(CUSTOMERS, customers()), (ORDERS, super::imports::orders())] {
        let wanted = domain::imports::Wanted { currency: Some(Currency::Usd), ..wanted };
        let (db, path) = (house.db.clone(), file(&house, text.as_bytes()));
        let done = tokio::task::spawn_blocking(move || {
            let ready = imports::ready(&db, &path, wanted, Actor::System, Lang::En).expect("no trouble").expect("a file");
            ready.carry_out(&db, &mut |_| ControlFlow::Continue(()))
        });
        assert_eq!(done.await.expect("an end").counts.made, 3);
    }
    let db = house.db.clone();
    let path = tokio::task::spawn_blocking(move || set_up::link(&db)).await.expect("an end").expect("no trouble").expect("a link");
    let sent = SetUp {
        token: path.trim_start_matches("/set-up#").to_owned(),
        company: "木屿商贸".into(),
        zone: "Asia/Shanghai".into(),
        currency: Currency::Cny,
        name: "许明远".into(),
        email: "xu@muyu.example".into(),
        password: "三棵枣树 and a fox".into(),
    };
    let post = async |sent: &SetUp| {
        let body = serde_json::to_string(sent).expect("JSON");
        house.send(House::request(None, Method::POST, "/auth/set-up", Some(body))).await
    };
    let refused = post(&sent).await;
    assert_eq!(refused.json::<Failure>().error.fields.first().map(|field| field.code.as_str()), Some("import.other_currency"));
    assert_eq!(post(&SetUp { currency: Currency::Usd, ..sent.clone() }).await.status.as_u16(), 200);
    let company = house.row::<Company>(Id::ONLY).await.expect("a company");
    assert_eq!((company.name.as_str(), company.currency), ("木屿商贸", Currency::Usd));
    assert_eq!(house.count("SELECT count(*) FROM team").await, 1);
    let team = house.db.read(|snapshot| {
        let id: [u8; 16] = snapshot.connection().query_row("SELECT id FROM customer LIMIT 1", (), |row| row.get(0))?;
        let team = snapshot.get::<Customer>(Id::from_bytes(id))?.map(|customer| customer.team);
        Ok(team.map(|team| snapshot.get::<Team>(team)).transpose()?.flatten())
    });
    assert_eq!(team.await.expect("no trouble").map(|team| team.name.to_string()), Some("第一团队".to_owned()));
}

#[cfg(unix)]
#[test]
fn a_running_server_takes_files_from_the_command_line() {
    let folder = Folder::new();
    let (data, path) = (folder.path().join("data"), folder.path().join("c.csv"));
    fs::write(&path, format!("{CUSTOMERS}C-4,,123,,,\n")).expect("a file");
    let path = path.to_str().expect("a path");
    let server = Serving::start(&data, HERE);
    let done = run(&data, &["import", "customers", path, "--lang", "zh"], "");
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert_eq!(done.status.code(), Some(3), "{said} {done:?}");
    assert!(said.contains("新增 3，更新 0，未变 0，拒绝 1。"), "{said}");
    let errors = fs::read_to_string(format!("{path}.errors.csv")).expect("what was refused");
    assert!(errors.contains("5,C-4,,123,,,,text.malformed,电话：格式不对，请检查。"), "{errors}");
    let refused = run(&data, &["import", "orders", path], "");
    assert!(told(&refused).contains("There is no column for: Order number (order_no)"), "{refused:?}");
    let listed = told(&run(&data, &["import", "list"], ""));
    let id = listed.split_whitespace().next().expect("a number").to_owned();
    assert!(told(&run(&data, &["import", "undo", &id], "")).starts_with("3 rows were taken back"));
    assert_eq!(told(&run(&data, &["check"], "")), "Everything is as it should be.");
    server.stop();
}
