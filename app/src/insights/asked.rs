//! Figures that this device holds no cells of, asked of the server.

use crate::{
    book::{Asked, use_book},
    browser::{network, tasks, timer},
};
use domain::insights::{Breakdown, Question};
use leptos::prelude::*;
use std::sync::Arc;

/// What changes meanwhile is asked for anew, no more often than this.
const FRESH_MS: u32 = 2_000;

/// How an answer stands. While another is on its way the last one is still there.
#[derive(Clone, Copy)]
pub struct Told {
    question: Memo<Option<Question>>,
    asked: RwSignal<Asked>,
    last: RwSignal<Option<Arc<Breakdown>>>,
    /// Which question an answer must be to.
    turn: StoredValue<u32>,
    /// Whether it is to be asked for anew soon.
    is_due: StoredValue<bool>,
}

impl Told {
    /// Asks whenever the question is another one, and when something has changed; for nothing, while there is none.
    pub fn of(question: impl Fn() -> Option<Question> + Send + Sync + 'static) -> Self {
        let told = Self {
            question: Memo::new(move |_| question()),
            asked: RwSignal::new(Asked::Not),
            last: RwSignal::new(None),
            turn: StoredValue::new(0),
            is_due: StoredValue::new(false),
        };
        Effect::new(move |_| {
            let is_asked = told.question.with(Option::is_some);
            told.asked.set(if is_asked { Asked::Coming } else { Asked::Not });
            told.ask();
        });
        let book = use_book();
        Effect::new(move |before: Option<u32>| {
            let now = book.pulled();
            if before.is_some_and(|before| before != now) {
                told.freshen();
            }
            now
        });
        told
    }

    /// Tracked.
    pub fn asked(self) -> Asked {
        self.asked.get()
    }

    /// The answer: while the first one is on its way there is none. Tracked.
    pub fn answer(self) -> Option<Arc<Breakdown>> {
        self.last.get()
    }

    fn freshen(self) {
        if self.is_due.get_value() || self.question.with_untracked(Option::is_none) {
            return;
        }
        self.is_due.set_value(true);
        timer::after(FRESH_MS, move || {
            if self.is_due.try_set_value(false).is_none() {
                self.ask();
            }
        });
    }

    fn ask(self) {
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        let turn = self.turn.get_value();
        let Some(question) = self.question.get_untracked() else {
            self.last.set(None);
            return;
        };
        tasks::run(async move {
            let answer = network::post::<Breakdown>("/api/figures", &question).await;
            if self.turn.try_get_value() == Some(turn) {
                self.take(answer.ok());
            }
        });
    }

    fn take(self, answer: Option<Breakdown>) {
        match answer {
            Some(answer) => {
                self.last.set(Some(Arc::new(answer)));
                self.asked.set(Asked::Here);
            }
            // What is on screen stays there, until it is asked for anew.
            None if self.asked.get_untracked() == Asked::Here => {}
            None => {
                self.last.set(None);
                self.asked.set(Asked::Failed);
            }
        }
    }
}

#[cfg(test)]
impl Told {
    /// As if it stood so.
    pub fn standing(asked: Asked, answer: Option<Breakdown>) -> Self {
        Self {
            question: Memo::new(|_| None),
            asked: RwSignal::new(asked),
            last: RwSignal::new(answer.map(Arc::new)),
            turn: StoredValue::new(0),
            is_due: StoredValue::new(false),
        }
    }
}
