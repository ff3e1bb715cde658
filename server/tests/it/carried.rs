//! What a device carries of an archive that is too large, and how the server knows that it is.

use domain::{
    access::{MOST_CARRIED, Reach},
    change::Command,
    customers::{Contact, Customer, Figure, Worth},
    row::Row,
    sync::Scope,
    tickets::{self, State, Ticket},
    timeline::Step,
};

use super::{
    harness::{House, fresh},
    portal::{line, prose},
    pull::{furnished, kinds, setting, transfer},
    wire::Holder,
};

/// How many customers the teams have, as the server counts them along and as they are.
async fn counted(house: &House) -> (i64, i64) {
    (house.count("SELECT coalesce(sum(customers), 0) FROM scope").await, house.count("SELECT count(*) FROM customer").await)
}

#[tokio::test]
async fn an_archive_that_is_too_large_is_asked_for_and_only_the_queue_is_sent() {
    let setting = setting(Reach::Team).await;
    let (quiet, waits) = (furnished(&setting, &setting.ada, setting.east).await, furnished(&setting, &setting.bo, setting.west).await);
    let ticket = fresh();
    let draft = tickets::Draft {
        customer: waits,
        contact: None,
        kind: tickets::Kind::Support,
        channel: tickets::Channel::Phone,
        subject: line("磨豆机不转"),
        text: prose("没反应"),
        files: Vec::new(),
        priority: None,
        assignee: None,
    };
    let ask = Command::Tickets(tickets::Command::Open { id: ticket, draft: Box::new(draft) });
    assert_eq!(setting.house.command(setting.chief.actor(), ask).await.expect("no trouble"), Ok(()));
    transfer(&setting, quiet, &setting.ada, &setting.bo, setting.west).await;
    assert_eq!(counted(&setting.house).await, (2, 2));
    let mut small = Holder::new();
    small.pull(&setting.house, &setting.chief).await;
    assert!(small.has::<Customer>(quiet) && small.cursors.contains_key(&Scope::Team(setting.west)));

    let many = i64::try_from(MOST_CARRIED).expect("a count") + 1;
    let grow = |many: i64| {
        let west = Scope::Team(setting.west).to_string();
        let note = "UPDATE scope SET customers = ?2 WHERE name = ?1";
        setting.house.db.write(move |tx| Ok(tx.connection().execute(note, (west, many))?))
    };
    grow(many).await.expect("counted");
    let mut large = Holder::new();
    assert_eq!(large.page(&setting.house, &setting.chief).await.archive, Some(MOST_CARRIED + 1));
    large.pull(&setting.house, &setting.chief).await;
    assert!(!large.cursors.keys().any(|scope| matches!(scope, Scope::Team(_))), "{:?}", large.cursors);
    assert!(!large.has::<Customer>(quiet) && large.has::<Customer>(waits) && large.has::<Figure>(waits) && large.has::<Ticket>(ticket));
    assert!(!kinds(&large).contains_key(Step::ENTITY), "steps of {waits} are asked for too");
    let mut opened = Holder::with(&[quiet]);
    opened.pull(&setting.house, &setting.chief).await;
    assert!(
        opened.has::<Customer>(quiet)
            && opened.has::<Worth>(quiet)
            && kinds(&opened)[Contact::ENTITY] == 2
            && kinds(&opened)[Step::ENTITY] == 1
    );

    // Who holds it keeps it for a while, then gives it back.
    assert_eq!(small.page(&setting.house, &setting.chief).await.archive, None);
    grow(many / 4 * 5 + 1).await.expect("counted");
    let page = small.page(&setting.house, &setting.chief).await;
    assert_eq!(page.drop, [Scope::Team(setting.east), Scope::Team(setting.west)]);
    assert!(!small.has::<Customer>(quiet) && small.has::<Customer>(waits));
    // Closed, it is history, and whoever waited waits no longer.
    for (from, to) in [(State::New, State::Solved), (State::Solved, State::Closed)] {
        let close = Command::Tickets(tickets::Command::Move { ticket, from, to });
        assert_eq!(setting.house.command(setting.chief.actor(), close).await.expect("no trouble"), Ok(()));
    }
    small.pull(&setting.house, &setting.chief).await;
    assert!(!small.has::<Customer>(waits) && !small.has::<Ticket>(ticket));
}
