//! The gate of a surface: lets in whoever belongs there, and leads everybody else to their own place.

use super::use_session;
use crate::{
    browser::{network, tasks},
    routes,
};
use domain::session::Me;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

/// `belongs`: whose surface it is; `open`: what they are shown.
#[component]
pub fn Gate<Open: Fn(Me) -> AnyView + Copy + Send + 'static>(belongs: fn(&Me) -> bool, open: Open) -> impl IntoView {
    let session = use_session();
    let here = use_location().pathname;
    let navigate = use_navigate();
    Effect::new(move |_| {
        let navigate = navigate.clone();
        let go = move |path: &str| navigate(path, NavigateOptions { replace: true, ..NavigateOptions::default() });
        match session.me() {
            Some(me) if belongs(&me) => {}
            Some(me) => go(routes::home_of(&me)),
            // A device that knows nobody asks the server: the cookie may still be good.
            None => tasks::run(async move {
                match network::get::<Me>("/auth/me").await {
                    Ok(me) => session.enter(me),
                    Err(_) => go(&routes::sign_in_to(&here.get_untracked())),
                }
            }),
        }
    });
    move || session.me().filter(belongs).map(open)
}
