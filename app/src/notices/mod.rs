//! Notices on screen: what one should know, unread first seen by a dot.

mod words;

use crate::{
    book::use_book,
    browser::clock,
    customers::named,
    forms::label_of,
    routes,
    ui::{Button, Card, List, ListRow, Rank, Size},
    words::{t, use_language},
};
use domain::{
    change::Command,
    notices::{self, Notice},
};
use leptos::prelude::*;
use std::sync::Arc;

/// What one should know: shown once its time has come, newest first.
#[component]
pub fn NewsCard() -> impl IntoView {
    let book = use_book();
    let notices = Memo::new(move |_| {
        let now = clock::ticking();
        let mut notices = book.rows::<Notice>();
        notices.retain(|notice| notice.at <= now);
        notices.sort_by_key(|notice| (std::cmp::Reverse(notice.at), notice.id));
        notices.truncate(50);
        notices
    });
    let unread = move || {
        notices.with(|notices| notices.iter().filter(|notice| notice.read_at.is_none()).map(|notice| notice.id).collect::<Vec<_>>())
    };
    let mark = move |()| {
        let ids = untrack(unread);
        _ = book.submit(&Command::Notices(notices::Command::Read { ids }));
    };
    let (mark_word, none) = (t(words::MARK_READ), t(words::NO_NEWS));
    let aside =
        move || (!unread().is_empty()).then(|| view! { <Button rank=Rank::Quiet size=Size::Small on_press=mark>{mark_word}</Button> });
    view! {
        <Card title=t(words::NEWS) note=move || Some(unread().len()).filter(|n| *n > 0).map(|n| n.to_string()).unwrap_or_default() aside=aside>
            <Show when=move || !notices.with(Vec::is_empty) fallback=move || view! { <p class="card-body faint">{none}</p> }>
                <List label=t(words::NEWS)>
                    <For each=move || notices.get() key=|notice| (notice.id, notice.read_at) children=news/>
                </List>
            </Show>
        </Card>
    }
    .into_any()
}

fn news(notice: Arc<Notice>) -> AnyView {
    let book = use_book();
    let lang = use_language();
    let (at, cause, by) = (notice.at, notice.cause, notice.by);
    let unread = notice.read_at.is_none();
    let customer = notice.customer;
    let title = move || customer.map(|customer| named(book, customer)).unwrap_or_default();
    let href = customer.map_or_else(|| routes::TODAY.to_owned(), routes::customer);
    let text = notice.text.as_ref().map(ToString::to_string);
    let detail = move || text.clone().unwrap_or_else(|| format!("{} {}", book.actor_name(lang.get(), by), label_of(&cause, lang.get())));
    view! {
        <ListRow
            href=Signal::derive(move || href.clone())
            front=move || view! { <span class="notice-dot" data-unread=unread></span> }
            detail=detail
            end_detail=move || book.moment(lang.get(), at)
        >
            {title}
        </ListRow>
    }
    .into_any()
}
