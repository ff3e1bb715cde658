//! Whoever earned or gave back points may be in another tier; what happened stands on the customer's timeline.

use crate::{
    change,
    context::Context,
    customers,
    id::{CustomerId, EntryId},
    loyalty::{self, Event},
    row::Rows,
    timeline::{self, Entry, What},
};

pub fn to<R: Rows>(event: &Event, rows: &R, context: &Context) -> Vec<change::Event> {
    match event {
        // Only where all lots are known can a tier be told.
        Event::Earned { member, .. } | Event::GivenBack { member, .. } => {
            loyalty::reranked(rows, member.clone(), context).ok().flatten().map(change::Event::Loyalty).into_iter().collect()
        }
        Event::Redeemed { redemption, member, .. } => {
            vec![entry(member.id, What::Redeemed { title: redemption.title.clone(), points: redemption.price }, context)]
        }
        Event::Ranked { member, from } if member.rank == *from => Vec::new(),
        Event::Ranked { member, from } => {
            let rules = loyalty::rules_on(rows, context.on).ok().flatten();
            let tier = rules.as_ref().and_then(|rules| rules.tier(member.rank));
            let (zh, en) = (tier.map(|tier| tier.zh.clone()), tier.map(|tier| tier.en.clone()));
            vec![
                entry(member.id, What::Ranked { rises: member.rank > *from, zh, en }, context),
                change::Event::Customers(customers::Event::Ranked { id: member.id, rank: member.rank }),
            ]
        }
        Event::Taken { .. }
        | Event::CalledOff { .. }
        | Event::Expired { .. }
        | Event::Fulfilled { .. }
        | Event::RewardPut { .. }
        | Event::Versioned { .. }
        | Event::Reviewed { .. }
        | Event::Entered { .. }
        | Event::Announced { .. } => Vec::new(),
    }
}

fn entry(customer: CustomerId, what: What, context: &Context) -> change::Event {
    let id: EntryId = context.new_id();
    let entry = Entry { id, customer, happened_at: context.at, by: context.by, what, withdrawn: false };
    change::Event::Timeline(timeline::Event::Recorded { entry })
}
