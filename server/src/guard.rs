//! What stands before every route: a name for the request, a line in the log, no foreign site, no endless body.

use crate::{
    App,
    error::{Failed, Reason, Reference},
};
use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{FromRequestParts, MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, Method, header, request::Parts, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt, stream};
use std::{
    any::Any,
    convert::Infallible,
    io,
    net::IpAddr,
    time::{Duration, Instant},
};
use tokio::time::timeout_at;

/// The largest body that is read.
pub const BODY_BYTES: usize = 1024 * 1024;
/// A body arrives within this time, whole.
const BODY_TIME: Duration = Duration::from_secs(15);
/// Where files are sent, and how long one may take.
pub const UPLOADS: &str = "/api/imports";
const UPLOAD_TIME: Duration = Duration::from_secs(300);
/// Where pieces of files are sent. On a weak line even one takes its time.
const PIECES: &str = "/api/files/";
const PIECE_TIME: Duration = Duration::from_secs(60);
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");

/// Whose connection it is; put there by the accept loop.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// Names the request, counts it and writes its line in the log: what was asked and how it ended, nobody's data.
/// The path is the route's pattern, since addresses hold tokens and ids.
pub async fn logged(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let reference = uuid::Uuid::now_v7().simple().to_string();
    request.extensions_mut().insert(Reference(reference.clone()));
    let path = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let (method, began) = (request.method().clone(), Instant::now());
    let mut response = next.run(request).await;
    let status = response.status().as_u16();
    let code = response.extensions().get::<Failed>().map(Failed::code);
    let took = began.elapsed();
    app.metrics.ended(&method, &path, status, took);
    let ms = took.as_secs_f64() * 1_000.0;
    if path == "-" {
        tracing::debug!(reference, %method, status, ms, "site");
    } else {
        tracing::info!(reference, %method, path, status, code, ms, "request");
    }
    if let Ok(value) = HeaderValue::from_str(&reference) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

/// Refuses what another site makes a browser send (Fetch Metadata, else `Origin`), and what is not JSON.
pub async fn same_site(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    if !is_ours(&app, request.headers()) {
        return Failed::from(Reason::CrossSite).into_response();
    }
    if !is_json_or_nothing(&request) {
        return Failed::from(Reason::WrongType).into_response();
    }
    next.run(request).await
}

fn is_ours(app: &App, headers: &HeaderMap) -> bool {
    let text = |name: header::HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = headers.get("sec-fetch-site") {
        return matches!(site.as_bytes(), b"same-origin" | b"none");
    }
    match (text(header::ORIGIN), &app.config.public) {
        // No browser: nothing that could be lured.
        (None, _) => true,
        (Some(origin), Some(public)) => origin == public.as_str(),
        (Some(origin), None) => is_here(origin, headers),
    }
}

/// Whether this is the origin of a page that this very machine serves to itself.
fn is_here(origin: &str, headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    host.is_some_and(|host| is_loopback(host) && origin == format!("http://{host}"))
}

/// Where people reach this server, as links that leave it must say: what the operator set, else the origin of the page
/// that asks, where that is checked. Never what a `Host` header alone says.
#[must_use]
pub fn origin(app: &App, headers: &HeaderMap) -> Option<String> {
    if let Some(public) = &app.config.public {
        return Some(public.to_string());
    }
    let origin = headers.get(header::ORIGIN)?.to_str().ok()?;
    is_here(origin, headers).then(|| origin.to_owned())
}

fn is_loopback(host: &str) -> bool {
    host.parse::<Authority>().is_ok_and(|authority| {
        let name = authority.host().trim_start_matches('[').trim_end_matches(']');
        name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    })
}

/// Where a file is sent piece by piece.
fn is_piece(request: &Request) -> bool {
    request.method() == Method::PUT && request.uri().path().starts_with(PIECES)
}

/// A form of another site cannot send JSON. Nor a table or a piece of a file, which their handlers ask for once they know
/// who sends them.
fn is_json_or_nothing(request: &Request) -> bool {
    let headers = request.headers();
    request.uri().path() == UPLOADS
        || is_piece(request)
        || is_a(headers, "application/json")
        || (!headers.contains_key(header::CONTENT_TYPE) && request.body().is_end_stream())
}

/// Whether the body is said to be of this type.
pub fn is_a(headers: &HeaderMap, wanted: &str) -> bool {
    let said = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    said.and_then(|kind| kind.split(';').next()).is_some_and(|kind| kind.trim().eq_ignore_ascii_case(wanted))
}

/// A body that does not arrive in time ends in an error, however steadily it drips.
pub async fn in_time(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let time = match request.uri().path() {
        UPLOADS => UPLOAD_TIME,
        _ if is_piece(&request) => PIECE_TIME,
        _ => BODY_TIME,
    };
    let deadline = tokio::time::Instant::now() + time;
    let request = request.map(|body| {
        let frames = stream::try_unfold(body.into_data_stream(), move |mut frames| async move {
            match timeout_at(deadline, frames.next()).await {
                Ok(Some(frame)) => Ok(Some((frame.map_err(io::Error::other)?, frames))),
                Ok(None) => Ok::<Option<(Bytes, _)>, io::Error>(None),
                Err(_) => Err(io::ErrorKind::TimedOut.into()),
            }
        });
        Body::from_stream(frames)
    });
    next.run(request).await
}

/// What a browser may keep for its user, asking every time whether it may still show it.
pub const ASKED_ANEW: &str = "private, no-cache";

/// Answers of the application are nobody's to keep, but those that are asked for anew; live streams end when the server stops.
pub async fn kept_by_nobody(State(app): State<App>, request: Request, next: Next) -> Response {
    let ours = matches!(request.uri().path().split('/').nth(1), Some("api" | "auth" | "sync" | "healthz" | "readyz"));
    let mut response = next.run(request).await;
    if ours && response.headers().get(header::CACHE_CONTROL).is_none_or(|kept| kept != ASKED_ANEW) {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if app.config.https {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    let live = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
    if live {
        let stopping = app.stopping.clone();
        return response.map(|body| Body::from_stream(body.into_data_stream().take_until(stopping.cancelled_owned())));
    }
    response
}

/// A handler that panicked: a calm answer, and the others go on.
pub fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    Failed::broke(format!("panic: {}", said.unwrap_or("without words"))).into_response()
}

/// Where a request comes from: the peer, or whom a believed proxy names.
#[derive(Debug, Clone, Copy)]
pub struct Address(pub IpAddr);

impl FromRequestParts<App> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        // Without a connection it is this process itself.
        let peer = parts.extensions.get::<Peer>().map_or(IpAddr::from([127, 0, 0, 1]), |Peer(peer)| *peer);
        let named = parts.headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let hops: Vec<&str> = named.flat_map(|list| list.split(',')).map(str::trim).collect();
        let mut from = peer.to_canonical();
        for hop in hops.into_iter().rev() {
            let Some(before) = hop.parse::<IpAddr>().ok().filter(|_| app.config.trusts(from)) else { break };
            from = before.to_canonical();
        }
        Ok(Self(from))
    }
}
