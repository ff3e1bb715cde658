//! Figures for Prometheus: what was asked and done, by name and end, and nobody's data.

use super::{
    cli::{HERE, Serving, run, told},
    harness::{Folder, House, fresh},
    wire::open,
};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode},
};
use domain::{
    access::{Reach, Role},
    change::Command,
    customers,
};
use server::{backups, metrics, owner::Data};
use std::{
    io::{Read, Write},
    net::TcpStream,
};
use tower::ServiceExt;

async fn shown(router: &Router) -> String {
    let asked = Request::get("/metrics").body(Body::empty()).expect("a request");
    let answer = router.clone().oneshot(asked).await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK);
    let bytes = to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
    String::from_utf8(bytes.to_vec()).expect("text")
}

#[tokio::test]
async fn what_happens_is_counted_by_name_and_end_and_names_nobody() {
    let house = House::founded(Reach::Team).await;
    let east = house.team("华东").await;
    let ada = house.join("林知遥", Role::Sales, &[east]).await;
    let data = Data::new(house.folder.path().to_owned());
    let figures = metrics::router(house.app.clone(), data.clone()).await.expect("the metrics");
    assert!(!shown(&figures).await.contains("customers.open"), "what was before is another process's to count");

    assert_eq!(house.command(ada.actor(), open("拾禾餐饮", east).1).await.expect("no trouble"), Ok(()));
    let archive = Command::Customers(customers::Command::Archive { id: fresh() });
    let refused = house.command(ada.actor(), archive).await.expect("no trouble");
    assert!(refused.is_err());
    let token = "ab".repeat(32);
    house.send(House::request(None, Method::GET, &format!("/auth/invitations/{token}"), None)).await;
    house.get(&ada, "/auth/state").await;
    let live = house.send(House::request(Some(&ada), Method::GET, "/none", None)).await;
    assert_eq!(live.status, StatusCode::NOT_FOUND);
    let listening = house.db.subscribe();
    let (db, folder) = (house.db.clone(), data.backups().to_owned());
    tokio::task::spawn_blocking(move || backups::round(&db, &folder)).await.expect("no panic");

    let text = shown(&figures).await;
    for expected in [
        "guanxi_deeds_total{what=\"customers.open\",verdict=\"ok\"} 1\n",
        "guanxi_deeds_total{what=\"customers.archive\",verdict=\"access.not_found\"} 1\n",
        "guanxi_requests_total{method=\"GET\",route=\"/auth/invitations/{token}\",status=\"404\"} 1\n",
        "guanxi_requests_total{method=\"GET\",route=\"/auth/state\",status=\"200\"} 1\n",
        "guanxi_request_duration_seconds_count{method=\"GET\",route=\"/auth/state\"} 1\n",
        "guanxi_writer_queue 0\n",
        "guanxi_listeners 1\n",
        "guanxi_database_bytes ",
        "guanxi_backup_last_success_timestamp_seconds 1795233600.0\n",
        "guanxi_backup_failed 0\n",
        "# EOF\n",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert_eq!(shown(&figures).await.matches("customers.open").count(), 1);
    for nobodys in ["拾禾餐饮", "林知遥", &token, &ada.person.to_string()] {
        assert!(!text.contains(nobodys), "{nobodys}: {text}");
    }
    drop(listening);
    let asked = house.get(&ada, "/metrics").await;
    assert_eq!(asked.status, StatusCode::NOT_FOUND, "not where everybody is served");
}

#[cfg(unix)]
#[test]
fn only_this_machine_reads_them_and_only_when_it_was_asked_for() {
    let folder = Folder::new();
    let refused = run(folder.path(), &["serve", "--addr", HERE, "--metrics", "0.0.0.0:0"], "");
    assert!(!refused.status.success() && told(&refused).contains("an address of this machine only"), "{}", told(&refused));
    let server = Serving::with(folder.path(), &["--metrics", HERE]);
    let line = server.printed.iter().find_map(|line| line.strip_prefix("Metrics  http://")?.strip_suffix("/metrics"));
    let address = line.expect("where the metrics are");
    let mut line = TcpStream::connect(address).expect("a connection");
    write!(line, "GET /metrics HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").expect("to be heard");
    let mut answer = String::new();
    line.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("guanxi_writer_queue 0"), "{answer}");
    assert!(server.get("/metrics").starts_with("HTTP/1.1 404"));
    server.stop();
}
