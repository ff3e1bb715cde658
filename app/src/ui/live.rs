//! What changes on screen, in one kind for all of it: a closure given to a view bare is compiled with the whole machinery
//! of rendering around it, once for each place.

use leptos::prelude::*;

/// A text that changes.
pub fn text(said: impl Fn() -> String + Send + 'static) -> AnyView {
    fn erased(said: Box<dyn Fn() -> String + Send>) -> AnyView {
        (move || said()).into_any()
    }
    erased(Box::new(said))
}

/// A part of the page that changes, or is not there.
pub fn live(part: impl Fn() -> Option<AnyView> + Send + 'static) -> AnyView {
    fn erased(part: Box<dyn Fn() -> Option<AnyView> + Send>) -> AnyView {
        (move || part()).into_any()
    }
    erased(Box::new(part))
}

/// A part that is there while something holds; it is made anew only when that changes.
pub fn while_so(holds: impl Fn() -> bool + Send + Sync + 'static, part: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    fn erased(holds: Box<dyn Fn() -> bool + Send + Sync>, part: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
        let holds = Memo::new(move |_| holds());
        (move || holds.get().then(|| untrack(&part))).into_any()
    }
    erased(Box::new(holds), Box::new(part))
}
