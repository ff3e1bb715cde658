//! The window as a whole: leaving for another page, being told by the bundle that a new version is there.

/// Opens an address with a fresh page: nothing of this one stays in memory.
pub fn open(path: &str) {
    #[cfg(target_arch = "wasm32")]
    if let Some(window) = web_sys::window() {
        _ = window.location().assign(path);
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = path;
    }
}

/// Calls back when the bundle's worker has a new version ready, now or later.
pub fn on_update(ready: impl Fn() + 'static) {
    #[cfg(target_arch = "wasm32")]
    {
        let root = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
        if root.is_some_and(|root| root.get_attribute("data-update").as_deref() == Some("ready")) {
            ready();
        }
        std::mem::forget(leptos::prelude::window_event_listener_untyped("guanxi:update-ready", move |_| ready()));
    }
    #[cfg(not(target_arch = "wasm32"))]
    drop(ready);
}

/// Takes the new version: the page loads anew, with everything typed and unsent kept in the store.
pub fn update() {
    #[cfg(target_arch = "wasm32")]
    dispatch("guanxi:update");
}

/// The server does not understand this version any more: has the bundle look for a new one now.
pub fn look_for_update() {
    #[cfg(target_arch = "wasm32")]
    dispatch("guanxi:too-old");
}

#[cfg(target_arch = "wasm32")]
fn dispatch(name: &str) {
    if let (Some(window), Ok(event)) = (web_sys::window(), web_sys::Event::new(name)) {
        _ = window.dispatch_event(&event);
    }
}

/// Loads the page anew: what is kept on the device stays.
pub fn reload() {
    #[cfg(target_arch = "wasm32")]
    if let Some(window) = web_sys::window() {
        _ = window.location().reload();
    }
}

/// Has the browser ask before the page is left while this holds.
pub fn ask_before_leaving(holds: impl Fn() -> bool + 'static) {
    #[cfg(target_arch = "wasm32")]
    std::mem::forget(leptos::prelude::window_event_listener_untyped("beforeunload", move |event| {
        if holds() {
            event.prevent_default();
        }
    }));
    #[cfg(not(target_arch = "wasm32"))]
    drop(holds);
}

/// Says where links that are handed over begin: `https://crm.example.com`.
#[must_use]
pub fn origin() -> String {
    #[cfg(target_arch = "wasm32")]
    return web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default();
    #[cfg(not(target_arch = "wasm32"))]
    String::new()
}

/// The address's part after `#`: tokens stand there, because it never reaches a server's log.
#[must_use]
pub fn fragment() -> String {
    #[cfg(target_arch = "wasm32")]
    return web_sys::window()
        .and_then(|window| window.location().hash().ok())
        .and_then(|hash| hash.strip_prefix('#').map(str::to_owned))
        .unwrap_or_default();
    #[cfg(not(target_arch = "wasm32"))]
    String::new()
}

/// The device's own time zone, by its IANA name.
#[must_use]
pub fn zone() -> String {
    #[cfg(target_arch = "wasm32")]
    {
        let options = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new()).resolved_options();
        let zone = js_sys::Reflect::get(&options, &"timeZone".into()).ok().and_then(|zone| zone.as_string());
        zone.unwrap_or_else(|| "Asia/Shanghai".to_owned())
    }
    #[cfg(not(target_arch = "wasm32"))]
    "Asia/Shanghai".to_owned()
}
