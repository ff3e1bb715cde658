//! How a customer's people come in, stay in, and are let out: names, links, sessions.

use axum::{
    body::to_bytes,
    http::{Method, StatusCode},
};
use domain::{
    change::Command,
    context::Actor,
    customers::{self, ContactEdit},
    id::Id,
    session::{Link, Me, PortalUsers},
    text::Phone,
};
use server::{App, auth::qr, config::Config};
use tower::ServiceExt;

use super::{
    auth::{code, cookie, sign_in},
    harness::{Guest, House, NOON, fresh},
    portal::{PASSWORD, draft, setting},
    wire::Holder,
};

const HOME: [u8; 4] = [10, 0, 0, 1];

#[tokio::test]
async fn a_customer_signs_in_by_number_or_address_and_nobody_else_does() {
    let setting = setting().await;
    setting.accepted().await;
    for who in ["13800001234", "+86 138 0000 1234", "138-0000-1234", "LUO@shihe.example"] {
        assert_eq!(sign_in(&setting.house, HOME, who, PASSWORD).await.ok::<Me>().user, Id::from(setting.luo), "{who}");
    }
    let wrong = sign_in(&setting.house, HOME, "13800001234", "not it").await;
    let nobody = sign_in(&setting.house, HOME, "13899999999", "not it").await;
    assert_eq!((wrong.status, &wrong.text), (nobody.status, &nobody.text));
}

/// Another way of writing a number is not another try.
#[tokio::test]
async fn wrong_tries_are_counted_by_the_number_however_it_is_written() {
    let setting = setting().await;
    setting.accepted().await;
    for who in ["13800001234", "138 0000 1234", "138-0000-1234", "+8613800001234", "(138)00001234"] {
        assert_eq!(sign_in(&setting.house, HOME, who, "not it").await.status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(sign_in(&setting.house, HOME, "86 13800001234", PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn who_cannot_be_reached_or_is_known_otherwise_is_not_invited() {
    let setting = setting().await;
    let (mute, twin, colleague) = (fresh(), fresh(), Id::from(setting.lin.person).into());
    let adds = [
        (mute, draft("沈知遥", None, None)),
        (twin, draft("许怀谷", Some("138 0000 1234"), None)),
        (colleague, draft("冒名", Some("13800005678"), None)),
    ];
    for (id, draft) in adds {
        setting.does(Command::Customers(customers::Command::AddContact { id, customer: setting.customer, draft })).await;
    }
    setting.accepted().await;
    let before = setting.house.everything().await;
    let refused = [(mute, 422, "auth.no_who"), (twin, 422, "auth.who_taken"), (colleague, 404, "access.not_found")];
    for (id, status, why) in refused {
        let answer = setting.invite(id).await;
        assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (status, why));
    }
    assert_eq!(setting.house.everything().await, before);
    setting.does(Command::Customers(customers::Command::RemoveContact { id: mute })).await;
    assert_eq!(setting.invite(mute).await.status, StatusCode::NOT_FOUND);
    setting.does(Command::Customers(customers::Command::Archive { id: setting.customer })).await;
    assert_eq!(code(&setting.invite(setting.luo).await), "customers.archived");
}

#[tokio::test]
async fn a_link_for_somebody_who_is_in_is_for_a_new_password_under_the_names_of_today() {
    let setting = setting().await;
    assert_eq!(setting.users().await, PortalUsers::default());
    setting.invite(setting.luo).await;
    let invited = setting.users().await.users[&Id::from(setting.luo)].clone();
    assert_eq!((invited.active, invited.seen_at), (false, None));
    let luo = setting.accepted().await;
    let user = setting.users().await.users[&Id::from(setting.luo)].clone();
    assert_eq!((user.active, user.seen_at), (true, Some(NOON)));
    setting.edits(vec![ContactEdit::Phone(Phone::parse("13900009999").ok())]).await;
    let link: Link = setting.invite(setting.luo).await.json();
    assert_eq!(link.hours, 24);
    assert_eq!(setting.house.get(&luo, "/auth/me").await.status, StatusCode::OK, "a link alone changes nothing");
    assert_eq!(setting.accept(&link).await.status, StatusCode::OK);
    assert_eq!(code(&setting.house.get(&luo, "/auth/me").await), "auth.signed_out");
    assert_eq!(sign_in(&setting.house, HOME, "13800001234", PASSWORD).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(sign_in(&setting.house, HOME, "13900009999", PASSWORD).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_customers_session_lasts_a_month_of_silence_and_three_in_all() {
    let day = 86_400;
    let setting = setting().await;
    let luo = setting.accepted().await;
    for n in 1..=3 {
        setting.house.clock.move_to(NOON.plus_seconds(n * 29 * day));
        assert_eq!(setting.house.get(&luo, "/auth/me").await.status, StatusCode::OK);
    }
    setting.house.clock.move_to(NOON.plus_seconds(90 * day));
    assert_eq!(code(&setting.house.get(&luo, "/auth/me").await), "auth.signed_out");
    let answer = sign_in(&setting.house, HOME, "13800001234", PASSWORD).await;
    let again = Guest::new(setting.luo, setting.customer, cookie(&answer));
    setting.house.clock.move_to(NOON.plus_seconds(120 * day));
    assert_eq!(code(&setting.house.get(&again, "/auth/me").await), "auth.signed_out");
}

/// Whoever leaves, or whose company does, is out from that moment, and their devices forget.
#[tokio::test]
async fn who_leaves_the_customer_leaves_the_portal() {
    use customers::Command as C;
    let setting = setting().await;
    let (luo, customer) = (setting.luo, setting.customer);
    let pairs = [(C::RemoveContact { id: luo }, C::RestoreContact { id: luo }), (C::Archive { id: customer }, C::Restore { id: customer })];
    for (leave, back) in pairs {
        let guest = setting.accepted().await;
        let link: Link = setting.invite(luo).await.json();
        setting.does(Command::Customers(leave)).await;
        let grants = setting.house.db.read(move |rows| rows.grants(Actor::Portal { contact: luo, customer })).await;
        assert!(grants.expect("the grants").is_empty());
        assert_eq!(code(&setting.house.get(&guest, "/auth/me").await), "access.revoked");
        assert_eq!(code(&setting.house.post(&guest, "/sync/pull", &Holder::new().request()).await), "access.revoked");
        assert_eq!(sign_in(&setting.house, HOME, "13800001234", PASSWORD).await.status, StatusCode::UNAUTHORIZED);
        setting.does(Command::Customers(back)).await;
        assert_eq!(code(&setting.accept(&link).await), "auth.link_gone");
        assert_eq!(sign_in(&setting.house, HOME, "13800001234", PASSWORD).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn staff_end_a_customers_access_on_all_devices() {
    let setting = setting().await;
    let luo = setting.accepted().await;
    let path = format!("/api/contacts/{}/sign-out", setting.luo);
    let done = setting.house.send(House::request(Some(&setting.lin), Method::POST, &path, None)).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
    assert_eq!(code(&setting.house.get(&luo, "/auth/me").await), "access.revoked");
    assert_eq!(setting.house.count("SELECT count(*) FROM audit WHERE what = 'contacts.sign_out'").await, 1);
}

/// The picture holds the whole address: what the operator said, else the page's own origin, never what a header claims.
#[tokio::test]
async fn a_link_is_pictured_only_where_its_whole_address_is_known() {
    let setting = setting().await;
    let asked = |headers: &[(&'static str, &'static str)]| {
        let mut request = House::request(Some(&setting.lin), Method::POST, &format!("/api/contacts/{}/invite", setting.luo), None);
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().expect("a header"));
        }
        request
    };
    let here: &[_] = &[("host", "127.0.0.1:3000"), ("origin", "http://127.0.0.1:3000")];
    let forged: &[_] = &[("host", "evil.example"), ("origin", "http://evil.example"), ("sec-fetch-site", "same-origin")];
    for (headers, pictured) in [(here, true), (&[("host", "127.0.0.1:3000")], false), (forged, false)] {
        let link: Link = setting.house.send(asked(headers)).await.json();
        assert_eq!(link.qr.is_some(), pictured, "{headers:?}");
    }
    let config = Config { public: Some("https://crm.example.com".parse().expect("an origin")), ..Config::default() };
    let public = server::router(App::new(setting.house.db.clone(), config), None);
    let answer = public.oneshot(asked(&[("host", "10.0.0.1")])).await.expect("an answer");
    let body = to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
    let link: Link = serde_json::from_slice(&body).expect("a link");
    assert_eq!(link.qr, qr::of(&format!("https://crm.example.com{}", link.path)));
}
