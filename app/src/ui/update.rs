//! A new version is there: taken when the person says so.

use super::{Banner, Button, Rank, Size};
use crate::{
    browser::window,
    words::{actions, states, t},
};
use leptos::prelude::*;

/// Offers the new version, once there is one. Nothing typed or unsent is lost by taking it.
#[component]
pub fn UpdateOffer() -> impl IntoView {
    let ready = RwSignal::new(false);
    window::on_update(move || ready.set(true));
    let (words, now) = (t(states::UPDATE_READY), t(actions::UPDATE));
    view! {
        <Show when=move || ready.get()>
            <Banner>
                {words} " " <Button rank=Rank::Quiet size=Size::Small on_press=|()| window::update()>{now}</Button>
            </Banner>
        </Show>
    }
    .into_any()
}
