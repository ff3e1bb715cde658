//! Work beside the screen: futures that run on, pauses, and waiting for what comes first.

use std::future::Future;

/// Lets a future run on by itself. Natively nothing runs: tests render, they do not click.
pub fn run(future: impl Future<Output = ()> + 'static) {
    #[cfg(target_arch = "wasm32")]
    wasm_bindgen_futures::spawn_local(future);
    #[cfg(not(target_arch = "wasm32"))]
    drop(future);
}

/// Waits so many milliseconds.
pub async fn pause(milliseconds: u32) {
    #[cfg(target_arch = "wasm32")]
    gloo_timers::future::TimeoutFuture::new(milliseconds).await;
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = milliseconds;
        std::future::pending::<()>().await;
    }
}

/// Between 0 and 1: for jitter, never for anything that must not be guessed.
#[must_use]
pub fn chance() -> f64 {
    #[cfg(target_arch = "wasm32")]
    return js_sys::Math::random();
    #[cfg(not(target_arch = "wasm32"))]
    0.5
}
