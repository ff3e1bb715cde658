//! What happened with a customer comes when the customer is opened: what a page shows until it is here, and where it cannot come.

use crate::{
    book::{History, use_book},
    ui::{Shape, Skeleton, live, while_so},
    words::{states, t},
};
use domain::id::CustomerId;
use leptos::prelude::*;

/// Its content once the customer's history is on this device; until then this shape, or why it is not.
#[component]
pub fn OnceHere(customer: CustomerId, shape: Shape, children: ChildrenFn) -> impl IntoView {
    let book = use_book();
    let here = Memo::new(move |_| book.history(customer) == History::Here);
    view! {
        <Missing customer shape/>
        {while_so(move || here.get(), move || children().into_any())}
    }
}

/// What stands for the part of a history that is not on this device; nothing once all of it is.
#[component]
pub fn Missing(customer: CustomerId, shape: Shape) -> impl IntoView {
    let book = use_book();
    let history = Memo::new(move |_| book.history(customer));
    live(move || match history.get() {
        History::Here => None,
        History::Coming => Some(view! { <Skeleton shape/> }.into_any()),
        History::Elsewhere => Some(view! { <p class="secondary" role="note">{t(states::HISTORY_ELSEWHERE)}</p> }.into_any()),
    })
}
