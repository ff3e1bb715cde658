//! The server's pokes, as a stream that never lies: silence counts as a break.

/// The server says something at least this often; twice that and the line is dead (the browser would not notice).
#[cfg(target_arch = "wasm32")]
const QUIET_MS: u32 = 45_000;

/// Listens until the line breaks; every poke calls `poked`. Returns how the line was.
pub async fn listen(path: &str, poked: impl Fn()) {
    #[cfg(target_arch = "wasm32")]
    {
        use futures::{FutureExt, StreamExt, select};
        let Ok(mut source) = gloo_net::eventsource::futures::EventSource::new(path) else { return };
        let (Ok(pokes), Ok(beats)) = (source.subscribe("poke"), source.subscribe("hb")) else { return };
        let mut heard = futures::stream::select(pokes.map(|event| event.map(|_| true)), beats.map(|event| event.map(|_| false))).fuse();
        loop {
            let mut quiet = super::tasks::pause(QUIET_MS).boxed_local().fuse();
            select! {
                event = heard.next() => match event {
                    Some(Ok(true)) => poked(),
                    Some(Ok(false)) => {}
                    Some(Err(_)) | None => break,
                },
                () = quiet => break,
            }
        }
        source.close();
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = (path, poked);
        std::future::pending::<()>().await;
    }
}
