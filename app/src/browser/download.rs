//! Handing a file to the person, made on this device.

/// Saves `content` as a file of that name, such as `customers.csv`, `text/csv`.
pub fn download(name: &str, mime: &str, content: &[u8]) {
    #[cfg(target_arch = "wasm32")]
    {
        _ = offer(name, mime, content);
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = (name, mime, content);
    }
}

#[cfg(target_arch = "wasm32")]
fn offer(name: &str, mime: &str, content: &[u8]) -> Result<(), wasm_bindgen::JsValue> {
    use wasm_bindgen::JsCast;
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(content));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(mime);
    let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        let link: web_sys::HtmlAnchorElement = document.create_element("a")?.unchecked_into();
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    // The browser has taken the file by then; the address would keep it in memory.
    super::timer::after(10_000, move || _ = web_sys::Url::revoke_object_url(&address));
    Ok(())
}
