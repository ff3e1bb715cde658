//! The staff's book: their commands, the rules behind them, and the rows that staff are shown.

use crate::book::{Book, Kept, Vocabulary, kept};
use domain::{
    change::{self, Command, Refusal, Stop},
    context::Context,
    customers::{Contact, Customer, Figure, Worth},
    id::{CustomerId, Id},
    insights::Cell,
    loyalty::{Entry as LedgerEntry, Lot, Member, Move, Programme, Redemption, Review, Reward},
    notices::Notice,
    orders::{Order, Refund},
    row::Rows,
    session::Me,
    settings::Company,
    surveys::Answer,
    sync::{Replay, View},
    team::{Department, Person, Team},
    tickets::{Entry as TicketEntry, Ticket},
    time::Zone,
    timeline::{Entry, Step},
};
use serde_json::value::RawValue;
use std::sync::Arc;

kept!(Company, Department, Team, Person, Notice, Customer, Programme, Cell, Reward, Review, Move; Contact: customer, Entry: customer, Step: customer, Figure: id, Worth: id, Ticket: customer, TicketEntry: customer, Order: customer, Refund: customer, Lot: customer, LedgerEntry: customer, Member: id, Redemption: customer, Answer: customer);

impl Vocabulary for Command {
    type Refusal = Refusal;
    const VERSION: u32 = change::VERSION;
    const MALFORMED: Refusal = Refusal::Malformed;

    fn written(&self) -> Option<(String, Box<RawValue>)> {
        self.written()
    }

    fn read(name: &str, version: u32, args: &RawValue) -> Option<Self> {
        Self::read(name, version, args).ok()
    }

    /// The same rules that the server enforces.
    fn replay(&self, view: &mut View<'_>, context: &Context) -> Replay {
        change::run(view, self, context).map_or(Replay::Waiting, |_| Replay::Shown)
    }

    fn refusal(&self, view: View<'_>, me: &Me, context: &Context) -> Option<Refusal> {
        let permitted = me.role.map_or(Ok(()), |role| self.permit(role));
        permitted.err().or_else(|| match change::decide(&view, self, context) {
            Err(Stop::Refused(refusal)) => Some(refusal),
            Ok(_) | Err(Stop::Unknown) => None,
        })
    }

    /// In company time and under its terms, once the company's row is here.
    fn under(view: &View<'_>, context: Context) -> Context {
        match view.get::<Company>(Id::ONLY) {
            Ok(Some(company)) => context.under(Arc::new(company.terms())),
            Ok(None) | Err(_) => context,
        }
    }

    fn zone(book: &Book) -> Option<Zone> {
        book.company().map(|company| company.zone.clone())
    }
}
