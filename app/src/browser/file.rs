//! A file that somebody has chosen, and sending it.

use super::network::{Answer, Trouble};

/// A chosen file. Cheap to copy; the browser keeps its content.
#[derive(Clone)]
pub struct Chosen {
    pub name: String,
    /// In bytes.
    pub size: u64,
    #[cfg(target_arch = "wasm32")]
    file: web_sys::File,
}

impl Chosen {
    /// The one file of an input whose choice has just changed.
    #[must_use]
    #[cfg_attr(not(target_arch = "wasm32"), expect(clippy::missing_const_for_fn, reason = "not in a browser"))]
    pub fn of(event: &leptos::ev::Event) -> Option<Self> {
        #[cfg(target_arch = "wasm32")]
        {
            use wasm_bindgen::JsCast;
            let input: web_sys::HtmlInputElement = event.target()?.dyn_into().ok()?;
            let file = input.files()?.get(0)?;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes of files are whole and far below 2^53")]
            let size = file.size() as u64;
            Some(Self { name: file.name(), size, file })
        }
        #[cfg(not(target_arch = "wasm32"))]
        {
            _ = event;
            None
        }
    }

    /// Sends the file as the body of a request.
    pub async fn send(&self, path: &str) -> Result<Answer, Trouble> {
        #[cfg(target_arch = "wasm32")]
        {
            use domain::session::PROTO_HEADER;
            use gloo_net::http::RequestBuilder;
            let request = RequestBuilder::new(path)
                .method(gloo_net::http::Method::POST)
                .header(PROTO_HEADER, "1")
                .header("accept-language", super::language::current().tag())
                .header("content-type", "text/csv")
                .body(wasm_bindgen::JsValue::from(self.file.clone()));
            let answer = request.map_err(|_| Trouble::Unreached)?.send().await.map_err(|_| Trouble::Unreached)?;
            let body = answer.text().await.map_err(|_| Trouble::Unreached)?;
            Ok(Answer { status: answer.status(), body })
        }
        #[cfg(not(target_arch = "wasm32"))]
        {
            _ = path;
            Err(Trouble::Unreached)
        }
    }
}
