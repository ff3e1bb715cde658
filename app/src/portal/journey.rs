//! How far a ticket has come, at a glance: sent, answered, solved, and when.

use super::words;
use crate::{
    book::{Book, use_book},
    ui::{Icon, icon, live},
    words::{Text, use_language},
};
use domain::{
    tickets::{
        State,
        portal::{Author, Entry, Ticket, What},
    },
    time::Instant,
};
use leptos::prelude::*;

/// A step: its name, and when it was reached, if it was.
pub type Step = (Text, Option<Instant>);

/// The steps of a ticket; what was reopened is not solved.
#[must_use]
pub fn steps(book: Book, ticket: &Ticket) -> [Step; 3] {
    let letters = book.letters(ticket.id);
    let ours = |entry: &Entry| matches!((&entry.by, &entry.what), (Author::Ours { .. }, What::Said { .. }));
    // What it opened with is no answer, also where one of us wrote it down.
    let answered = letters.iter().skip(1).find(|entry| ours(entry)).map(|entry| entry.at);
    let over = matches!(ticket.state, State::Solved | State::Closed);
    let solved = ticket.solved_at.filter(|_| over);
    [(words::SENT, Some(ticket.opened_at)), (words::ANSWERED, answered.or(solved)), (words::SOLVED_STEP, solved)]
}

#[component]
pub fn Journey(#[prop(into)] steps: Signal<[Step; 3]>) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let items = live(move || {
        let steps = steps.get();
        let now = steps.iter().rposition(|(_, at)| at.is_some());
        let item = |(n, (name, at)): (usize, Step)| {
            let when = at.map(|at| view! { <time>{book.moment(lang.get(), at)}</time> });
            view! {
                <li data-reached=at.is_some() aria-current=(now == Some(n)).then_some("step")>
                    <span class="journey-mark" aria-hidden="true">{at.map(|_| icon(Icon::Check))}</span>
                    <b>{name.in_lang(lang.get())}</b>
                    {when}
                </li>
            }
        };
        Some(steps.into_iter().enumerate().map(item).collect_view().into_any())
    });
    view! { <ol class="journey">{items}</ol> }.into_any()
}
