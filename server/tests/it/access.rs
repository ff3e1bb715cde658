//! The access matrix: every address of the server and what each kind of visitor gets there, as data.
//! An address without a line here, or a line without an address, fails.

use super::{
    files,
    harness::{Answer, Guest, House, NOON, Somebody, fresh, name},
    outsiders,
    portal::{asks, mutation, prose},
    wire::{push, taken},
};
use axum::{
    body::Body,
    http::{HeaderValue, Method, Request, StatusCode, header},
};
use domain::{
    access::{Reach, Role},
    change::Command,
    context::Actor,
    customers::{self, CustomerDraft, Kind, PhoneSeen},
    id::{ClientId, CustomerId, Id, TeamId},
    loyalty::{Draft, Rules},
    money::Money,
    session::Revealed,
    team,
    text::Phone,
    tickets,
};
use server::guard::Peer;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    net::IpAddr,
    path::Path,
};
use tower::ServiceExt;

/// Who asks, in the order of the columns below.
const VISITORS: [&str; 14] = [
    "anonymous",
    "sales",
    "service",
    "support",
    "marketing",
    "manager",
    "admin",
    "disabled",
    "guest",
    "other guest",
    "expired",
    "sales elsewhere",
    "service elsewhere",
    "support elsewhere",
];

/// Method, address, and the status for each visitor. `{own}` is a customer of the salesperson and of the service
/// team, and the guest is one of its people; `{foreign}` is
/// that of those elsewhere and the other guest's; `{absent}` nobody's.
pub const MATRIX: &[(&str, &str, [u16; 14])] = &[
    ("GET", "/healthz", [200; 14]),
    ("GET", "/readyz", [200; 14]),
    ("GET", "/auth/state", [200; 14]),
    ("GET", "/auth/me", [401, 200, 200, 200, 200, 200, 200, 403, 200, 200, 401, 200, 200, 200]),
    ("POST", "/auth/sign-in", [401; 14]),
    ("POST", "/auth/sign-out", [204; 14]),
    ("POST", "/auth/set-up", [409; 14]),
    ("GET", "/auth/invitations/{token}", [404; 14]),
    ("POST", "/auth/invitations/{token}", [404; 14]),
    ("GET", "/auth/sessions", [401, 200, 200, 200, 200, 200, 200, 403, 200, 200, 401, 200, 200, 200]),
    ("DELETE", "/auth/sessions/{absent}", [401, 404, 404, 404, 404, 404, 404, 403, 404, 404, 401, 404, 404, 404]),
    ("POST", "/auth/password", [401, 422, 422, 422, 422, 422, 422, 403, 422, 422, 401, 422, 422, 422]),
    ("GET", "/api/people", [401, 403, 403, 403, 403, 403, 200, 403, 404, 404, 401, 403, 403, 403]),
    ("POST", "/api/team/invitations", [401, 403, 403, 403, 403, 403, 201, 403, 404, 404, 401, 403, 403, 403]),
    ("POST", "/api/team/people/{person}/reset", [401, 403, 403, 403, 403, 403, 201, 403, 404, 404, 401, 403, 403, 403]),
    ("POST", "/api/team/people/{absent}/reset", [401, 403, 403, 403, 403, 403, 404, 403, 404, 404, 401, 403, 403, 403]),
    ("POST", "/api/team/people/{person}/sign-out", [401, 403, 403, 403, 403, 403, 204, 403, 404, 404, 401, 403, 403, 403]),
    ("POST", "/api/team/people/{absent}/sign-out", [401, 403, 403, 403, 403, 403, 404, 403, 404, 404, 401, 403, 403, 403]),
    ("POST", "/api/customers/{own}/reveal", [401, 200, 200, 403, 403, 200, 200, 403, 404, 404, 401, 404, 404, 403]),
    ("POST", "/api/customers/{foreign}/reveal", [401, 404, 404, 403, 403, 200, 200, 403, 404, 404, 401, 200, 200, 403]),
    ("POST", "/api/customers/{absent}/reveal", [401, 404, 404, 403, 403, 404, 404, 403, 404, 404, 401, 404, 404, 403]),
    ("POST", "/api/contacts/{own}/reveal", [401, 200, 200, 403, 403, 200, 200, 403, 404, 404, 401, 404, 404, 403]),
    ("POST", "/api/contacts/{foreign}/reveal", [401, 404, 404, 403, 403, 200, 200, 403, 404, 404, 401, 200, 200, 403]),
    ("POST", "/api/contacts/{absent}/reveal", [401, 404, 404, 403, 403, 404, 404, 403, 404, 404, 401, 404, 404, 403]),
    ("GET", "/api/customers/{own}/portal", [401, 200, 200, 403, 403, 200, 200, 403, 404, 404, 401, 404, 404, 403]),
    ("GET", "/api/customers/{foreign}/portal", [401, 404, 404, 403, 403, 200, 200, 403, 404, 404, 401, 200, 200, 403]),
    ("GET", "/api/customers/{absent}/portal", [401, 404, 404, 403, 403, 404, 404, 403, 404, 404, 401, 404, 404, 403]),
    ("POST", "/api/contacts/{own}/invite", [401, 201, 201, 403, 403, 201, 201, 403, 404, 404, 401, 404, 404, 403]),
    ("POST", "/api/contacts/{foreign}/invite", [401, 404, 404, 403, 403, 201, 201, 403, 404, 404, 401, 201, 201, 403]),
    ("POST", "/api/contacts/{absent}/invite", [401, 404, 404, 403, 403, 404, 404, 403, 404, 404, 401, 404, 404, 403]),
    ("POST", "/api/contacts/{own}/sign-out", [401, 204, 204, 403, 403, 204, 204, 403, 404, 404, 401, 404, 404, 403]),
    ("POST", "/api/contacts/{foreign}/sign-out", [401, 404, 404, 403, 403, 204, 204, 403, 404, 404, 401, 204, 204, 403]),
    ("POST", "/api/contacts/{absent}/sign-out", [401, 404, 404, 403, 403, 404, 404, 403, 404, 404, 401, 404, 404, 403]),
    ("POST", "/api/lookup", [401, 200, 200, 200, 200, 200, 200, 403, 404, 404, 401, 200, 200, 200]),
    ("POST", "/api/figures", [401, 404, 404, 404, 200, 200, 200, 403, 404, 404, 401, 404, 404, 404]),
    ("POST", "/api/programme/preview", [401, 403, 403, 403, 200, 200, 200, 403, 404, 404, 401, 403, 403, 403]),
    ("GET", "/api/programme/versions", [401, 403, 403, 403, 200, 200, 200, 403, 404, 404, 401, 403, 403, 403]),
    ("GET", "/api/imports", [401, 403, 403, 403, 200, 200, 200, 403, 404, 404, 401, 403, 403, 403]),
    ("POST", "/api/imports", [401, 403, 403, 403, 202, 202, 202, 403, 404, 404, 401, 403, 403, 403]),
    ("GET", "/api/imports/{absent}", [401, 403, 403, 403, 404, 404, 404, 403, 404, 404, 401, 403, 403, 403]),
    ("GET", "/api/imports/{absent}/errors.csv", [401, 403, 403, 403, 404, 404, 404, 403, 404, 404, 401, 403, 403, 403]),
    ("POST", "/api/imports/{absent}/undo", [401, 403, 403, 403, 404, 404, 404, 403, 404, 404, 401, 403, 403, 403]),
    ("POST", "/api/files", [401, 200, 200, 200, 403, 200, 200, 403, 200, 200, 401, 200, 200, 200]),
    ("PUT", "/api/files/{own}", [401, 200, 404, 404, 403, 404, 404, 403, 404, 404, 401, 404, 404, 404]),
    ("PUT", "/api/files/{foreign}", [401, 404, 404, 404, 403, 404, 404, 403, 404, 404, 401, 200, 404, 404]),
    ("PUT", "/api/files/{absent}", [401, 404, 404, 404, 403, 404, 404, 403, 404, 404, 401, 404, 404, 404]),
    ("GET", "/api/files/{own}", [401, 200, 200, 200, 200, 200, 200, 403, 200, 404, 401, 404, 404, 404]),
    ("GET", "/api/files/{foreign}", [401, 404, 404, 404, 200, 200, 200, 403, 404, 200, 401, 200, 200, 200]),
    ("GET", "/api/files/{absent}", [401, 404, 404, 404, 404, 404, 404, 403, 404, 404, 401, 404, 404, 404]),
    ("POST", "/sync/push", [401, 200, 200, 200, 200, 200, 200, 403, 200, 200, 401, 200, 200, 200]),
    ("POST", "/sync/pull", [401, 200, 200, 200, 200, 200, 200, 403, 200, 200, 401, 200, 200, 200]),
    ("GET", "/sync/live", [401, 200, 200, 200, 200, 200, 200, 403, 200, 200, 401, 200, 200, 200]),
];

/// The company in which they all ask.
struct Cast {
    house: House,
    visitors: Vec<Option<Somebody>>,
    /// Somebody who does not ask, but is asked about.
    person: Id,
    own: CustomerId,
    foreign: CustomerId,
}

impl Cast {
    async fn assemble() -> Self {
        let house = House::founded(Reach::Own).await;
        let (east, south) = (house.team("华东").await, house.team("华南").await);
        let sales = house.join("林晓", Role::Sales, &[east]).await;
        let own = with_contact(&house, east, &sales).await;
        let other = house.join("何韵", Role::Sales, &[south]).await;
        let foreign = with_contact(&house, south, &other).await;
        let disabled = house.join("走了的人", Role::Admin, &[east, south]).await;
        let mut visitors = vec![None, Some(sales)];
        for role in [Role::Service, Role::Support, Role::Marketing, Role::Manager, Role::Admin] {
            visitors.push(Some(house.join(role.code(), role, &[east]).await));
        }
        let gone = Command::Team(team::Command::Disable { id: disabled.person });
        assert_eq!(house.command(Actor::System, gone).await.expect("no trouble"), Ok(()));
        visitors.push(Some(disabled));
        let mut guests = Vec::new();
        for (text, customer, ours) in [("罗一舟", own, visitors[1].as_ref()), ("许怀谷", foreign, Some(&other))] {
            let guest = house.guest(text, customer).await;
            with_file(&house, ours.expect("a salesperson"), &guest).await;
            guests.push(Some(Somebody::clone(&guest)));
        }
        visitors.extend(guests);
        house.clock.move_to(NOON.plus_seconds(-9 * 3_600));
        visitors.push(Some(house.join("没回来的人", Role::Admin, &[east]).await));
        house.clock.move_to(NOON);
        visitors.push(Some(other));
        for role in [Role::Service, Role::Support] {
            visitors.push(Some(house.join(role.code(), role, &[south]).await));
        }
        let person = house.join("沈一白", Role::Sales, &[south]).await.person.into();
        Self { house, visitors, person, own, foreign }
    }

    /// The address with its gaps filled. A contact has its customer's id, and so has a file: nothing forbids it.
    fn filled(&self, path: &str) -> String {
        if path == "/api/imports" {
            // Nothing is written, so that those who ask next find everything as it was.
            return format!("{path}?kind=customers&dry_run=true");
        }
        let path = if path.starts_with("/api/files/") { &format!("{path}?at=0") } else { path };
        let gaps = [
            ("{own}", self.own.to_string()),
            ("{foreign}", self.foreign.to_string()),
            ("{person}", self.person.to_string()),
            ("{absent}", fresh::<Id>().to_string()),
            ("{token}", "0".repeat(64)),
        ];
        gaps.iter().fold(path.to_owned(), |path, (gap, value)| path.replace(gap, value))
    }

    async fn ask(&self, method: &str, path: &str, visitor: usize) -> (StatusCode, Option<Answer>) {
        let method: Method = method.parse().expect("a method");
        let who = self.visitors[visitor].as_ref();
        let mut request: Request<Body> = House::request(who, method, &self.filled(path), body(path, visitor));
        let kind = match path {
            "/api/imports" => "text/csv",
            _ if path.starts_with("/api/files/") => "application/octet-stream",
            _ => "application/json",
        };
        if request.headers().contains_key(header::CONTENT_TYPE) {
            request.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        }
        let place = u8::try_from(visitor).expect("few visitors");
        request.extensions_mut().insert(Peer(IpAddr::from([10, 0, 0, place])));
        if path == "/sync/live" {
            let response = self.house.router.clone().oneshot(request).await.expect("an answer");
            return (response.status(), None);
        }
        let answer = self.house.send(request).await;
        (answer.status, Some(answer))
    }
}

async fn with_contact(house: &House, team: TeamId, owner: &Somebody) -> CustomerId {
    let id: CustomerId = fresh();
    let phone = Phone::parse("13800001234").ok();
    let draft = CustomerDraft {
        name: Some(name("拾禾餐饮")),
        owner: Some(owner.person),
        phone: phone.clone(),
        ..CustomerDraft::of(Kind::Company, team)
    };
    let contact =
        customers::ContactDraft { name: name("沈知遥"), position: None, decision_role: None, phone, email: None, preferences: None };
    let open = customers::Command::Open { id, draft: Box::new(draft), contacts: vec![(Id::from(id).into(), contact)] };
    assert_eq!(house.command(Actor::System, Command::Customers(open)).await.expect("no trouble"), Ok(()));
    id
}

/// A ticket of the guest's, on which the salesperson answers with a file.
async fn with_file(house: &House, ours: &Somebody, guest: &Guest) {
    let ticket = fresh();
    assert!(taken(&push(house, guest, fresh(), &[mutation(1, &asks(ticket))]).await).results[0].ok);
    let file = files::sent_as(house, ours, Id::from(guest.customer).into(), "报价.txt", b"128.50").await;
    let reply = tickets::Command::Reply { id: fresh(), ticket, text: prose("见附件"), files: vec![file], then: tickets::State::Open };
    assert_eq!(house.command(ours.actor(), Command::Tickets(reply)).await.expect("no trouble"), Ok(()));
}

/// A body that is right in every way, so that only access decides; passwords and tokens are wrong.
pub fn body(path: &str, visitor: usize) -> Option<String> {
    let client: ClientId = fresh();
    Some(match path {
        "/auth/sign-in" => r#"{"who":"nobody@example.com","password":"not a password"}"#.to_owned(),
        "/auth/password" => r#"{"current":"not a password","password":"五棵枣树在院子里"}"#.to_owned(),
        "/auth/invitations/{token}" => r#"{"password":"五棵枣树在院子里"}"#.to_owned(),
        "/auth/set-up" => format!(
            r#"{{"token":"{}","company":"A","zone":"Asia/Shanghai","currency":"CNY","name":"B","email":"a@b.cn","password":"五棵枣树在院子里"}}"#,
            "0".repeat(64)
        ),
        "/api/team/invitations" => format!(r#"{{"name":"新人","email":"new{visitor}@example.com","role":"sales"}}"#),
        "/api/lookup" => r#"{"question":{"customers":{}},"most":1}"#.to_owned(),
        "/api/figures" => r#"{"from":"2026-11-01","to":"2026-11-30","by":"person"}"#.to_owned(),
        "/api/programme/preview" => {
            let rules = Rules::usual(Money::new(100).expect("an amount"));
            serde_json::to_string(&Draft { from: "2026-12-01".parse().expect("a date"), rules }).expect("JSON")
        }
        "/api/imports" => "customer_no\nC1\n".to_owned(),
        "/api/files" => format!(r#"{{"id":"{}","name":"a.txt","size":1,"digest":"{}"}}"#, fresh::<Id>(), "0".repeat(64)),
        path if path.starts_with("/api/files/") => "1".to_owned(),
        "/sync/push" => format!(r#"{{"client_id":"{client}","confirmed_mid":0,"mutations":[]}}"#),
        "/sync/pull" => format!(r#"{{"client_id":"{client}","epoch":null,"scopes":{{}},"confirmed_mid":0,"limit_bytes":65536}}"#),
        _ => return None,
    })
}

/// Whoever signs out, or is signed out, asks no more: each line has a company of its own.
#[tokio::test]
async fn everybody_gets_what_the_matrix_says_and_a_refusal_writes_nothing() {
    let (mut cells, mut missing) = (0, BTreeMap::new());
    for (method, path, expected) in MATRIX {
        let cast = Cast::assemble().await;
        let mut got = [0; 14];
        for (visitor, got) in got.iter_mut().enumerate() {
            let before = cast.house.everything().await;
            let (status, answer) = cast.ask(method, path, visitor).await;
            *got = status.as_u16();
            if status.is_success() {
                continue;
            }
            assert_eq!(cast.house.everything().await, before, "{method} {path} by {} was refused and wrote", VISITORS[visitor]);
            let text = answer.map(|answer| answer.text).unwrap_or_default();
            let revoked = VISITORS[visitor] == "disabled" && status == StatusCode::FORBIDDEN;
            if status == StatusCode::NOT_FOUND {
                let said = missing.entry((*method, unnamed(path), visitor)).or_insert_with(|| text.clone());
                assert_eq!(*said, text, "{method} {path} tells absent and foreign apart");
            }
            assert!(text.is_empty() || text.contains("access.revoked") == revoked, "{method} {path}: {text}");
        }
        assert_eq!(got, *expected, "{method} {path} for {VISITORS:?}");
        cells += got.len();
    }
    println!("addresses of people: {cells} cells");
}

#[tokio::test]
async fn a_foreign_number_is_answered_as_one_that_is_not_there() {
    let cast = Cast::assemble().await;
    for what in ["customers", "contacts"] {
        let (_, foreign) = cast.ask("POST", &format!("/api/{what}/{{foreign}}/reveal"), 1).await;
        let (_, absent) = cast.ask("POST", &format!("/api/{what}/{{absent}}/reveal"), 1).await;
        assert_eq!(foreign.map(|answer| answer.text), absent.map(|answer| answer.text));
    }
}

#[tokio::test]
async fn a_number_is_shown_whole_to_those_who_may_and_every_look_is_in_the_audit() {
    let cast = Cast::assemble().await;
    let whole = PhoneSeen::Whole(Phone::parse("13800001234").expect("a number"));
    for (n, what) in ["customers", "contacts"].into_iter().enumerate() {
        let (_, answer) = cast.ask("POST", &format!("/api/{what}/{{own}}/reveal"), 1).await;
        let shown: Revealed = answer.expect("an answer").ok();
        assert_eq!(shown.phone, Some("+8613800001234".to_owned()));
        assert_ne!(shown.phone, Some(whole.masked().to_string()));
        let looked = cast.house.count("SELECT count(*) FROM audit WHERE what LIKE '%.reveal' AND refused IS NULL").await;
        assert_eq!(looked, i64::try_from(n).expect("a few") + 1);
    }
    cast.ask("POST", "/api/customers/{foreign}/reveal", 1).await;
    assert_eq!(cast.house.count("SELECT count(*) FROM audit WHERE what = 'customers.reveal' AND refused IS NOT NULL").await, 1);
}

/// Every `.route("…", get(…).post(…))` of the sources, with its gaps unnamed.
pub fn registered() -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    visit(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

/// Served at an address of its own, for this machine only: `metrics.rs` beside this file holds it to that.
const ELSEWHERE: &str = "src/metrics.rs";

fn visit(folder: &Path, found: &mut BTreeSet<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            visit(&entry, found);
        } else if entry.extension().is_some_and(|kind| kind == "rs") && !entry.ends_with(ELSEWHERE) {
            let text = fs::read_to_string(&entry).expect("a source");
            for part in text.split(".route(").skip(1) {
                let part = part.trim_start().strip_prefix('"').expect("a literal address");
                let (path, rest) = part.split_once('"').expect("an address");
                let handlers = rest.split(".route(").next().unwrap_or_default().split(';').next().unwrap_or_default();
                for method in ["get", "post", "put", "patch", "delete"] {
                    if handlers.contains(&format!(" {method}(")) || handlers.contains(&format!(".{method}(")) {
                        found.insert((method.to_uppercase(), unnamed(path)));
                    }
                }
            }
        }
    }
}

pub fn unnamed(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part }).collect::<Vec<_>>().join("/")
}

#[test]
fn every_address_has_a_line_in_the_matrix_and_every_line_an_address() {
    let staff = MATRIX.iter().map(|(method, path, _)| (*method, *path));
    let systems = outsiders::MATRIX.iter().map(|(method, path, _)| (*method, *path));
    let listed: BTreeSet<_> = staff.chain(systems).map(|(method, path)| (method.to_owned(), unnamed(path))).collect();
    assert_eq!(listed, registered());
    assert!(listed.len() >= 20, "the sources are read");
}
