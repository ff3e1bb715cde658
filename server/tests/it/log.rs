//! The log says what was asked and how it ended, and nobody's data.

use super::{
    auth::{PASSWORD, cookie, sign_in, with_password},
    harness::House,
};
use axum::http::{Method, StatusCode};
use std::{
    io,
    sync::{Arc, Mutex},
};
use tracing::{Dispatch, Level, subscriber::NoSubscriber};

/// What was logged, by this thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("the log").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_names_addresses_and_codes_but_no_person_and_no_secret() {
    // With one listener only, `tracing` asks whichever thread comes first whether a line is worth keeping, and other tests
    // keep none. With two it asks each time.
    let _other = Dispatch::new(NoSubscriber::new());
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().json().with_max_level(Level::TRACE).with_writer(move || writer.clone()).finish();
    let _scope = tracing::subscriber::set_default(subscriber);
    let (house, lin, who) = with_password().await;
    let token = "ab".repeat(32);
    sign_in(&house, [10, 7, 7, 7], &who, "not the password").await;
    let entered = sign_in(&house, [10, 7, 7, 7], &who, PASSWORD).await;
    assert_eq!(entered.status, StatusCode::OK);
    house.send(House::request(None, Method::GET, &format!("/auth/invitations/{token}"), None)).await;
    house.get(&lin, &format!("/api/none?phone=13800001234&who={who}")).await;
    let written = String::from_utf8(log.0.lock().expect("the log").clone()).expect("text");
    for line in written.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}");
    }
    for expected in ["/auth/invitations/{token}", "auth.link_gone", "\"status\":401", "auth.wrong"] {
        assert!(written.contains(expected), "{expected}: {written}");
    }
    let cookie = cookie(&entered);
    let (_, session) = cookie.split_once('=').expect("a value");
    for secret in [&who, PASSWORD, &token, session, "13800001234", "10.7.7.7", "林晓", &lin.person.to_string()] {
        assert!(!written.contains(secret), "{secret} is in the log");
    }
}
