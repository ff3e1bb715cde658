//! The yardstick of answering: a server that says so many bytes, in a process of its own.

use crate::load::request;
use anyhow::Result;
use axum::{
    Router,
    body::Body,
    extract::Path,
    http::{Method, Request, header},
    routing::get,
};

/// Set for the process that is to be it.
pub const ASKED: &str = "GUANXI_BENCH_PLAIN";

pub fn is_asked() -> bool {
    std::env::var_os(ASKED).is_some()
}

pub async fn serve() -> Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("plain  http://{}", listener.local_addr()?);
    let say = async |Path(bytes): Path<usize>| ([(header::CONTENT_TYPE, "application/json")], "x".repeat(bytes));
    let routes: Router = Router::new().route("/readyz", get("ready\n")).route("/{bytes}", get(say));
    let app = hyper_util::service::TowerToHyperService::new(routes);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let app = app.clone();
        tokio::spawn(async move {
            let line = hyper_util::rt::TokioIo::new(stream);
            // A line that ends is how it ends.
            _ = hyper::server::conn::http1::Builder::new().serve_connection(line, app).await;
        });
    }
}

pub fn of(bytes: usize) -> Request<Body> {
    request(Method::GET, &format!("/{bytes}"), &[], String::new())
}
