//! The conversation: letters from both sides, with what happened as quiet lines between.

use super::words;
use crate::{
    attachments,
    book::{Book, use_book},
    browser::format,
    ui::{Icon, Stars, icon, live, text},
    words::{Lang, t, use_language},
};
use domain::{
    attachments::File,
    id::{ContactId, Id, TicketId},
    tickets::{
        Rating, State,
        portal::{Author, Entry, Ticket, What},
    },
    time::Date,
};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Letters(id: TicketId) -> impl IntoView {
    let book = use_book();
    let letters = Memo::new(move |_| {
        let letters = book.letters(id);
        let zone = book.zone();
        let days: Vec<Date> = letters.iter().map(|letter| zone.date_at(letter.at)).collect();
        let first_of_day = |n: usize| n == 0 || days.get(n) != days.get(n - 1);
        let shown = letters.iter().enumerate().filter(|(n, letter)| tells(letter, &letters[..*n]));
        shown.map(|(n, letter)| (letter.clone(), first_of_day(n), n == 0)).collect::<Vec<_>>()
    });
    view! {
        <ol class="letters" aria-label=t(words::CONVERSATION)>
            <For each=move || letters.get() key=|(letter, first, _)| (letter.id, *first, letter.at) children=letter/>
        </ol>
    }
    .into_any()
}

/// Whether a line about it tells anything: whose turn it is now stands below the last letter.
fn tells(entry: &Entry, before: &[Arc<Entry>]) -> bool {
    let last = before.iter().rev().find_map(|entry| if let What::Moved { to } = entry.what { Some(to) } else { None });
    match entry.what {
        What::Said { .. } | What::Rated(_) | What::Moved { to: State::Solved | State::Closed } => true,
        What::Moved { to: State::Open } => last == Some(State::Solved),
        What::Moved { to: State::New | State::Waiting } => false,
    }
}

fn letter((entry, first_of_day, opens): (Arc<Entry>, bool, bool)) -> AnyView {
    let book = use_book();
    let lang = use_language();
    let date = book.zone().date_at(entry.at);
    let day = first_of_day.then(|| view! { <li class="letter-day">{text(move || format::day(lang.get(), date, book.today()))}</li> });
    let body = match &entry.what {
        What::Said { text, files } => said(&entry, opens, text.to_string(), files),
        What::Moved { to } => moved(&entry, *to),
        What::Rated(rating) => rated(rating),
    };
    view! { {day} {body} }.into_any()
}

/// Whose letter it is: one's own, a colleague's of the same account, or ours.
/// What a ticket opens with is the customer's concern, whoever wrote it down.
fn side(book: Book, by: &Author, asked_by: Option<ContactId>, opens: bool) -> &'static str {
    let contact = match by {
        Author::Theirs { contact, .. } => Some(*contact),
        Author::Ours { .. } if opens => asked_by,
        Author::Ours { .. } => return "us",
    };
    if contact.is_none_or(|contact| Id::from(contact) == book.me().user) { "me" } else { "with-me" }
}

fn said(entry: &Arc<Entry>, opens: bool, written: String, files: &[File]) -> AnyView {
    let book = use_book();
    let lang = use_language();
    let (id, at) = (entry.id, entry.at);
    let ticket = untrack(|| book.row::<Ticket>(entry.ticket));
    let side = side(book, &entry.by, ticket.as_ref().and_then(|ticket| ticket.contact), opens);
    let time = text(move || book.time_of_day(at));
    let name = match &entry.by {
        _ if side == "me" => None,
        Author::Ours { .. } if opens => ticket.as_ref().and_then(|ticket| ticket.asked_by.as_ref()).map(ToString::to_string),
        Author::Theirs { name, .. } | Author::Ours { name } => name.as_ref().map(ToString::to_string),
    };
    let scribe = match &entry.by {
        Author::Ours { name: Some(name) } if opens => Some(name.to_string()),
        Author::Ours { .. } | Author::Theirs { .. } => None,
    };
    let scribe = scribe.map(|name| view! { <span>{text(move || words::written_down(lang.get(), &name))}</span> });
    let name = match (name, side) {
        (Some(name), _) => view! { <b>{name}</b> }.into_any(),
        (None, "me") => view! { <b class="visually-hidden">{t(words::YOU)}</b> }.into_any(),
        (None, _) => view! { <b>{text(move || book.house_name())}</b> }.into_any(),
    };
    view! {
        <li class="letter" data-by=side>
            <p class="letter-head">{name} {scribe} <time>{time}</time> {live(move || unsent(book, book.is_unsynced::<Entry>(id)))}</p>
            <p class="letter-text">{written}</p>
            {attachments::shown(files, move || book.is_unsynced::<Entry>(id))}
        </li>
    }
    .into_any()
}

/// That something is only on this device: said aloud where there is no line, a small dot while it is on its way.
fn unsent(book: Book, unsynced: bool) -> Option<AnyView> {
    let waits = book.status().get().is_cut_off();
    let view = move || {
        match waits {
        true => view! { <span class="letter-unsent">{icon(Icon::Cloud)} {t(words::WAITS_FOR_LINE)}</span> }.into_any(),
        false => view! { <span class="letter-unsent"><span class="letter-sending"></span><span class="visually-hidden">{t(words::SENDING)}</span></span> }.into_any(),
    }
    };
    unsynced.then(view)
}

fn moved(entry: &Arc<Entry>, to: State) -> AnyView {
    let book = use_book();
    let lang = use_language();
    let at = entry.at;
    let by_them = matches!(entry.by, Author::Theirs { .. });
    let name = match &entry.by {
        Author::Ours { name: Some(name) } => name.to_string(),
        Author::Ours { name: None } | Author::Theirs { .. } => String::new(),
    };
    let line = text(move || line(lang.get(), to, by_them, &name));
    let time = text(move || book.time_of_day(at));
    let sign = if matches!(to, State::Solved | State::Closed) { Icon::Check } else { Icon::ArrowRight };
    view! {
        <li class="letter-line">{icon(sign)} <span>{line}</span> <time>{time}</time></li>
    }
    .into_any()
}

/// What a change of state means to the customer.
fn line(lang: Lang, to: State, by_them: bool, name: &str) -> String {
    match (to, by_them) {
        (State::Solved, _) => words::marked_solved(lang, name),
        (State::Closed, true) => words::YOU_CONFIRMED.in_lang(lang).to_owned(),
        (State::Closed, false) => words::CLOSED.in_lang(lang).to_owned(),
        (State::Open, true) => words::BACK_WITH_US.in_lang(lang).to_owned(),
        (State::New | State::Open, _) => words::IN_PROGRESS.in_lang(lang).to_owned(),
        (State::Waiting, _) => words::YOUR_TURN.in_lang(lang).to_owned(),
    }
}

fn rated(rating: &Rating) -> AnyView {
    let count = i64::from(rating.stars);
    let comment = rating.comment.as_ref().map(|comment| view! { <q>{comment.to_string()}</q> });
    view! { <li class="letter-line">{t(words::YOU_RATED)} <Stars value=count/> {comment}</li> }.into_any()
}
