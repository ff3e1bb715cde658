//! A ticket as a row of a card: its subject, how it stands, what is owed next.

use super::{
    clocks,
    queue::{priority_icon, state_icon, terms},
    words,
};
use crate::{
    book::use_book,
    browser::clock,
    customers::named,
    forms::label_of,
    routes,
    ui::{Facts, Icon, Light, ListRow, icon},
    words::{Lang, use_language},
};
use domain::{context::Terms, tickets::Ticket};
use leptos::prelude::*;
use std::sync::Arc;

/// What is owed next, in a few words: `首响 12 分钟`; the state once nothing is.
fn standing(ticket: &Ticket, terms: Option<&Terms>, lang: Lang) -> (String, bool) {
    let now = clock::ticking();
    let next = terms.and_then(|terms| Some((clocks::next(ticket, now, terms)?, terms)));
    let Some(((promise, standing), terms)) = next else { return (label_of(&ticket.state, lang).to_owned(), false) };
    let name = clocks::short_name(promise, standing).in_lang(lang);
    let late = clocks::light(ticket, promise, standing) == Some(Light::Red);
    (format!("{name} {}", clocks::left(lang, standing, &terms.zone, now)).trim_end().to_owned(), late)
}

#[component]
pub fn TicketRow(
    ticket: Arc<Ticket>,
    /// Names the customer, where tickets of several are listed together.
    #[prop(optional)]
    with_customer: bool,
) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let terms = terms(book);
    let href = routes::ticket(ticket.id);
    let mark: Icon = if ticket.state.is_pending() { priority_icon(ticket.priority) } else { state_icon(ticket.state) };
    let subject = ticket.subject.to_string();
    let said_at = ticket.said_at;
    let owed = ticket.clone();
    let owed = Memo::new(move |_| terms.with(|terms| standing(&owed, terms.as_ref(), lang.get())));
    let facts = Signal::derive(move || {
        let lang = lang.get();
        let kind = label_of(&ticket.kind, lang).to_owned();
        let number = words::number(ticket.no);
        if with_customer {
            return vec![named(book, ticket.customer), kind, number];
        }
        let assignee = ticket.assignee.map_or_else(|| words::UNASSIGNED.in_lang(lang).to_owned(), |person| book.name_of(person));
        vec![number, kind, if ticket.state.is_pending() { assignee } else { String::new() }]
    });
    view! {
        <ListRow
            href=Signal::derive(move || href.clone())
            front=move || icon(mark)
            detail=move || view! { <Facts of=facts/> }
            end=move || view! { <span class:bad=move || owed.get().1>{move || owed.get().0}</span> }
            end_detail=move || book.moment(lang.get(), said_at)
        >
            {subject}
        </ListRow>
    }
    .into_any()
}
