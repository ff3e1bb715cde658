//! The customers' book: what they may do, and the rows that they are shown.

use crate::book::{Book, Kept, Vocabulary, kept, ordered};
use domain::{
    context::Context,
    customers::portal::{Account, Profile},
    id::TicketId,
    portal::{self, Command, House, Refusal},
    session::Me,
    sync::{Replay, View},
    tickets::portal::{Entry, Ticket, What},
    time::Zone,
};
use serde_json::value::RawValue;
use std::sync::Arc;

kept!(House, Account, Profile, Ticket, Entry;);

impl Vocabulary for Command {
    type Refusal = Refusal;
    const VERSION: u32 = portal::VERSION;
    const MALFORMED: Refusal = Refusal::Malformed;

    fn written(&self) -> Option<(String, Box<RawValue>)> {
        self.written()
    }

    fn read(name: &str, version: u32, args: &RawValue) -> Option<Self> {
        Self::read(name, version, args).ok()
    }

    fn replay(&self, view: &mut View<'_>, context: &Context) -> Replay {
        portal::run(view, self, context).map_or(Replay::Waiting, |()| Replay::Shown)
    }

    fn refusal(&self, mut view: View<'_>, _me: &Me, context: &Context) -> Option<Refusal> {
        portal::refusal(&mut view, self, context)
    }

    /// When we answer is for the server to say: no rule of the customers' asks for terms.
    fn under(_view: &View<'_>, context: Context) -> Context {
        context
    }

    fn zone(book: &Book) -> Option<Zone> {
        book.house().map(|house| house.zone.clone())
    }
}

impl Book {
    /// The company, as its customers know it. Tracked.
    #[must_use]
    pub(super) fn house(&self) -> Option<Arc<House>> {
        self.rows::<House>().into_iter().next()
    }

    /// What we are called here: from the first moment on. Tracked.
    #[must_use]
    pub(super) fn house_name(&self) -> String {
        self.house().map_or_else(|| self.me().company, |house| house.name.to_string())
    }

    /// The account that one belongs to. Tracked.
    #[must_use]
    pub(super) fn account(&self) -> Option<Arc<Account>> {
        self.rows::<Account>().into_iter().next()
    }

    /// Who of us takes care of them; blank where nobody does. Tracked.
    #[must_use]
    pub(super) fn adviser(&self) -> String {
        self.account().and_then(|account| account.adviser.as_ref().map(ToString::to_string)).unwrap_or_default()
    }

    /// All tickets: what is to be done first, then what is done, each with the latest word first. Tracked.
    #[must_use]
    pub(super) fn requests(&self) -> Vec<Arc<Ticket>> {
        let place = |ticket: &Ticket| (!ticket.state.is_pending(), std::cmp::Reverse(ticket.said_at), ticket.id);
        ordered(&self.rows::<Ticket>(), |a, b| place(a).cmp(&place(b)))
    }

    /// What was said on a ticket and what happened with it, oldest first. Tracked.
    #[must_use]
    pub(super) fn letters(&self, ticket: TicketId) -> Vec<Arc<Entry>> {
        let mut entries = self.rows::<Entry>();
        entries.retain(|entry| entry.ticket == ticket);
        // What was said before what followed from it.
        let place = |entry: &Entry| (entry.at, !matches!(entry.what, What::Said { .. }), entry.id);
        ordered(&entries, |a, b| place(a).cmp(&place(b)))
    }
}
