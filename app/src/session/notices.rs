//! What somebody must know of how their device stands: little, and only while it is so.

use super::words;
use crate::{
    book::{Book, Status, use_book},
    ui::{Banner, Tone},
    words::{Lang, use_language},
};
use leptos::prelude::*;

#[component]
pub fn DeviceNotices() -> impl IntoView {
    let (book, lang) = (use_book(), use_language());
    let said = Memo::new(move |_| notice(book, lang.get()));
    move || said.get().map(|said| view! { <Banner tone=Tone::Warn>{said}</Banner> })
}

/// Tracked.
fn notice(book: Book, lang: Lang) -> Option<String> {
    match book.status().get() {
        Status::Locked => Some(words::locked(lang)),
        Status::TooOld => Some(words::TOO_OLD.in_lang(lang).to_owned()),
        _ if book.has_unkept() => Some(words::UNKEPT.in_lang(lang).to_owned()),
        _ => None,
    }
}
