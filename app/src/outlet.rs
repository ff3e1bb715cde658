//! The place on screen for the page that the address names.

use crate::{
    browser::tasks,
    ui::{Arrived, later, live},
};
use leptos::prelude::*;
use leptos_router::{hooks::use_url, location::Url};
use std::future::Future;

/// Pages of which an address names one; their code comes in bundles.
pub trait Pages: Copy + PartialEq + Send + Sync + 'static {
    fn of(path: &str) -> Self;

    /// Done when its bundle is here, or cannot come now.
    fn fetch(self) -> impl Future<Output = ()>;

    fn open(self) -> impl Future<Output = Arrived> + 'static;
}

/// The page that is named, and which it is. Where its bundle has not come yet one stays on the page before.
///
/// A page reads its own address (`use_url`, `use_query_map`): that does not move while one is on the way elsewhere.
#[must_use]
pub fn outlet<P: Pages>() -> (Signal<P>, AnyView) {
    let address = use_url();
    let page = RwSignal::new(address.with_untracked(|address| P::of(address.path())));
    let own = StoredValue::new(ArcRwSignal::new(address.get_untracked()));
    Effect::new(move |_| {
        let next = address.get();
        let named = P::of(next.path());
        if named == page.get_untracked() {
            return own.with_value(|own| own.set(next));
        }
        tasks::run(async move {
            named.fetch().await;
            if address.try_get_untracked().as_ref() == Some(&next) {
                own.set_value(ArcRwSignal::new(next));
                page.set(named);
            }
        });
    });
    let shown = live(move || {
        let page = page.get();
        provide_context::<ArcRwSignal<Url>>(own.get_value());
        Some(later(page.open()))
    });
    (page.into(), shown)
}
