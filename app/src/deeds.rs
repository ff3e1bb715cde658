//! What staff do at one press: shown at once, told in a toast, undone from there where something undoes it.

use crate::{
    book::{Book, use_book},
    ui::{Toasts, use_toasts},
    words::{Lang, use_language},
};
use domain::{change::Command, words::Say};
use leptos::prelude::*;

/// Where deeds are done and told. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Deeds {
    pub book: Book,
    toasts: Toasts,
    pub lang: RwSignal<Lang>,
}

impl Deeds {
    #[must_use]
    pub fn here() -> Self {
        Self { book: use_book(), toasts: use_toasts(), lang: use_language() }
    }

    /// Whether the rule lets this happen now. The rule reads the book without watching it: whoever asks watches the rows.
    #[must_use]
    pub fn may(self, command: &Command) -> bool {
        self.book.why_not(command).is_none()
    }

    /// Why this could not be done now. Tracked as far as the language goes.
    #[must_use]
    pub fn why_not(self, command: &Command) -> Option<String> {
        self.book.why_not(command).map(|refusal| refusal.say(self.lang.get()))
    }

    /// Does it and says so; whether it was done.
    pub fn act(self, command: &Command, told: impl FnOnce(Lang) -> String, undo: Option<Command>) -> bool {
        let (book, lang) = (self.book, self.lang.get_untracked());
        match (book.submit(command), undo) {
            (Ok(_), None) => self.toasts.push(told(lang)),
            (Ok(_), Some(undo)) => self.toasts.push_undo(told(lang), move || _ = book.submit(&undo)),
            (Err(why), _) => {
                self.toasts.push_problem(why.say(lang));
                return false;
            }
        }
        true
    }
}
