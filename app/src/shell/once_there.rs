//! What is made of this device's rows waits for the first of them: their shape stands there, not a false "nothing".

use crate::{
    book::use_book,
    ui::{Shape, Skeleton},
};
use leptos::prelude::*;

/// Its content once the first rows have come; until then these shapes.
#[component]
pub fn OnceThere(shapes: &'static [Shape], children: ChildrenFn) -> impl IntoView {
    let status = use_book().status();
    let waits = Memo::new(move |_| status.get().is_opening());
    move || {
        if waits.get() {
            shapes.iter().map(|shape| view! { <Skeleton shape=*shape/> }).collect_view().into_any()
        } else {
            children().into_any()
        }
    }
}
