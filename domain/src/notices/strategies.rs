//! Any notice and any command about notices, for properties.

use super::{Cause, Command, Notice};
use crate::{
    context::Actor,
    testing::{About, lines, moments, notice_ids, people},
};
use proptest::{collection::vec, option::of, prelude::*, sample::select};

pub fn notices() -> impl Strategy<Value = Notice> {
    let customer = of((0..3u8).prop_map(|n| About(n).customer()));
    let what = (select(Cause::ALL), customer, of(About(0).tickets()), of(lines()));
    (notice_ids(), people(), what, people(), moments(), of(moments()), 1..9i64).prop_map(
        |(id, person, (cause, customer, ticket, text), by, at, read_at, times)| Notice {
            id,
            person,
            cause,
            customer,
            ticket,
            text,
            by: Actor::Staff(by),
            at,
            read_at,
            times,
        },
    )
}

pub fn commands() -> BoxedStrategy<Command> {
    prop_oneof![vec(notice_ids(), 0..4).prop_map(|ids| Command::Read { ids }), notice_ids().prop_map(|id| Command::Unread { id }),].boxed()
}
