//! What other systems send that is not right: each answered by the status and the code that say what to correct, and
//! none of it written.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use domain::session::Failure;
use serde_json::{Value, json};

use super::{
    auth::code,
    harness::Answer,
    rest::{Setting, order, request, setting},
};

/// The status, the code, and the fields that are named.
fn said(answer: &Answer) -> (u16, String, Vec<String>) {
    let Failure { error } = answer.json();
    (answer.status.as_u16(), error.code, error.fields.into_iter().map(|field| field.field).collect())
}

/// A right order with one field otherwise.
fn with(field: &str, value: Value) -> Value {
    let mut sent = order("O9", "1");
    sent[field] = value;
    sent
}

async fn refuses(it: &Setting, path: &str, sent: &Value, expected: (u16, &str, &str)) {
    let (status, code, field) = expected;
    let fields: Vec<String> = if field.is_empty() { Vec::new() } else { vec![field.to_owned()] };
    assert_eq!(said(&it.post(path, sent).await), (status, code.to_owned(), fields), "{path} {sent}");
}

#[tokio::test]
async fn every_field_of_an_order_says_what_is_wrong_with_it() {
    let it = setting().await;
    it.customer("C0001", "拾禾餐饮").await;
    let before = it.house.everything().await;
    let cases = [
        ("amount", json!("-0.01"), 422, "order.amount_negative"),
        ("amount", json!(128.5), 422, "request.bad_value"),
        ("amount", json!("1e5"), 422, "order.amount_not_a_number"),
        ("amount", json!("NaN"), 422, "order.amount_not_a_number"),
        ("amount", json!("１２"), 422, "order.amount_not_a_number"),
        ("amount", json!(""), 422, "order.amount_missing"),
        ("amount", json!("1.005"), 422, "order.amount_too_fine"),
        ("amount", json!("99999999999999999999"), 422, "order.amount_too_large"),
        ("order_no", json!("../etc/passwd\u{0}"), 422, "text.invisible"),
        ("order_no", json!("'; DROP TABLE sales_order; --"), 422, "text.malformed"),
        ("order_no", json!("O".repeat(41)), 422, "text.too_long"),
        ("order_no", json!(" "), 422, "text.missing"),
        ("order_no", json!({"$ne": null}), 422, "request.bad_value"),
        ("customer_no", json!("C9999"), 404, "access.not_found"),
        ("customer_no", json!("客户"), 422, "text.malformed"),
        ("ordered_on", json!("2026-11-22"), 422, "order.not_yet"),
        ("ordered_on", json!("2026-02-30"), 422, "request.bad_day"),
        ("ordered_on", json!("01/11/2026"), 422, "request.bad_day"),
        ("ordered_on", json!("2026-11-01T00:00:00Z"), 422, "request.bad_day"),
        ("paid_on", json!("2026-10-31"), 422, "order.paid_too_early"),
        ("currency", json!("XYZ"), 422, "request.bad_value"),
        ("currency", json!("cny"), 422, "request.bad_value"),
        ("status", json!("refunded"), 422, "request.bad_value"),
        ("pieces", json!(0), 422, "order.no_such_count"),
        ("pieces", json!(1.5), 422, "request.bad_value"),
        ("what", json!("a\u{202e}b"), 422, "text.invisible"),
        ("discount", json!("1"), 422, "request.unknown_field"),
        ("earns", json!(false), 422, "request.unknown_field"),
        ("__proto__", json!({}), 422, "request.unknown_field"),
    ];
    for (field, value, status, code) in cases {
        refuses(&it, "/api/v1/orders", &with(field, value), (status, code, field)).await;
    }
    for field in ["order_no", "customer_no", "ordered_on", "amount"] {
        let mut sent = order("O9", "1");
        sent.as_object_mut().expect("an object").remove(field);
        refuses(&it, "/api/v1/orders", &sent, (422, "request.missing_field", field)).await;
    }
    let two = json!({"order_no": "", "customer_no": "C0001", "ordered_on": "x", "amount": "-1"});
    assert_eq!(said(&it.post("/api/v1/orders", &two).await).2, ["order_no", "ordered_on", "amount"], "all of it at once");
    assert_eq!(it.house.everything().await, before);
}

#[tokio::test]
async fn customers_tickets_and_refunds_are_read_as_closely() {
    let it = setting().await;
    it.customer("C0001", "拾禾餐饮").await;
    it.post("/api/v1/orders", &order("O1", "100")).await;
    let before = it.house.everything().await;
    let customer = |field: &str, value: Value| {
        let mut sent = json!({"customer_no": "C0002", "name": "木屿"});
        sent[field] = value;
        sent
    };
    let long = "字".repeat(121);
    for (field, value, code) in [
        ("name", json!(""), "text.missing"),
        ("name", json!(null), "request.bad_value"),
        ("name", json!(long), "text.too_long"),
        ("name", json!("a\nb"), "text.invisible"),
        ("phone", json!("138****1234"), "text.malformed"),
        ("phone", json!(13_800_001_234_i64), "request.bad_value"),
        ("email", json!("nobody"), "text.malformed"),
        ("kind", json!("alien"), "request.bad_value"),
        ("owner", json!("x"), "request.unknown_field"),
        ("id", json!("x"), "request.unknown_field"),
    ] {
        refuses(&it, "/api/v1/customers", &customer(field, value), (422, code, field)).await;
    }
    let ticket = |kind: &str, subject: &str| json!({"customer_no": "C0001", "kind": kind, "subject": subject, "body": "x"});
    refuses(&it, "/api/v1/tickets", &ticket("rant", "x"), (422, "request.bad_value", "kind")).await;
    refuses(&it, "/api/v1/tickets", &ticket("support", "a\nb"), (422, "text.invisible", "subject")).await;
    for (amount, code) in [("0", "order.refund_of_nothing"), ("100.01", "order.refund_too_large"), ("-1", "order.amount_negative")] {
        refuses(&it, "/api/v1/orders/O1/refunds", &json!({ "amount": amount }), (422, code, "amount")).await;
    }
    assert_eq!(it.house.everything().await, before);
    let marks = json!({"customer_no": "C/2", "name": "<script>alert(1)</script> 𠮷 👩‍👩‍👧"});
    let kept = it.post("/api/v1/customers", &marks).await;
    assert_eq!(kept.status, StatusCode::CREATED, "what can be read is kept as it is");
    assert_eq!(it.get("/api/v1/customers/C%2F2").await.ok::<Value>()["name"], marks["name"]);
}

#[tokio::test]
async fn what_is_no_request_is_told_by_its_status() {
    let it = setting().await;
    it.customer("C0001", "拾禾餐饮").await;
    let before = it.house.everything().await;
    let deep = "[".repeat(100_000);
    let bad_utf8 = [b"{\"customer_no\":\"".as_slice(), b"\xff\xfe\"}"].concat();
    let bodies: [(&[u8], u16, &str); 11] = [
        (b"", 400, "request.not_json"),
        (b"{", 400, "request.not_json"),
        (b"customer_no=C0002&name=x", 400, "request.not_json"),
        (b"{\"customer_no\":\"C2\",\"name\":\"x\"} {}", 400, "request.not_json"),
        (b"{\"name\":\"\\ud800\"}", 400, "request.not_json"),
        (&bad_utf8, 400, "request.not_json"),
        (deep.as_bytes(), 400, "request.not_json"),
        (b"null", 422, "request.unfit"),
        (b"[\"C0002\",\"x\",null,null,null]", 422, "request.unfit"),
        (b"{\"customer_no\":\"C2\",\"customer_no\":\"C3\",\"name\":\"x\"}", 422, "request.bad_value"),
        (b"{\"customer_no\":5,\"name\":", 400, "request.not_json"),
    ];
    for (body, status, expected) in bodies {
        let mut asked = request(&it.token, Method::POST, "/api/v1/customers", Some(String::new()));
        *asked.body_mut() = Body::from(body.to_vec());
        let answer = it.house.send(asked).await;
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (status, expected), "{shown}");
    }
    let large =
        it.house.send(request(&it.token, Method::POST, "/api/v1/customers", Some(format!("{{\"name\":\"{}", "x".repeat(10 << 20))))).await;
    assert_eq!((large.status.as_u16(), code(&large).as_str()), (413, "request.too_large"));
    for kind in ["text/plain", "application/xml", "application/x-www-form-urlencoded"] {
        let mut asked: Request<Body> = request(&it.token, Method::POST, "/api/v1/customers", Some("{}".into()));
        asked.headers_mut().insert(header::CONTENT_TYPE, kind.parse().expect("a header"));
        let answer = it.house.send(asked).await;
        assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (415, "request.wrong_type"), "{kind}");
    }
    let method = it.house.send(request(&it.token, Method::DELETE, "/api/v1/customers/C0001", None)).await;
    assert_eq!(method.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(it.house.everything().await, before);
}

#[tokio::test]
async fn addresses_and_questions_that_are_none_find_nothing() {
    let it = setting().await;
    for path in ["customers/%00", "customers/%E5%AE%A2", "orders/..%2F..%2Fetc", "tickets/1", "tickets/%27", "orders/O1", "nothing"] {
        assert_eq!(it.get(&format!("/api/v1/{path}")).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for query in ["limit=0", "limit=201", "limit=-1", "limit=ten", "cursor=x", "cursor=27204f52", "page=2", "q=a&q=b"] {
        let answer = it.get(&format!("/api/v1/customers?{query}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
    let long = it.get(&format!("/api/v1/customers?q={}", "%F0%9F%A6%80".repeat(1_000))).await;
    assert_eq!(long.ok::<Value>()["total"], 0);
}

/// The form that integrators read: code, sentence in their language, fields, and a reference into the log.
#[tokio::test]
async fn a_failure_is_said_in_the_language_asked_for() {
    let it = setting().await;
    it.customer("C0001", "拾禾餐饮").await;
    for (lang, begins) in [("en-GB, zh;q=0.5", "An amount is not below zero"), ("zh-CN", "金额不能小于零"), ("fr", "金额不能小于零")]
    {
        let mut asked = request(&it.token, Method::POST, "/api/v1/orders", Some(order("O1", "-5").to_string()));
        asked.headers_mut().insert(header::ACCEPT_LANGUAGE, lang.parse().expect("a header"));
        let answer = it.house.send(asked).await;
        let error = answer.json::<Value>()["error"].clone();
        assert_eq!((&error["code"], &error["fields"][0]["field"]), (&json!("order.amount_negative"), &json!("amount")));
        assert_eq!(error["fields"][0]["code"], "order.amount_negative");
        assert!(error["message"].as_str().is_some_and(|message| message.starts_with(begins)), "{lang}: {error}");
        let named = answer.headers.get("x-request-id").and_then(|id| id.to_str().ok());
        assert_eq!(error["reference"].as_str(), named, "the line in the log");
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    }
}
