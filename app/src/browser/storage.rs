//! Small things remembered on this device: theme, language, folded navigation, one's own drafts. Never data of the business.
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

/// Forgets every value whose key begins like this.
pub fn forget_all(prefix: &str) {
    #[cfg(target_arch = "wasm32")]
    if let Some(storage) = local() {
        let count = storage.length().unwrap_or_default();
        let keys: Vec<String> = (0..count).filter_map(|n| storage.key(n).ok().flatten()).filter(|key| key.starts_with(prefix)).collect();
        for key in keys {
            _ = storage.remove_item(&key);
        }
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = prefix;
    }
}
