//! The tier of a customer, in its metal.

use crate::{
    book::use_book,
    ui::{TierBadge, live},
    words::use_language,
};
use domain::{customers::Figure, id::CustomerId};
use leptos::prelude::*;

/// The badge of the tier with this rank; nothing below the first one.
pub fn tier_badge(rank: impl Fn() -> i64 + Send + 'static) -> AnyView {
    let book = use_book();
    let lang = use_language();
    live(move || {
        let (metal, name) = book.tier(rank(), lang.get())?;
        Some(view! { <TierBadge metal name/> }.into_any())
    })
}

/// The badge of this customer. It follows the rank alone, not the rest of the figures.
pub fn tier_of(customer: impl Fn() -> Option<CustomerId> + Send + Sync + 'static) -> AnyView {
    let book = use_book();
    let rank = Memo::new(move |_| customer().and_then(|id| book.row::<Figure>(id)).map_or(0, |figure| figure.rank));
    tier_badge(move || rank.get())
}
