//! Connections as the world makes them: half, slow, over TLS, and open when the server stops.

use super::harness::{Folder, House};
use axum::{Router, body::Bytes, routing::get};
use domain::access::{Reach, Role};
use server::{
    App,
    listen::{self, Limits, tls},
};
use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::timeout,
};
use tokio_rustls::{
    TlsAcceptor, TlsConnector,
    rustls::{ClientConfig, RootCertStore, pki_types::CertificateDer, pki_types::ServerName, pki_types::pem::PemObject},
};

const SHORT: Duration = Duration::from_millis(300);
const LONG: Duration = Duration::from_secs(20);
const LIMITS: Limits = Limits { connections: 64, head: SHORT, write: SHORT, drain: Duration::from_secs(5) };

/// A server at a port of its own, until its application is told to stop.
struct Served {
    at: SocketAddr,
    app: App,
    done: JoinHandle<()>,
}

async fn served(app: &App, routes: Router, tls: Option<TlsAcceptor>) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = listener.local_addr().expect("an address");
    let router = server::guarded(routes, app.clone());
    let done = tokio::spawn(listen::serve(listener, tls, router, app.stopping.clone(), LIMITS));
    Served { at, app: app.clone(), done }
}

impl Served {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.at).await.expect("a connection")
    }

    /// Says this, and how long the server then kept the line open.
    async fn kept_open_after(&self, said: &[u8]) -> Duration {
        let mut line = self.connect().await;
        line.write_all(said).await.expect("to be heard");
        let began = Instant::now();
        let mut answer = Vec::new();
        // Closed or reset: both are an end.
        _ = timeout(LONG, line.read_to_end(&mut answer)).await.expect("the server to hang up");
        began.elapsed()
    }

    async fn stop(self) {
        self.app.stopping.cancel();
        timeout(LONG, self.done).await.expect("the server to stop").expect("no panic");
    }
}

#[tokio::test]
async fn whoever_does_not_ask_is_shown_out() {
    let house = House::founded(Reach::Own).await;
    let served = served(&house.app, Router::new().route("/", get(async || "hello")), None).await;
    for said in [&b""[..], b"G", b"PRI * HTTP/2.0\r\n", b"GET / HTTP/1.1\r\nhost: a\r\nx: ", b"GET / HTTP/1.1\r\nhost: a\r\n\r\n"] {
        let kept = served.kept_open_after(said).await;
        assert!(kept < SHORT * 10, "{:?} was kept open for {kept:?}", String::from_utf8_lossy(said));
    }
    served.stop().await;
}

#[tokio::test]
async fn whoever_does_not_listen_is_hung_up_on() {
    let house = House::founded(Reach::Own).await;
    let large = Bytes::from(vec![b'x'; 64 << 20]);
    let size = large.len();
    let served = served(&house.app, Router::new().route("/", get(async move || large.clone())), None).await;
    let mut line = served.connect().await;
    line.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.expect("to be heard");
    // Reading nothing for longer than a writer waits.
    tokio::time::sleep(SHORT * 4).await;
    let mut answer = Vec::new();
    _ = timeout(LONG, line.read_to_end(&mut answer)).await.expect("the server to hang up");
    assert!(answer.len() < size, "{} bytes", answer.len());
    served.stop().await;
}

#[tokio::test]
async fn stopping_lets_what_is_under_way_finish_and_ends_what_has_no_end() {
    let house = House::founded(Reach::Own).await;
    let lin = house.join("林晓", Role::Sales, &[]).await;
    let slow = Router::new().route(
        "/slow",
        get(async || {
            tokio::time::sleep(SHORT).await;
            "done"
        }),
    );
    let routes = slow.fallback_service(server::router(house.app.clone(), None));
    let served = served(&house.app, routes, None).await;
    let (mut working, mut live, idle) = (served.connect().await, served.connect().await, served.connect().await);
    working.write_all(b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await.expect("to be heard");
    let ask = format!("GET /sync/live HTTP/1.1\r\nhost: a\r\ncookie: {}\r\n\r\n", lin.cookie);
    live.write_all(ask.as_bytes()).await.expect("to be heard");
    let mut first = [0; 15];
    live.read_exact(&mut first).await.expect("an answer");
    assert_eq!(&first, b"HTTP/1.1 200 OK");
    let at = served.at;
    served.stop().await;
    let (mut worked, mut lived) = (String::new(), String::new());
    working.read_to_string(&mut worked).await.expect("an answer");
    assert!(worked.ends_with("done"), "{worked}");
    live.read_to_string(&mut lived).await.expect("an end");
    assert!(lived.ends_with("0\r\n\r\n"), "the stream was ended, not torn: {lived}");
    drop(idle);
    assert!(TcpStream::connect(at).await.is_err(), "nobody new is let in");
}

#[tokio::test]
async fn a_certificate_is_all_that_https_needs() {
    let house = House::founded(Reach::Own).await;
    let folder = Folder::new();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
    let (chain, key) = (folder.path().join("chain.pem"), folder.path().join("key.pem"));
    std::fs::write(&chain, made.cert.pem()).expect("a file");
    std::fs::write(&key, made.signing_key.serialize_pem()).expect("a file");
    let acceptor = tls::acceptor(&chain, &key).expect("a certificate and its key");
    assert!(tls::acceptor(&key, &key).is_err() && tls::acceptor(&chain, &chain).is_err());
    let served = served(&house.app, Router::new().route("/", get(async || "hello")), Some(acceptor)).await;
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(&chain).expect("a certificate")).expect("a root");
    let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let name = ServerName::try_from("localhost").expect("a name");
    let mut line = TlsConnector::from(Arc::new(config)).connect(name, served.connect().await).await.expect("a handshake");
    line.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await.expect("to be heard");
    let mut answer = String::new();
    line.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.ends_with("hello"), "{answer}");
    assert!(served.kept_open_after(b"not TLS").await < SHORT * 10);
    served.stop().await;
}
