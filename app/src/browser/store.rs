//! What this device keeps (IndexedDB) and how its tabs agree (Web Locks, BroadcastChannel), through `js/store.js`.

/// What was kept, as it was kept.
#[derive(Debug, Default)]
pub struct Kept {
    pub saved: Option<String>,
    pub base: Vec<String>,
    /// With their numbers.
    pub pending: Vec<(u64, String)>,
    pub refused: Vec<String>,
}

/// One completed pull, ready to be kept.
#[derive(Debug, Default, Clone)]
pub struct Batch {
    pub saved: String,
    pub chunks: Vec<String>,
    /// The chunks replace everything kept before.
    pub fold: bool,
    pub settled: Vec<String>,
    pub refused: Vec<(String, String)>,
}

/// The disk is full, the window is private, or the database was deleted by another tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotKept;

#[cfg(target_arch = "wasm32")]
pub use device::{Lead, Store, Tabs};
#[cfg(not(target_arch = "wasm32"))]
pub use none::{Lead, Store, Tabs};

#[cfg(target_arch = "wasm32")]
mod device {
    use super::{Batch, Kept, NotKept};
    use js_sys::{Array, Function};
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen(module = "/js/store.js")]
    extern "C" {
        #[wasm_bindgen(js_name = Store)]
        type JsStore;
        #[wasm_bindgen(static_method_of = JsStore, js_class = "Store", catch)]
        async fn open(name: &str) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(static_method_of = JsStore, js_class = "Store")]
        async fn destroy(name: &str);
        #[wasm_bindgen(method, js_class = "Store", catch)]
        async fn load(this: &JsStore) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(method, js_class = "Store", catch)]
        async fn saved(this: &JsStore) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(method, js_class = "Store", catch)]
        async fn commit(
            this: &JsStore,
            saved: &str,
            chunks: Array,
            fold: bool,
            settled: Array,
            refused_ids: Array,
            refused: Array,
        ) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(method, js_class = "Store", catch)]
        async fn append(this: &JsStore, id: &str, command: &str) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(method, js_class = "Store", catch)]
        async fn pending(this: &JsStore) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(method, js_class = "Store", catch)]
        async fn renumber(this: &JsStore, saved: &str, ids: Array) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(method, js_class = "Store", catch)]
        async fn forget_refused(this: &JsStore, id: &str) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(method, js_class = "Store")]
        fn close(this: &JsStore);

        #[wasm_bindgen(catch)]
        async fn lead(name: &str) -> Result<JsValue, JsValue>;

        #[wasm_bindgen(js_name = Tabs)]
        type JsTabs;
        #[wasm_bindgen(constructor, js_class = "Tabs")]
        fn new(name: &str, hear: &Function) -> JsTabs;
        #[wasm_bindgen(method, js_class = "Tabs")]
        fn tell(this: &JsTabs, text: &str);
        #[wasm_bindgen(method, js_class = "Tabs")]
        fn close(this: &JsTabs);
    }

    fn texts<'a>(texts: impl Iterator<Item = &'a String>) -> Array {
        texts.map(|text| JsValue::from_str(text)).collect()
    }

    fn strings(value: &JsValue) -> Vec<String> {
        Array::from(value).iter().filter_map(|item| item.as_string()).collect()
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "numbers counted up from 1")]
    fn number(value: &JsValue) -> u64 {
        value.as_f64().unwrap_or_default() as u64
    }

    fn numbered(pairs: &JsValue) -> Vec<(u64, String)> {
        let pair = |pair: JsValue| {
            let pair = Array::from(&pair);
            Some((number(&pair.get(0)), pair.get(1).as_string()?))
        };
        Array::from(pairs).iter().filter_map(pair).collect()
    }

    pub struct Store(JsStore);

    impl Store {
        pub async fn open(name: &str) -> Result<Self, NotKept> {
            JsStore::open(name).await.map(|store| Self(store.unchecked_into())).map_err(|_| NotKept)
        }

        pub async fn destroy(name: &str) {
            JsStore::destroy(name).await;
        }

        pub async fn load(&self) -> Result<Kept, NotKept> {
            let parts = Array::from(&self.0.load().await.map_err(|_| NotKept)?);
            Ok(Kept {
                saved: parts.get(0).as_string(),
                base: strings(&parts.get(1)),
                pending: numbered(&parts.get(2)),
                refused: strings(&parts.get(3)),
            })
        }

        /// What is kept besides rows and commands.
        pub async fn saved(&self) -> Result<Option<String>, NotKept> {
            self.0.saved().await.map(|saved| saved.as_string()).map_err(|_| NotKept)
        }

        pub async fn commit(&self, batch: &Batch) -> Result<(), NotKept> {
            let ids = texts(batch.refused.iter().map(|(id, _)| id));
            let refused = texts(batch.refused.iter().map(|(_, json)| json));
            let settled = texts(batch.settled.iter());
            self.0.commit(&batch.saved, texts(batch.chunks.iter()), batch.fold, settled, ids, refused).await.map(drop).map_err(|_| NotKept)
        }

        /// Commands with their numbers, of all tabs.
        pub async fn pending(&self) -> Result<Vec<(u64, String)>, NotKept> {
            self.0.pending().await.map(|pending| numbered(&pending)).map_err(|_| NotKept)
        }

        /// Keeps a command and says its number.
        pub async fn append(&self, id: &str, command: &str) -> Result<u64, NotKept> {
            self.0.append(id, command).await.map(|mid| number(&mid)).map_err(|_| NotKept)
        }

        pub async fn renumber(&self, saved: &str, ids: &[String]) -> Result<(), NotKept> {
            self.0.renumber(saved, texts(ids.iter())).await.map(drop).map_err(|_| NotKept)
        }

        pub async fn forget_refused(&self, id: &str) -> Result<(), NotKept> {
            self.0.forget_refused(id).await.map(drop).map_err(|_| NotKept)
        }

        pub fn close(&self) {
            self.0.close();
        }
    }

    /// The lead over all tabs of a user, until it is dropped.
    pub struct Lead(JsValue);

    impl Lead {
        pub async fn take(name: &str) -> Self {
            Self(lead(name).await.unwrap_or(JsValue::UNDEFINED))
        }
    }

    impl Drop for Lead {
        fn drop(&mut self) {
            if let Some(release) = self.0.dyn_ref::<Function>() {
                _ = release.call0(&JsValue::UNDEFINED);
            }
        }
    }

    /// The other tabs of this user.
    pub struct Tabs {
        tabs: JsTabs,
        _hear: Closure<dyn Fn(String)>,
    }

    impl Tabs {
        pub fn open(name: &str, hear: impl Fn(String) + 'static) -> Self {
            let hear = Closure::<dyn Fn(String)>::new(hear);
            Self { tabs: JsTabs::new(name, hear.as_ref().unchecked_ref()), _hear: hear }
        }

        pub fn tell(&self, text: &str) {
            self.tabs.tell(text);
        }
    }

    impl Drop for Tabs {
        fn drop(&mut self) {
            self.tabs.close();
        }
    }
}

/// Natively nothing is kept and there is one tab.
#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::unused_async, reason = "the shape of the browser's")]
mod none {
    use super::{Batch, Kept, NotKept};

    pub struct Store;

    impl Store {
        pub async fn open(_name: &str) -> Result<Self, NotKept> {
            Err(NotKept)
        }
        pub async fn destroy(_name: &str) {}
        pub async fn load(&self) -> Result<Kept, NotKept> {
            Err(NotKept)
        }
        pub async fn saved(&self) -> Result<Option<String>, NotKept> {
            Err(NotKept)
        }
        pub async fn commit(&self, _batch: &Batch) -> Result<(), NotKept> {
            Err(NotKept)
        }
        pub async fn pending(&self) -> Result<Vec<(u64, String)>, NotKept> {
            Err(NotKept)
        }
        pub async fn append(&self, _id: &str, _command: &str) -> Result<u64, NotKept> {
            Err(NotKept)
        }
        pub async fn renumber(&self, _saved: &str, _ids: &[String]) -> Result<(), NotKept> {
            Err(NotKept)
        }
        pub async fn forget_refused(&self, _id: &str) -> Result<(), NotKept> {
            Err(NotKept)
        }
        pub fn close(&self) {}
    }

    pub struct Lead;

    impl Lead {
        pub async fn take(_name: &str) -> Self {
            Self
        }
    }

    pub struct Tabs;

    impl Tabs {
        pub fn open(_name: &str, hear: impl Fn(String) + 'static) -> Self {
            drop(hear);
            Self
        }
        pub fn tell(&self, _text: &str) {}
    }
}
