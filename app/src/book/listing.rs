//! Lists that this device does not carry, asked of the server a page at a time.

use super::{Book, Status};
use crate::browser::{clock, network, tasks, timer};
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

/// Has a list asked for from now on: [`Listing::follow`], by code that may be in another bundle, or [`Listing::fail`]. A surface
/// that has lists to ask for provides it as context.
#[derive(Clone, Copy)]
pub struct Asking(pub fn(Listing));

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
    owner: StoredValue<Option<Owner>>,
    question: Memo<Option<Question>>,
    ids: RwSignal<Arc<Vec<Id>>>,
    total: RwSignal<u64>,
    asked: RwSignal<Asked>,
    /// How often the end of what has come was nearly in sight.
    ends: RwSignal<u32>,
}

impl Book {
    /// Whether this device carries all customers its user may see. Tracked.
    #[must_use]
    pub fn carries_archive(&self) -> bool {
        self.archive().is_none()
    }

    /// How many customers its user may see, where this device does not carry them. Tracked.
    #[must_use]
    pub fn archive(&self) -> Option<u64> {
        self.pulls.track();
        self.inner().borrow().device.saved().archive
    }

    /// Asks the server. What it finds can be read from this book from then on; nothing, if there is no good answer.
    pub async fn look_up(self, lookup: Lookup) -> Option<Found> {
        let mut found: Found = network::post("/api/lookup", &lookup).await.ok()?;
        let changed = self.inner().borrow_mut().looked.add(std::mem::take(&mut found.rows));
        self.tell(&changed);
        Some(found)
    }

    /// Asks for a list whenever the question is another one; for nothing, while there is none.
    #[must_use]
    pub fn listing(self, question: Memo<Option<Question>>) -> Listing {
        let owner = StoredValue::new(Owner::current());
        let (ids, total) = (RwSignal::default(), RwSignal::default());
        let listing = Listing { book: self, owner, question, ids, total, asked: RwSignal::default(), ends: RwSignal::default() };
        let asking = use_context::<Asking>();
        Effect::new(move |begun: Option<bool>| {
            let begun = begun.unwrap_or_default();
            let begins = !begun && question.with(Option::is_some);
            if begins {
                match asking {
                    Some(Asking(ask)) => ask(listing),
                    None => listing.fail(),
                }
            }
            begun || begins
        });
        listing
    }
}

impl Listing {
    /// How it stands. Tracked.
    #[must_use]
    pub fn asked(self) -> Asked {
        match (self.question.with(Option::is_some), self.asked.get()) {
            (false, _) => Asked::Not,
            (true, Asked::Not) => Asked::Coming,
            (true, asked) => asked,
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

    /// The end of what has come is nearly in sight.
    pub fn go_on(self) {
        self.ends.update(|ends| *ends = ends.wrapping_add(1));
    }

    pub fn fail(self) {
        self.asked.set(Asked::Failed);
    }

    /// Asks, as long as whoever wants the list is there.
    pub fn follow(self) {
        if let Some(owner) = self.owner.try_get_value().flatten() {
            owner.with(|| Follower::start(self));
        }
    }
}

/// Asks for a list as its question changes and its reader goes on.
#[derive(Clone, Copy)]
struct Follower {
    list: Listing,
    has_more: StoredValue<bool>,
    /// Which question an answer must be to.
    turn: StoredValue<u32>,
    under_way: StoredValue<bool>,
    asked_at: StoredValue<Option<Instant>>,
}

impl Follower {
    fn start(list: Listing) {
        let (turn, asked_at) = (StoredValue::new(0), StoredValue::new(None));
        let follower = Self { list, has_more: StoredValue::new(false), turn, under_way: StoredValue::new(false), asked_at };
        follower.answer_questions();
        follower.go_on();
        follower.stay_fresh();
    }

    fn answer_questions(self) {
        Effect::new(move |before: Option<()>| {
            let is_asked = self.list.question.with(Option::is_some);
            self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
            self.under_way.set_value(false);
            self.list.asked.set(if is_asked { Asked::Coming } else { Asked::Not });
            let turn = self.turn.get_value();
            let ask = move || {
                if is_asked && self.turn.try_get_value() == Some(turn) {
                    self.ask(None, PAGE);
                }
            };
            if before.is_some() { timer::after(TYPING_MS, ask) } else { ask() }
        });
    }

    /// The next page, if there is one.
    fn go_on(self) {
        let Listing { ends, ids, .. } = self.list;
        Effect::new(move |_| {
            ends.track();
            if self.has_more.get_value() && self.is_calm() {
                self.ask(ids.with_untracked(|ids| ids.last().copied()), MOST);
            }
        });
    }

    /// Asks anew when something has changed, and when the line is back: as long as no more than one page has been gone
    /// through, for nobody is looking at the beginning then.
    fn stay_fresh(self) {
        let Listing { book, ids, .. } = self.list;
        Effect::new(move |before: Option<u32>| {
            let pulls = book.pulls.get();
            let stands = matches!(book.status.get_untracked(), Status::Synced(_) | Status::Syncing);
            let is_old = self.asked_at.get_value().is_none_or(|at| clock::now().seconds_since(at) >= FRESH_SECONDS);
            let so_far = ids.with_untracked(|ids| ids.len());
            let is_asked = self.list.question.with_untracked(Option::is_some);
            if before.is_some_and(|before| before != pulls) && stands && is_asked && is_old && so_far <= MOST && !self.under_way.get_value()
            {
                self.ask(None, so_far.max(PAGE));
            }
            pulls
        });
    }

    fn is_calm(self) -> bool {
        self.list.asked.get_untracked() == Asked::Here && !self.under_way.get_value()
    }

    fn ask(self, after: Option<Id>, most: usize) {
        let Some(question) = self.list.question.get_untracked() else { return };
        let turn = self.turn.get_value();
        self.under_way.set_value(true);
        self.asked_at.set_value(Some(clock::now()));
        tasks::run(async move {
            let answer = self.list.book.look_up(Lookup { question, after, most }).await;
            if self.turn.try_get_value() == Some(turn) {
                self.under_way.set_value(false);
                self.take(after, answer);
            }
        });
    }

    fn take(self, after: Option<Id>, answer: Option<Found>) {
        match answer {
            Some(Found { ids, total, has_more, .. }) => {
                self.list.ids.update(|all| match after {
                    Some(_) => Arc::make_mut(all).extend(ids),
                    None => *all = Arc::new(ids),
                });
                self.list.total.set(total);
                self.has_more.set_value(has_more);
                self.list.asked.set(Asked::Here);
            }
            // What is on screen stays there; the next page is asked for again when it is wanted.
            None if self.list.asked.get_untracked() == Asked::Here => {}
            None => self.list.fail(),
        }
    }
}
