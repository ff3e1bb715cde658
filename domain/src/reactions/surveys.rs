//! What a customer says of us goes on their timeline; who is not content is called back (S152, closed loop).

use super::insights;
use crate::{
    access::Role,
    change,
    context::Context,
    customers::Customer,
    id::{Id, PersonId},
    notices::{self, Cause, Notice},
    row::{Cell, Missing, Rows},
    surveys::{Answer, Camp, Event},
    team::{Person, PersonState},
    text::Line,
    timeline::{self, Entry, What},
};
use std::collections::BTreeSet;

pub fn to<R: Rows>(event: &Event, rows: &R, context: &Context) -> Vec<change::Event> {
    let Event::Answered { answer } = event else { return Vec::new() };
    let what = What::Answered { score: answer.score.get(), comment: answer.comment.clone() };
    let entry = Entry { id: context.new_id(), customer: answer.customer, happened_at: context.at, by: context.by, what, withdrawn: false };
    let mut events = vec![change::Event::Timeline(timeline::Event::Recorded { entry })];
    events.extend(insights::of_answer(event, rows));
    if answer.score.camp() == Camp::Detractor {
        events.extend(called_back(answer, rows, context).unwrap_or_default());
    }
    events
}

/// The customer's owner and the managers are told, in working time.
fn called_back<R: Rows>(answer: &Answer, rows: &R, context: &Context) -> Result<Vec<change::Event>, Missing> {
    let owner = rows.get::<Customer>(answer.customer)?.and_then(|customer| customer.owner);
    let managers = rows.by::<Person>("role", &Cell::Text(Role::Manager.code().to_owned()))?;
    let managers = managers.into_iter().filter(|person| person.state == PersonState::Active).map(|person| person.id);
    let people: BTreeSet<PersonId> = managers.chain(owner).collect();
    let at = context.terms()?.working().next(context.at);
    let text = answer.comment.as_ref().and_then(|comment| {
        let short: String = comment.as_str().lines().next().unwrap_or_default().chars().take(80).collect();
        Line::parse(&short).ok()
    });
    let notice = |person| Notice {
        customer: Some(answer.customer),
        text: text.clone(),
        by: context.by,
        ..Notice::of(person, Cause::Unhappy, Id::from(answer.id), at)
    };
    Ok(people.into_iter().map(|person| change::Event::Notices(notices::Event::Told { notice: notice(person) })).collect())
}
