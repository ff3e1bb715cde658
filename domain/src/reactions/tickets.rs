//! What happens with a ticket goes on the customer's timeline, open ones are counted, and those who must act are told.

use super::insights;
use crate::{
    access::Role,
    change,
    context::{Actor, Context},
    customers::{self, Customer},
    id::{CustomerId, Id, PersonId, TicketId},
    notices::{self, Cause},
    row::{Cell, Missing, Rows},
    service_level::Priority,
    team::{Person, PersonState},
    text::Line,
    tickets::{Audience, Event, State, Ticket, What},
    timeline::{self, Entry},
};
use std::collections::BTreeSet;

/// No ticket calls more people than this.
const MOST_TOLD: usize = 20;

pub fn to<R: Rows>(event: &Event, rows: &R, context: &Context) -> Vec<change::Event> {
    // Who is to be told is often known only to the server; the timeline is not kept waiting for it.
    let mut events = recorded(event, context);
    events.extend(counted(event));
    events.extend(insights::of_ticket(event, rows, context));
    events.extend(told(event, rows, context).unwrap_or_default());
    events
}

/// What the customer's timeline keeps of it.
fn recorded(event: &Event, context: &Context) -> Vec<change::Event> {
    let entry = |ticket: &Ticket, what: timeline::What| {
        let entry =
            Entry { id: context.new_id(), customer: ticket.customer, happened_at: context.at, by: context.by, what, withdrawn: false };
        vec![change::Event::Timeline(timeline::Event::Recorded { entry })]
    };
    let subject = |ticket: &Ticket| ticket.subject.clone();
    match event {
        Event::Opened { ticket, .. } => entry(ticket, timeline::What::TicketOpened { ticket: ticket.id, subject: subject(ticket) }),
        Event::Moved { ticket, .. } if ticket.state == State::Solved => {
            entry(ticket, timeline::What::TicketSolved { ticket: ticket.id, subject: subject(ticket) })
        }
        Event::Rated { ticket, .. } => ticket.rating.as_ref().map_or_else(Vec::new, |rating| {
            entry(ticket, timeline::What::TicketRated { ticket: ticket.id, subject: subject(ticket), stars: rating.stars.count() })
        }),
        Event::Said { ticket, entry, .. } if entry.audience == Audience::Customer && entry.by.person().is_some() => {
            vec![change::Event::Customers(customers::Event::Contacted { id: ticket.customer, at: context.at })]
        }
        Event::Moved { .. }
        | Event::Said { .. }
        | Event::Assigned { .. }
        | Event::Prioritised { .. }
        | Event::Reclassified { .. }
        | Event::Seen { .. } => Vec::new(),
    }
}

/// A customer waits as long as one of their tickets is not closed.
fn counted(event: &Event) -> Option<change::Event> {
    let (ticket, tickets) = match event {
        Event::Opened { ticket, .. } => (ticket, 1),
        Event::Moved { ticket, .. } if ticket.state == State::Closed => (ticket, -1),
        _ => return None,
    };
    Some(change::Event::Customers(customers::Event::Asked { id: ticket.customer, tickets }))
}

fn told<R: Rows>(event: &Event, rows: &R, context: &Context) -> Result<Vec<change::Event>, Missing> {
    match event {
        Event::Opened { ticket, .. } => {
            let (people, cause) = match ticket.assignee {
                Some(assignee) => (BTreeSet::from([assignee]), Cause::TicketAssigned),
                None => (on_duty(rows, ticket.customer)?, Cause::TicketOpened),
            };
            tell(people, cause, ticket, Some(ticket.subject.clone()), context)
        }
        Event::Said { ticket, entry, mentions } => {
            let mentioned = colleagues(rows, mentions)?;
            let mut events = tell(mentioned, Cause::Mentioned, ticket, begun(&entry.what), context)?;
            if matches!(entry.by, Actor::Portal { .. }) {
                events.extend(tell(responsible(rows, ticket)?, Cause::TicketAnswered, ticket, begun(&entry.what), context)?);
            }
            Ok(events)
        }
        // What the system hands over is told once, for all of it.
        Event::Assigned { .. } if context.by == Actor::System => Ok(Vec::new()),
        Event::Assigned { ticket, .. } => {
            tell(ticket.assignee.into_iter().collect(), Cause::TicketAssigned, ticket, Some(ticket.subject.clone()), context)
        }
        Event::Rated { ticket, .. } => {
            let Some(rating) = &ticket.rating else { return Ok(Vec::new()) };
            let mut people: BTreeSet<PersonId> = ticket.assignee.into_iter().collect();
            if !rating.stars.is_satisfied() {
                // An unhappy customer is a manager's business too (S152).
                people.extend(in_role(rows, Role::Manager)?.into_iter().map(|person| person.id));
            }
            let comment = rating.comment.as_ref().and_then(|comment| first_line(comment.as_str()));
            tell(people, Cause::TicketRated, ticket, comment.or_else(|| Some(ticket.subject.clone())), context)
        }
        Event::Moved { .. } | Event::Prioritised { .. } | Event::Reclassified { .. } | Event::Seen { .. } => Ok(Vec::new()),
    }
}

/// Who takes care of a ticket; while nobody does, those who could.
fn responsible<R: Rows>(rows: &R, ticket: &Ticket) -> Result<BTreeSet<PersonId>, Missing> {
    ticket.assignee.map_or_else(|| on_duty(rows, ticket.customer), |assignee| Ok(BTreeSet::from([assignee])))
}

/// Service in the customer's team, and the customer's owner, who keeps the customer informed (S153).
fn on_duty<R: Rows>(rows: &R, customer: CustomerId) -> Result<BTreeSet<PersonId>, Missing> {
    let Some(customer) = rows.get::<Customer>(customer)? else { return Ok(BTreeSet::new()) };
    let service =
        in_role(rows, Role::Service)?.into_iter().filter(|person| person.teams.0.contains(&customer.team)).map(|person| person.id);
    Ok(service.chain(customer.owner).collect())
}

fn in_role<R: Rows>(rows: &R, role: Role) -> Result<Vec<Person>, Missing> {
    let mut people = rows.by::<Person>("role", &Cell::Text(role.code().to_owned()))?;
    people.retain(|person| person.state == PersonState::Active);
    Ok(people)
}

fn colleagues<R: Rows>(rows: &R, ids: &[PersonId]) -> Result<BTreeSet<PersonId>, Missing> {
    let mut known = BTreeSet::new();
    for id in ids.iter().take(MOST_TOLD) {
        known.extend(rows.get::<Person>(*id)?.filter(|person| person.state == PersonState::Active).map(|person| person.id));
    }
    Ok(known)
}

/// The first words of what was said.
fn begun(what: &What) -> Option<Line> {
    if let What::Said { text, .. } = what { first_line(text.as_str()) } else { None }
}

fn first_line(text: &str) -> Option<Line> {
    let short: String = text.lines().next().unwrap_or_default().chars().take(80).collect();
    Line::parse(&short).ok()
}

/// One notice for each of them but the one who did it. What is not urgent waits for working time.
fn tell(
    people: BTreeSet<PersonId>,
    cause: Cause,
    ticket: &Ticket,
    text: Option<Line>,
    context: &Context,
) -> Result<Vec<change::Event>, Missing> {
    let at = if ticket.priority == Priority::Urgent { context.at } else { context.terms()?.working().next(context.at) };
    let others = people.into_iter().filter(|person| context.by.person() != Some(*person)).take(MOST_TOLD);
    let subject: TicketId = ticket.id;
    Ok(others
        .map(|person| {
            let notice = notices::Notice {
                customer: Some(ticket.customer),
                ticket: Some(subject),
                text: text.clone(),
                by: context.by,
                ..notices::Notice::of(person, cause, Id::from(subject), at)
            };
            change::Event::Notices(notices::Event::Told { notice })
        })
        .collect())
}
