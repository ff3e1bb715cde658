//! The customers' book: what they may do, and the rows that they are shown.

use crate::book::{Book, Kept, Vocabulary, kept, ordered};
use domain::{
    context::Context,
    customers::portal::{Account, Profile},
    id::TicketId,
    loyalty::{
        Holding, RedemptionState, available,
        portal::{Entry as Movement, Lot, Member, Programme, Redemption, Reward},
    },
    money::Points,
    orders::portal::Order,
    portal::{self, Command, House, Refusal},
    session::Me,
    surveys::portal::Answer,
    sync::{Replay, View},
    tickets::portal::{Entry, Ticket, What},
    time::Zone,
};
use serde_json::value::RawValue;
use std::sync::Arc;

kept!(House, Account, Profile, Ticket, Entry, Programme, Lot, Movement, Member, Reward, Redemption, Order, Answer;);

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

    /// The programme, if there is one. Tracked.
    #[must_use]
    pub(super) fn club(&self) -> Option<Arc<Programme>> {
        self.rows::<Programme>().into_iter().next()
    }

    /// What we keep of the account as a member. Tracked.
    #[must_use]
    pub(super) fn member(&self) -> Option<Arc<Member>> {
        self.rows::<Member>().into_iter().next()
    }

    /// The tier, counted from the lowest; 0 without any. Tracked.
    #[must_use]
    pub(super) fn tier_rank(&self) -> i64 {
        self.member().map_or(0, |member| member.rank_on(self.today()))
    }

    /// Every lot of points. Tracked.
    #[must_use]
    pub(super) fn holdings(&self) -> Vec<Holding> {
        self.rows::<Lot>().iter().map(|lot| lot.holding()).collect()
    }

    /// Points that can be spent today; what is reserved and not confirmed yet counts as spent. Tracked.
    #[must_use]
    pub(super) fn spendable(&self) -> Points {
        let reserved = self.rows::<Redemption>().into_iter().filter(|taken| taken.state == RedemptionState::Reserved);
        available(self.holdings(), self.today()).less(reserved.map(|taken| taken.price).sum())
    }

    /// What came and went, the latest first. Tracked.
    #[must_use]
    pub(super) fn movements(&self) -> Vec<Arc<Movement>> {
        let place = |entry: &Movement| std::cmp::Reverse((entry.on, entry.at, entry.id));
        ordered(&self.rows::<Movement>(), |a, b| place(a).cmp(&place(b)))
    }

    /// What is offered, the cheapest first. Tracked.
    #[must_use]
    pub(super) fn rewards(&self) -> Vec<Arc<Reward>> {
        let mut offered = self.rows::<Reward>();
        offered.retain(|reward| reward.offered);
        ordered(&offered, |a, b| (a.price, a.id).cmp(&(b.price, b.id)))
    }

    /// What was taken, the latest first. Tracked.
    #[must_use]
    pub(super) fn redemptions(&self) -> Vec<Arc<Redemption>> {
        ordered(&self.rows::<Redemption>(), |a, b| (b.at, b.id).cmp(&(a.at, a.id)))
    }

    /// What was bought, the latest first. Tracked.
    #[must_use]
    pub(super) fn orders(&self) -> Vec<Arc<Order>> {
        ordered(&self.rows::<Order>(), |a, b| (b.ordered_on, b.id).cmp(&(a.ordered_on, a.id)))
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
