//! In and out: signing in tells nothing, throttles the right person, and a session ends when and as it should.

use super::harness::{Answer, House, NOON, Somebody};
use axum::http::{Method, Request, StatusCode, header};
use domain::{
    access::{Reach, Role},
    change::Command,
    context::Actor,
    id::PersonId,
    session::{Device, Door, Failure, Me, SignIn},
    team,
};
use serde_json::json;
use server::{
    App,
    auth::{account, password},
    config::Config,
    guard::Peer,
};
use std::{net::IpAddr, time::Instant};
use tower::ServiceExt;

pub const PASSWORD: &str = "三棵枣树 and a fox";

/// A company with one salesperson who has a password.
pub async fn with_password() -> (House, Somebody, String) {
    let house = House::founded(Reach::Own).await;
    let lin = house.join("林晓", Role::Sales, &[]).await;
    let who = set_password(&house, lin.person, PASSWORD).await;
    (house, lin, who)
}

pub async fn set_password(house: &House, person: PersonId, text: &str) -> String {
    let kept = password::hash(text).expect("a hash");
    let set = house.db.write(move |tx| {
        account::set_password(tx.connection(), person.into(), &kept, tx.at())?;
        Ok(account::by_user(tx.connection(), person.into())?.map(|account| account.who))
    });
    set.await.expect("the password to be written").expect("an account")
}

pub async fn sign_in(house: &House, from: [u8; 4], who: &str, password: &str) -> Answer {
    let body = serde_json::to_string(&SignIn { who: who.to_owned(), password: password.to_owned() }).expect("JSON");
    let mut request = House::request(None, Method::POST, "/auth/sign-in", Some(body));
    request.extensions_mut().insert(Peer(IpAddr::from(from)));
    house.send(request).await
}

pub fn code(answer: &Answer) -> String {
    answer.json::<Failure>().error.code
}

/// The cookie that an answer sets, as the browser sends it back.
pub fn cookie(answer: &Answer) -> String {
    let set = answer.headers.get(header::SET_COOKIE).expect("a cookie").to_str().expect("text");
    set.split(';').next().expect("a pair").to_owned()
}

fn with(person: PersonId, cookie: String) -> Somebody {
    Somebody { person, cookie }
}

async fn me(house: &House, who: &Somebody) -> (u16, String) {
    let answer = house.get(who, "/auth/me").await;
    let code = if answer.status.is_success() { answer.json::<Me>().name } else { code(&answer) };
    (answer.status.as_u16(), code)
}

const HOME: [u8; 4] = [10, 0, 0, 1];
const ELSEWHERE: [u8; 4] = [10, 0, 0, 2];

#[tokio::test]
async fn signing_in_gives_a_new_session_each_time() {
    let (house, lin, who) = with_password().await;
    let answer = sign_in(&house, HOME, &format!(" {} ", who.to_uppercase()), PASSWORD).await;
    assert_eq!(answer.ok::<Me>().name, "林晓");
    let first = with(lin.person, cookie(&answer));
    let request =
        House::request(Some(&first), Method::POST, "/auth/sign-in", Some(json!({ "who": who, "password": PASSWORD }).to_string()));
    let second = with(lin.person, cookie(&house.send(request).await));
    assert_ne!(first.cookie, second.cookie);
    assert_eq!(me(&house, &first).await, (401, "auth.signed_out".into()), "the session before is worth nothing");
    assert_eq!(me(&house, &second).await, (200, "林晓".into()));
}

#[tokio::test]
async fn no_answer_tells_which_accounts_exist() {
    let (house, lin, who) = with_password().await;
    let invited = house.join("没有密码", Role::Sales, &[]).await;
    let disabled = house.join("停用", Role::Sales, &[]).await;
    let theirs = set_password(&house, disabled.person, PASSWORD).await;
    disable(&house, disabled.person).await;
    let wrong = sign_in(&house, HOME, &who, "not the password").await;
    for (who, password) in [
        ("nobody@example.com", PASSWORD),
        ("not an address", PASSWORD),
        ("", ""),
        (&format!("{}@example.com", invited.person), PASSWORD),
        (&theirs, PASSWORD),
    ] {
        let answer = sign_in(&house, HOME, who, password).await;
        assert_eq!((answer.status, &answer.text), (StatusCode::UNAUTHORIZED, &wrong.text), "{who}");
        let names = |answer: &Answer| answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(names(&answer), names(&wrong), "{who}");
    }
    assert_eq!(me(&house, &lin).await.0, 200);
}

/// Small here: the medians of a few tries. A missing comparison would be a hundred times faster.
#[tokio::test]
async fn an_unknown_account_takes_as_long_as_a_wrong_password() {
    let (house, _, who) = with_password().await;
    let mut times = [Vec::new(), Vec::new()];
    for n in 0..5u8 {
        for (times, who) in times.iter_mut().zip([who.as_str(), "nobody@example.com"]) {
            let began = Instant::now();
            assert_eq!(sign_in(&house, [10, 0, 1, n], who, "not the password").await.status, StatusCode::UNAUTHORIZED);
            times.push(began.elapsed());
        }
    }
    let [known, unknown] = times.map(|mut times| {
        times.sort_unstable();
        times[2]
    });
    assert!(unknown * 4 > known && known * 4 > unknown, "{known:?} {unknown:?}");
}

#[tokio::test]
async fn the_sixth_wrong_password_waits_and_nobody_else_does() {
    let (house, _, who) = with_password().await;
    for _ in 0..5 {
        assert_eq!(sign_in(&house, HOME, &who, "not the password").await.status, StatusCode::UNAUTHORIZED);
    }
    let sixth = sign_in(&house, HOME, &who, PASSWORD).await;
    assert_eq!((sixth.status, code(&sixth).as_str()), (StatusCode::TOO_MANY_REQUESTS, "auth.too_many_tries"));
    assert_eq!(sixth.headers[header::RETRY_AFTER], "60");
    assert_eq!(sign_in(&house, ELSEWHERE, &who, PASSWORD).await.status, StatusCode::OK, "a stranger locks nobody out");
    house.clock.move_to(NOON.plus_seconds(60));
    assert_eq!(sign_in(&house, HOME, &who, PASSWORD).await.status, StatusCode::OK);
}

#[tokio::test]
async fn only_a_trusted_proxy_says_where_somebody_is() {
    let (house, ..) = with_password().await;
    let config = Config { proxies: vec!["10.9.0.0/16".parse().expect("a net")], ..Config::default() };
    let behind = House { router: server::router(App::new(house.db.clone(), config), None), ..house };
    let try_from = async |peer: [u8; 4], forwarded: String| {
        let body = json!({ "who": "a@b.cn", "password": "x" }).to_string();
        let mut request = House::request(None, Method::POST, "/auth/sign-in", Some(body));
        request.extensions_mut().insert(Peer(IpAddr::from(peer)));
        request.headers_mut().insert("x-forwarded-for", forwarded.parse().expect("a header"));
        behind.send(request).await.status.as_u16()
    };
    for n in 0..5 {
        assert_eq!(try_from(HOME, format!("1.2.3.{n}")).await, 401, "what a stranger claims does not count");
    }
    assert_eq!(try_from(HOME, "1.2.3.9".into()).await, 429);
    for n in 0..8 {
        assert_eq!(try_from([10, 9, 0, 1], format!("6.6.6.6, 1.2.3.{n}, 10.9.0.2")).await, 401);
    }
}

#[tokio::test]
async fn an_expired_session_is_not_a_revoked_one() {
    let (house, lin, _) = with_password().await;
    house.clock.move_to(NOON.plus_seconds(8 * 3_600 - 1));
    assert_eq!(me(&house, &lin).await.0, 200);
    house.clock.move_to(NOON.plus_seconds(16 * 3_600 - 2));
    let live = House::request(Some(&lin), Method::GET, "/sync/live", None);
    assert_eq!(house.router.clone().oneshot(live).await.expect("an answer").status(), StatusCode::OK);
    house.clock.move_to(NOON.plus_seconds(16 * 3_600 - 1));
    assert_eq!(me(&house, &lin).await, (401, "auth.signed_out".into()), "a page that is only open is idle");
    let often = house.sign_in(lin.person).await;
    for hours in 0..168 {
        house.clock.move_to(NOON.plus_seconds((16 + hours) * 3_600));
        assert_eq!(me(&house, &often).await.0, 200, "hour {hours}");
    }
    house.clock.move_to(NOON.plus_seconds((16 + 168) * 3_600));
    assert_eq!(me(&house, &often).await.0, 401, "a week is the most");
}

async fn disable(house: &House, person: PersonId) {
    let done = house.command(Actor::System, Command::Team(team::Command::Disable { id: person })).await;
    assert_eq!(done.expect("no trouble"), Ok(()));
}

#[tokio::test]
async fn whoever_is_disabled_has_no_access_from_that_moment() {
    let (house, lin, _) = with_password().await;
    disable(&house, lin.person).await;
    assert_eq!(me(&house, &lin).await, (403, "access.revoked".into()));
    let enabled = house.command(Actor::System, Command::Team(team::Command::Enable { id: lin.person })).await;
    assert_eq!(enabled.expect("no trouble"), Ok(()));
    assert_eq!(me(&house, &lin).await, (403, "access.revoked".into()), "what was ended stays ended");
    assert_eq!(me(&house, &house.sign_in(lin.person).await).await.0, 200);
}

#[tokio::test]
async fn signing_out_ends_this_session_and_no_other() {
    let (house, lin, _) = with_password().await;
    let phone = house.sign_in(lin.person).await;
    let answer = house.send(House::request(Some(&phone), Method::POST, "/auth/sign-out", None)).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert!(answer.headers[header::SET_COOKIE].to_str().expect("text").contains("Max-Age=0"));
    assert_eq!(me(&house, &phone).await, (401, "auth.signed_out".into()));
    assert_eq!(me(&house, &lin).await.0, 200);
}

#[tokio::test]
async fn a_device_that_its_user_signs_out_elsewhere_is_revoked() {
    let (house, lin, _) = with_password().await;
    let (phone, other) = (house.sign_in(lin.person).await, house.join("何韵", Role::Sales, &[]).await);
    let devices: Vec<Device> = house.get(&lin, "/auth/sessions").await.ok();
    let lost = devices.iter().find(|device| !device.current).expect("the phone").id;
    let end = async |who: &Somebody| {
        house.send(House::request(Some(who), Method::DELETE, &format!("/auth/sessions/{lost}"), None)).await.status.as_u16()
    };
    assert_eq!(end(&other).await, 404, "somebody else’s device is not there");
    assert_eq!(end(&lin).await, 204);
    assert_eq!(end(&lin).await, 404);
    assert_eq!(me(&house, &phone).await, (403, "access.revoked".into()));
    assert_eq!(house.get(&lin, "/auth/sessions").await.ok::<Vec<Device>>().len(), 1);
}

#[tokio::test]
async fn a_new_password_signs_out_everywhere_else() {
    let (house, lin, who) = with_password().await;
    let phone = house.sign_in(lin.person).await;
    let change = async |current: &str, password: &str| {
        house.post(&lin, "/auth/password", &json!({ "current": current, "password": password })).await
    };
    assert_eq!(code(&change("not it", "四棵枣树在那里").await), "auth.current_wrong");
    assert_eq!(code(&change(PASSWORD, "12345678").await), "auth.password_common");
    assert_eq!(change(PASSWORD, "四棵枣树在那里呀").await.status, StatusCode::NO_CONTENT);
    assert_eq!(me(&house, &lin).await.0, 200);
    assert_eq!(me(&house, &phone).await, (401, "auth.signed_out".into()), "it is locked and waits; it does not forget");
    assert_eq!(sign_in(&house, HOME, &who, PASSWORD).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(sign_in(&house, HOME, &who, "四棵枣树在那里呀").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_door_says_what_a_visitor_should_see() {
    let door =
        async |house: &House, who: Option<&Somebody>| house.send(House::request(who, Method::GET, "/auth/state", None)).await.ok::<Door>();
    assert_eq!(door(&House::empty(), None).await, Door::SetUp);
    let (house, lin, _) = with_password().await;
    assert_eq!(door(&house, None).await, Door::SignIn { company: "木屿商贸".into(), demo: Vec::new() });
    assert!(matches!(door(&house, Some(&lin)).await, Door::SignedIn { me } if me.user == lin.person.into()));
}

#[tokio::test]
async fn nothing_secret_is_kept_in_the_open() {
    let (house, _, who) = with_password().await;
    let token = cookie(&sign_in(&house, HOME, &who, PASSWORD).await);
    let token = token.split('=').nth(1).expect("a value");
    let log = std::fs::read(house.file().with_extension("db-wal")).expect("the log");
    let kept = [std::fs::read(house.file()).expect("the database"), log].concat();
    let contains = |part: &[u8]| kept.windows(part.len()).any(|window| window == part);
    assert!(contains(b"$argon2id$v=19$m=19456,t=2,p=1$"));
    let raw: Vec<u8> = (0..32).map(|n| u8::from_str_radix(&token[2 * n..2 * n + 2], 16).expect("digits")).collect();
    assert!(!contains(PASSWORD.as_bytes()) && !contains(token.as_bytes()) && !contains(&raw));
    let request = Request::get("/auth/me").header(header::COOKIE, format!("__Host-guanxi={}", "0".repeat(64)));
    let answer = house.send(request.body(axum::body::Body::empty()).expect("a request")).await;
    assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (401, "auth.signed_out"));
}
