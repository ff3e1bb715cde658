//! Files that somebody has chosen, dropped or pasted, and sending them.

use super::network::{Answer, Trouble};

/// So long a whole file may take on its way.
#[cfg(target_arch = "wasm32")]
const WHOLE_MS: u32 = 300_000;
/// And so long a piece of one.
#[cfg(target_arch = "wasm32")]
const PIECE_MS: u32 = 60_000;

/// A chosen file. Cheap to copy; the browser keeps its content.
#[derive(Clone)]
pub struct Chosen {
    pub name: String,
    /// In bytes.
    pub size: u64,
    #[cfg(target_arch = "wasm32")]
    file: web_sys::File,
}

/// The files of an input whose choice has just changed. The same ones may be chosen again.
#[must_use]
pub fn picked(event: &leptos::ev::Event) -> Vec<Chosen> {
    #[cfg(target_arch = "wasm32")]
    {
        let Some(input) = input(event) else { return Vec::new() };
        let chosen = all(input.files());
        input.set_value("");
        chosen
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = event;
        Vec::new()
    }
}

/// The files that were pasted: pictures. Where there is text too, it is the text that was meant.
#[must_use]
pub fn pasted(event: &leptos::ev::ClipboardEvent) -> Vec<Chosen> {
    #[cfg(target_arch = "wasm32")]
    {
        let data = event.clipboard_data().filter(|data| data.get_data("text").is_ok_and(|text| text.is_empty()));
        data.map(|data| all(data.files())).unwrap_or_default()
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = event;
        Vec::new()
    }
}

/// Whether what is dragged are files.
#[must_use]
#[cfg_attr(not(target_arch = "wasm32"), expect(clippy::missing_const_for_fn, reason = "not in a browser"))]
pub fn is_of_files(event: &leptos::ev::DragEvent) -> bool {
    #[cfg(target_arch = "wasm32")]
    return event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0));
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = event;
        false
    }
}

/// The files that were dropped.
#[must_use]
pub fn dropped(event: &leptos::ev::DragEvent) -> Vec<Chosen> {
    #[cfg(target_arch = "wasm32")]
    return event.data_transfer().map(|data| all(data.files())).unwrap_or_default();
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = event;
        Vec::new()
    }
}

#[cfg(target_arch = "wasm32")]
fn input(event: &leptos::ev::Event) -> Option<web_sys::HtmlInputElement> {
    use wasm_bindgen::JsCast;
    event.target()?.dyn_into().ok()
}

#[cfg(target_arch = "wasm32")]
fn all(list: Option<web_sys::FileList>) -> Vec<Chosen> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|n| list.get(n)).map(Chosen::new).collect()
}

impl Chosen {
    /// The one file of an input whose choice has just changed.
    #[must_use]
    pub fn of(event: &leptos::ev::Event) -> Option<Self> {
        #[cfg(target_arch = "wasm32")]
        return all(input(event)?.files()).pop();
        #[cfg(not(target_arch = "wasm32"))]
        {
            _ = event;
            None
        }
    }

    #[cfg(target_arch = "wasm32")]
    fn new(file: web_sys::File) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes of files are whole and far below 2^53")]
        let size = file.size() as u64;
        Self { name: file.name(), size, file }
    }

    /// SHA-256 of its content, in hexadecimal digits; nothing if the file is gone or cannot be read.
    pub async fn digest(&self) -> Option<String> {
        #[cfg(target_arch = "wasm32")]
        {
            use wasm_bindgen_futures::JsFuture;
            let content: js_sys::Object = JsFuture::from(self.file.array_buffer()).await.ok()?.into();
            let crypto = web_sys::window()?.crypto().ok()?.subtle();
            let digest = crypto.digest_with_str_and_buffer_source("SHA-256", &content).ok()?;
            let digest = js_sys::Uint8Array::new(&JsFuture::from(digest).await.ok()?).to_vec();
            let bytes: [u8; 32] = digest.try_into().ok()?;
            Some(domain::attachments::Digest::of_bytes(&bytes).to_string())
        }
        #[cfg(not(target_arch = "wasm32"))]
        None
    }

    /// Sends the file as the body of a request.
    pub async fn send(&self, path: &str) -> Result<Answer, Trouble> {
        #[cfg(target_arch = "wasm32")]
        return super::network::ask("POST", path, Some(("text/csv", self.file.clone().into())), WHOLE_MS).await;
        #[cfg(not(target_arch = "wasm32"))]
        {
            _ = path;
            Err(Trouble::Unreached)
        }
    }

    /// Sends so many of its bytes.
    pub async fn send_piece(&self, path: &str, from: u32, to: u32) -> Result<Answer, Trouble> {
        #[cfg(target_arch = "wasm32")]
        {
            let piece = self.file.slice_with_f64_and_f64(from.into(), to.into()).map_err(|_| Trouble::Unreached)?;
            super::network::ask("PUT", path, Some(("application/octet-stream", piece.into())), PIECE_MS).await
        }
        #[cfg(not(target_arch = "wasm32"))]
        {
            _ = (path, from, to);
            Err(Trouble::Unreached)
        }
    }
}
