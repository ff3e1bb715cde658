//! Lists that this device does not carry, asked of the server a page at a time.

use super::{Book, Status};
use crate::browser::{clock, network, network::Trouble, tasks, timer};
use domain::{
    id::Id,
    lookup::{Found, Lookup, MOST, MOST_COUNTED, Question},
    time::Instant,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The first page is a few screens.
const PAGE: usize = 60;
/// While somebody types, each key need not be asked for.
const TYPING_MS: u32 = 150;
/// What changes meanwhile is asked for anew, no more often than this.
const FRESH_SECONDS: i64 = 5;

/// How a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Asked {
    /// Nothing is asked: the device carries all of it.
    #[default]
    Not,
    /// The first page is on its way.
    Coming,
    Here,
    /// There is no line, or no good answer.
    Failed,
}

/// A list as the server has it, as far as it was gone through.
#[derive(Clone, Copy)]
pub struct Listing {
    book: Book,
    question: Memo<Option<Question>>,
    ids: RwSignal<Arc<Vec<Id>>>,
    total: RwSignal<u64>,
    has_more: RwSignal<bool>,
    asked: RwSignal<Asked>,
    /// Which question an answer must be to; what is under way counts for no other.
    turn: StoredValue<u32>,
    under_way: StoredValue<bool>,
    asked_at: StoredValue<Option<Instant>>,
}

impl Book {
    /// Whether this device carries all customers its user may see. Tracked.
    #[must_use]
    pub fn carries_archive(&self) -> bool {
        self.pulls.track();
        self.inner().borrow().device.saved().archive.is_none()
    }

    /// How many customers there are beyond what this device carries, those it does included. Tracked.
    #[must_use]
    pub fn archive(&self) -> Option<u64> {
        self.pulls.track();
        self.inner().borrow().device.saved().archive
    }

    /// Asks the server. What it finds can be read from this book from then on.
    pub async fn look_up(self, lookup: &Lookup) -> Result<Found, Trouble> {
        let mut found: Found = network::post("/api/lookup", lookup).await?;
        let changed = self.inner().borrow_mut().looked.add(std::mem::take(&mut found.rows));
        self.tell(&changed);
        Ok(found)
    }

    /// Asks for a list whenever the question is another one; for nothing, while there is none.
    #[must_use]
    pub fn listing(self, question: Memo<Option<Question>>) -> Listing {
        let listing = Listing {
            book: self,
            question,
            ids: RwSignal::default(),
            total: RwSignal::new(0),
            has_more: RwSignal::new(false),
            asked: RwSignal::default(),
            turn: StoredValue::new(0),
            under_way: StoredValue::new(false),
            asked_at: StoredValue::new(None),
        };
        Effect::new(move |before: Option<()>| {
            let question = question.get();
            listing.turn.update_value(|turn| *turn = turn.wrapping_add(1));
            listing.under_way.set_value(false);
            match question {
                None => listing.asked.set(Asked::Not),
                Some(_) => {
                    listing.asked.set(Asked::Coming);
                    let turn = listing.turn.get_value();
                    let ask = move || {
                        if listing.turn.try_get_value() == Some(turn) {
                            listing.ask(None, PAGE);
                        }
                    };
                    if before.is_some() { timer::after(TYPING_MS, ask) } else { ask() }
                }
            }
        });
        listing.stay_fresh();
        listing
    }
}

impl Listing {
    /// How it stands. Tracked.
    #[must_use]
    pub fn asked(self) -> Asked {
        match self.asked.get() {
            Asked::Not if self.question.with(Option::is_some) => Asked::Coming,
            asked => asked,
        }
    }

    /// What has been gone through, in order. Of the question before, until the first page has come. Tracked.
    #[must_use]
    pub fn ids(self) -> Arc<Vec<Id>> {
        self.ids.get()
    }

    /// How many there are in all, and whether there are more than are counted. Tracked.
    #[must_use]
    pub fn total(self) -> (usize, bool) {
        let total = self.total.get();
        (usize::try_from(total).unwrap_or(usize::MAX), total >= MOST_COUNTED)
    }

    /// The next page, if there is one and it is not under way.
    pub fn go_on(self) {
        let last = self.ids.with_untracked(|ids| ids.last().copied());
        if self.has_more.get_untracked() && self.asked.get_untracked() == Asked::Here && !self.under_way.get_value() {
            self.ask(last, MOST);
        }
    }

    fn ask(self, after: Option<Id>, most: usize) {
        let Some(question) = self.question.get_untracked() else { return };
        let turn = self.turn.get_value();
        self.under_way.set_value(true);
        self.asked_at.set_value(Some(clock::now()));
        tasks::run(async move {
            let answer = self.book.look_up(&Lookup { question, after, most }).await;
            if self.turn.try_get_value() == Some(turn) {
                self.under_way.set_value(false);
                self.take(after, answer);
            }
        });
    }

    fn take(self, after: Option<Id>, answer: Result<Found, Trouble>) {
        match answer {
            Ok(Found { ids, total, has_more, .. }) => {
                self.ids.update(|all| match after {
                    Some(_) => Arc::make_mut(all).extend(ids),
                    None => *all = Arc::new(ids),
                });
                self.total.set(total);
                self.has_more.set(has_more);
                self.asked.set(Asked::Here);
            }
            // What is on screen stays there; the next page is asked for again when it is wanted.
            Err(_) if self.asked.get_untracked() == Asked::Here => {}
            Err(_) => self.asked.set(Asked::Failed),
        }
    }

    /// Asks anew when something has changed, and when the line is back: as long as no more than one page has been gone
    /// through, for nobody is looking at the beginning then.
    fn stay_fresh(self) {
        let status = self.book.status();
        let stands = Memo::new(move |_| matches!(status.get(), Status::Synced(_)));
        let pulls = self.book.pulls;
        Effect::new(move |before: Option<u32>| {
            let now = pulls.get();
            let is_old = self.asked_at.get_value().is_none_or(|at| clock::now().seconds_since(at) >= FRESH_SECONDS);
            let is_first = self.ids.with_untracked(|ids| ids.len() <= MOST);
            let is_asked = self.asked.get_untracked() != Asked::Not && !self.under_way.get_value();
            if stands.get() && before.is_some_and(|before| before != now) && is_old && is_first && is_asked {
                self.ask(None, self.ids.with_untracked(|ids| ids.len()).max(PAGE));
            }
            now
        });
    }
}
