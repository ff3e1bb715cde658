//! The interface for other systems: each address, each status, and nothing done twice.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use domain::{
    access::{Reach, Role},
    id::TeamId,
    insights::{Cell, Measure, cell_id},
    time::Date,
};
use serde_json::{Value, json};
use server::{auth::token::Token, rest::tokens};
use std::collections::BTreeSet;

use super::{
    access::{registered, unnamed},
    auth::code,
    harness::{Answer, House, NOON, name},
};

/// A company with another system beside it.
pub struct Setting {
    pub house: House,
    pub team: TeamId,
    pub token: String,
}

/// The secret of a new token.
pub async fn token(house: &House, text: &str, role: Option<Role>, expires: Option<tokens::Expiry>) -> String {
    let (token, name) = (Token::new().expect("chance"), name(text));
    let shown = tokens::shown(&token);
    let made = house.db.write(move |tx| tokens::make(tx, &token, &name, role, expires)).await;
    made.expect("no trouble").expect("a token");
    shown
}

pub async fn setting() -> Setting {
    let house = House::founded(Reach::Own).await;
    let team = house.team("华东").await;
    let token = token(&house, "收银台", None, None).await;
    Setting { house, team, token }
}

pub fn request(token: &str, method: Method, path: &str, body: Option<String>) -> Request<Body> {
    let mut request = House::request(None, method, path, body);
    request.headers_mut().insert(header::AUTHORIZATION, format!("Bearer {token}").parse().expect("a header"));
    request.headers_mut().insert(header::ACCEPT_LANGUAGE, "en".parse().expect("a header"));
    request
}

impl Setting {
    pub async fn get(&self, path: &str) -> Answer {
        self.house.send(request(&self.token, Method::GET, path, None)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.house.send(request(&self.token, Method::POST, path, Some(body.to_string()))).await
    }

    async fn keyed(&self, key: &str, path: &str, body: &Value) -> Answer {
        let mut request = request(&self.token, Method::POST, path, Some(body.to_string()));
        request.headers_mut().insert("idempotency-key", key.parse().expect("a header"));
        self.house.send(request).await
    }

    /// A customer of this number.
    pub async fn customer(&self, no: &str, name: &str) {
        let answer = self.post("/api/v1/customers", &json!({"customer_no": no, "name": name, "phone": "13800001234"})).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    }

    async fn order(&self, no: &str, amount: &str) -> Answer {
        self.post("/api/v1/orders", &order(no, amount)).await
    }
}

pub fn order(no: &str, amount: &str) -> Value {
    json!({"order_no": no, "customer_no": "C0001", "ordered_on": "2026-11-01", "amount": amount, "currency": "CNY", "status": "paid"})
}

fn made(answer: &Answer) -> Value {
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    answer.json()
}

#[tokio::test]
async fn a_customer_is_opened_once_and_shown_with_tier_and_points() {
    let it = setting().await;
    let sent = json!({"customer_no": "C0001", "name": "拾禾餐饮", "phone": "138 0000 1234"});
    let first = made(&it.post("/api/v1/customers", &sent).await);
    assert_eq!((&first["phone"], &first["tier"], &first["points"]["balance"]), (&json!("138****1234"), &Value::Null, &json!(0)));
    let before = it.house.everything().await;
    let again = it.post("/api/v1/customers", &sent).await;
    assert_eq!(again.ok::<Value>(), first);
    let other = it.post("/api/v1/customers", &json!({"customer_no": "C0001", "name": "木屿"})).await;
    assert_eq!((other.status.as_u16(), code(&other).as_str()), (409, "customers.number_taken"));
    assert_eq!(it.house.everything().await, before, "neither wrote anything");
    assert_eq!(made(&it.order("O1", "5000").await)["amount"], "5000.00");
    let shown: Value = it.get("/api/v1/customers/C0001").await.ok();
    assert_eq!((&shown["tier"], &shown["points"]["balance"]), (&json!("gold"), &json!(5_000)));
    assert!(shown["points"]["expiring"][0]["on"].as_str().is_some_and(|day| day == "2027-11-30"), "{shown}");
    let by = it.house.count("SELECT count(*) FROM audit WHERE actor LIKE '{\"token\":%' AND what = 'customers.open'").await;
    assert_eq!(by, 1);
}

#[tokio::test]
async fn an_order_is_recorded_paid_given_back_and_earns() {
    let it = setting().await;
    it.customer("C0001", "拾禾餐饮").await;
    let recorded = made(&it.order("O1", "128.50").await);
    let paid = json!({"order_no": "O1", "customer_no": "C0001", "ordered_on": "2026-11-01", "paid_on": "2026-11-01", "amount": "128.50",
        "currency": "CNY", "status": "paid", "refunded": "0.00", "what": null, "pieces": null});
    assert_eq!(recorded, paid);
    assert_eq!(it.get("/api/v1/orders/O1").await.ok::<Value>(), paid);
    let back = json!({"amount": "28.50"});
    let refund = made(&it.keyed("r-1", "/api/v1/orders/O1/refunds", &back).await);
    assert_eq!((&refund["amount"], &refund["order"]["refunded"]), (&json!("28.50"), &json!("28.50")));
    let before = it.house.everything().await;
    assert_eq!(it.keyed("r-1", "/api/v1/orders/O1/refunds", &back).await.ok::<Value>(), refund);
    assert_eq!(it.order("O1", "128.50").await.ok::<Value>()["refunded"], "28.50", "an order that went on is the same order");
    assert_eq!(it.house.everything().await, before);
    let too_much = it.post("/api/v1/orders/O1/refunds", &json!({"amount": "100.01"})).await;
    assert_eq!((too_much.status.as_u16(), code(&too_much).as_str()), (422, "order.refund_too_large"));
    assert_eq!(it.order("O1", "128.51").await.status, StatusCode::CONFLICT);
    let customer: Value = it.get("/api/v1/customers/C0001").await.ok();
    assert_eq!(customer["points"]["balance"], 100);
    let spare = json!({"order_no": "O2", "customer_no": "C0001", "ordered_on": "2026-11-01", "amount": "1"});
    let placed = made(&it.post("/api/v1/orders", &spare).await);
    assert_eq!((&placed["status"], &placed["currency"], &placed["paid_on"]), (&json!("placed"), &json!("CNY"), &Value::Null));
}

#[tokio::test]
async fn a_ticket_comes_by_another_system() {
    let it = setting().await;
    it.customer("C0001", "拾禾餐饮").await;
    let sent = json!({"customer_no": "C0001", "kind": "complaint", "subject": "刀具包装破损", "body": "外盒裂开\n请换"});
    let ticket = made(&it.keyed("t-1", "/api/v1/tickets", &sent).await);
    assert_eq!((&ticket["channel"], &ticket["status"], &ticket["no"]), (&json!("system"), &json!("new"), &json!(1_001)));
    assert_eq!(it.keyed("t-1", "/api/v1/tickets", &sent).await.ok::<Value>(), ticket);
    let path = format!("/api/v1/tickets/{}", ticket["id"].as_str().expect("an id"));
    assert_eq!(it.get(&path).await.ok::<Value>(), ticket);
    assert_eq!(it.house.count("SELECT count(*) FROM ticket").await, 1);
}

#[tokio::test]
async fn a_key_stands_for_one_request_of_one_token() {
    let it = setting().await;
    it.customer("C0001", "拾禾餐饮").await;
    let ticket = |subject: &str| json!({"customer_no": "C0001", "kind": "support", "subject": subject, "body": "…"});
    made(&it.keyed("k", "/api/v1/tickets", &ticket("甲")).await);
    let before = it.house.everything().await;
    let other = it.keyed("k", "/api/v1/tickets", &ticket("乙")).await;
    assert_eq!((other.status.as_u16(), code(&other).as_str()), (409, "request.key_reused"));
    assert_eq!(it.keyed("k", "/api/v1/orders", &order("O1", "1")).await.status, StatusCode::CONFLICT, "another address");
    for bad in ["", "a b", &"k".repeat(256)] {
        assert_eq!(code(&it.keyed(bad, "/api/v1/tickets", &ticket("丙")).await), "request.bad_key", "{bad:?}");
    }
    assert_eq!(it.house.everything().await, before);
    let second = Setting { token: token(&it.house, "网店", None, None).await, ..it };
    made(&second.keyed("k", "/api/v1/tickets", &ticket("丁")).await);
    let refused = second.keyed("n", "/api/v1/orders", &order("O9", "-1")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    made(&second.keyed("n", "/api/v1/orders", &order("O9", "1")).await);
    second.house.clock.move_to(NOON.plus_seconds(31 * 86_400));
    server::jobs::sweep(&second.house.db, NOON.plus_seconds(31 * 86_400)).await.expect("no trouble");
    assert_eq!(second.house.count("SELECT count(*) FROM rest_key").await, 0, "keys are kept for thirty days");
}

#[tokio::test]
async fn the_same_order_fifty_times_at_once_is_one_order() {
    let it = setting().await;
    it.customer("C0001", "拾禾餐饮").await;
    let all = (0..50).map(|_| it.order("O1", "128.50"));
    let answers = futures_util::future::join_all(all).await;
    let count = |status| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!((count(StatusCode::CREATED), count(StatusCode::OK)), (1, 49));
    assert!(answers.iter().all(|answer| answer.text == answers[0].text));
    assert_eq!(it.house.count("SELECT count(*) FROM sales_order").await, 1);
    let customer: Value = it.get("/api/v1/customers/C0001").await.ok();
    assert_eq!(customer["points"]["balance"], 128);
}

#[tokio::test]
async fn customers_are_listed_by_number_and_found_by_number_name_and_sound() {
    let it = setting().await;
    for (n, text) in ["拾禾餐饮", "木屿商贸", "拾光书店", "Nord 100%"].into_iter().enumerate() {
        it.customer(&format!("C000{n}"), text).await;
    }
    let nos = |page: &Value| -> Vec<String> {
        page["items"].as_array().expect("items").iter().map(|it| it["customer_no"].as_str().expect("a number").to_owned()).collect()
    };
    let first: Value = it.get("/api/v1/customers?limit=3").await.ok();
    assert_eq!((nos(&first), &first["total"]), (vec!["C0000".into(), "C0001".into(), "C0002".into()], &json!(4)));
    let rest: Value = it.get(&format!("/api/v1/customers?limit=3&cursor={}", first["next"].as_str().expect("a cursor"))).await.ok();
    assert_eq!((nos(&rest), &rest["next"], &rest["total"]), (vec!["C0003".into()], &Value::Null, &json!(4)));
    for (q, expected) in [
        ("%E6%8B%BE", vec!["C0000", "C0002"]),
        ("shcy", vec!["C0000"]),
        ("muyu", vec!["C0001"]),
        ("c0003", vec!["C0003"]),
        ("100%25", vec!["C0003"]),
        ("_", vec![]),
        ("%27%20OR%201%3D1", vec![]),
    ] {
        let page: Value = it.get(&format!("/api/v1/customers?q={q}")).await.ok();
        assert_eq!((nos(&page), &page["total"]), (expected.iter().map(ToString::to_string).collect(), &json!(expected.len())), "{q}");
    }
    let one: Value = it.get("/api/v1/customers?q=%E6%8B%BE&limit=1").await.ok();
    let two: Value =
        it.get(&format!("/api/v1/customers?q=%E6%8B%BE&limit=1&cursor={}", one["next"].as_str().expect("a cursor"))).await.ok();
    assert_eq!((nos(&two), &two["next"], &two["total"]), (vec!["C0002".to_owned()], &Value::Null, &json!(2)));
    assert!(!first.to_string().contains("13800001234"), "numbers are masked");
}

#[tokio::test]
async fn satisfaction_is_summed_over_the_days_asked_for() {
    let it = setting().await;
    for (day, measure, n, good, bad) in [
        ("2026-11-01", Measure::Nps, 3, 2, 1),
        ("2026-11-20", Measure::Nps, 1, 1, 0),
        ("2026-11-20", Measure::Csat, 4, 4, 0),
        ("2026-11-20", Measure::Opened, 9, 0, 0),
        ("2025-01-01", Measure::Csat, 50, 0, 50),
    ] {
        let on: Date = day.parse().expect("a day");
        it.house.put(Cell { id: cell_id(on, None, measure), on, department: None, measure, n, good, bad, sum: 0 }).await;
    }
    let year: Value = it.get("/api/v1/satisfaction").await.ok();
    assert_eq!((&year["from"], &year["to"]), (&json!("2025-12-01"), &json!("2026-11-21")));
    assert_eq!((&year["nps"]["n"], &year["nps"]["score"]), (&json!(4), &json!(50.0)));
    assert_eq!(year["csat"], json!({"n": 4, "percent": 100.0, "low": 51.0, "high": 100.0}));
    let day: Value = it.get("/api/v1/satisfaction?from=2026-11-20&to=2026-11-20").await.ok();
    assert_eq!(day["nps"]["n"], 1);
    let none: Value = it.get("/api/v1/satisfaction?from=2020-01-01&to=2020-12-31").await.ok();
    assert_eq!(none["nps"], json!({"n": 0, "score": null, "low": null, "high": null}));
    for bad in ["from=2026-11-31", "from=2026-11-20&to=2026-11-19", "from=yesterday", "since=2026-11-01"] {
        assert_eq!(it.get(&format!("/api/v1/satisfaction?{bad}")).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
    }
}

/// A full disk is nobody's verdict: the same request is sent again and is carried out once.
#[tokio::test]
async fn what_the_disk_does_not_take_may_be_sent_again() {
    let it = setting().await;
    it.customer("C0001", "拾禾餐饮").await;
    let pages = it.house.count("PRAGMA page_count").await;
    let allow = |pages: i64| {
        let sql = format!("PRAGMA max_page_count = {pages}");
        it.house.db.write(move |tx| Ok(tx.connection().query_row(&sql, (), |_| Ok(()))?))
    };
    let long = json!({"customer_no": "C0001", "kind": "support", "subject": "x", "body": "长".repeat(9_000)});
    allow(pages).await.expect("a limit");
    let mut n = 0;
    let full = loop {
        let answer = it.keyed(&format!("k{n}"), "/api/v1/tickets", &long).await;
        if answer.status != StatusCode::CREATED {
            break answer;
        }
        n += 1;
        assert!(n < 200, "the disk fills");
    };
    assert_eq!((full.status.as_u16(), code(&full).as_str()), (503, "server.unavailable"));
    assert!(full.headers.contains_key(header::RETRY_AFTER));
    allow(1_000_000).await.expect("room");
    let again = it.keyed(&format!("k{n}"), "/api/v1/tickets", &long).await;
    assert_eq!(again.status, StatusCode::CREATED);
    assert_eq!(it.house.count("SELECT count(*) FROM ticket").await, i64::from(n) + 1);
}

#[tokio::test]
async fn every_address_is_described_and_everything_described_is_there() {
    let it = setting().await;
    let api: Value = it.house.send(House::request(None, Method::GET, "/api/openapi.json", None)).await.ok();
    let mut described = BTreeSet::new();
    for (path, item) in api["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("an item") {
            described.insert((method.to_uppercase(), unnamed(path)));
            assert!(operation["summary"].is_string() && operation["responses"]["401"].is_object(), "{method} {path}: {operation}");
            assert_eq!(operation["requestBody"].is_object(), method == "post", "{method} {path}");
        }
    }
    let there: BTreeSet<_> = registered().into_iter().filter(|(_, path)| path.starts_with("/api/v1/")).collect();
    assert_eq!(described, there);
    assert_eq!(api["info"]["license"]["identifier"], "Apache-2.0");
    for form in ["NewCustomer", "NewOrder", "NewRefund", "NewTicket"] {
        let schema = &api["components"]["schemas"][form];
        assert!(schema["example"].is_object() && schema["additionalProperties"] == json!(false), "{form}: {schema}");
    }
    assert_eq!(api["components"]["schemas"]["NewOrder"]["required"], json!(["order_no", "customer_no", "ordered_on", "amount"]));
    assert_eq!(api["components"]["schemas"]["NewOrder"]["example"], order("O1", "128.50"));
}

/// What is answered has the fields that are described, all that are required, and no others.
#[tokio::test]
async fn records_are_answered_as_they_are_described() {
    let it = setting().await;
    let api: Value = it.get("/api/openapi.json").await.ok();
    it.customer("C0001", "拾禾餐饮").await;
    it.order("O1", "100").await;
    let ticket = json!({"customer_no": "C0001", "kind": "support", "subject": "x", "body": "x"});
    let answers = [
        ("Customer", it.get("/api/v1/customers/C0001").await),
        ("Customers", it.get("/api/v1/customers").await),
        ("Order", it.get("/api/v1/orders/O1").await),
        ("Refund", it.post("/api/v1/orders/O1/refunds", &json!({"amount": "1"})).await),
        ("Ticket", it.post("/api/v1/tickets", &ticket).await),
        ("Satisfaction", it.get("/api/v1/satisfaction").await),
        ("Failure", it.get("/api/v1/orders/O2").await),
    ];
    for (form, answer) in answers {
        let schema = &api["components"]["schemas"][form];
        let answer: Value = answer.json();
        let fields = |of: &Value| -> BTreeSet<String> { of.as_object().expect("an object").keys().cloned().collect() };
        let (described, sent) = (fields(&schema["properties"]), fields(&answer));
        assert!(sent.is_subset(&described), "{form}: {answer}");
        let required: BTreeSet<String> = serde_json::from_value(schema["required"].clone()).expect("names");
        assert!(required.is_subset(&sent) && !required.is_empty(), "{form}: {answer}");
    }
}
