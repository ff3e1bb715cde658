//! What stands before every route: no foreign site, no endless body, one form and two languages for every failure.

use super::{
    auth::code,
    harness::{Answer, House},
};
use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode, header},
    routing::get,
};
use domain::{access::Reach, access::Role, session::Failure};
use server::{App, config::Config};
use tower::ServiceExt;

/// A sign-in that is wrong in nothing but its sender.
fn sent(headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::post("/auth/sign-in").header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(r#"{"who":"a@b.cn","password":"x"}"#)).expect("a request")
}

#[tokio::test]
async fn only_this_site_may_make_a_browser_ask() {
    let house = House::founded(Reach::Own).await;
    let (passed, refused) = (StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN);
    let here = ("host", "127.0.0.1:3000");
    for (headers, expected) in [
        (vec![("sec-fetch-site", "cross-site")], refused),
        (vec![("sec-fetch-site", "same-site")], refused),
        (vec![("sec-fetch-site", "same-origin")], passed),
        (vec![("sec-fetch-site", "none")], passed),
        (vec![("sec-fetch-site", "same-site"), here, ("origin", "http://127.0.0.1:3000")], refused),
        (vec![here, ("origin", "http://127.0.0.1:3000")], passed),
        (vec![("host", "localhost:3000"), ("origin", "http://localhost:3000")], passed),
        (vec![here, ("origin", "http://127.0.0.1:3001")], refused),
        (vec![here, ("origin", "https://evil.example")], refused),
        (vec![here, ("origin", "null")], refused),
        (vec![("host", "evil.example"), ("origin", "http://evil.example")], refused),
        (vec![], passed),
    ] {
        let answer = house.send(sent(&headers)).await;
        assert_eq!(answer.status, expected, "{headers:?}");
        if expected == refused {
            assert_eq!(code(&answer), "request.cross_site");
        }
    }
}

#[tokio::test]
async fn behind_a_public_address_only_that_address_counts() {
    let house = House::founded(Reach::Own).await;
    let config = Config { public: Some("https://crm.example.com".parse().expect("an origin")), https: true, ..Config::default() };
    let house = House { router: server::router(App::new(house.db.clone(), config), None), ..house };
    let ours = house.send(sent(&[("host", "crm.example.com"), ("origin", "https://crm.example.com")])).await;
    assert_eq!(ours.status, StatusCode::UNAUTHORIZED);
    assert_eq!(ours.headers[header::STRICT_TRANSPORT_SECURITY], "max-age=31536000; includeSubDomains");
    let claimed = house.send(sent(&[("host", "127.0.0.1:3000"), ("origin", "http://127.0.0.1:3000")])).await;
    assert_eq!(claimed.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn only_json_of_the_right_form_and_size_is_read() {
    let house = House::founded(Reach::Own).await;
    let send = async |kind: Option<&str>, body: String| {
        let mut request = Request::post("/auth/sign-in");
        if let Some(kind) = kind {
            request = request.header("content-type", kind);
        }
        let answer = house.send(request.body(Body::from(body)).expect("a request")).await;
        (answer.status.as_u16(), code(&answer))
    };
    let json = Some("application/json");
    let fine = || r#"{"who":"a@b.cn","password":"x"}"#.to_owned();
    for (kind, body, status, why) in [
        (Some("application/json; charset=utf-8"), fine(), 401, "auth.wrong"),
        (Some("text/plain"), fine(), 415, "request.wrong_type"),
        (Some("application/x-www-form-urlencoded"), fine(), 415, "request.wrong_type"),
        (Some("application/jsonp"), fine(), 415, "request.wrong_type"),
        (None, fine(), 415, "request.wrong_type"),
        (json, "{".into(), 400, "request.not_json"),
        (json, String::new(), 400, "request.not_json"),
        (json, "[".repeat(5_000), 422, "request.unfit"),
        (json, "{}".into(), 422, "request.unfit"),
        (json, r#"{"who":"a","password":"x","role":"admin"}"#.into(), 422, "request.unfit"),
        (json, r#"{"who":1,"password":"x"}"#.into(), 422, "request.unfit"),
        (json, format!(r#"{{"who":"a","password":"{}"}}"#, "x".repeat(2_000_000)), 413, "request.too_large"),
    ] {
        let shown: String = body.chars().take(60).collect();
        assert_eq!(send(kind, body).await, (status, why.to_owned()), "{kind:?} {shown}");
    }
}

#[tokio::test]
async fn a_body_that_drips_is_cut_off() {
    let house = House::founded(Reach::Own).await;
    tokio::time::pause();
    let drops = futures_util::stream::unfold((), async |()| {
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        Some((Ok::<_, std::io::Error>("{"), ()))
    });
    let request = Request::post("/auth/sign-in").header("content-type", "application/json");
    let began = tokio::time::Instant::now();
    let answer = house.send(request.body(Body::from_stream(drops)).expect("a request")).await;
    assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (408, "request.too_slow"));
    assert!(began.elapsed().as_secs() <= 16, "{:?}", began.elapsed());
}

#[tokio::test]
async fn failures_speak_the_readers_language_and_are_nobodys_to_keep() {
    let house = House::founded(Reach::Own).await;
    let ask = async |path: &str, lang: &str| {
        let request = Request::get(path).header("accept-language", lang).header("accept", "text/html");
        house.send(request.body(Body::empty()).expect("a request")).await
    };
    let message = |answer: &Answer| answer.json::<Failure>().error.message;
    assert_eq!(message(&ask("/auth/me", "").await), "请先登录。");
    assert_eq!(message(&ask("/auth/me", "en-GB,zh;q=0.5").await), "Please sign in.");
    for path in ["/auth/me", "/api/none", "/sync/none", "/auth/sign-in"] {
        let answer = ask(path, "en").await;
        assert!(answer.status.is_client_error());
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store", "{path}");
        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json", "{path}");
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        assert!(answer.headers.contains_key("x-request-id") && answer.headers.contains_key(header::CONTENT_SECURITY_POLICY));
        assert_eq!(answer.json::<Failure>().error.reference, None);
    }
    assert_eq!(ask("/auth/sign-in", "en").await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_handler_that_panics_harms_nobody_else() {
    let house = House::founded(Reach::Own).await;
    let broken = Router::new().route("/api/broken", get(async || -> &'static str { panic!("on purpose") }));
    let router = server::guarded(broken, house.app.clone());
    let request = Request::get("/api/broken").header("accept-language", "en").body(Body::empty()).expect("a request");
    let answer = House { router, ..house }.send(request).await;
    let failure: Failure = answer.json();
    assert_eq!((answer.status.as_u16(), failure.error.code.as_str()), (500, "server.error"));
    assert!(!answer.text.contains("purpose"));
    assert_eq!(failure.error.reference.as_deref(), answer.headers["x-request-id"].to_str().ok());
}

#[tokio::test]
async fn long_json_is_compressed_and_streams_are_not() {
    let house = House::founded(Reach::Own).await;
    let admin = house.join("许明远", Role::Admin, &[]).await;
    for n in 0..40 {
        house.join(&format!("第 {n} 位"), Role::Sales, &[]).await;
    }
    let ask = async |path: &str| {
        let mut request = House::request(Some(&admin), Method::GET, path, None);
        request.headers_mut().insert("accept-encoding", "br, gzip".parse().expect("a header"));
        house.router.clone().oneshot(request).await.expect("an answer")
    };
    let long = ask("/api/people").await;
    assert_eq!(long.headers()[header::CONTENT_ENCODING], "br");
    assert!(!ask("/auth/me").await.headers().contains_key(header::CONTENT_ENCODING));
    let live = ask("/sync/live").await;
    assert!(!live.headers().contains_key(header::CONTENT_ENCODING));
    assert_eq!(live.headers()[header::CONTENT_TYPE], "text/event-stream");
    let body = live.into_body();
    house.app.stopping.cancel();
    // Ends at all: with an endless stream this would wait for ever.
    assert!(axum::body::to_bytes(body, 1 << 20).await.is_ok());
}
