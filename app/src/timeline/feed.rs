//! What happened with a customer, newest first, by day.

use super::words;
use crate::{
    book::{Book, History, ordered, use_book},
    browser::format,
    forms::label_of,
    history::Missing,
    routes,
    ui::{Button, EmptyState, Icon, Rank, Segmented, Shape, Size, Timeline, TimelineDay, TimelineItem, while_so},
    words::{Lang, t, use_language},
};
use domain::{
    customers::{Contact, FieldChange},
    id::{CustomerId, TicketId},
    time::Date,
    timeline::{Entry, FollowUp, Method, What},
};
use leptos::prelude::*;
use std::sync::Arc;

/// So many at first, and so many more each time.
const PAGE: usize = 30;

#[component]
pub fn Feed(customer: CustomerId) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let kind = RwSignal::new("all".to_owned());
    let shown = RwSignal::new(PAGE);
    let entries = Memo::new(move |_| {
        let mut entries = book.of::<Entry>(customer);
        kind.with(|kind| entries.retain(|entry| fits(entry, kind)));
        entries = ordered(&entries, |a, b| b.happened_at.cmp(&a.happened_at).then_with(|| b.id.cmp(&a.id)));
        entries
    });
    let days = Memo::new(move |_| entries.with(|entries| by_day(book, entries.iter().take(shown.get()))));
    let more = move || entries.with(Vec::len) > shown.get();
    let kinds = Signal::derive(move || {
        [("all", words::ALL), ("talks", words::TALKS), ("tickets", words::TICKETS), ("changes", words::CHANGES)]
            .map(|(code, text)| (code.to_owned(), text.in_lang(lang.get()).to_owned()))
            .to_vec()
    });
    let earlier = t(words::SHOW_MORE);
    view! {
        <Segmented value=kind options=kinds label=t(words::TIMELINE)/>
        <Missing customer shape=Shape::List(5)/>
        <Show
            when=move || !entries.with(Vec::is_empty)
            fallback=move || while_so(
                move || book.history(customer) == History::Here,
                || view! { <EmptyState icon=Icon::History title=t(words::NOTHING_YET) text=t(words::NOTHING_YET_HINT)/> }.into_any(),
            )
        >
            <Timeline label=t(words::TIMELINE)>
                <For each=move || days.get() key=|day| day.clone() children=day/>
            </Timeline>
        </Show>
        <Show when=more>
            <Button rank=Rank::Quiet size=Size::Small on_press=move |()| shown.update(|shown| *shown += PAGE)>{earlier}</Button>
        </Show>
    }
    .into_any()
}

fn fits(entry: &Entry, kind: &str) -> bool {
    let talk = matches!(entry.what, What::FollowedUp(_) | What::StepDone { .. });
    let asked = ticket(&entry.what).is_some();
    match kind {
        "talks" => talk,
        "tickets" => asked,
        "changes" => !talk && !asked,
        _ => true,
    }
}

/// A day and what happened on it.
#[derive(Clone, PartialEq)]
struct Day(Date, Vec<Arc<Entry>>);

impl Eq for Day {}
impl std::hash::Hash for Day {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
        for entry in &self.1 {
            (Arc::as_ptr(entry) as usize).hash(state);
        }
    }
}

fn by_day<'a>(book: Book, entries: impl Iterator<Item = &'a Arc<Entry>>) -> Vec<Day> {
    let zone = book.zone();
    let mut days: Vec<Day> = Vec::new();
    for entry in entries {
        let date = zone.date_at(entry.happened_at);
        match days.last_mut() {
            Some(day) if day.0 == date => day.1.push(entry.clone()),
            _ => days.push(Day(date, vec![entry.clone()])),
        }
    }
    days
}

fn day(Day(date, entries): Day) -> AnyView {
    let book = use_book();
    let lang = use_language();
    let name = move || crate::browser::format::day(lang.get(), date, book.today());
    view! { <TimelineDay day=name>{entries.into_iter().map(item).collect_view()}</TimelineDay> }.into_any()
}

fn item(entry: Arc<Entry>) -> AnyView {
    let book = use_book();
    let lang = use_language();
    let at = entry.happened_at;
    let (mark, by) = (mark(&entry.what), entry.by);
    let ticket = ticket(&entry.what);
    let (said_entry, detail_entry) = (entry.clone(), entry.clone());
    // A tier rises and falls by itself, whoever wrote down what made it.
    let by_itself = matches!(entry.what, What::Ranked { .. });
    let unsynced = move || book.is_unsynced::<Entry>(entry.id);
    view! {
        <TimelineItem
            icon=mark
            time=move || book.time_of_day(at)
            exact=move || book.moment(lang.get(), at)
            detail=move || detail(&detail_entry.what, lang.get()).unwrap_or_default()
        >
            {(!by_itself).then(|| view! { <b>{move || book.actor_name(lang.get(), by)}</b> " " })}
            {move || sentence(book, &said_entry, lang.get())}
            {ticket.map(|(ticket, subject)| view! { <a class="timeline-link" href=routes::ticket(ticket)>{subject}</a> })}
            <Show when=unsynced><span class="unsynced"></span></Show>
        </TimelineItem>
    }
    .into_any()
}

/// The ticket it is about, and what that is called.
fn ticket(what: &What) -> Option<(TicketId, String)> {
    match what {
        What::TicketOpened { ticket, subject } | What::TicketSolved { ticket, subject } | What::TicketRated { ticket, subject, .. } => {
            Some((*ticket, subject.to_string()))
        }
        _ => None,
    }
}

fn mark(what: &What) -> Icon {
    match what {
        What::Opened => Icon::Building,
        What::FollowedUp(record) => match record.method {
            Method::Call => Icon::Phone,
            Method::Visit => Icon::Place,
            Method::Wechat => Icon::Message,
            Method::Email => Icon::Mail,
            Method::Meeting => Icon::Users,
            Method::Other => Icon::Note,
        },
        What::Edited { .. } | What::ContactEdited { .. } => Icon::Edit,
        What::ContactAdded { .. } => Icon::UserPlus,
        What::ContactRemoved { .. } => Icon::User,
        What::Archived | What::Restored => Icon::Archive,
        What::Transferred { .. } => Icon::Share,
        What::StepDone { .. } => Icon::Done,
        What::TicketOpened { .. } => Icon::Ticket,
        What::TicketSolved { .. } => Icon::Done,
        What::TicketRated { .. } | What::Ranked { .. } => Icon::Star,
        What::Bought { .. } | What::Refunded { .. } => Icon::Receipt,
        What::Redeemed { .. } => Icon::Gift,
        What::Answered { .. } => Icon::Heart,
    }
}

fn sentence(book: Book, entry: &Entry, lang: Lang) -> String {
    match &entry.what {
        What::Opened => words::OPENED.in_lang(lang).to_owned(),
        What::FollowedUp(record) => {
            let said = words::with(lang, label_of(&record.method, lang), &partner(book, record));
            let outcome = label_of(&record.outcome, lang);
            words::came_to(lang, &said, if entry.withdrawn { words::WITHDRAWN.in_lang(lang) } else { outcome })
        }
        What::Edited { changes } => words::edited(lang, &fields(changes, lang)),
        What::ContactAdded { name } => words::contact_added(lang, name.as_str()),
        What::ContactEdited { name, .. } => words::contact_edited(lang, name.as_str()),
        What::ContactRemoved { name } => words::contact_removed(lang, name.as_str()),
        What::Archived => words::ARCHIVED.in_lang(lang).to_owned(),
        What::Restored => words::RESTORED.in_lang(lang).to_owned(),
        What::Transferred { to, .. } => words::transferred(lang, &to.map(|to| book.name_of(to)).unwrap_or_default()),
        What::StepDone { text } => words::step_done(lang, text.as_str()),
        // The subject stands after it, as a link.
        What::TicketOpened { .. } => words::TICKET_OPENED.in_lang(lang).to_owned(),
        What::TicketSolved { .. } => words::TICKET_SOLVED.in_lang(lang).to_owned(),
        What::TicketRated { stars, .. } => words::ticket_rated(lang, *stars),
        What::Bought { amount, currency, .. } => words::bought(lang, &format::money(amount.get(), currency.code())),
        What::Refunded { amount, currency, .. } => words::refunded(lang, &format::money(amount.get(), currency.code())),
        What::Redeemed { title, points } => words::redeemed(lang, title.as_str(), points.get()),
        What::Answered { score, .. } => words::answered(lang, *score),
        What::Ranked { rises, zh, en } => {
            let tier = if lang == Lang::Zh { zh } else { en };
            words::ranked(lang, tier.as_ref().map(domain::text::Name::as_str), *rises)
        }
    }
}

fn partner(book: Book, record: &FollowUp) -> String {
    let known = record.contact.and_then(|contact| book.row::<Contact>(contact)).map(|contact| contact.name.to_string());
    known.or_else(|| record.with.as_ref().map(ToString::to_string)).unwrap_or_default()
}

fn fields(changes: &[FieldChange], lang: Lang) -> String {
    let names: Vec<&str> = changes.iter().map(|change| words::field(lang, &change.field)).collect();
    names.join(if lang == Lang::Zh { "、" } else { ", " })
}

fn detail(what: &What, lang: Lang) -> Option<String> {
    match what {
        What::FollowedUp(record) => Some(record.details.to_string()),
        What::Answered { comment, .. } => comment.as_ref().map(ToString::to_string),
        What::Edited { changes } | What::ContactEdited { changes, .. } => {
            let shown = changes.iter().map(|change| {
                let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "—".to_owned());
                format!("{}: {} → {}", words::field(lang, &change.field), value(&change.from), value(&change.to))
            });
            Some(shown.collect::<Vec<_>>().join("; "))
        }
        _ => None,
    }
}
