//! Who hears of a ticket, and what the customer's history keeps of it.

use crate::{
    customers::{self, Figure},
    id::PersonId,
    notices::{Cause, Notice},
    testing::{LIN, Office, SHEN, SHIHE, ZHOU, cases, days, line, prose},
    tickets::{
        Command, Kind, State, Ticket, portal,
        tests::{BROKEN_GRINDER, did, entry_id, monday, office, opened, rate, reply, wang, write},
    },
    timeline,
};
use proptest::prelude::*;

fn causes(office: &Office, person: PersonId) -> Vec<Cause> {
    let mut causes: Vec<Cause> =
        office.store.all::<Notice>().iter().filter(|notice| notice.person == person).map(|notice| notice.cause).collect();
    causes.sort_unstable();
    causes
}

/// S153, S159: service of that team is told of what nobody has yet, the owner with them, the assignee of answers.
#[test]
fn those_who_must_act_are_told() {
    let mut office = office();
    wang(
        &mut office,
        portal::Command::Open {
            id: BROKEN_GRINDER,
            kind: Kind::Support,
            subject: line("不工作"),
            text: prose("没反应"),
            files: Vec::new(),
        },
    );
    assert_eq!(
        (causes(&office, SHEN), causes(&office, LIN), causes(&office, ZHOU)),
        (vec![Cause::TicketOpened], vec![Cause::TicketOpened], vec![])
    );
    did(&mut office, ZHOU, Command::Assign { ticket: BROKEN_GRINDER, from: None, to: Some(SHEN) });
    wang(&mut office, write(1));
    wang(&mut office, write(2));
    assert_eq!(causes(&office, SHEN), [Cause::TicketOpened, Cause::TicketAssigned, Cause::TicketAnswered]);
    assert_eq!(
        office
            .store
            .all::<Notice>()
            .iter()
            .filter(|notice| notice.cause == Cause::TicketAnswered)
            .map(|notice| notice.times)
            .collect::<Vec<_>>(),
        [2]
    );
    assert_eq!(causes(&office, LIN), [Cause::TicketOpened]);
    did(
        &mut office,
        SHEN,
        Command::Note { id: entry_id(3), ticket: BROKEN_GRINDER, text: prose("@林"), files: Vec::new(), mentions: vec![LIN, SHEN] },
    );
    assert_eq!(causes(&office, LIN), [Cause::TicketOpened, Cause::Mentioned]);
}

/// S152, S156: an unhappy customer is a manager's business too.
#[test]
fn a_poor_rating_reaches_the_managers() {
    for (stars, told) in [(2, vec![Cause::TicketRated]), (5, vec![])] {
        let mut office = opened(Kind::Complaint);
        did(&mut office, SHEN, reply(1, State::Solved));
        wang(&mut office, rate(stars));
        assert_eq!(causes(&office, ZHOU), told, "{stars}");
    }
}

/// S034, S171: the customer's history has it.
#[test]
fn a_ticket_stands_on_the_customers_timeline() {
    let mut office = opened(Kind::Complaint);
    did(&mut office, SHEN, reply(1, State::Solved));
    wang(&mut office, rate(3));
    let mut entries = office.store.all::<timeline::Entry>();
    entries.sort_by_key(|entry| entry.id);
    let told: Vec<bool> = vec![
        entries.iter().any(|entry| matches!(entry.what, timeline::What::TicketOpened { .. })),
        entries.iter().any(|entry| matches!(entry.what, timeline::What::TicketSolved { .. })),
        entries.iter().any(|entry| matches!(entry.what, timeline::What::TicketRated { stars: 3, .. })),
    ];
    assert_eq!(told, [true; 3]);
    assert_eq!(office.store.row::<customers::Figure>(SHIHE).last_contact_at, Some(monday(9, 0)), "an answer is a contact");
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn the_figure_of_open_tickets_is_how_many_there_are(day in days(32)) {
        let mut office = Office::default();
        for (by, now, command) in day {
            office.now = now;
            _ = office.does(by, &command);
        }
        let tickets = office.store.all::<Ticket>();
        for figure in office.store.all::<Figure>() {
            let open = tickets.iter().filter(|ticket| ticket.customer == figure.id && ticket.state != State::Closed).count();
            prop_assert_eq!(usize::try_from(figure.open_tickets), Ok(open));
        }
    }
}
