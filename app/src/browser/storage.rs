//! Small things remembered on this device: theme, language, folded navigation. Never data of the business.
//!
//! A browser may refuse storage (private windows, full disks): then nothing is remembered, and nothing breaks.

#[cfg(target_arch = "wasm32")]
fn local() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// What was remembered under this key.
#[must_use]
pub fn get(key: &str) -> Option<String> {
    #[cfg(target_arch = "wasm32")]
    return local()?.get_item(key).ok()?;
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = key;
        None
    }
}

/// Remembers a value.
pub fn set(key: &str, value: &str) {
    #[cfg(target_arch = "wasm32")]
    if let Some(storage) = local() {
        _ = storage.set_item(key, value);
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = (key, value);
    }
}

/// Forgets a value.
pub fn forget(key: &str) {
    #[cfg(target_arch = "wasm32")]
    if let Some(storage) = local() {
        _ = storage.remove_item(key);
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = key;
    }
}
