//! How large an element is now, and whenever that changes.

use leptos::web_sys::Element;

/// Calls `changed` with the element's inner width and height, at once and on every change, until the component is gone.
pub fn on_size(element: &Element, changed: impl Fn(f64, f64) + 'static) {
    #[cfg(target_arch = "wasm32")]
    {
        use leptos::prelude::StoredValue;
        if let Some(observed) = observed::Observed::new(element, changed) {
            _ = StoredValue::new_local(observed);
        }
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = element;
        drop(changed);
    }
}

#[cfg(target_arch = "wasm32")]
mod observed {
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{Element, ResizeObserver};

    /// An observation that ends when it is dropped.
    pub struct Observed {
        observer: ResizeObserver,
        _changed: Closure<dyn Fn()>,
    }

    impl Observed {
        pub fn new(element: &Element, changed: impl Fn(f64, f64) + 'static) -> Option<Self> {
            let watched = element.clone();
            let changed = Closure::<dyn Fn()>::new(move || changed(watched.client_width().into(), watched.client_height().into()));
            let observer = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok()?;
            observer.observe(element);
            Some(Self { observer, _changed: changed })
        }
    }

    impl Drop for Observed {
        fn drop(&mut self) {
            self.observer.disconnect();
        }
    }
}
