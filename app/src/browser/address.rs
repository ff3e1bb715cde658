//! The address bar.

/// A link that is followed changes it at once; the router leaves to whoever draws the pages when.
pub fn follow_links() {
    #[cfg(target_arch = "wasm32")]
    {
        use leptos::prelude::{Effect, Track, use_context};
        use leptos_router::{
            hooks::use_location,
            location::{BrowserUrl, LocationProvider},
        };
        let Some(bar) = use_context::<BrowserUrl>() else { return };
        let path = use_location().pathname;
        Effect::new(move |_| {
            path.track();
            bar.ready_to_complete();
        });
    }
}
