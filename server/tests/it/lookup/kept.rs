//! Lists follow their rows in the transaction that changes them, whatever changes them.

use domain::{
    access::{Reach, Role},
    change::Command,
    context::Actor,
    customers::{self, Edit, View, Was},
    id::{CustomerId, Id},
    lookup::Question,
    row::Rows,
    text::Phone,
    tickets::{self, Ticket},
    timeline::{self, StepDraft},
    words::Lang,
};
use server::{control, db::check, owner::Data};

use super::{
    super::{
        harness::{House, NOON, Somebody, damage, fresh, name},
        imports::{customers as wanted, import, undo},
        portal::{asks as asked_by, mutation},
        wire::{push, taken},
    },
    all, ask, named,
    seen::close,
};

async fn does(house: &House, who: &Somebody, command: Command) {
    assert_eq!(house.command(who.actor(), command.clone()).await.expect("no trouble"), Ok(()), "{command:?}");
    assert_eq!(check(&house.file()), [], "{command:?}");
}

async fn ids(house: &House, who: &Somebody, question: Question) -> Vec<Id> {
    ask(house, who, question).await.ids
}

fn view(view: View) -> Question {
    Question::Customers(customers::Filter { view, ..customers::Filter::default() })
}

#[tokio::test]
async fn whatever_people_do_is_listed_at_once() {
    let house = House::founded(Reach::Own).await;
    let (east, south) = (house.team("华东").await, house.team("华南").await);
    let lin = house.join("林晓", Role::Sales, &[east]).await;
    let he = house.join("何韵", Role::Sales, &[south]).await;
    let admin = house.join("何一", Role::Admin, &[east]).await;
    let id = house.customer("拾禾餐饮", east, Some(lin.person)).await;
    let one = vec![Id::from(id)];
    assert_eq!(ids(&house, &lin, named("shcy")).await, one);

    let edits =
        vec![Edit::Name(Was { was: Some(name("拾禾餐饮")), now: Some(name("木屿咖啡")) }), Edit::Phone(Phone::parse("13912345678").ok())];
    does(&house, &lin, Command::Customers(customers::Command::Edit { id, edits })).await;
    assert_eq!(ids(&house, &lin, named("餐饮")).await, []);
    for query in ["屿咖", "mykf", "5678", "139", "*5"] {
        assert_eq!(ids(&house, &lin, named(query)).await, one, "{query}");
    }

    assert_eq!(ids(&house, &lin, view(View::WithoutStep)).await, one);
    let step = StepDraft { id: fresh(), text: domain::text::Line::parse("回访").expect("a line"), due: NOON, who: lin.person };
    let planned = step.id;
    does(&house, &lin, Command::Timeline(timeline::Command::Plan { customer: id, step })).await;
    assert_eq!(ids(&house, &lin, view(View::WithoutStep)).await, []);
    assert_eq!(ids(&house, &lin, Question::Steps).await, [Id::from(planned)]);
    does(&house, &lin, Command::Timeline(timeline::Command::Drop { id: planned })).await;
    assert_eq!(ids(&house, &lin, view(View::WithoutStep)).await, one);

    closed_ticket_goes_along(&house, &lin, &he, &admin, id).await;
}

async fn closed_ticket_goes_along(house: &House, lin: &Somebody, he: &Somebody, admin: &Somebody, id: CustomerId) {
    let south = house.row::<domain::team::Person>(he.person).await.expect("a person").teams.0[0];
    let guest = house.guest("罗一舟", id).await;
    let ticket = fresh();
    assert!(taken(&push(house, &guest, fresh(), &[mutation(1, &asked_by(ticket))]).await).results[0].ok);
    let closed = || Question::Closed(tickets::Filter::default());
    assert_eq!(ids(house, lin, closed()).await, []);
    close(house, ticket).await;
    assert_eq!(check(&house.file()), []);
    let no = house.row::<Ticket>(ticket).await.expect("the ticket").no.expect("a number");
    let by_no = Question::Closed(tickets::Filter { query: format!("#{no}"), ..tickets::Filter::default() });
    assert_eq!((ids(house, lin, closed()).await, ids(house, lin, by_no).await), (vec![ticket.into()], vec![ticket.into()]));

    does(house, admin, Command::Customers(customers::Command::Transfer { id, from: Some(lin.person), to: Some(he.person), team: south }))
        .await;
    assert_eq!((ids(house, lin, all()).await, ids(house, lin, closed()).await), (vec![], vec![]));
    assert_eq!((ids(house, he, all()).await, ids(house, he, closed()).await), (vec![id.into()], vec![ticket.into()]));

    does(house, admin, Command::Customers(customers::Command::Archive { id })).await;
    assert_eq!((ids(house, he, all()).await, ids(house, he, view(View::Archived)).await), (vec![], vec![Id::from(id)]));
    does(house, admin, Command::Customers(customers::Command::Restore { id })).await;
    assert_eq!(ids(house, he, all()).await, [Id::from(id)]);
}

#[tokio::test]
async fn an_import_and_its_undo_are_listed() {
    let house = House::founded(Reach::Own).await;
    let east = house.team("华东").await;
    let admin = house.join("何一", Role::Admin, &[east]).await;
    let (made, _) = import(&house, super::super::imports::CUSTOMERS, wanted()).await;
    assert_eq!(check(&house.file()), []);
    assert_eq!((ask(&house, &admin, all()).await.total, ask(&house, &admin, named("拾禾")).await.total), (3, 1));
    undo(&house, made.id).await.expect("an undo");
    assert_eq!(check(&house.file()), []);
    assert_eq!((ask(&house, &admin, all()).await.total, ask(&house, &admin, named("拾禾")).await.total), (0, 0));
}

/// What is refused or undone leaves lists as they are.
#[tokio::test]
async fn a_job_that_fails_lists_nothing() {
    let house = House::founded(Reach::Own).await;
    let east = house.team("华东").await;
    let lin = house.join("林晓", Role::Sales, &[east]).await;
    let id = house.customer("拾禾餐饮", east, Some(lin.person)).await;
    let failed = house.db.write(move |tx| {
        tx.rows().change::<customers::Customer>(id, |it| it.name = Some(name("木屿")))?;
        Err::<(), _>(server::db::Trouble::Broken("undone".to_owned()))
    });
    assert!(failed.await.is_err());
    assert_eq!((ask(&house, &lin, named("拾禾")).await.total, ask(&house, &lin, named("木屿")).await.total), (1, 0));
    assert_eq!(check(&house.file()), []);
}

/// Tickets are opened all day: nothing that lists of customers say depends on it.
#[tokio::test]
async fn opening_a_ticket_lists_no_customer_anew() {
    let house = House::founded(Reach::Own).await;
    let east = house.team("华东").await;
    let lin = house.join("林晓", Role::Sales, &[east]).await;
    let id = house.customer("拾禾餐饮", east, Some(lin.person)).await;
    let guest = house.guest("罗一舟", id).await;
    damage(&house, "CREATE TRIGGER listed BEFORE UPDATE ON customer_list BEGIN SELECT raise(ABORT, 'listed'); END").await;
    assert!(taken(&push(&house, &guest, fresh(), &[mutation(1, &asked_by(fresh()))]).await).results[0].ok);
    let renamed =
        customers::Command::Edit { id, edits: vec![Edit::Name(Was { was: Some(name("拾禾餐饮")), now: Some(name("木屿")) })] };
    assert!(house.command(Actor::Staff(lin.person), Command::Customers(renamed)).await.is_err(), "the trigger is there");
}

/// A server that goes on is looked at again and again; what was listed in between is as sound as what was there before.
#[tokio::test]
async fn one_check_after_another_finds_nothing() {
    let house = House::founded(Reach::Own).await;
    let east = house.team("华东").await;
    let data = Data::new(house.folder.path().to_owned());
    for round in 0..4 {
        for n in 0..30 {
            house.customer(&format!("拾禾餐饮{round}{n}"), east, None).await;
        }
        let (db, data) = (house.db.clone(), data.clone());
        let checked = tokio::task::spawn_blocking(move || control::check(&db, &data, Lang::En, |_| {}).lines).await.expect("a check");
        assert_eq!(checked[0], "Everything is as it should be.");
    }
}

/// What does not say what the rows say is found.
#[tokio::test]
async fn a_list_that_is_wrong_is_found() {
    for wrong in [
        "UPDATE customer_list SET last_at = 5",
        "UPDATE customer_list SET team = zeroblob(16)",
        "DELETE FROM customer_list",
        "DELETE FROM customer_text",
        "UPDATE closed_ticket SET subject = 'x'",
        "DELETE FROM closed_ticket",
        "DELETE FROM closed_ticket_text",
    ] {
        let house = House::founded(Reach::Own).await;
        let east = house.team("华东").await;
        let id = house.customer("拾禾餐饮", east, None).await;
        let guest = house.guest("罗一舟", id).await;
        let ticket = fresh();
        assert!(taken(&push(&house, &guest, fresh(), &[mutation(1, &asked_by(ticket))]).await).results[0].ok);
        close(&house, ticket).await;
        assert_eq!(check(&house.file()), []);
        damage(&house, wrong).await;
        assert!(check(&house.file()).iter().any(|finding| finding.kind == server::db::Kind::Lists), "{wrong}");
    }
}
