//! What happens with tickets and answers counts in the figures: on its day, for who took care of it and their department, with
//! what else it is told apart by, as all of that is at this moment.

use crate::{
    change,
    channel::Channel,
    context::Context,
    customers::{Customer, Figure},
    id::{CustomerId, Id, PersonId},
    insights::{self, Fact, Measure, Sides, Tally, Touch},
    row::{Missing, Rows},
    surveys::{self, Camp},
    team::Person,
    tickets::{self, Audience, Kind, State, Ticket},
    time::{Date, Instant},
};

/// A ticket's part.
pub fn of_ticket<R: Rows>(event: &tickets::Event, rows: &R, context: &Context) -> Vec<change::Event> {
    counted(facts_of_ticket(event, rows, context), rows)
}

/// An answer's part.
pub fn of_answer<R: Rows>(event: &surveys::Event, rows: &R) -> Vec<change::Event> {
    let surveys::Event::Answered { answer } = event else { return Vec::new() };
    let fact = sides_of_answer(rows, answer.customer).map(|sides| {
        let camp = answer.score.camp();
        let tally = Some(Tally::one(camp == Camp::Promoter, camp == Camp::Detractor, answer.score.into()));
        vec![Fact { of: answer.id.into(), measure: Measure::Nps, on: answer.on, sides, tally }]
    });
    counted(fact, rows)
}

/// Where a fact is not here, counting is left to the server.
fn counted<R: Rows>(facts: Result<Vec<Fact>, Missing>, rows: &R) -> Vec<change::Event> {
    let facts = facts.unwrap_or_default();
    facts.iter().filter_map(|fact| insights::count(rows, fact).ok().flatten()).map(change::Event::Insights).collect()
}

fn facts_of_ticket<R: Rows>(event: &tickets::Event, rows: &R, context: &Context) -> Result<Vec<Fact>, Missing> {
    let day = |at: Instant| -> Result<Date, Missing> { Ok(context.terms()?.zone.date_at(at)) };
    let fact = |ticket: &Ticket, measure, at: Instant, tally: Option<Tally>| -> Result<Fact, Missing> {
        let person = ticket.assignee.or(context.by.person());
        let sides = sides(rows, ticket.customer, person, ticket.kind.into(), ticket.channel)?;
        Ok(Fact { of: ticket.id.into(), measure, on: day(at)?, sides, tally })
    };
    Ok(match event {
        tickets::Event::Opened { ticket, .. } => {
            vec![fact(ticket, Measure::Opened, ticket.opened_at, Some(Tally::one(false, ticket.kind == Kind::Complaint, 0)))?]
        }
        tickets::Event::Said { ticket, entry, .. } => match ticket.replied_at {
            // The first answer, and no later one.
            Some(at) if entry.audience == Audience::Customer && at == entry.at && entry.by.person().is_some() => {
                vec![fact(ticket, Measure::Response, at, Some(Tally::one(!ticket.is_answered_late(at), false, 0)))?]
            }
            _ => Vec::new(),
        },
        tickets::Event::Moved { ticket, .. } => match (ticket.state, ticket.solved_at) {
            (State::Solved, Some(at)) => {
                vec![fact(ticket, Measure::Resolution, at, Some(Tally::one(!ticket.is_solved_late(at), false, 0)))?]
            }
            (State::Open, _) => vec![fact(ticket, Measure::Resolution, context.at, None)?],
            _ => Vec::new(),
        },
        tickets::Event::Rated { ticket, .. } => match &ticket.rating {
            Some(rating) => {
                let stars = rating.stars;
                let tally = Tally::one(stars.is_satisfied(), stars.count() <= 2, i64::from(stars));
                vec![fact(ticket, Measure::Csat, rating.at, Some(tally))?]
            }
            None => Vec::new(),
        },
        tickets::Event::Reclassified { ticket, .. } => {
            vec![fact(ticket, Measure::Opened, ticket.opened_at, Some(Tally::one(false, ticket.kind == Kind::Complaint, 0)))?]
        }
        tickets::Event::Assigned { .. } | tickets::Event::Prioritised { .. } | tickets::Event::Seen { .. } => Vec::new(),
    })
}

fn sides<R: Rows>(rows: &R, customer: CustomerId, person: Option<PersonId>, touch: Touch, channel: Channel) -> Result<Sides, Missing> {
    let department = match person {
        Some(person) => rows.get::<Person>(person)?.and_then(|person| person.department),
        None => None,
    };
    let rank = rows.get::<Figure>(customer)?.map_or(0, |figure| figure.rank);
    Ok(Sides { department, person, rank, touch: Some(touch), channel: Some(channel) })
}

/// An answer counts for the customer's owner.
fn sides_of_answer<R: Rows>(rows: &R, customer: CustomerId) -> Result<Sides, Missing> {
    let owner = rows.get::<Customer>(Id::from(customer))?.and_then(|customer| customer.owner);
    sides(rows, customer, owner, Touch::Survey, Channel::Portal)
}

impl From<Kind> for Touch {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Consultation => Self::Consultation,
            Kind::Support => Self::Support,
            Kind::Complaint => Self::Complaint,
            Kind::Return => Self::Return,
            Kind::Suggestion => Self::Suggestion,
        }
    }
}
