//! Lines to a server that are kept, as browsers keep them, and many that ask as fast as they are answered.

use crate::{program::Program, table::Figure};
use anyhow::{Context, Result, ensure};
use axum::{
    body::{Body, Bytes, to_bytes},
    http::{Method, Request, Response},
};
use hyper::{
    body::Incoming,
    client::conn::http1::{self, SendRequest},
};
use hyper_util::rt::TokioIo;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;

/// Before anything is measured.
const WARMING: Duration = Duration::from_millis(500);

pub struct Line(SendRequest<Body>);

impl Line {
    pub async fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self(sender))
    }

    pub async fn answer(&mut self, request: Request<Body>) -> Result<Response<Incoming>> {
        self.0.ready().await?;
        Ok(self.0.send_request(request).await?)
    }

    /// The body of the answer, if it is a success.
    pub async fn ask(&mut self, request: Request<Body>) -> Result<Bytes> {
        let what = request.uri().to_string();
        let response = self.answer(request).await?;
        let status = response.status();
        let body = to_bytes(Body::new(response.into_body()), usize::MAX).await?;
        ensure!(status.is_success(), "{what}: {status} {}", String::from_utf8_lossy(&body));
        Ok(body)
    }
}

pub fn request(method: Method, path: &str, headers: &[(&str, &str)], body: String) -> Request<Body> {
    let mut request = Request::new(Body::from(body));
    *request.method_mut() = method;
    *request.uri_mut() = path.parse().expect("an address");
    for (name, value) in [("host", "127.0.0.1"), ("content-type", "application/json")].iter().chain(headers) {
        let name: axum::http::HeaderName = name.parse().expect("a name");
        request.headers_mut().insert(name, value.parse().expect("a value"));
    }
    request
}

/// How many lines ask for how long; none asks more than `most` times.
pub struct Load {
    pub lines: usize,
    pub lasting: Duration,
    pub most: u64,
}

impl Load {
    /// `asked` gives each line its requests by their number. Says how fast they were answered and how many there were.
    pub async fn run<A, R>(&self, server: &Program, asked: A) -> Result<(Figure, u64)>
    where
        A: Fn(usize) -> R,
        R: Fn(u64) -> Request<Body> + Send + 'static,
    {
        let cpu = server.cpu();
        let (from, most) = (Instant::now() + WARMING, self.most);
        let until = from + self.lasting;
        let mut tasks = Vec::new();
        for line in 0..self.lines {
            let (mut wire, request) = (Line::open(&server.address).await?, asked(line));
            tasks.push(tokio::spawn(async move {
                let (mut took, mut count) = (Vec::new(), 0);
                while count < most && Instant::now() < until {
                    let began = Instant::now();
                    wire.ask(request(count)).await?;
                    count += 1;
                    // Of few, all are counted.
                    if most < u64::MAX || began >= from {
                        took.push(began.elapsed());
                    }
                }
                anyhow::Ok((took, count))
            }));
        }
        let (mut took, mut count, began) = (Vec::new(), 0, from - WARMING);
        for task in tasks {
            let (mut times, sent) = task.await.context("a line that broke")??;
            took.append(&mut times);
            count += sent;
        }
        let lasted = if most < u64::MAX { began.elapsed() } else { self.lasting };
        let cpu = server.cpu().saturating_sub(cpu);
        Ok((Figure::of(took, lasted, Some(cpu.as_secs_f64() / count as f64)), count))
    }
}
