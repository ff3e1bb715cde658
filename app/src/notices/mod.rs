//! Notices on screen: what one should know, unread first seen by a dot.

mod words;

use crate::{
    book::{Book, use_book},
    browser::clock,
    customers::named,
    forms::label_of,
    routes,
    ui::{Button, Card, Facts, List, ListRow, Rank, Size},
    words::{t, use_language},
};
use domain::{
    change::Command,
    notices::{self, Notice},
};
use leptos::prelude::*;
use std::sync::Arc;

/// So many are shown.
const MOST: usize = 20;

/// One's own notices whose time has come, newest first. Tracked.
fn mine(book: Book) -> Vec<Arc<Notice>> {
    let (now, me) = (clock::ticking(), book.me().actor.person());
    let mut notices = book.rows::<Notice>();
    notices.retain(|notice| notice.at <= now && Some(notice.person) == me);
    notices.sort_by_key(|notice| (std::cmp::Reverse(notice.at), notice.id));
    notices.truncate(MOST);
    notices
}

/// How many of them are unread. Tracked.
#[must_use]
pub fn unread(book: Book) -> usize {
    mine(book).iter().filter(|notice| notice.read_at.is_none()).count()
}

/// What one should know: shown once its time has come, newest first.
#[component]
pub fn NewsCard() -> impl IntoView {
    let book = use_book();
    let notices = Memo::new(move |_| mine(book));
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
    let (at, times) = (notice.at, notice.times);
    let unread = notice.read_at.is_none();
    let unread_word = t(words::UNREAD);
    let href = match (notice.ticket, notice.customer) {
        (Some(ticket), _) => routes::ticket(ticket),
        (None, Some(customer)) => routes::customer(customer),
        (None, None) => routes::TODAY.to_owned(),
    };
    let about = notice.clone();
    // Whom it is about, then why one is told; without a customer the reason alone.
    let title = move || match about.customer {
        Some(customer) => named(book, customer),
        None => label_of(&about.cause, lang.get()).to_owned(),
    };
    let detail = Signal::derive(move || {
        let lang = lang.get();
        let text = notice.text.as_ref().map(ToString::to_string);
        if notice.ticket.is_some() {
            return vec![label_of(&notice.cause, lang).to_owned(), text.unwrap_or_default()];
        }
        vec![text.unwrap_or_else(|| format!("{} {}", book.actor_name(lang, notice.by), label_of(&notice.cause, lang)))]
    });
    view! {
        <ListRow
            href=Signal::derive(move || href.clone())
            front=move || unread.then(|| view! { <span class="dot" role="img" aria-label=unread_word></span> })
            detail=move || view! { <Facts of=detail/> }
            end=move || (times > 1).then(|| words::times(lang.get(), times))
            end_detail=move || book.moment(lang.get(), at)
        >
            <span class:strong=unread>{title}</span>
        </ListRow>
    }
    .into_any()
}
