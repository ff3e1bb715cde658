//! The log says what was asked and how it ended, and nobody's data.

use super::{
    auth::{PASSWORD, cookie, sign_in, with_password},
    cli::{Serving, run},
    harness::{Folder, House, fresh},
    wire::{mutation, open},
};
use axum::http::{Method, StatusCode};
use domain::{
    change::Command,
    customers,
    id::Id,
    sync::wire::PushRequest,
    text::{Email, Phone},
};
use std::{
    io::{self, Read, Write},
    net::TcpStream,
    sync::{Arc, Mutex},
    thread,
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

/// One request on a connection of its own.
fn asked(server: &Serving, head: &str, body: &str) -> String {
    let mut line = TcpStream::connect(&server.address).expect("a connection");
    let (host, length) = (&server.address, body.len());
    write!(line, "{head}\r\nhost: {host}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
        .expect("to be heard");
    let mut answer = String::new();
    line.read_to_string(&mut answer).expect("an answer");
    answer
}

/// The program with all its threads, told to log everything it can, while somebody works.
#[cfg(unix)]
#[test]
fn a_days_work_leaves_no_person_in_the_log_of_the_program() {
    let folder = Folder::new();
    assert!(run(folder.path(), &["demo", "--customers", "2"], "").status.success());
    let mut server = Serving::with(folder.path(), &["--log", "trace", "--log-format", "json"]);
    let mut stderr = server.child.stderr.take().expect("its log");
    let log = thread::spawn(move || {
        let mut log = String::new();
        stderr.read_to_string(&mut log).map(|_| log)
    });
    asked(&server, "POST /auth/sign-in HTTP/1.1", r#"{"who":"manager@demo.guanxi","password":"not-the-password"}"#);
    let entered = asked(&server, "POST /auth/sign-in HTTP/1.1", r#"{"who":"manager@demo.guanxi","password":"lanshi-coffee"}"#);
    let cookie = entered.lines().find_map(|line| line.strip_prefix("set-cookie: ")?.split(';').next()).expect("a session").to_owned();
    let team = {
        let disk = rusqlite::Connection::open(folder.path().join("guanxi.db")).expect("the file");
        let team: [u8; 16] = disk.query_row("SELECT id FROM team WHERE name = '华东'", (), |row| row.get(0)).expect("a team");
        Id::from_bytes(team).into()
    };
    let customer = |phone: &str| {
        let (id, mut command) = open("拾禾餐饮二店", team);
        if let Command::Customers(customers::Command::Open { draft, .. }) = &mut command {
            draft.phone = Phone::parse(phone).ok();
            draft.email = Email::parse("owner@shihe.example").ok();
        }
        (id, command)
    };
    let (id, command) = customer("13800001234");
    let pushed = PushRequest {
        client_id: fresh(),
        confirmed_mid: 0,
        mutations: vec![mutation(1, &command), mutation(2, &super::wire::refused(team))],
    };
    let with = |head: &str| format!("{head} HTTP/1.1\r\ncookie: {cookie}");
    let answer = asked(&server, &with("POST /sync/push"), &serde_json::to_string(&pushed).expect("JSON"));
    assert!(answer.contains(r#""ok":true"#), "{answer}");
    let revealed = asked(&server, &with(&format!("POST /api/customers/{id}/reveal")), "");
    assert!(revealed.contains("13800001234"), "{revealed}");
    asked(&server, &with("GET /api/none?q=拾禾餐饮二店&phone=13800001234"), "");
    asked(&server, "POST /sync/push HTTP/1.1", "{broken 13800001234");
    server.stop();
    let log = log.join().expect("no panic").expect("text");
    for expected in ["/sync/push", "/auth/sign-in", "auth.wrong"] {
        assert!(log.contains(expected), "{expected}: {log}");
    }
    // Beside the log an operator is told in words that there is no site.
    let lines: Vec<_> = log.lines().filter(|line| line.starts_with('{')).collect();
    assert!(lines.len() > 5 && lines.iter().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "{log}");
    let (_, session) = cookie.split_once('=').expect("a value");
    for nobodys in [
        "拾禾",
        "13800001234",
        "owner@shihe.example",
        "manager@demo",
        "lanshi-coffee",
        "not-the-password",
        session,
        "顾砚秋",
        &id.to_string(),
    ] {
        assert!(!log.contains(nobodys), "{nobodys} is in the log: {log}");
    }
}
