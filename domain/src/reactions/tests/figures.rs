//! Figures agree with what is behind them.

use crate::{
    insights::{
        Cell, Figures, Mark, Measure, Sides, mark_id,
        tests::{kept, recounted},
    },
    team::Person,
    testing::{About, Office, cases, people},
    tickets,
    time::Date,
};
use proptest::prelude::*;

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

proptest! {
    #![proptest_config(cases(96))]

    /// So it is after any day in the office, and what counts is what the tickets say.
    #[test]
    fn figures_agree_with_the_tickets_behind_them(day in prop::collection::vec((people(), tickets::strategies::commands(About(0)), 0..20_000i64), 1..30)) {
        let mut office = Office::default();
        for (by, command, seconds) in day {
            office.now = office.now.plus_seconds(seconds);
            _ = office.does(by, &crate::change::Command::Tickets(command));
        }
        prop_assert_eq!(kept(&office.store), recounted(&office.store));
        let all = Figures::of(&office.store.all::<Cell>(), date("2000-01-01"), date("2100-01-01"), None);
        let tickets = office.store.all::<tickets::Ticket>();
        let count = |fits: fn(&tickets::Ticket) -> bool| i64::try_from(tickets.iter().filter(|ticket| fits(ticket)).count()).unwrap_or(-1);
        prop_assert_eq!(all.opened.n, count(|_| true));
        prop_assert_eq!(all.opened.bad, count(|ticket| ticket.kind == tickets::Kind::Complaint));
        prop_assert_eq!(all.response.n, count(|ticket| ticket.replied_at.is_some()));
        prop_assert_eq!(all.resolution.n, count(|ticket| ticket.solved_at.is_some()));
        for ticket in tickets {
            let opened: Mark = office.store.row(mark_id(ticket.id.into(), Measure::Opened));
            let Sides { touch, channel, rank, .. } = opened.sides();
            prop_assert_eq!((touch, channel, rank), (Some(ticket.kind.into()), Some(ticket.channel), 0));
        }
        for mark in office.store.all::<Mark>() {
            let department = mark.person.map(|person| office.store.row::<Person>(person).department);
            prop_assert_eq!(mark.department, department.flatten());
        }
    }
}
