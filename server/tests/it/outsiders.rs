//! The access matrix of other systems: every address of the REST interface and what each kind of token gets there, and
//! every other address, where a token counts for nothing.

use axum::http::{Method, StatusCode, header};
use domain::{
    access::{self, Right, Role},
    change::{Command, Refusal},
    context::Actor,
    id::{Id, PersonId},
    loyalty, notices, team,
};
use serde_json::{Value, json};
use server::{
    auth::token::Token,
    rest::{pace, tokens},
};

use super::{
    access as people,
    auth::code,
    harness::{Answer, House, NOON, Somebody, fresh},
    rest::{Setting, request, setting, token},
};

/// Who asks, in the order of the columns below: nobody, an administrator by cookie, tokens, and a customer by cookie.
const VISITORS: [&str; 12] = [
    "anonymous",
    "cookie",
    "no role",
    "sales",
    "service",
    "support",
    "marketing",
    "manager",
    "admin",
    "expired",
    "revoked",
    "customer's cookie",
];

/// Method, address, and the status for each visitor. `C0001`, `O1` and the ticket are there, `absent` is not.
pub const MATRIX: &[(&str, &str, [u16; 12])] = &[
    ("GET", "/api/openapi.json", [200; 12]),
    ("POST", "/api/v1/customers", [401, 401, 201, 201, 201, 403, 201, 201, 201, 401, 401, 401]),
    ("GET", "/api/v1/customers", [401, 401, 200, 200, 200, 200, 200, 200, 200, 401, 401, 401]),
    ("GET", "/api/v1/customers/{C0001}", [401, 401, 200, 200, 200, 200, 200, 200, 200, 401, 401, 401]),
    ("GET", "/api/v1/customers/{absent}", [401, 401, 404, 404, 404, 404, 404, 404, 404, 401, 401, 401]),
    ("POST", "/api/v1/orders", [401, 401, 201, 201, 201, 403, 403, 201, 201, 401, 401, 401]),
    ("GET", "/api/v1/orders/{O1}", [401, 401, 200, 200, 200, 404, 200, 200, 200, 401, 401, 401]),
    ("GET", "/api/v1/orders/{absent}", [401, 401, 404, 404, 404, 404, 404, 404, 404, 401, 401, 401]),
    ("POST", "/api/v1/orders/{O1}/refunds", [401, 401, 201, 403, 201, 403, 403, 201, 201, 401, 401, 401]),
    ("POST", "/api/v1/orders/{absent}/refunds", [401, 401, 404, 403, 404, 403, 403, 404, 404, 401, 401, 401]),
    ("POST", "/api/v1/tickets", [401, 401, 201, 201, 201, 201, 403, 201, 201, 401, 401, 401]),
    ("GET", "/api/v1/tickets/{ticket}", [401, 401, 200, 200, 200, 200, 200, 200, 200, 401, 401, 401]),
    ("GET", "/api/v1/tickets/{absent}", [401, 401, 404, 404, 404, 404, 404, 404, 404, 401, 401, 401]),
    ("GET", "/api/v1/satisfaction", [401, 401, 200, 404, 404, 404, 200, 200, 200, 401, 401, 401]),
];

struct Cast {
    it: Setting,
    admin: Somebody,
    guest: Somebody,
    tokens: Vec<String>,
    ticket: String,
}

impl Cast {
    /// All of them have asked once, so that nobody's sign of life is written later.
    async fn assemble() -> Self {
        let it = setting().await;
        let admin = it.house.join("何一", Role::Admin, &[it.team]).await;
        it.customer("C0001", "拾禾餐饮").await;
        it.post("/api/v1/orders", &super::rest::order("O1", "100")).await;
        let customer = it.house.customer("木屿", it.team, None).await;
        let guest = (*it.house.guest("罗一舟", customer).await).clone();
        let ticket: Value = it.post("/api/v1/tickets", &sent("/api/v1/tickets", 0)).await.json();
        let mut tokens = vec![it.token.clone()];
        for role in Role::ALL {
            tokens.push(token(&it.house, role.code(), Some(*role), None).await);
        }
        it.house.clock.move_to(NOON.plus_seconds(-2 * 86_400));
        tokens.push(token(&it.house, "old", None, Some(tokens::Expiry::Days(1))).await);
        it.house.clock.move_to(NOON);
        tokens.push(token(&it.house, "gone", None, None).await);
        for token in &tokens {
            it.house.send(request(token, Method::GET, "/api/v1/satisfaction", None)).await;
        }
        let db = it.house.db.clone();
        let revoked = tokio::task::spawn_blocking(move || tokens::revoke(&db, "gone".to_owned())).await.expect("its end");
        assert_eq!(revoked.expect("no trouble"), Ok(()));
        Self { it, admin, guest, tokens, ticket: ticket["id"].as_str().expect("an id").to_owned() }
    }

    async fn ask(&self, method: &str, path: &str, visitor: usize) -> Answer {
        let absent = fresh::<Id>().to_string();
        let filled = path.replace("{ticket}", &self.ticket).replace("{absent}", &absent).replace(['{', '}'], "");
        let body = (method == "POST").then(|| sent(path, visitor).to_string());
        let method: Method = method.parse().expect("a method");
        self.it
            .house
            .send(match visitor {
                0 => House::request(None, method, &filled, body),
                1 => House::request(Some(&self.admin), method, &filled, body),
                11 => House::request(Some(&self.guest), method, &filled, body),
                n => request(&self.tokens[n - 2], method, &filled, body),
            })
            .await
    }
}

/// A body that is right in every way, so that only access decides.
fn sent(path: &str, visitor: usize) -> Value {
    if path.ends_with("/refunds") {
        return json!({"amount": "1"});
    }
    match path {
        "/api/v1/customers" => json!({"customer_no": format!("N{visitor}"), "name": "新客户"}),
        "/api/v1/orders" => super::rest::order(&format!("N{visitor}"), "1"),
        _ => json!({"customer_no": "C0001", "kind": "support", "subject": "x", "body": "x"}),
    }
}

#[tokio::test]
async fn every_token_gets_what_the_matrix_says_and_a_refusal_writes_nothing() {
    let mut cells = 0;
    for (method, path, expected) in MATRIX {
        let cast = Cast::assemble().await;
        let mut got = [0; 12];
        for (visitor, got) in got.iter_mut().enumerate() {
            let before = cast.it.house.everything().await;
            let answer = cast.ask(method, path, visitor).await;
            *got = answer.status.as_u16();
            if answer.status.is_success() {
                continue;
            }
            assert_eq!(cast.it.house.everything().await, before, "{method} {path} by {} was refused and wrote", VISITORS[visitor]);
            if answer.status == StatusCode::UNAUTHORIZED {
                assert_eq!(code(&answer), "auth.no_token", "{}", VISITORS[visitor]);
                assert!(!answer.headers.contains_key(header::WWW_AUTHENTICATE));
            }
        }
        assert_eq!(got, *expected, "{method} {path} for {VISITORS:?}");
        cells += got.len();
    }
    println!("addresses of other systems: {cells} cells");
}

/// Expired, revoked, never given, not even a token: one answer.
#[tokio::test]
async fn why_a_token_does_not_count_is_told_nobody() {
    let cast = Cast::assemble().await;
    let never = tokens::shown(&Token::new().expect("chance"));
    let mut texts = Vec::new();
    for bad in [&cast.tokens[7], &cast.tokens[8], &never, "", "gx_", "gx_é", &cast.tokens[0][3..], &cast.tokens[0].to_uppercase()] {
        let Ok(value) = format!("Bearer {bad}").parse() else { continue };
        let mut asked = House::request(None, Method::GET, "/api/v1/customers", None);
        asked.headers_mut().insert(header::AUTHORIZATION, value);
        let mut problem: Value = cast.it.house.send(asked).await.json();
        problem["error"]["reference"] = Value::Null;
        texts.push(problem.to_string());
    }
    assert!(texts.len() > 6 && texts.iter().all(|text| *text == texts[0]), "{texts:?}");
}

#[tokio::test]
async fn everywhere_else_a_token_counts_for_nothing() {
    let cast = Cast::assemble().await;
    for (method, path, expected) in people::MATRIX {
        let absent = fresh::<Id>().to_string();
        let gaps = ["{own}", "{foreign}", "{person}", "{absent}"];
        let filled = gaps.iter().fold(path.replace("{token}", &"0".repeat(64)), |path, gap| path.replace(gap, &absent));
        let asked = request(&cast.tokens[0], method.parse().expect("a method"), &filled, people::body(path, 0));
        assert_eq!(cast.it.house.send(asked).await.status.as_u16(), expected[0], "{method} {path}");
    }
}

/// Below the addresses too: what only a job may do, and what no address offers, is refused to tokens by the rules.
#[tokio::test]
async fn no_token_does_what_only_a_job_or_a_person_may() {
    let cast = Cast::assemble().await;
    let kept = tokens::kept(&cast.tokens[0]);
    let holder = cast.it.house.db.read(move |rows| tokens::find(rows.connection(), kept)).await.expect("no trouble").expect("a token");
    let person: PersonId = cast.admin.person;
    let remind =
        notices::Command::Remind { person, cause: notices::Cause::TicketOpened, thing: fresh(), customer: None, ticket: None, text: None };
    let missing = Refusal::Access(access::Refusal::NotFound);
    let not_theirs = |right| Refusal::Access(access::Refusal::NotYourRole { right });
    let tried = [
        (Command::Notices(remind), missing.clone()),
        (Command::Loyalty(loyalty::Command::Settle { customer: fresh() }), not_theirs(Right::ManageLoyalty)),
        (Command::Team(team::Command::Disable { id: person }), not_theirs(Right::ManagePeople)),
    ];
    for (command, expected) in tried {
        let done = cast.it.house.command(holder.actor(), command).await.expect("no trouble");
        assert_eq!(done, Err(expected));
    }
    let open = |no: &str| super::wire::open(no, cast.it.team).1;
    assert_eq!(cast.it.house.command(holder.actor(), open("甲")).await.expect("no trouble"), Ok(()));
    let nobody = cast.it.house.command(Actor::Token(fresh()), open("乙")).await.expect("no trouble");
    assert_eq!(nobody, Err(missing));
}

#[tokio::test]
async fn a_token_that_asks_too_often_waits_and_the_others_do_not() {
    let it = setting().await;
    let other = token(&it.house, "网店", None, None).await;
    for _ in 0..pace::AT_ONCE {
        assert_eq!(it.get("/api/v1/tickets/x").await.status, StatusCode::NOT_FOUND);
    }
    let waits = it.get("/api/v1/tickets/x").await;
    assert_eq!((waits.status.as_u16(), code(&waits).as_str()), (429, "request.too_many"));
    assert_eq!(waits.headers.get(header::RETRY_AFTER).map(|value| value.as_bytes()), Some(&b"1"[..]));
    assert_eq!(it.house.send(request(&other, Method::GET, "/api/v1/tickets/x", None)).await.status, StatusCode::NOT_FOUND);
    it.house.clock.move_to(NOON.plus_seconds(1));
    assert_eq!(it.get("/api/v1/tickets/x").await.status, StatusCode::NOT_FOUND);
}

/// When somebody last came is kept, once a minute.
#[tokio::test]
async fn a_token_says_when_it_was_last_used() {
    let it = setting().await;
    let used = "SELECT coalesce(max(last_used_at), 0) FROM rest_token";
    assert_eq!(it.house.count(used).await, 0);
    for (seconds, kept) in [(0, 0), (59, 0), (60, 60)] {
        it.house.clock.move_to(NOON.plus_seconds(seconds));
        it.get("/api/v1/customers").await;
        assert_eq!(it.house.count(used).await, NOON.plus_seconds(kept).0);
    }
}
