//! What is kept of a ticket: its header, and one entry for each thing that happened with it.

use super::{Clock, State};
use crate::{
    attachments::File,
    channel::Channel,
    context::Actor,
    customers::{self, Customer, queue_scopes_of},
    id::{ContactId, CustomerId, PersonId, TicketEntryId, TicketId},
    row::{Cell, Field, Kind as ColumnKind, Missing, Rows, codes, json_fields, rows},
    service_level::Priority,
    sync::Scope,
    text::{Line, Prose},
    time::Instant,
};
use serde::{Deserialize, Serialize};

codes! {
    /// What it is about (S160, S172).
    Kind {
        Consultation = "consultation": "咨询", "Question";
        Support = "support": "技术支持", "Technical support";
        Complaint = "complaint": "投诉", "Complaint";
        Return = "return": "退换货", "Return or exchange";
        Suggestion = "suggestion": "建议", "Suggestion";
    }

    /// Who may read an entry.
    Audience {
        Customer = "customer": "客户可见", "Customer sees this";
        Internal = "internal": "仅内部", "Internal";
    }
}

/// From one star to five.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Stars(u8);

impl Stars {
    pub const MOST: u8 = 5;

    #[must_use]
    pub fn new(stars: i64) -> Option<Self> {
        u8::try_from(stars).ok().filter(|stars| (1..=Self::MOST).contains(stars)).map(Self)
    }

    #[must_use]
    pub const fn count(self) -> u8 {
        self.0
    }

    /// CSAT counts four and five stars as satisfied (spec 3.2).
    #[must_use]
    pub const fn is_satisfied(self) -> bool {
        self.0 >= 4
    }
}

impl TryFrom<i64> for Stars {
    type Error = &'static str;
    fn try_from(stars: i64) -> Result<Self, Self::Error> {
        Self::new(stars).ok_or("from one star to five")
    }
}

impl From<Stars> for i64 {
    fn from(stars: Stars) -> Self {
        stars.0.into()
    }
}

impl Field for Stars {
    const KIND: ColumnKind = ColumnKind::Integer;
    fn to_cell(&self) -> Cell {
        Cell::Integer(self.0.into())
    }
    fn from_cell(cell: Cell) -> Option<Self> {
        i64::from_cell(cell).and_then(Self::new)
    }
}

/// So many stars are a poor rating, and fewer.
pub const POOR_STARS: u8 = 2;

/// What the customer thinks of how it was solved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    pub stars: Stars,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Prose>,
    pub at: Instant,
}

/// What happened with a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Said {
        text: Prose,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<File>,
    },
    Moved {
        from: State,
        to: State,
    },
    Assigned {
        from: Option<PersonId>,
        to: Option<PersonId>,
    },
    Prioritised {
        from: Priority,
        to: Priority,
    },
    Reclassified {
        from: Kind,
        to: Kind,
    },
    Rated(Rating),
}

json_fields!(Rating, What);

rows! {
    /// A ticket's header: what lists and rules need of it.
    Ticket in "ticket" {
        id: TicketId,
        /// Given by the server, in order.
        no: Option<i64>,
        customer: CustomerId,
        /// Who asked.
        contact: Option<ContactId>,
        kind: Kind,
        channel: Channel,
        subject: Line,
        priority: Priority,
        state: State,
        assignee: Option<PersonId>,
        opened_by: Actor,
        opened_at: Instant,
        clock: Clock,
        response_due: Instant,
        /// As it stands; while the clock is stopped it moves on with time.
        resolution_due: Instant,
        /// The first answer of ours.
        replied_at: Option<Instant>,
        solved_at: Option<Instant>,
        closed_at: Option<Instant>,
        /// The last thing said between us and the customer, and whose it was.
        said_at: Instant,
        said_by_customer: bool,
        /// How much was said, internal notes aside.
        said: i64,
        /// Up to when the customer has read.
        seen_at: Option<Instant>,
        rating: Option<Rating>,
    }

    /// One thing that happened with a ticket.
    Entry in "ticket_entry" {
        id: TicketEntryId,
        ticket: TicketId,
        customer: CustomerId,
        at: Instant,
        by: Actor,
        audience: Audience,
        what: What,
    }
}

impl Ticket {
    /// Staff see it as they see the customer: in its queue, and among what happened with it. One that is closed is history.
    /// Of the customer's people the one who asked sees it, and all where the account shares its tickets (request 13, trap 13).
    fn placed<R: Rows>(&self, rows: &R) -> Result<Vec<Scope>, Missing> {
        let queue = if self.state == State::Closed { Vec::new() } else { queue_scopes_of(rows, self.customer)? };
        Ok(queue.into_iter().chain([Scope::History(self.customer)]).chain(self.shown_to(rows)?).collect())
    }

    /// The customer's people who see it.
    fn shown_to<R: Rows>(&self, rows: &R) -> Result<impl Iterator<Item = Scope> + use<R>, Missing> {
        let customer = rows.get::<Customer>(self.customer)?;
        let is_shared = |customer: &Customer| customer.shares_tickets || customer.kind == customers::Kind::Person;
        let all = customer.as_ref().is_some_and(is_shared).then_some(Scope::Portal(self.customer));
        let own = customer.and(self.contact).map(|contact| Scope::User(contact.into()));
        Ok(own.into_iter().chain(all))
    }

    /// Whether somebody answered too late, or has not and it is too late. What is solved without a word is answered by that.
    #[must_use]
    pub fn is_answered_late(&self, now: Instant) -> bool {
        self.answered_at().unwrap_or(now) > self.response_due
    }

    fn answered_at(&self) -> Option<Instant> {
        self.replied_at.or(self.solved_at)
    }

    /// When we were late with it, with the solution before the answer; now, if we still are.
    #[must_use]
    pub fn late_at(&self, now: Instant) -> Option<Instant> {
        if self.is_solved_late(now) {
            return Some(self.solved_at.unwrap_or(now));
        }
        self.is_answered_late(now).then(|| self.answered_at().unwrap_or(now))
    }

    /// When it was rated with one or two stars.
    #[must_use]
    pub fn poorly_rated_at(&self) -> Option<Instant> {
        self.rating.as_ref().filter(|rating| rating.stars.count() <= POOR_STARS).map(|rating| rating.at)
    }

    /// Whether it was solved too late, or is not and it is too late. While it is the customer's turn it gets no later.
    #[must_use]
    pub fn is_solved_late(&self, now: Instant) -> bool {
        self.solved_at.or(self.clock.stopped).unwrap_or(now) > self.resolution_due
    }

    /// What we owe next, and by when: the first answer, then the solution. Nothing while it is not our turn.
    #[must_use]
    pub fn next_due(&self) -> Option<Instant> {
        match (self.state.is_ours(), self.replied_at) {
            (false, _) => None,
            (true, None) => Some(self.response_due.min(self.resolution_due)),
            (true, Some(_)) => Some(self.resolution_due),
        }
    }
}

impl Entry {
    fn placed<R: Rows>(&self, rows: &R) -> Result<Vec<Scope>, Missing> {
        let mut scopes = vec![Scope::History(self.customer)];
        if let (Audience::Customer, Some(ticket)) = (self.audience, rows.get::<Ticket>(self.ticket)?) {
            scopes.extend(ticket.shown_to(rows)?);
        }
        Ok(scopes)
    }
}
