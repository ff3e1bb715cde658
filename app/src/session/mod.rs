//! The session: who is signed in on this device, and the doors through which people enter.

mod cover;
mod door;
mod gate;
mod join;
mod leave;
mod notices;
mod set_up;
mod sign_in;
mod words;

pub use cover::SignedOutCover;
pub use gate::Gate;
pub use leave::{UnsentDialog, leaving};
pub use notices::DeviceNotices;

use crate::{
    book,
    browser::{network, storage, tasks},
    routes,
    ui::Arrived,
};
use domain::session::Me;
use leptos::{prelude::*, wasm_split::wasm_split};

/// The pages before one is known: a lazy bundle of their own, with the sign-in that covers the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Home,
    SignIn,
    SetUp,
    Join,
    NotFound,
    Cover,
}

#[wasm_split(entry, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn open(page: Page) -> Arrived {
    Ok(match page {
        Page::Home => view! { <door::HomePage/> }.into_any(),
        Page::SignIn => view! { <sign_in::SignInPage/> }.into_any(),
        Page::SetUp => view! { <set_up::SetUpPage/> }.into_any(),
        Page::Join => view! { <join::JoinPage/> }.into_any(),
        Page::NotFound => view! { <door::NotFoundPage/> }.into_any(),
        Page::Cover => view! { <cover::SignInAgain/> }.into_any(),
    })
}

impl Page {
    /// Whatever is not a surface's is here, if only to say that there is nothing.
    #[must_use]
    pub fn of(path: &str) -> Self {
        match path.trim_end_matches('/') {
            "" => Self::Home,
            routes::SIGN_IN => Self::SignIn,
            routes::SET_UP => Self::SetUp,
            path if routes::below(routes::JOIN, path).is_some() => Self::Join,
            _ => Self::NotFound,
        }
    }
}

/// Done when these pages are here, or cannot come now. With a session they are fetched for when it ends.
pub async fn fetch() {
    _ = __wasm_split_preload_open().await;
}

const KEY: &str = "guanxi.me";

/// Who is signed in, as context. Remembered on the device, so that the app opens without a line; only the
/// server's sessions give access.
#[derive(Clone, Copy)]
pub struct Session(RwSignal<Option<Me>>);

pub fn provide_session() -> Session {
    let me = storage::get(KEY).and_then(|me| serde_json::from_str(&me).ok());
    let session = Session(RwSignal::new(me));
    provide_context(session);
    session
}

#[must_use]
pub fn use_session() -> Session {
    use_context::<Session>().unwrap_or_else(|| Session(RwSignal::new(None)))
}

fn remember(me: &Me) {
    if let Ok(json) = serde_json::to_string(me) {
        storage::set(KEY, &json);
    }
}

impl Session {
    /// Tracked.
    #[must_use]
    pub fn me(self) -> Option<Me> {
        self.0.get()
    }

    pub fn enter(self, me: Me) {
        remember(&me);
        if self.0.with_untracked(|before| before.as_ref() != Some(&me)) {
            self.0.set(Some(me));
        }
    }

    /// Somebody else is signed in now: a fresh page, so that nothing of the one before stays in memory.
    pub fn change(self, me: &Me) {
        remember(me);
        crate::browser::window::open(routes::home_of(me));
    }

    /// Nobody is signed in on this device any more: a fresh page too.
    pub fn leave(self) {
        storage::forget(KEY);
        crate::browser::window::open(routes::SIGN_IN);
    }

    /// A deliberate sign-out: the session ends on the server, and what was kept of this user is deleted.
    pub fn sign_out(self) {
        let Some(me) = self.0.get_untracked() else { return };
        tasks::run(async move {
            // Without a line the device still forgets; the server's session ends by itself.
            _ = network::post::<serde_json::Value>("/auth/sign-out", &serde_json::json!({})).await;
            book::forget_device(&me).await;
            self.leave();
        });
    }
}
