//! What happened with a customer comes when the customer is opened: what a page shows until it is here, and where it cannot come.

use crate::{
    book::{History, use_book},
    ui::{Shape, Skeleton, live, while_so},
    words::{states, t},
};
use domain::id::CustomerId;
use leptos::prelude::*;

/// Its content once the customer's history is on this device; until then these shapes, or why it is not.
#[component]
pub fn OnceHere(customer: CustomerId, shapes: &'static [Shape], children: ChildrenFn) -> impl IntoView {
    let book = use_book();
    let history = Memo::new(move |_| book.history(customer));
    live(move || {
        Some(match history.get() {
            History::Here => children().into_any(),
            History::Coming => shapes.iter().map(|shape| view! { <Skeleton shape=*shape/> }).collect_view().into_any(),
            History::Elsewhere => note(),
        })
    })
}

/// Says that what is shown here is not all, where that is so.
#[component]
pub fn NotAllHere(customer: CustomerId) -> impl IntoView {
    let book = use_book();
    let elsewhere = Memo::new(move |_| book.history(customer) == History::Elsewhere);
    while_so(move || elsewhere.get(), note)
}

fn note() -> AnyView {
    view! { <p class="secondary" role="note">{t(states::HISTORY_ELSEWHERE)}</p> }.into_any()
}
