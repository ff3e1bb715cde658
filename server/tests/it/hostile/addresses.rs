//! Every address that reads a body, a question or a name, with everything wrong with it.

use axum::{
    body::Body,
    http::{HeaderValue, Method, Request, StatusCode, header},
};
use domain::{id::Id, session::Failure, testing::is_full};
use serde_json::{Value, json};
use server::guard::Peer;
use std::{collections::BTreeSet, net::IpAddr};

use super::{
    texts::texts,
    values::{Wrong, with_more, wrongs},
};
use crate::{
    access,
    harness::{Answer, House, NOON, Somebody, fresh},
    matrix::Cast,
    rest::{self, request, token},
};

/// Somebody who is let in wherever bodies are read: by cookie, and by token.
struct Sender<'c> {
    cast: &'c Cast,
    admin: &'c Somebody,
    token: String,
    sent: u32,
}

/// The addresses that read JSON, and a form of it that is right in every way.
fn forms() -> Vec<(&'static str, Value)> {
    let people =
        access::MATRIX.iter().filter(|(method, path, _)| *method == "POST" && !path.starts_with("/sync/") && *path != "/api/imports");
    let people = people.filter_map(|(_, path, _)| Some((*path, serde_json::from_str(&access::body(path, 0)?).ok()?)));
    let systems = [
        ("/api/v1/customers", json!({"customer_no": "C2", "name": "木屿", "phone": "13800001234", "email": "a@b.cn", "kind": "company"})),
        (
            "/api/v1/orders",
            json!({"order_no": "O2", "customer_no": "C0001", "ordered_on": "2026-11-01", "paid_on": "2026-11-01", "amount": "1.50",
            "currency": "CNY", "status": "paid", "what": "咖啡机", "pieces": 1}),
        ),
        ("/api/v1/orders/O1/refunds", json!({"amount": "1.00", "reason": "退货"})),
        ("/api/v1/tickets", json!({"customer_no": "C0001", "kind": "support", "subject": "漏水", "body": "滴水"})),
    ];
    people.chain(systems).collect()
}

impl<'c> Sender<'c> {
    async fn new(cast: &'c Cast) -> Self {
        let admin = cast.seats.iter().find(|seat| seat.name == "admin").and_then(|seat| seat.session.as_ref()).expect("an admin");
        let token = token(&cast.house, "接口", None, None).await;
        let mut sender = Self { cast, admin, token, sent: 0 };
        let customer = json!({"customer_no": "C0001", "name": "拾禾餐饮"}).to_string();
        for (path, body) in [("/api/v1/customers", customer), ("/api/v1/orders", rest::order("O1", "100").to_string())] {
            assert_eq!(sender.post(path, body.into_bytes()).await.status, StatusCode::CREATED);
        }
        sender
    }

    /// From another place each time, and slowly: whoever asks too often is told so and nothing else.
    fn request(&mut self, method: Method, path: &str) -> Request<Body> {
        self.sent += 1;
        self.cast.house.clock.move_to(NOON.plus_seconds(i64::from(self.sent)));
        let path = path.replace("{token}", &"0".repeat(64));
        let mut asked = if path.starts_with("/api/v1/") {
            request(&self.token, method, &path, None)
        } else {
            House::request(Some(self.admin), method, &path, None)
        };
        asked.extensions_mut().insert(Peer(IpAddr::from(self.sent.to_be_bytes())));
        asked
    }

    async fn post(&mut self, path: &str, body: Vec<u8>) -> Answer {
        let mut asked = self.request(Method::POST, path);
        asked.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        *asked.body_mut() = Body::from(body);
        self.cast.house.send(asked).await
    }

    /// Sends it; what is refused says why in one form and has written nothing.
    async fn judged(&mut self, path: &str, body: Vec<u8>, before: &mut String) -> StatusCode {
        let shown = String::from_utf8_lossy(&body[..body.len().min(300)]).into_owned();
        let answer = self.post(path, body).await;
        assert!(!answer.status.is_server_error(), "{path} {shown}: {} {}", answer.status, answer.text);
        let after = self.written().await;
        if !answer.status.is_success() {
            let failure: Failure = answer.json();
            assert!(!failure.error.code.is_empty());
            assert_eq!(after, *before, "{path} {shown} was refused and wrote");
        }
        *before = after;
        answer.status
    }

    /// Everything but signs of life, which come with time.
    async fn written(&self) -> String {
        let all = self.cast.house.everything().await;
        all.lines().filter(|line| !line.starts_with("access_session ") && !line.starts_with("rest_token ")).collect::<Vec<_>>().join("\n")
    }
}

/// An address whose every try costs the hash of a password is tried less.
fn is_dear(path: &str) -> bool {
    ["/auth/sign-in", "/auth/password"].contains(&path)
}

#[tokio::test]
async fn no_wrong_body_breaks_an_address_or_is_half_taken() {
    let cast = Cast::assemble().await;
    let mut sender = Sender::new(&cast).await;
    let mut before = sender.written().await;
    let (mut seen, mut refused) = (BTreeSet::new(), 0);
    for (n, (path, form)) in forms().into_iter().enumerate() {
        let mut wrongs = wrongs(&form, 29, n);
        wrongs.truncate(if is_dear(path) { 40 } else { usize::MAX });
        for Wrong { json, .. } in wrongs {
            if seen.insert((path, json.clone())) {
                refused += usize::from(!sender.judged(path, json.into_bytes(), &mut before).await.is_success());
            }
        }
    }
    println!("wrong bodies: {} distinct, {refused} refused", seen.len());
    assert!(seen.len() >= if is_full() { 3_000 } else { 150 }, "{}", seen.len());
}

/// A4: what is more than a form has is refused where the form is ours alone.
#[tokio::test]
async fn no_address_takes_a_field_that_it_does_not_describe() {
    let cast = Cast::assemble().await;
    let mut sender = Sender::new(&cast).await;
    let mut before = sender.written().await;
    let mut tried = 0;
    // What devices send may be of a later build: a field more is passed over there.
    for (path, form) in forms().into_iter().filter(|(path, _)| *path != "/api/files") {
        for (field, more) in with_more(&form) {
            tried += 1;
            let status = sender.judged(path, more.to_string().into_bytes(), &mut before).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {field}");
        }
    }
    println!("fields that are not described: {tried} cases");
    assert!(tried >= 200, "{tried}");
}

/// A13: what is small on the way and large inside, deep, endless or of another kind.
#[tokio::test]
async fn no_bomb_goes_off() {
    let cast = Cast::assemble().await;
    let mut sender = Sender::new(&cast).await;
    let mut before = sender.written().await;
    let mut tried = 0;
    for (path, _) in forms() {
        for bomb in bombs() {
            tried += 1;
            assert!(!sender.judged(path, bomb, &mut before).await.is_success(), "{path}");
        }
        for coding in ["gzip", "br", "deflate", "zstd", "gzip, gzip", "x"] {
            let mut asked = sender.request(Method::POST, path);
            asked.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
            asked.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
            *asked.body_mut() = Body::from(GZIP.to_vec());
            let answer = cast.house.send(asked).await;
            tried += 1;
            assert!(answer.status.is_client_error(), "{path} {coding}: {}", answer.text);
        }
    }
    for (query, kind, body) in files() {
        let mut asked = sender.request(Method::POST, &format!("/api/imports?{query}&dry_run=true"));
        asked.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        *asked.body_mut() = Body::from(body);
        let answer = cast.house.send(asked).await;
        tried += 1;
        assert!(!answer.status.is_server_error(), "{query}: {}", answer.text);
        let id = answer.json::<Value>()["id"].as_str().map(str::to_owned);
        let Some(id) = id else { continue };
        while sender.asked(&format!("/api/imports/{id}")).await["phase"] == "running" {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }
    println!("bombs: {tried} cases");
    assert!(tried >= 200, "{tried}");
}

/// A megabyte of nothing, packed twice.
const GZIP: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\x62\x18\x05\xa3\x60\x14\x0c\x77\x00\x00\x00\x00\xff\xff";

fn bombs() -> Vec<Vec<u8>> {
    let many = |part: &str, count: usize| part.repeat(count).into_bytes();
    vec![
        many("[", 100_000),
        many("{\"a\":", 100_000),
        many("[{\"a\":", 50_000),
        format!("\"{}\"", "x".repeat(2_000_000)).into_bytes(),
        format!("[{}0]", "0,".repeat(400_000)).into_bytes(),
        format!("{{{}\"z\":0}}", (0..50_000).map(|n| format!("\"k{n}\":0,")).collect::<String>()).into_bytes(),
        format!("{{\"name\":{}}}", "9".repeat(500_000)).into_bytes(),
        format!("{{\"name\":1e{}}}", "9".repeat(5_000)).into_bytes(),
        GZIP.to_vec(),
        b"PK\x03\x04\x14\x00".to_vec(),
        vec![0; 100_000],
        vec![0xff; 1_000],
        b"\xef\xbb\xbf{}".to_vec(),
        "{\"name\":\"x\"}".encode_utf16().flat_map(u16::to_le_bytes).collect(),
        b"{\"name\":\"\xc0\xaf\"}".to_vec(),
        b"{\"name\":\"\xed\xa0\x80\"}".to_vec(),
        b"{\"name\":\"x\" \x00}".to_vec(),
        b"/* */ {}".to_vec(),
        b"{'name':'x'}".to_vec(),
        b"{\"name\":NaN}".to_vec(),
        b"{\"name\":\"x\",}".to_vec(),
        b"{}{}".to_vec(),
    ]
}

fn files() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let kind = "text/csv";
    let rows = |text: String| ("kind=customers", kind, text.into_bytes());
    let mut all = vec![
        rows(format!("customer_no,name\n{}", "C,x\n".repeat(50_000))),
        rows(format!("customer_no{}\nC1\n", ",x".repeat(50_000))),
        rows(format!("customer_no,name\nC1,\"{}", "x".repeat(2_000_000))),
        rows(format!("customer_no,name\nC1,{}\n", "字".repeat(400_000))),
        rows("\"".repeat(100_000)),
        rows(",".repeat(1_000_000)),
        rows("\n".repeat(1_000_000)),
        rows("customer_no\r\r\r\n\u{0}C1".to_owned()),
        ("kind=customers&encoding=gb18030", kind, vec![0x81; 100_001]),
        ("kind=customers", kind, vec![0; 200_000]),
        ("kind=customers", kind, GZIP.to_vec()),
        ("kind=customers", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04\x14\x00\x08\x00".to_vec()),
        ("kind=nothing", kind, b"a\n1\n".to_vec()),
        ("kind=orders&currency=XXX", kind, b"order_no\n1\n".to_vec()),
        ("kind=customers&map=%7B%7D", kind, b"a\n1\n".to_vec()),
        ("kind=customers&file=%00%FF", kind, b"customer_no\n1\n".to_vec()),
    ];
    all.extend(texts().iter().step_by(if is_full() { 1 } else { 40 }).map(|text| rows(format!("customer_no,name\nC9,{text}\n{text},x\n"))));
    all
}

impl Sender<'_> {
    async fn asked(&mut self, path: &str) -> Value {
        let asked = self.request(Method::GET, path);
        self.cast.house.send(asked).await.ok()
    }
}

/// Names in addresses and what stands behind `?`, escaped in every way.
#[tokio::test]
async fn no_wrong_address_breaks_anything() {
    let cast = Cast::assemble().await;
    let mut sender = Sender::new(&cast).await;
    let texts: Vec<String> = texts().into_iter().filter(|text| text.len() < 2_000).step_by(if is_full() { 1 } else { 25 }).collect();
    let escaped = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let raw = ["%", "%0", "%zz", "%FF", "%C0%AF", "%2e%2e", "..%2F", "%00", "%0d%0aX:1", ";a=b", "a%2Fb", "*"];
    let names: Vec<String> =
        texts.iter().map(|text| escaped(text)).chain(raw.map(str::to_owned)).chain([fresh::<Id>().to_string()]).collect();
    let named = access::MATRIX
        .iter()
        .map(|(method, path, _)| (*method, *path))
        .chain(crate::outsiders::MATRIX.iter().map(|(method, path, _)| (*method, *path)));
    let named: BTreeSet<(&str, String)> =
        named.filter(|(_, path)| path.contains('{')).map(|(method, path)| (method, access::unnamed(path))).collect();
    let asking = [
        "/api/v1/customers?q=",
        "/api/v1/customers?limit=",
        "/api/v1/customers?cursor=",
        "/api/v1/satisfaction?from=",
        "/api/v1/satisfaction?to=",
        "/api/v1/customers?",
    ];
    let mut tried = 0;
    for name in &names {
        let paths = named.iter().map(|(method, path)| (*method, path.replace("{}", name)));
        for (method, path) in paths.chain(asking.iter().map(|path| ("GET", format!("{path}{name}")))) {
            if path.parse::<axum::http::Uri>().is_err() {
                continue;
            }
            let asked = sender.request(method.parse().expect("a method"), &path);
            let answer = cast.house.send(asked).await;
            tried += 1;
            assert!(!answer.status.is_server_error(), "{method} {path}: {}", answer.text);
            let is_one = path.starts_with("/api/v1/") && method == "GET";
            assert!(
                !is_one || [200, 401, 404, 422].contains(&answer.status.as_u16()),
                "{method} {path}: {} is not described",
                answer.status
            );
        }
    }
    println!("wrong addresses: {tried} cases");
    assert!(tried >= 500, "{tried}");
}
