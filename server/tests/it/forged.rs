//! What is sent in somebody's name without their will, and sessions that are not theirs: refused at every address (A9–A11).

use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};
use domain::{
    access::{Reach, Role},
    change::Command,
    context::Actor,
    id::Id,
    session::Me,
    team,
};
use serde_json::json;
use std::collections::BTreeSet;

use super::{
    access,
    auth::{self, code, cookie, sign_in, with_password},
    harness::{House, NOON, Somebody, fresh, name},
    outsiders,
    rest::token,
    wire::{Holder, open, push, refusal, taken},
};

/// What a browser says when another site makes it ask.
const FOREIGN: [&[(&str, &str)]; 9] = [
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-site")],
    &[("sec-fetch-site", "cross-site"), ("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")],
    &[("sec-fetch-site", "Same-Origin")],
    &[("origin", "https://evil.example")],
    &[("origin", "null")],
    &[("origin", "http://127.0.0.1:3001"), ("host", "127.0.0.1:3000")],
    &[("origin", "http://127.0.0.1:3000.evil.example"), ("host", "127.0.0.1:3000")],
    &[("origin", "http://evil.example"), ("host", "evil.example")],
];

/// Every address that changes anything, by cookie and by token.
#[tokio::test]
async fn no_other_site_makes_a_browser_change_anything_anywhere() {
    let house = House::founded(Reach::Own).await;
    let admin = house.join("何一", Role::Admin, &[]).await;
    let token = token(&house, "收银台", None, None).await;
    let people = access::MATRIX.iter().map(|(method, path, _)| (*method, access::unnamed(path), access::body(path, 0)));
    let systems = outsiders::MATRIX.iter().map(|(method, path, _)| (*method, access::unnamed(path), Some("{}".to_owned())));
    let all: Vec<_> = people.chain(systems).filter(|(method, ..)| *method != "GET").collect();
    let before = house.everything().await;
    let (mut cells, mut addresses) = (0, BTreeSet::new());
    for (method, path, body) in all {
        addresses.insert((method, path.clone()));
        for headers in FOREIGN {
            let mut asked = House::request(
                Some(&admin),
                method.parse().expect("a method"),
                &path.replace("{}", &fresh::<Id>().to_string()),
                body.clone(),
            );
            asked.headers_mut().insert(header::AUTHORIZATION, format!("Bearer {token}").parse().expect("a header"));
            let headers = headers.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().expect("a header")));
            asked.headers_mut().extend(headers.collect::<HeaderMap>());
            let answer = house.send(asked).await;
            assert_eq!((answer.status, code(&answer).as_str()), (StatusCode::FORBIDDEN, "request.cross_site"), "{method} {path}");
            cells += 1;
        }
    }
    assert_eq!(house.everything().await, before);
    let unsafe_ones: BTreeSet<_> = access::registered().into_iter().filter(|(method, _)| method != "GET").collect();
    assert_eq!(addresses.len(), unsafe_ones.len(), "every address that changes anything");
    println!("forged requests: {cells} cells over {} addresses", addresses.len());
}

/// A form of another site is no JSON, whatever it says of itself.
#[tokio::test]
async fn no_form_is_taken_for_a_request() {
    let house = House::founded(Reach::Own).await;
    let admin = house.join("何一", Role::Admin, &[]).await;
    let before = house.everything().await;
    for (method, path, _) in access::MATRIX.iter().filter(|(method, ..)| *method != "GET") {
        let Some(body) = access::body(path, 0) else { continue };
        for kind in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "text/plain; application/json",
            "application/jsonx",
        ] {
            let mut asked =
                House::request(Some(&admin), method.parse().expect("a method"), &path.replace(['{', '}'], ""), Some(body.clone()));
            asked.headers_mut().insert(header::CONTENT_TYPE, kind.parse().expect("a header"));
            let answer = house.send(asked).await;
            assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{method} {path} {kind}");
        }
    }
    assert_eq!(house.everything().await, before);
}

/// A10: a session that somebody else has chosen, or that has almost the right form, is none.
#[tokio::test]
async fn no_session_is_made_up_or_brought_along() {
    let (house, lin, who) = with_password().await;
    let planted = Somebody { person: lin.person, cookie: format!("__Host-guanxi={}", "a".repeat(64)) };
    let asked =
        House::request(Some(&planted), Method::POST, "/auth/sign-in", Some(json!({"who": who, "password": auth::PASSWORD}).to_string()));
    let answer = house.send(asked).await;
    let set = answer.headers[header::SET_COOKIE].to_str().expect("text");
    for part in ["__Host-guanxi=", "; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
        assert!(set.contains(part) && !set.contains("Domain"), "{set}");
    }
    assert_ne!(cookie(&answer), planted.cookie);
    assert_eq!(code(&house.get(&planted, "/auth/me").await), "auth.signed_out", "what was planted stays worth nothing");
    let right = cookie(&answer);
    let value = right.split_once('=').expect("a pair").1;
    let half = &value[..32];
    let wrong = [
        format!("guanxi={value}"),
        format!("__host-guanxi={value}"),
        format!("__Host-guanxi={half}"),
        format!("__Host-guanxi={value}0"),
        format!("__Host-guanxi=\"{value}\""),
        "__Host-guanxi=".to_owned(),
        format!("__Host-guanxi=%20{value}"),
    ];
    for cookie in wrong {
        let status = house.get(&Somebody { person: lin.person, cookie: cookie.clone() }, "/auth/me").await.status;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{cookie}");
    }
    assert_eq!(house.get(&Somebody { person: lin.person, cookie: right }, "/auth/me").await.ok::<Me>().name, "林晓");
}

/// A10: a role that is taken away is gone with the next request, at every door.
#[tokio::test]
async fn a_role_that_is_taken_away_does_nothing_from_that_moment() {
    let house = House::founded(Reach::Own).await;
    let (east, admin) = (house.team("华东").await, house.join("何一", Role::Admin, &[]).await);
    let chief = house.join("顾青", Role::Admin, &[east]).await;
    house.customer("拾禾餐饮", east, None).await;
    let mut holder = Holder::new();
    holder.pull(&house, &chief).await;
    let held = holder.rows.len();
    assert_eq!(house.get(&chief, "/api/people").await.status, StatusCode::OK);
    let edit = team::PersonEdit { name: name("顾青"), role: Role::Support, department: None, teams: Vec::new(), absent_until: None };
    let demote = Command::Team(team::Command::EditPerson { id: chief.person, edit });
    assert_eq!(house.command(admin.actor(), demote).await.expect("no trouble"), Ok(()));
    assert_eq!(house.get(&chief, "/api/people").await.status, StatusCode::FORBIDDEN);
    let answer = taken(&push(&house, &chief, fresh(), &[super::wire::mutation(1, &open("木屿", east).1)]).await);
    assert!(matches!(refusal(&answer, 0), domain::change::Refusal::Access(domain::access::Refusal::NotYourRole { .. })));
    holder.pull(&house, &chief).await;
    assert!(holder.rows.len() < held && holder.rows.keys().all(|(entity, _)| entity != "customer"), "what is not theirs is taken away");
    let disable = Command::Team(team::Command::Disable { id: chief.person });
    assert_eq!(house.command(Actor::System, disable).await.expect("no trouble"), Ok(()));
    assert_eq!(code(&house.get(&chief, "/auth/me").await), "access.revoked");
}

/// A11: many names from one place are one visitor who tries too often, and nobody else waits for them.
#[tokio::test]
async fn a_thousand_names_from_one_place_open_nothing() {
    let (house, _, who) = with_password().await;
    let mut answers = BTreeSet::new();
    let count = if domain::testing::is_full() { 1_000 } else { 60 };
    for n in 0..count {
        house.clock.move_to(NOON.plus_seconds(n / 10));
        let answer = sign_in(&house, [10, 0, 0, 66], &format!("nobody{n}@example.com"), "password1").await;
        assert!([401, 429].contains(&answer.status.as_u16()), "{}", answer.text);
        answers.insert(answer.status.as_u16());
    }
    println!("names from one place: {count} tries, {answers:?}");
    assert!(answers.contains(&429), "{answers:?}");
    assert_eq!(sign_in(&house, [10, 0, 0, 1], &who, auth::PASSWORD).await.status, StatusCode::OK);
}
