//! The accept loop: connections that dawdle are cut, and stopping lets those under way finish.
//!
//! `axum::serve` sets no timer, so half-open requests would hold their places for ever.

mod handles;
pub mod tls;

use crate::guard::Peer;
use axum::{Router, extract::Request};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
};
use std::{
    io,
    net::{IpAddr, SocketAddr},
    pin::pin,
    sync::Arc,
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::{sleep, timeout},
};
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsAcceptor;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt;

/// How long visitors may take, and how many there may be.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at once; more wait to be accepted.
    pub connections: usize,
    /// From the connection to its first whole request head, and for each head after.
    pub head: Duration,
    /// A reader that takes nothing for so long is gone.
    pub write: Duration,
    /// What is under way when the server stops may take so long.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { connections: 8_192, head: seconds(10), write: seconds(30), drain: seconds(10) }
    }
}

impl Limits {
    /// As many visitors as this process has handles for, beyond those with which it works itself.
    #[must_use]
    pub fn of_this_process() -> Self {
        let usual = Self::default();
        Self { connections: handles::for_visitors(usual.connections), ..usual }
    }

    /// For those few of this machine who look after it.
    #[must_use]
    pub fn few() -> Self {
        Self { connections: handles::FEW, ..Self::default() }
    }
}

/// Serves until `stopping` is cancelled, then until what was under way has ended.
pub async fn serve(listener: TcpListener, tls: Option<TlsAcceptor>, router: Router, stopping: CancellationToken, limits: Limits) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let visitors = TaskTracker::new();
    while let Some(place) = stopping.run_until_cancelled(Arc::clone(&places).acquire_owned()).await {
        let Some((stream, peer)) = stopping.run_until_cancelled(accept(&listener)).await else { break };
        let (tls, router, stopping) = (tls.clone(), router.clone(), stopping.clone());
        visitors.spawn(async move {
            let _place = place;
            match tls {
                None => attend(stream, peer.ip(), router, stopping, limits).await,
                Some(tls) => {
                    if let Ok(Ok(stream)) = timeout(limits.head, tls.accept(stream)).await {
                        attend(stream, peer.ip(), router, stopping, limits).await;
                    }
                }
            }
        });
    }
    drop(listener);
    visitors.close();
    if timeout(limits.drain, visitors.wait()).await.is_err() {
        tracing::warn!(left = visitors.len(), "requests were cut off");
    }
}

/// The next connection. Running out of file handles passes: it is waited for, not died of.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Answers are written whole; waiting for more would only delay them.
                _ = stream.set_nodelay(true);
                return (stream, peer);
            }
            Err(error) if is_the_visitors(&error) => {}
            Err(error) => {
                tracing::error!(%error, "cannot accept connections");
                sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

fn is_the_visitors(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

async fn attend<S>(stream: S, peer: IpAddr, router: Router, stopping: CancellationToken, limits: Limits)
where
    S: AsyncRead + AsyncWrite + Send + 'static,
{
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.write));
    let heard = CancellationToken::new();
    let service = service_fn(|mut request: hyper::Request<Incoming>| {
        heard.cancel();
        request.extensions_mut().insert(Peer(peer));
        router.clone().oneshot(request.map(axum::body::Body::new) as Request)
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(limits.head).max_buf_size(64 * 1024);
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(Duration::from_secs(20)).max_concurrent_streams(128);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(Box::pin(stream)), service));
    // The builder waits for a first byte without any limit of its own.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = heard.cancelled() => {}
        () = stopping.cancelled() => {}
        () = sleep(limits.head) => return,
    }
    tokio::select! {
        _ = connection.as_mut() => return,
        () = stopping.cancelled() => connection.as_mut().graceful_shutdown(),
    }
    _ = connection.await;
}
