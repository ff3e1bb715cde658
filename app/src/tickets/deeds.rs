//! What staff do with a ticket at one press: shown at once, undone from the toast.

use super::words;
use crate::{
    book::{Book, use_book},
    forms::label_of,
    ui::{Toasts, use_toasts},
    words::{Lang, use_language},
};
use domain::{
    change,
    id::{PersonId, TicketId},
    service_level::Priority,
    tickets::{Command, Kind, State, Ticket},
    words::Say,
};
use leptos::prelude::*;

/// Where deeds are done and told. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Deeds {
    book: Book,
    toasts: Toasts,
    lang: RwSignal<Lang>,
}

impl Deeds {
    #[must_use]
    pub fn here() -> Self {
        Self { book: use_book(), toasts: use_toasts(), lang: use_language() }
    }

    /// Why this could not be done now. Tracked.
    #[must_use]
    pub fn why_not(self, ticket: TicketId, command: Command) -> Option<String> {
        // The rule reads the book without watching it; whoever asks wants to know when that changes.
        _ = self.book.row::<Ticket>(ticket);
        self.book.why_not(&change::Command::Tickets(command)).map(|refusal| refusal.say(self.lang.get()))
    }

    fn act(self, command: Command, told: String, undo: Vec<Command>) {
        let book = self.book;
        match book.submit(&change::Command::Tickets(command)) {
            Ok(_) if undo.is_empty() => self.toasts.push(told),
            Ok(_) => self.toasts.push_undo(told, move || {
                for command in undo.clone() {
                    _ = book.submit(&change::Command::Tickets(command));
                }
            }),
            Err(why) => self.toasts.push_problem(why.say(self.lang.get_untracked())),
        }
    }

    pub fn shift(self, ticket: &Ticket, to: State) {
        let lang = self.lang.get_untracked();
        let undo = way_back(ticket.state, to);
        let steps = std::iter::once(to).chain(undo.iter().copied());
        let undo = steps.zip(undo.iter()).map(|(from, to)| Command::Move { ticket: ticket.id, from, to: *to }).collect();
        let command = Command::Move { ticket: ticket.id, from: ticket.state, to };
        self.act(command, words::moved(lang, ticket.no, label_of(&to, lang)), undo);
    }

    pub fn assign(self, ticket: &Ticket, to: Option<PersonId>) {
        let lang = self.lang.get_untracked();
        let name = to.map(|to| untrack(|| self.book.name_of(to))).unwrap_or_default();
        let (id, from) = (ticket.id, ticket.assignee);
        if from != to {
            let undo = vec![Command::Assign { ticket: id, from: to, to: from }];
            self.act(Command::Assign { ticket: id, from, to }, words::assigned(lang, ticket.no, &name), undo);
        }
    }

    pub fn prioritise(self, ticket: &Ticket, to: Priority) {
        let lang = self.lang.get_untracked();
        let undo = vec![Command::Prioritise { ticket: ticket.id, to: ticket.priority }];
        self.act(Command::Prioritise { ticket: ticket.id, to }, words::prioritised(lang, ticket.no, label_of(&to, lang)), undo);
    }

    pub fn reclassify(self, ticket: &Ticket, to: Kind) {
        let lang = self.lang.get_untracked();
        let undo = vec![Command::Reclassify { ticket: ticket.id, to: ticket.kind }];
        self.act(Command::Reclassify { ticket: ticket.id, to }, words::reclassified(lang, ticket.no, label_of(&to, lang)), undo);
    }
}

/// The states through which `to` leads back to `from`, or as near as it gets: nothing becomes new again.
#[must_use]
pub fn way_back(from: State, to: State) -> Vec<State> {
    if to.may_become(from) {
        vec![from]
    } else if to.may_become(State::Open) {
        let on = State::Open.may_become(from).then_some(from);
        std::iter::once(State::Open).chain(on).collect()
    } else {
        Vec::new()
    }
}
