//! A contact renews the customer's last contact; a finished step goes on the timeline.

use crate::{
    change,
    context::Context,
    customers,
    timeline::{Entry, Event, Outcome, What},
};

pub fn to(event: &Event, context: &Context) -> Vec<change::Event> {
    match event {
        Event::Recorded { entry } => match &entry.what {
            What::FollowedUp(record) if record.outcome != Outcome::NotReached => {
                vec![change::Event::Customers(customers::Event::Contacted { id: entry.customer, at: entry.happened_at })]
            }
            _ => Vec::new(),
        },
        Event::Finished { step, at } => {
            let what = What::StepDone { text: step.text.clone() };
            let entry = Entry { id: context.new_id(), customer: step.customer, happened_at: *at, by: context.by, what, withdrawn: false };
            vec![change::Event::Timeline(Event::Recorded { entry })]
        }
        Event::Withdrawn { .. }
        | Event::Reinstated { .. }
        | Event::Planned { .. }
        | Event::Rescheduled { .. }
        | Event::Dropped { .. }
        | Event::Reopened { .. }
        | Event::Passed { .. } => Vec::new(),
    }
}
