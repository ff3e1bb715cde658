//! Lists that this device does not carry, asked of the server a page at a time.

use super::{Book, Status};
use crate::browser::{clock, network, tasks, timer};
use domain::{
    id::Id,
    lookup::{Found, Lookup, MOST, MOST_COUNTED, Question},
    time::Instant,
};
use leptos::prelude::*;
use std::{rc::Rc, sync::Arc};

/// The first page is a few screens.
const PAGE: usize = 60;
/// While somebody types, each key need not be asked for.
const TYPING_MS: u32 = 150;
/// What changes meanwhile is asked for anew, no more often than this.
const FRESH_SECONDS: i64 = 5;

/// Has a list asked for from now on: [`Listing::follow`], by code that may be in another bundle, or [`Listing::fail`]. A surface
/// that has lists to ask for provides it as context.
#[derive(Clone, Copy)]
pub struct Asking(pub fn(Listing, Owner));

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

/// What is wanted now, if anything. Tracked.
type Want = Rc<dyn Fn() -> Option<Question>>;

/// A list as far as it was gone through.
struct List {
    want: Want,
    ids: Arc<Vec<Id>>,
    total: u64,
    asked: Asked,
    /// How often the end of what has come was nearly in sight.
    ends: u32,
}

/// The lists that somebody looks at.
#[derive(Default)]
pub(super) struct Lists(Vec<Option<List>>);

/// A list as the server has it. What it holds is kept by the book, for every kind of signal is sent to every browser.
#[derive(Clone, Copy)]
pub struct Listing {
    book: Book,
    place: usize,
    changes: RwSignal<u32>,
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

    /// How often rows have come: what was asked of the server may have changed with them. Tracked.
    #[must_use]
    pub fn pulled(&self) -> u32 {
        self.pulls.get()
    }

    /// Asks the server. What it finds can be read from this book from then on; nothing, if there is no good answer.
    pub async fn look_up(self, lookup: Lookup) -> Option<Found> {
        let mut found: Found = network::post("/api/lookup", &lookup).await.ok()?;
        let changed = self.inner().borrow_mut().looked.add(std::mem::take(&mut found.rows));
        self.tell(&changed);
        Some(found)
    }

    /// Asks for a list whenever the question is another one; for nothing, while there is none.
    pub fn listing(self, question: impl Fn() -> Option<Question> + 'static) -> Listing {
        self.listed(Rc::new(question))
    }

    fn listed(self, want: Want) -> Listing {
        let list = List { want: want.clone(), ids: Arc::default(), total: 0, asked: Asked::Not, ends: 0 };
        let inner = self.inner();
        let lists = &mut inner.borrow_mut().lists.0;
        let place = lists.iter().position(Option::is_none).unwrap_or(lists.len());
        if place == lists.len() {
            lists.push(Some(list))
        } else {
            lists[place] = Some(list)
        }
        let listing = Listing { book: self, place, changes: RwSignal::new(0) };
        let asking = use_context::<Asking>().zip(Owner::current());
        Effect::new(move |begun: Option<bool>| {
            let begun = begun.unwrap_or_default();
            let begins = !begun && want().is_some();
            if begins {
                match &asking {
                    Some((Asking(ask), owner)) => ask(listing, owner.clone()),
                    None => listing.fail(),
                }
            }
            begun || begins
        });
        on_cleanup(move || self.inner().borrow_mut().lists.0[place] = None);
        listing
    }
}

impl Listing {
    fn look<T: Default>(self, look: impl FnOnce(&List) -> T) -> T {
        let inner = self.book.inner();
        let inner = inner.borrow();
        inner.lists.0.get(self.place).and_then(Option::as_ref).map(look).unwrap_or_default()
    }

    fn change(self, change: impl FnOnce(&mut List)) {
        let inner = self.book.inner();
        if let Some(list) = inner.borrow_mut().lists.0.get_mut(self.place).and_then(Option::as_mut) {
            change(list);
        }
        self.changes.try_update(|changes| *changes = changes.wrapping_add(1));
    }

    /// What is wanted now. Tracked.
    fn question(self) -> Option<Question> {
        let want = self.look(|list| Some(list.want.clone()))?;
        want()
    }

    /// How it stands. Tracked.
    #[must_use]
    pub fn asked(self) -> Asked {
        self.changes.track();
        match (self.question().is_some(), self.look(|list| list.asked)) {
            (false, _) => Asked::Not,
            (true, Asked::Not) => Asked::Coming,
            (true, asked) => asked,
        }
    }

    /// What has been gone through, in order. Of the question before, until the first page has come. Tracked.
    #[must_use]
    pub fn ids(self) -> Arc<Vec<Id>> {
        self.changes.track();
        self.look(|list| list.ids.clone())
    }

    /// How many there are in all, and whether there are more than are counted. Tracked.
    fn total(self) -> (usize, bool) {
        self.changes.track();
        let total = self.look(|list| list.total);
        (usize::try_from(total).unwrap_or(usize::MAX), total >= MOST_COUNTED)
    }

    /// How many there are, and whether there are more: by what this device carries, where it was not asked or to no avail;
    /// nothing yet, while that is not known. Tracked.
    #[must_use]
    pub fn count(self, carried: impl FnOnce() -> usize) -> Option<(usize, bool)> {
        match self.asked() {
            Asked::Here => Some(self.total()),
            Asked::Coming => None,
            Asked::Not | Asked::Failed => (!self.book.status.get().is_opening()).then(|| (carried(), false)),
        }
    }

    /// The end of what has come is nearly in sight.
    pub fn go_on(self) {
        self.change(|list| list.ends = list.ends.wrapping_add(1));
    }

    pub fn fail(self) {
        self.stand(Asked::Failed);
    }

    fn stand(self, asked: Asked) {
        self.change(|list| list.asked = asked);
    }

    /// Asks, as long as whoever wants the list is there.
    pub fn follow(self, owner: &Owner) {
        if self.changes.try_get_untracked().is_some() {
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
    /// Whether it is to be asked for anew soon.
    is_due: StoredValue<bool>,
    asked_at: StoredValue<Option<Instant>>,
}

impl Follower {
    fn start(list: Listing) {
        let (turn, asked_at) = (StoredValue::new(0), StoredValue::new(None));
        let not_yet = || StoredValue::new(false);
        let follower = Self { list, has_more: not_yet(), turn, under_way: not_yet(), is_due: not_yet(), asked_at };
        follower.answer_questions();
        follower.go_on();
        follower.stay_fresh();
    }

    fn answer_questions(self) {
        let question = Memo::new(move |_| self.list.question());
        Effect::new(move |before: Option<()>| {
            let is_asked = question.with(Option::is_some);
            self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
            self.under_way.set_value(false);
            self.list.stand(if is_asked { Asked::Coming } else { Asked::Not });
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
        let list = self.list;
        let ends = Memo::new(move |_| {
            list.changes.track();
            list.look(|list| list.ends)
        });
        Effect::new(move |_| {
            // Read, not only tracked: a memo that nobody reads notices nothing.
            ends.get();
            let last = list.look(|list| list.ids.last().copied());
            let is_here = list.look(|list| list.asked) == Asked::Here;
            if is_here && self.has_more.get_value() && !self.under_way.get_value() {
                self.ask(last, MOST);
            }
        });
    }

    /// Asks anew when something has changed, and when the line is back.
    fn stay_fresh(self) {
        let pulls = self.list.book.pulls;
        Effect::new(move |before: Option<u32>| {
            let now = pulls.get();
            if before.is_some_and(|before| before != now) && !self.is_due.get_value() {
                self.is_due.set_value(true);
                let age = self.asked_at.get_value().map_or(FRESH_SECONDS, |at| clock::now().seconds_since(at));
                let rest = u32::try_from((FRESH_SECONDS - age).max(0)).unwrap_or_default();
                timer::after(rest * 1_000, move || self.freshen());
            }
            now
        });
    }

    /// As long as no more than one page has been gone through: nobody is looking at the beginning then.
    fn freshen(self) {
        if self.is_due.try_get_value().is_none() {
            return;
        }
        self.is_due.set_value(false);
        let so_far = self.list.look(|list| list.ids.len());
        let stands = matches!(self.list.book.status.get_untracked(), Status::Synced(_) | Status::Syncing);
        if stands && so_far <= MOST && !self.under_way.get_value() {
            self.ask(None, so_far.max(PAGE));
        }
    }

    fn ask(self, after: Option<Id>, most: usize) {
        let Some(question) = untrack(|| self.list.question()) else { return };
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
        let Some(Found { ids, total, has_more, .. }) = answer else {
            // What is on screen stays there; the next page is asked for again when it is wanted.
            if self.list.look(|list| list.asked) != Asked::Here {
                self.list.fail();
            }
            return;
        };
        self.has_more.set_value(has_more);
        self.list.change(|list| {
            match after {
                Some(_) => Arc::make_mut(&mut list.ids).extend(ids),
                None => list.ids = Arc::new(ids),
            }
            (list.total, list.asked) = (total, Asked::Here);
        });
    }
}
