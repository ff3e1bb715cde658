//! Parts of a page whose code comes in a bundle of its own.

use super::{LoadFailed, live, use_toasts, while_so};
use crate::{
    browser::tasks,
    words::{states, use_language},
};
use leptos::{prelude::*, reactive::computed::ScopedFuture, wasm_split::SplitLoaderError};
use std::{future::Future, hint, pin::Pin};

/// What a bundle was asked for.
pub type Arrived = Result<AnyView, SplitLoaderError>;

type Coming = Pin<Box<dyn Future<Output = Arrived>>>;

/// A part that is there at once where its bundle is, else as soon as that has come.
pub fn later(part: impl Future<Output = Arrived> + 'static) -> AnyView {
    arriving(Box::pin(part), || Some(view! { <LoadFailed/> }.into_any()))
}

/// The same for what opens over a page: that it could not be loaded is said beside the work, not in it.
pub fn later_over(part: impl Future<Output = Arrived> + 'static) -> AnyView {
    arriving(Box::pin(part), || {
        use_toasts().push_problem(states::LOAD_FAILED.in_lang(use_language().get_untracked()));
        None
    })
}

/// What opens over a page by this signal: it comes when it is first to open, and stays. Where it cannot come it is closed again,
/// so that the next press tries anew.
pub fn later_open<F: Future<Output = Arrived> + 'static>(open: RwSignal<bool>, part: impl Fn() -> F + Send + 'static) -> AnyView {
    let here = RwSignal::new(false);
    let fetched = move |part: F| async move {
        let arrived = part.await;
        _ = if arrived.is_ok() { here.try_set(true) } else { open.try_set(false) };
        arrived
    };
    while_so(move || open.get() || here.get(), move || later_over(fetched(part())))
}

fn arriving(part: Coming, failed: fn() -> Option<AnyView>) -> AnyView {
    let shown = move |arrived: Arrived| arrived.map_or_else(|_| failed(), Some);
    let part = match tasks::at_once(ScopedFuture::new_untracked(part)) {
        Ok(arrived) => return shown(arrived).into_any(),
        Err(part) => part,
    };
    let (here, owner) = (RwSignal::new(false), Owner::current());
    let view = StoredValue::new_local(None::<AnyView>);
    tasks::run(async move {
        let arrived = part.await;
        let shown = || shown(arrived);
        let arrived = match owner {
            Some(owner) => owner.with(shown),
            None => shown(),
        };
        // Where the page went away meanwhile nobody waits for it.
        if view.try_set_value(arrived).is_none() {
            _ = here.try_set(true);
        }
    });
    live(move || {
        here.track();
        view.try_update_value(Option::take).flatten()
    })
}

/// Counts what a surface itself needs as present in a bundle of one of its pages: it is sent once, with the surface,
/// instead of in files of their own for each set of pages that need it. To be called in the bundle's function.
pub fn within<Surface>(surface: Surface) {
    hint::black_box(surface);
}
