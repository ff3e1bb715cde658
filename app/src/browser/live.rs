//! The server's pokes, as a stream that never lies: silence counts as a break.

/// The server says something at least this often; twice that and the line is dead (the browser would not notice).
#[cfg(target_arch = "wasm32")]
const QUIET_MS: u32 = 45_000;
/// It says the first thing at once.
#[cfg(target_arch = "wasm32")]
const MUTE_MS: u32 = 10_000;

/// Listens until the line breaks; every poke calls `poked`. Returns whether anything was heard on it.
pub async fn listen(path: &str, poked: impl Fn()) -> bool {
    #[cfg(target_arch = "wasm32")]
    {
        use futures::{FutureExt, StreamExt, select};
        let Ok(mut source) = gloo_net::eventsource::futures::EventSource::new(path) else { return false };
        let (Ok(pokes), Ok(beats)) = (source.subscribe("poke"), source.subscribe("hb")) else { return false };
        let mut heard = futures::stream::select(pokes.map(|event| event.map(|_| true)), beats.map(|event| event.map(|_| false))).fuse();
        let mut was_heard = false;
        loop {
            let mut quiet = super::tasks::pause(if was_heard { QUIET_MS } else { MUTE_MS }).boxed_local().fuse();
            select! {
                event = heard.next() => match event {
                    Some(Ok(is_poke)) => {
                        was_heard = true;
                        if is_poke {
                            poked();
                        }
                    }
                    Some(Err(_)) | None => break,
                },
                () = quiet => break,
            }
        }
        source.close();
        was_heard
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = (path, poked);
        std::future::pending().await
    }
}
