//! What staff may do with tickets, and what it does.

use super::{
    Audience, Channel, Clock, Entry, Kind, State, Ticket, What,
    life::{answered, first_priority},
    ticket::Rating,
};
use crate::{
    attachments::{self, File},
    change::{Stop, known, unused},
    context::{Actor, Context},
    customers::{self, Contact, Customer, CustomerState, Figure},
    id::{ContactId, CustomerId, PersonId, TicketEntryId, TicketId},
    row::{Missing, Rows},
    service_level::Priority,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

/// A new ticket, as its author describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub customer: CustomerId,
    #[serde(default)]
    pub contact: Option<ContactId>,
    pub kind: Kind,
    pub channel: Channel,
    pub subject: Line,
    pub text: Prose,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<File>,
    /// `None`: as urgent as its kind and the customer's tier say.
    #[serde(default)]
    pub priority: Option<Priority>,
    #[serde(default)]
    pub assignee: Option<PersonId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// On behalf of a customer.
    Open {
        id: TicketId,
        draft: Box<Draft>,
    },
    /// To the customer; `then` is the state it leaves the ticket in.
    Reply {
        id: TicketEntryId,
        ticket: TicketId,
        text: Prose,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<File>,
        then: State,
    },
    /// Among ourselves. Who is mentioned is told.
    Note {
        id: TicketEntryId,
        ticket: TicketId,
        text: Prose,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<File>,
        #[serde(default)]
        mentions: Vec<PersonId>,
    },
    /// `from` is the state its author saw.
    Move {
        ticket: TicketId,
        from: State,
        to: State,
    },
    /// `from` is whose it was when its author looked.
    Assign {
        ticket: TicketId,
        from: Option<PersonId>,
        to: Option<PersonId>,
    },
    Prioritise {
        ticket: TicketId,
        to: Priority,
    },
    Reclassify {
        ticket: TicketId,
        to: Kind,
    },
}

/// What happened: the header as it is now, and the entry that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Opened {
        ticket: Box<Ticket>,
        entry: Entry,
    },
    Said {
        ticket: Box<Ticket>,
        entry: Entry,
        mentions: Vec<PersonId>,
    },
    Moved {
        ticket: Box<Ticket>,
        entry: Entry,
    },
    Assigned {
        ticket: Box<Ticket>,
        entry: Entry,
    },
    Prioritised {
        ticket: Box<Ticket>,
        entry: Entry,
    },
    Reclassified {
        ticket: Box<Ticket>,
        entry: Entry,
    },
    Rated {
        ticket: Box<Ticket>,
        entry: Entry,
    },
    /// The customer has read it.
    Seen {
        ticket: Box<Ticket>,
    },
}

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Closed for good: what comes up again is a new ticket.
    Closed,
    /// It is in another state by now, or that state does not follow.
    AlreadyMoved,
    /// It has another assignee by now.
    AssigneeChanged,
    /// That person is not one of this customer's.
    NotTheirContact,
    /// Only what is solved is rated.
    NotSolvedYet,
}

/// What `command` would do, or why it may not.
pub fn decide<R: Rows>(rows: &R, command: &Command, context: &Context) -> Result<Vec<Event>, Stop> {
    match command {
        Command::Open { id, draft } => open(rows, *id, draft, context),
        Command::Reply { id, ticket, text, files, then } => {
            attachments::fit(rows, files, context)?;
            reply(rows, (*id, *ticket), said(text, files), *then, context)
        }
        Command::Note { id, ticket, text, files, mentions } => {
            attachments::fit(rows, files, context)?;
            let ticket = known(rows.get::<Ticket>(*ticket)?)?;
            unused::<Entry>(rows, *id)?;
            let entry = entry(&ticket, *id, Audience::Internal, said(text, files), context);
            Ok(vec![Event::Said { ticket: Box::new(ticket), entry, mentions: mentions.clone() }])
        }
        Command::Move { ticket, from, to } => {
            let ticket = known(rows.get::<Ticket>(*ticket)?)?;
            if ticket.state != *from {
                return Err(Refusal::AlreadyMoved.into());
            }
            Ok(if from == to { Vec::new() } else { vec![moved(ticket, *to, context)?] })
        }
        Command::Assign { ticket, from, to } => {
            let mut ticket = pending(rows, *ticket)?;
            if ticket.assignee != *from {
                return Err(Refusal::AssigneeChanged.into());
            }
            if from == to {
                return Ok(Vec::new());
            }
            ticket.assignee = *to;
            let entry = entry(&ticket, context.new_id(), Audience::Internal, What::Assigned { from: *from, to: *to }, context);
            Ok(vec![Event::Assigned { ticket: Box::new(ticket), entry }])
        }
        Command::Prioritise { ticket, to } => prioritise(rows, *ticket, *to, context),
        Command::Reclassify { ticket, to } => {
            let mut ticket = pending(rows, *ticket)?;
            let from = std::mem::replace(&mut ticket.kind, *to);
            if from == *to {
                return Ok(Vec::new());
            }
            let entry = entry(&ticket, context.new_id(), Audience::Internal, What::Reclassified { from, to: *to }, context);
            Ok(vec![Event::Reclassified { ticket: Box::new(ticket), entry }])
        }
    }
}

pub(super) fn said(text: &Prose, files: &[File]) -> What {
    What::Said { text: text.clone(), files: files.to_vec() }
}

/// A ticket that is not closed.
fn pending<R: Rows>(rows: &R, id: TicketId) -> Result<Ticket, Stop> {
    let ticket = known(rows.get::<Ticket>(id)?)?;
    if ticket.state == State::Closed { Err(Refusal::Closed.into()) } else { Ok(ticket) }
}

fn open<R: Rows>(rows: &R, id: TicketId, draft: &Draft, context: &Context) -> Result<Vec<Event>, Stop> {
    let customer = known(rows.get::<Customer>(draft.customer)?)?;
    if customer.state == CustomerState::Archived {
        return Err(customers::Refusal::Archived.into());
    }
    if let Some(contact) = draft.contact {
        let contact = known(rows.get::<Contact>(contact)?)?;
        if contact.customer != draft.customer || contact.removed {
            return Err(Refusal::NotTheirContact.into());
        }
    }
    unused::<Ticket>(rows, id)?;
    Ok(vec![opened(rows, id, draft.clone(), context)?])
}

/// A new ticket with its first words.
pub(super) fn opened<R: Rows>(rows: &R, id: TicketId, draft: Draft, context: &Context) -> Result<Event, Stop> {
    let Draft { customer, contact, kind, channel, subject, text, files, priority, assignee } = draft;
    attachments::fit(rows, &files, context)?;
    let terms = context.terms()?;
    let rank = rows.get::<Figure>(customer)?.map_or(0, |figure| figure.rank);
    let priority = priority.unwrap_or(first_priority(kind, rank));
    let clock = Clock::new(terms.targets.of(priority));
    let ticket = Ticket {
        id,
        no: None,
        customer,
        contact,
        kind,
        channel,
        subject,
        priority,
        state: State::New,
        assignee,
        opened_by: context.by,
        opened_at: context.at,
        clock,
        response_due: clock.response_due(context.at, terms.working()),
        resolution_due: clock.resolution_due(context.at, terms.working()),
        replied_at: None,
        solved_at: None,
        closed_at: None,
        said_at: context.at,
        said_by_customer: true,
        said: 1,
        seen_at: matches!(context.by, Actor::Portal { .. }).then_some(context.at),
        rating: None,
    };
    let entry = entry(&ticket, context.new_id(), Audience::Customer, What::Said { text, files }, context);
    Ok(Event::Opened { ticket: Box::new(ticket), entry })
}

fn reply<R: Rows>(
    rows: &R,
    (id, ticket): (TicketEntryId, TicketId),
    what: What,
    then: State,
    context: &Context,
) -> Result<Vec<Event>, Stop> {
    let mut ticket = pending(rows, ticket)?;
    unused::<Entry>(rows, id)?;
    let entry = entry(&ticket, id, Audience::Customer, what, context);
    ticket.said_at = context.at;
    ticket.said_by_customer = false;
    ticket.said += 1;
    ticket.replied_at = Some(ticket.replied_at.unwrap_or(context.at));
    // A state that no longer follows is left as it is: what was written to the customer counts.
    let moves = ticket.state != then && then != State::New && ticket.state.may_become(then);
    let said = Event::Said { ticket: Box::new(ticket.clone()), entry, mentions: Vec::new() };
    Ok(if moves { vec![said, moved(ticket, then, context)?] } else { vec![said] })
}

fn prioritise<R: Rows>(rows: &R, id: TicketId, to: Priority, context: &Context) -> Result<Vec<Event>, Stop> {
    let mut ticket = pending(rows, id)?;
    let from = std::mem::replace(&mut ticket.priority, to);
    if from == to {
        return Ok(Vec::new());
    }
    let terms = context.terms()?;
    ticket.clock = ticket.clock.retargeted(terms.targets.of(to));
    ticket.response_due = ticket.clock.response_due(ticket.opened_at, terms.working());
    ticket.resolution_due = ticket.clock.resolution_due(ticket.opened_at, terms.working());
    let entry = entry(&ticket, context.new_id(), Audience::Internal, What::Prioritised { from, to }, context);
    Ok(vec![Event::Prioritised { ticket: Box::new(ticket), entry }])
}

/// Into another state, its clock with it.
pub(super) fn moved(mut ticket: Ticket, to: State, context: &Context) -> Result<Event, Stop> {
    let from = ticket.state;
    if !from.may_become(to) {
        return Err(if from == State::Closed { Refusal::Closed } else { Refusal::AlreadyMoved }.into());
    }
    let terms = context.terms()?;
    ticket.state = to;
    ticket.clock = if to.is_ours() { ticket.clock.go_on(context.at, terms.working()) } else { ticket.clock.stop(context.at) };
    ticket.resolution_due = ticket.clock.resolution_due(ticket.opened_at, terms.working());
    ticket.solved_at = match to {
        State::Solved => Some(context.at),
        State::Closed => ticket.solved_at,
        State::New | State::Open | State::Waiting => None,
    };
    ticket.closed_at = (to == State::Closed).then_some(context.at);
    let entry = entry(&ticket, context.new_id(), Audience::Customer, What::Moved { from, to }, context);
    Ok(Event::Moved { ticket: Box::new(ticket), entry })
}

/// The customer writes.
pub(super) fn written(mut ticket: Ticket, id: TicketEntryId, what: What, context: &Context) -> Result<Vec<Event>, Stop> {
    let then = answered(ticket.state)?;
    let entry = entry(&ticket, id, Audience::Customer, what, context);
    ticket.said_at = context.at;
    ticket.said_by_customer = true;
    ticket.said += 1;
    ticket.seen_at = Some(context.at);
    let said = Event::Said { ticket: Box::new(ticket.clone()), entry, mentions: Vec::new() };
    Ok(if then == ticket.state { vec![said] } else { vec![said, moved(ticket, then, context)?] })
}

pub(super) fn rated(mut ticket: Ticket, rating: Rating, context: &Context) -> Event {
    let entry = entry(&ticket, context.new_id(), Audience::Customer, What::Rated(rating.clone()), context);
    ticket.rating = Some(rating);
    Event::Rated { ticket: Box::new(ticket), entry }
}

fn entry(ticket: &Ticket, id: TicketEntryId, audience: Audience, what: What, context: &Context) -> Entry {
    Entry { id, ticket: ticket.id, customer: ticket.customer, at: context.at, by: context.by, audience, what }
}

impl Event {
    /// What happened, happened: changes the rows it names.
    pub fn apply<R: Rows>(&self, rows: &mut R) -> Result<(), Missing> {
        match self {
            Self::Opened { ticket, entry }
            | Self::Said { ticket, entry, .. }
            | Self::Moved { ticket, entry }
            | Self::Assigned { ticket, entry }
            | Self::Prioritised { ticket, entry }
            | Self::Reclassified { ticket, entry }
            | Self::Rated { ticket, entry } => {
                rows.put(&**ticket)?;
                rows.put(entry)?;
                if let What::Said { files, .. } = &entry.what { attachments::taken(rows, files, entry.id) } else { Ok(()) }
            }
            Self::Seen { ticket } => rows.put(&**ticket),
        }
    }
}
