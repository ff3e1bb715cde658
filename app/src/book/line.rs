//! The line on which the server says that there is something new: its pokes, or where they do not come through, long polls.

use super::{Book, Status, engine::jittered};
use crate::browser::{clock, live, network, tasks};
use domain::sync::wire::{PullRequest, PullResponse};
use leptos::prelude::*;

/// A line on which nothing is heard so many times in a row is held back on its way: some proxies wait for an answer's end.
const DEAF_LINES: u32 = 2;
/// A poll waits so long, less than a request may take.
const POLL_SECONDS: u32 = 25;
/// What a poll has told is being fetched meanwhile.
const AFTER_NEWS_MS: u32 = 1_000;

/// Listens for as long as the page lives; where the line breaks it is taken up again, later and later.
pub async fn listen(book: Book) {
    let (mut breaks, mut deaf) = (0, 0);
    while book.status.try_get_untracked().is_some_and(|status| status != Status::Revoked) {
        if deaf >= DEAF_LINES && poll(book).await {
            continue;
        }
        let began = clock::now();
        let heard = live::listen("/sync/live", move || book.nudge()).await;
        deaf = if heard { 0 } else { deaf + 1 };
        breaks = if clock::now().seconds_since(began) > 30 { 0 } else { breaks + 1 };
        tasks::pause(jittered(breaks)).await;
    }
}

/// Waits for a change by asking for it. What is answered counts as a poke and no more: rows are taken by the engine alone.
/// False if there was no answer.
async fn poll(book: Book) -> bool {
    let request = book.inner().borrow().device.pull_request();
    let request = PullRequest { limit_bytes: 1, wait_s: POLL_SECONDS, ..request };
    let Ok(answer) = network::post::<PullResponse>("/sync/pull", &request).await else { return false };
    if answer.has_news(&request) {
        book.nudge();
        tasks::pause(AFTER_NEWS_MS).await;
    }
    true
}
