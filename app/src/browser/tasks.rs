//! Work beside the screen: futures that run on, pauses, and waiting for what comes first.

use futures::FutureExt;
use std::{future::Future, pin::Pin};

/// Lets a future run on by itself. Natively nothing runs: tests render, they do not click.
pub fn run(future: impl Future<Output = ()> + 'static) {
    #[cfg(target_arch = "wasm32")]
    wasm_bindgen_futures::spawn_local(future);
    #[cfg(not(target_arch = "wasm32"))]
    drop(future);
}

/// What comes of a future that need not wait, else the future again.
pub fn at_once<F: Future>(future: F) -> Result<F::Output, Pin<Box<F>>> {
    let mut future = Box::pin(future);
    future.as_mut().now_or_never().ok_or(future)
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

/// Calls back when the browser has nothing better to do; where it does not say, a little later. Natively it never comes.
pub fn when_idle(then: impl FnOnce() + Clone + 'static) {
    #[cfg(target_arch = "wasm32")]
    {
        let later = then.clone();
        let call = wasm_bindgen::closure::Closure::once_into_js(then);
        if idle::request_idle_callback(&call).is_err() {
            super::timer::after(1_000, later);
        }
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = then;
    }
}

#[cfg(target_arch = "wasm32")]
mod idle {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(catch, js_name = requestIdleCallback)]
        pub fn request_idle_callback(then: &JsValue) -> Result<u32, JsValue>;
    }
}
