//! The conversation: the customer's words and ours clearly apart, notes unmistakably internal, everything else a quiet line.

use super::words;
use crate::{
    attachments,
    book::{Book, by_key, use_book},
    forms::label_of,
    ui::{Avatar, Facts, Icon, Of, Stars, icon},
    words::{Lang, states, t, use_language},
};
use domain::{
    attachments::File,
    context::Actor,
    customers::Contact,
    id::TicketId,
    tickets::{Audience, Entry, Rating, Ticket, What},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Whose words they are, and who may read them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Voice {
    Customer,
    Ours,
    Note,
}

/// Everything that happened with a ticket, in its order. Tracked.
pub(super) fn entries(book: Book, ticket: &Ticket) -> Vec<Arc<Entry>> {
    let mut entries = book.of::<Entry>(ticket.customer);
    entries.retain(|entry| entry.ticket == ticket.id);
    // What was said stands before what it led to.
    entries = by_key(&entries, |entry| (entry.at, !matches!(entry.what, What::Said { .. }), entry.id));
    entries
}

#[component]
pub fn Talk(id: TicketId) -> impl IntoView {
    let book = use_book();
    let entries = Memo::new(move |_| book.row::<Ticket>(id).map(|ticket| entries(book, &ticket)).unwrap_or_default());
    let is_first = move |entry: &Arc<Entry>| entries.with_untracked(|entries| entries.first().is_some_and(|first| first.id == entry.id));
    // The last words of ours that the customer has read.
    let read = Memo::new(move |_| {
        let seen = book.row::<Ticket>(id).and_then(|ticket| ticket.seen_at)?;
        entries.with(|entries| entries.iter().rev().find(|entry| is_ours(entry)).filter(|entry| entry.at <= seen).map(|entry| entry.id))
    });
    view! {
        <div class="talk" role="log" tabindex="0" aria-label=t(words::CONVERSATION)>
            <ol class="talk-all">
                <For each=move || entries.get() key=|entry| Arc::as_ptr(entry) as usize children=move |entry| {
                    let first = is_first(&entry);
                    item(&entry, first, read)
                }/>
            </ol>
        </div>
    }
    .into_any()
}

fn is_ours(entry: &Entry) -> bool {
    entry.audience == Audience::Customer && matches!(entry.what, What::Said { .. }) && entry.by.person().is_some()
}

fn item(entry: &Arc<Entry>, first: bool, read: Memo<Option<domain::id::TicketEntryId>>) -> AnyView {
    match &entry.what {
        What::Said { text, files } => {
            let voice = match (entry.audience, entry.by) {
                (Audience::Internal, _) => Voice::Note,
                // What a ticket opens with is the customer's concern, whoever wrote it down.
                (Audience::Customer, Actor::Staff(_)) if !first => Voice::Ours,
                (Audience::Customer, _) => Voice::Customer,
            };
            said(entry, voice, (text.to_string(), files), read)
        }
        What::Rated(rating) => rated(entry, rating.clone()),
        What::Moved { .. } | What::Assigned { .. } | What::Prioritised { .. } | What::Reclassified { .. } => line(entry.clone()),
    }
}

/// A person's name: a contact's own where it is known. Tracked.
fn author(book: Book, lang: Lang, entry: &Entry, voice: Voice) -> String {
    let contact = match (entry.by, voice) {
        (Actor::Portal { contact, .. }, _) => Some(contact),
        (_, Voice::Customer) => book.row::<Ticket>(entry.ticket).and_then(|ticket| ticket.contact),
        _ => None,
    };
    let known = contact.and_then(|contact| book.row::<Contact>(contact)).map(|contact| contact.name.to_string());
    match (known, voice) {
        (Some(name), _) => name,
        (None, Voice::Customer) => crate::customers::named(book, entry.customer),
        (None, _) => book.actor_name(lang, entry.by),
    }
}

fn said(entry: &Arc<Entry>, voice: Voice, (text, files): (String, &[File]), read: Memo<Option<domain::id::TicketEntryId>>) -> AnyView {
    let book = use_book();
    let lang = use_language();
    let (id, at, by) = (entry.id, entry.at, entry.by);
    let entry = entry.clone();
    let name = Memo::new(move |_| author(book, lang.get(), &entry, voice));
    let facts = Signal::derive(move || {
        let lang = lang.get();
        let who_may_read = match (voice, by) {
            (Voice::Note, _) => words::NOTE_HEAD.in_lang(lang).to_owned(),
            (Voice::Ours, _) => words::REPLY_HEAD.in_lang(lang).to_owned(),
            (Voice::Customer, Actor::Staff(person)) => words::written_down_by(lang, &book.name_of(person)),
            (Voice::Customer, _) => String::new(),
        };
        vec![who_may_read, book.moment(lang, at)]
    });
    let (of, data) = match voice {
        Voice::Customer => (Of::Person, "customer"),
        Voice::Ours if by == book.me().actor => (Of::Me, "ours"),
        Voice::Ours => (Of::Person, "ours"),
        Voice::Note => (Of::Person, "note"),
    };
    let seen = t(words::SEEN);
    view! {
        <li class="talk-said" data-voice=data>
            <Avatar name=name of/>
            <div class="talk-words">
                <header>
                    {(voice == Voice::Note).then(|| icon(Icon::Lock))}
                    <b>{name}</b>
                    <Facts of=facts/>
                    <Unsynced id/>
                </header>
                <p class="talk-text">{if voice == Voice::Note { mentions(book, &text) } else { text.into_any() }}</p>
                {attachments::shown(files, move || book.is_unsynced::<Entry>(id))}
                <Show when=move || read.get() == Some(id)><p class="talk-seen">{icon(Icon::Check)} {seen}</p></Show>
            </div>
        </li>
    }
    .into_any()
}

/// A small dot while it is only on this device.
#[component]
fn Unsynced(id: domain::id::TicketEntryId) -> impl IntoView {
    let book = use_book();
    let word = t(states::UNSYNCED);
    let unsent = move || book.is_unsynced::<Entry>(id);
    view! { <Show when=unsent><span class="unsynced" role="img" aria-label=word data-tip=word></span></Show> }.into_any()
}

/// A note with the colleagues it calls marked in it.
fn mentions(book: Book, text: &str) -> AnyView {
    let names: Vec<String> = untrack(|| book.colleagues()).into_iter().map(|(_, name)| format!("@{name}")).collect();
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (before, from) = rest.split_at(at);
        let named = names.iter().filter(|name| from.starts_with(name.as_str())).max_by_key(|name| name.len());
        let length = named.map_or(1, String::len);
        let (found, after) = from.split_at(length);
        parts.push(before.to_owned().into_any());
        parts.push(if named.is_some() {
            view! { <span class="talk-mention">{found.to_owned()}</span> }.into_any()
        } else {
            found.to_owned().into_any()
        });
        rest = after;
    }
    parts.push(rest.to_owned().into_any());
    parts.collect_view().into_any()
}

/// What the customer thinks of it.
fn rated(entry: &Arc<Entry>, rating: Rating) -> AnyView {
    let book = use_book();
    let lang = use_language();
    let at = entry.at;
    let entry = entry.clone();
    let name = Memo::new(move |_| author(book, lang.get(), &entry, Voice::Customer));
    let facts = Signal::derive(move || vec![words::RATED.in_lang(lang.get()).to_owned(), book.moment(lang.get(), at)]);
    view! {
        <li class="talk-said" data-voice="customer">
            <Avatar name=name/>
            <div class="talk-words">
                <header><b>{name}</b> <Facts of=facts/></header>
                <Stars value=i64::from(rating.stars.count())/>
                {rating.comment.map(|comment| view! { <p class="talk-text">{comment.to_string()}</p> })}
            </div>
        </li>
    }
    .into_any()
}

/// What changed, in a quiet line.
fn line(entry: Arc<Entry>) -> AnyView {
    let book = use_book();
    let lang = use_language();
    let (id, at) = (entry.id, entry.at);
    let mark = match &entry.what {
        What::Moved { to, .. } => super::queue::state_icon(*to),
        What::Assigned { .. } => Icon::User,
        What::Prioritised { to, .. } => super::queue::priority_icon(*to),
        _ => Icon::Tag,
    };
    view! {
        <li class="talk-line">
            <span class="talk-mark">{icon(mark)}</span>
            <time>{move || book.moment(lang.get(), at)}</time>
            <span>{move || happened(book, &entry, lang.get())} <Unsynced id/></span>
        </li>
    }
    .into_any()
}

/// Tracked.
fn happened(book: Book, entry: &Entry, lang: Lang) -> String {
    let who = match entry.by {
        Actor::Portal { .. } => author(book, lang, entry, Voice::Customer),
        by => book.actor_name(lang, by),
    };
    match &entry.what {
        What::Moved { to, .. } => words::who_moved(lang, &who, label_of(to, lang)),
        What::Assigned { to: Some(to), .. } if Some(*to) == entry.by.person() => words::who_took(lang, &who),
        What::Assigned { to: Some(to), .. } => words::who_assigned(lang, &who, &book.name_of(*to)),
        What::Assigned { to: None, .. } => words::who_gave_back(lang, &who),
        What::Prioritised { to, .. } => words::who_prioritised(lang, &who, label_of(to, lang)),
        What::Reclassified { to, .. } => words::who_reclassified(lang, &who, label_of(to, lang)),
        What::Said { .. } | What::Rated(_) => String::new(),
    }
}
