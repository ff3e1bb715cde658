//! Tickets as customers know them: types of their own, and what customers may do.
//!
//! The server judges over the tickets themselves, a customer's device over what it was shown; both ask the same table.

use super::{
    Channel,
    decide::{self, Draft, Refusal},
    life::{State, answered},
    ticket::{self, Kind, Rating, Stars},
};
use crate::{
    attachments::{self, File},
    change::{Stop, known, unused},
    context::{Actor, Context},
    customers::{Customer, CustomerState},
    id::{ContactId, TicketEntryId, TicketId},
    row::{Missing, Rows, json_fields, rows},
    sync::Scope,
    text::{Line, Name, Prose},
    time::Instant,
};
use serde::{Deserialize, Serialize};

/// Whose an entry is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// One of the account's own people.
    Theirs {
        contact: ContactId,
        #[serde(default)]
        name: Option<Name>,
    },
    /// One of ours, by name only.
    Ours {
        #[serde(default)]
        name: Option<Name>,
    },
}

/// What happened, as far as it concerns the customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Said {
        text: Prose,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<File>,
    },
    Moved {
        to: State,
    },
    Rated(Rating),
}

json_fields!(Author, What);

rows! {
    Ticket in "portal_ticket" {
        id: TicketId,
        no: Option<i64>,
        contact: Option<ContactId>,
        /// Who asked, where that is not oneself.
        asked_by: Option<Name>,
        kind: Kind,
        subject: Line,
        state: State,
        /// Who takes care of it.
        carer: Option<Name>,
        opened_at: Instant,
        /// By when we answer; until we have.
        answer_due: Option<Instant>,
        said_at: Instant,
        said_by_customer: bool,
        said: i64,
        seen_at: Option<Instant>,
        solved_at: Option<Instant>,
        rating: Option<Rating>,
    }

    Entry in "portal_ticket_entry" {
        id: TicketEntryId,
        ticket: TicketId,
        at: Instant,
        by: Author,
        what: What,
    }
}

macro_rules! projections {
    ($($name:ident),*) => {$(
        impl $name {
            /// A projection is in no scope itself: it goes where its original is.
            fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
                Ok(Vec::new())
            }
        }
    )*};
}
projections!(Ticket, Entry);

impl Ticket {
    /// What customers are shown of a ticket. Every field of the original is named here, shown or not.
    #[must_use]
    pub fn of(original: &ticket::Ticket, asked_by: Option<Name>, carer: Option<Name>) -> Self {
        let ticket::Ticket {
            id,
            no,
            customer: _,
            contact,
            kind,
            channel: _,
            ref subject,
            priority: _,
            state,
            assignee: _,
            opened_by: _,
            opened_at,
            clock: _,
            response_due,
            resolution_due: _,
            replied_at,
            solved_at,
            closed_at: _,
            said_at,
            said_by_customer,
            said,
            seen_at,
            ref rating,
        } = *original;
        let answer_due = (replied_at.is_none() && state.is_ours()).then_some(response_due);
        let (subject, rating) = (subject.clone(), rating.clone());
        Self {
            id,
            no,
            contact,
            asked_by,
            kind,
            subject,
            state,
            carer,
            opened_at,
            answer_due,
            said_at,
            said_by_customer,
            said,
            seen_at,
            solved_at,
            rating,
        }
    }

    /// Whether we said something that nobody of theirs has read.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        !self.said_by_customer && self.seen_at.is_none_or(|seen| seen < self.said_at)
    }

    /// Whether we would like to hear how it went.
    #[must_use]
    pub fn asks_for_rating(&self) -> bool {
        matches!(self.state, State::Solved | State::Closed) && self.rating.is_none()
    }
}

impl Entry {
    /// What customers are shown of an entry; nothing of what is internal.
    #[must_use]
    pub fn of(original: &ticket::Entry, name: Option<Name>) -> Option<Self> {
        let ticket::Entry { id, ticket, customer: _, at, by, audience, ref what } = *original;
        if audience == ticket::Audience::Internal {
            return None;
        }
        let what = match what {
            ticket::What::Said { text, files } => What::Said { text: text.clone(), files: files.clone() },
            ticket::What::Moved { from: _, to } => What::Moved { to: *to },
            ticket::What::Rated(rating) => What::Rated(rating.clone()),
            ticket::What::Assigned { .. } | ticket::What::Prioritised { .. } | ticket::What::Reclassified { .. } => return None,
        };
        let by = match by {
            Actor::Portal { contact, .. } => Author::Theirs { contact, name },
            Actor::Staff(_) | Actor::Token(_) | Actor::System => Author::Ours { name },
        };
        Some(Self { id, ticket, at, by, what })
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    Open {
        id: TicketId,
        kind: Kind,
        subject: Line,
        text: Prose,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<File>,
    },
    Write {
        id: TicketEntryId,
        ticket: TicketId,
        text: Prose,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<File>,
    },
    /// A later rating replaces the former.
    Rate {
        ticket: TicketId,
        stars: Stars,
        #[serde(default)]
        comment: Option<Prose>,
    },
    /// It is solved indeed.
    Confirm {
        ticket: TicketId,
    },
    Seen {
        ticket: TicketId,
    },
}

fn is_rateable(state: State) -> Result<(), Refusal> {
    if matches!(state, State::Solved | State::Closed) { Ok(()) } else { Err(Refusal::NotSolvedYet) }
}

/// On the server: what this customer's command would do to the tickets themselves, or why it may not.
pub fn decide<R: Rows>(rows: &R, command: &Command, context: &Context) -> Result<Vec<super::Event>, Stop> {
    match command {
        Command::Open { id, kind, subject, text, files } => {
            let Actor::Portal { contact, customer } = context.by else { return known(None) };
            known(rows.get::<Customer>(customer)?.filter(|customer| customer.state == CustomerState::Active))?;
            unused::<ticket::Ticket>(rows, *id)?;
            let draft = Draft {
                customer,
                contact: Some(contact),
                kind: *kind,
                channel: Channel::Portal,
                subject: subject.clone(),
                text: text.clone(),
                files: files.clone(),
                priority: None,
                assignee: None,
            };
            Ok(vec![decide::opened(rows, *id, draft, context)?])
        }
        Command::Write { id, ticket, text, files } => {
            attachments::fit(rows, files, context)?;
            let ticket = known(rows.get::<ticket::Ticket>(*ticket)?)?;
            unused::<ticket::Entry>(rows, *id)?;
            decide::written(ticket, *id, decide::said(text, files), context)
        }
        Command::Rate { ticket, stars, comment } => {
            let ticket = known(rows.get::<ticket::Ticket>(*ticket)?)?;
            is_rateable(ticket.state)?;
            Ok(vec![decide::rated(ticket, Rating { stars: *stars, comment: comment.clone(), at: context.at }, context)])
        }
        Command::Confirm { ticket } => {
            let ticket = known(rows.get::<ticket::Ticket>(*ticket)?)?;
            is_rateable(ticket.state)?;
            Ok(if ticket.state == State::Closed { Vec::new() } else { vec![decide::moved(ticket, State::Closed, context)?] })
        }
        Command::Seen { ticket } => {
            let mut ticket = known(rows.get::<ticket::Ticket>(*ticket)?)?;
            if ticket.said_by_customer || ticket.seen_at.is_some_and(|seen| seen >= ticket.said_at) {
                return Ok(Vec::new());
            }
            ticket.seen_at = Some(context.at);
            Ok(vec![super::Event::Seen { ticket: Box::new(ticket) }])
        }
    }
}

/// On a customer's device: what the command looks like at once, over what was shown to them.
pub fn run<R: Rows>(rows: &mut R, command: &Command, context: &Context) -> Result<(), Stop> {
    let Actor::Portal { contact, .. } = context.by else { return known(None) };
    let entry = |id: TicketEntryId, ticket: TicketId, what: What| Entry {
        id,
        ticket,
        at: context.at,
        by: Author::Theirs { contact, name: None },
        what,
    };
    match command {
        Command::Open { id, kind, subject, text, files } => {
            unused::<Ticket>(rows, *id)?;
            rows.put(&begun(*id, *kind, subject, contact, context))?;
            rows.put(&entry(context.new_id(), *id, What::Said { text: text.clone(), files: files.clone() }))?;
        }
        Command::Write { id, ticket, text, files } => {
            let ticket = known(rows.get::<Ticket>(*ticket)?)?;
            unused::<Entry>(rows, *id)?;
            let (ticket, moved) = written(ticket, context.at)?;
            rows.put(&entry(*id, ticket.id, What::Said { text: text.clone(), files: files.clone() }))?;
            if moved {
                rows.put(&entry(context.new_id(), ticket.id, What::Moved { to: ticket.state }))?;
            }
            rows.put(&ticket)?;
        }
        Command::Rate { ticket, stars, comment } => {
            let mut ticket = rateable(rows, *ticket)?;
            let rating = Rating { stars: *stars, comment: comment.clone(), at: context.at };
            ticket.rating = Some(rating.clone());
            rows.put(&entry(context.new_id(), ticket.id, What::Rated(rating)))?;
            rows.put(&ticket)?;
        }
        Command::Confirm { ticket } => {
            let ticket = rateable(rows, *ticket)?;
            if ticket.state == State::Solved {
                rows.put(&entry(context.new_id(), ticket.id, What::Moved { to: State::Closed }))?;
                rows.put(&Ticket { state: State::Closed, ..ticket })?;
            }
        }
        Command::Seen { ticket } => {
            let mut ticket = known(rows.get::<Ticket>(*ticket)?)?;
            if ticket.is_unread() {
                // A device's clock may be behind the server's: what was read stays read.
                ticket.seen_at = Some(context.at.max(ticket.said_at));
                rows.put(&ticket)?;
            }
        }
    }
    Ok(())
}

/// A ticket that is there and that its customer may judge now.
fn rateable<R: Rows>(rows: &R, ticket: TicketId) -> Result<Ticket, Stop> {
    let ticket = known(rows.get::<Ticket>(ticket)?)?;
    is_rateable(ticket.state)?;
    Ok(ticket)
}

/// The ticket after its customer has written at this moment, and whether that moved it.
fn written(ticket: Ticket, at: Instant) -> Result<(Ticket, bool), Refusal> {
    let state = answered(ticket.state)?;
    let moved = state != ticket.state;
    let said = ticket.said + 1;
    Ok((Ticket { state, solved_at: None, said_at: at, said_by_customer: true, said, seen_at: Some(at), ..ticket }, moved))
}

/// A ticket that only its author knows yet. By when we answer is the server's to say.
fn begun(id: TicketId, kind: Kind, subject: &Line, contact: ContactId, context: &Context) -> Ticket {
    Ticket {
        id,
        no: None,
        contact: Some(contact),
        asked_by: None,
        kind,
        subject: subject.clone(),
        state: State::New,
        carer: None,
        opened_at: context.at,
        answer_due: None,
        said_at: context.at,
        said_by_customer: true,
        said: 1,
        seen_at: Some(context.at),
        solved_at: None,
        rating: None,
    }
}
