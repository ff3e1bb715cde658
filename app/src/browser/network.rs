//! Requests to the own server, as JSON.

use domain::{
    session::{PROTO_HEADER, Problem},
    sync::wire::PROTO,
};
use serde::{Serialize, de::DeserializeOwned};

/// What the server answered.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub body: String,
}

/// Why there is no good answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// No answer came: offline, cut off, or too slow.
    Unreached,
    /// The server said no.
    Refused { status: u16, problem: Option<Problem> },
}

impl Answer {
    /// The body of a success, or what the server refused with.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Trouble> {
        if (200..300).contains(&self.status) {
            // An unreadable success is no success: a proxy's page, a newer server.
            let body = if self.body.is_empty() { "null" } else { &self.body };
            return serde_json::from_str(body).map_err(|_| Trouble::Refused { status: self.status, problem: None });
        }
        let problem = serde_json::from_str::<domain::session::Failure>(&self.body).ok().map(|failure| failure.error);
        Err(Trouble::Refused { status: self.status, problem })
    }
}

pub async fn get<T: DeserializeOwned>(path: &str) -> Result<T, Trouble> {
    send("GET", path, None, 15_000).await?.read()
}

pub async fn post<T: DeserializeOwned>(path: &str, body: &impl Serialize) -> Result<T, Trouble> {
    let body = serde_json::to_string(body).map_err(|_| Trouble::Unreached)?;
    send("POST", path, Some(body), 30_000).await?.read()
}

pub async fn delete<T: DeserializeOwned>(path: &str) -> Result<T, Trouble> {
    send("DELETE", path, None, 15_000).await?.read()
}

/// One request; the answer whatever its status.
pub async fn send(method: &str, path: &str, body: Option<String>, timeout_ms: u32) -> Result<Answer, Trouble> {
    #[cfg(target_arch = "wasm32")]
    return ask(method, path, body.map(|body| ("application/json", body.into())), timeout_ms).await;
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = (method, path, body, timeout_ms, PROTO_HEADER, PROTO);
        Err(Trouble::Unreached)
    }
}

/// The same with a body of any kind.
#[cfg(target_arch = "wasm32")]
pub(super) async fn ask(method: &str, path: &str, body: Option<(&str, wasm_bindgen::JsValue)>, timeout_ms: u32) -> Result<Answer, Trouble> {
    use gloo_net::http::{Method, RequestBuilder};
    let method = match method {
        "GET" => Method::GET,
        "PUT" => Method::PUT,
        "DELETE" => Method::DELETE,
        _ => Method::POST,
    };
    let request = RequestBuilder::new(path)
        .method(method)
        .header(PROTO_HEADER, &PROTO.to_string())
        .header("accept-language", super::language::current().tag())
        .abort_signal(Some(&web_sys::AbortSignal::timeout_with_u32(timeout_ms)));
    let request = match body {
        Some((kind, body)) => request.header("content-type", kind).body(body),
        None => request.build(),
    };
    let answer = request.map_err(|_| Trouble::Unreached)?.send().await.map_err(|_| Trouble::Unreached)?;
    let body = answer.text().await.map_err(|_| Trouble::Unreached)?;
    Ok(Answer { status: answer.status(), body })
}

/// Calls back whenever the device goes on or off the network, and when the page is looked at again.
pub fn on_return(back: impl Fn() + Clone + 'static) {
    #[cfg(target_arch = "wasm32")]
    {
        use leptos::prelude::window_event_listener_untyped;
        for event in ["online", "offline", "focus"] {
            let back = back.clone();
            std::mem::forget(window_event_listener_untyped(event, move |_| back()));
        }
    }
    #[cfg(not(target_arch = "wasm32"))]
    drop(back);
}
