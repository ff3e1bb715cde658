//! How sync stands: a quiet word beside the clock, never a banner across the work.

use super::words;
use crate::{
    book::{Status, use_book},
    browser::clock,
    words::{states, use_language},
};
use leptos::prelude::*;

#[component]
pub fn SyncStatus() -> impl IntoView {
    let book = use_book();
    let (status, unsent, lang) = (book.status(), book.unsent(), use_language());
    let name = move || match status.get() {
        Status::Opening | Status::First | Status::Syncing => "busy",
        Status::Synced(_) => "good",
        _ => "off",
    };
    let said = move || {
        let lang = lang.get();
        let word = match status.get() {
            Status::Opening => words::OPENING,
            Status::First => words::FIRST_SYNC,
            Status::Syncing => words::SYNCING,
            Status::Synced(_) => states::SYNCED,
            Status::Offline | Status::Locked | Status::Revoked => states::OFFLINE,
            Status::TooOld => states::TOO_OLD,
            Status::SignedOut => words::SIGN_IN_AGAIN,
        };
        match unsent.get() {
            0 => word.in_lang(lang).to_owned(),
            count => format!("{} {}", word.in_lang(lang), words::unsent(lang, count)),
        }
    };
    view! {
        <span class="sync-status" role="status" data-state=name>
            <span class="tabular" aria-hidden="true">{move || book.time_of_day(clock::ticking())}</span>
            <span>{said}</span>
        </span>
    }
    .into_any()
}
