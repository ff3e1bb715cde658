//! Who is shown what: nothing that a pull with the same customers open would not send, and as it sends it.

use domain::{
    access::{Reach, Role},
    change::Command,
    context::Actor,
    customers::{self, Contact, ContactDraft, Customer, CustomerDraft, Kind, View},
    id::{CustomerId, Id, PersonId, TeamId, TicketId},
    lookup::{Found, Question, Span},
    row::{Row, Rows},
    sides::Filter,
    surveys::{Answer, Score},
    text::{Line, Phone},
    tickets::{self, Rating, Stars, State, Ticket},
    time::{Date, Instant},
    timeline::{Step, StepState},
};
use std::collections::BTreeSet;

use super::{
    super::{
        harness::{House, NOON, Somebody, fresh, name},
        portal::{asks as asked_by, mutation},
        wire::{Holder, push, taken},
    },
    ask,
};

/// A customer with a contact, a step of its owner's, and a closed and an open ticket.
async fn customer(house: &House, text: &str, team: TeamId, owner: PersonId) -> CustomerId {
    let id: CustomerId = fresh();
    let phone = Phone::parse("13800001234").ok();
    let draft =
        CustomerDraft { name: Some(name(text)), owner: Some(owner), phone: phone.clone(), ..CustomerDraft::of(Kind::Company, team) };
    let contact = ContactDraft { name: name("沈知遥"), position: None, decision_role: None, phone, email: None, preferences: None };
    let open = customers::Command::Open { id, draft: Box::new(draft), contacts: vec![(fresh(), contact)] };
    assert_eq!(house.command(Actor::System, Command::Customers(open)).await.expect("no trouble"), Ok(()));
    let guest = house.guest("罗一舟", id).await;
    let answer = Answer {
        id: fresh(),
        customer: id,
        contact: guest.contact,
        score: Score::new(9).expect("a score"),
        comment: None,
        at: NOON,
        on: Date::from_days(20_000),
        taken_up_by: None,
        taken_up_at: None,
    };
    house.put(answer).await;
    for closes in [true, false] {
        let ticket: TicketId = fresh();
        assert!(taken(&push(house, &guest, fresh(), &[mutation(1, &asked_by(ticket))]).await).results[0].ok);
        if closes {
            close(house, ticket).await;
        }
    }
    let text = Line::parse("回访").expect("a line");
    house
        .put(Step { id: fresh(), customer: id, text, due: NOON, who: owner, state: StepState::Open, created_at: NOON, finished_at: None })
        .await;
    id
}

/// Closed too late, and rated poorly.
pub async fn close(house: &House, ticket: TicketId) {
    let closed = house.db.write(move |tx| {
        let (at, stars) = (tx.at(), Stars::new(1).expect("a star"));
        Ok(tx.rows().change::<Ticket>(ticket, |it| {
            (it.state, it.solved_at, it.closed_at) = (State::Closed, Some(at), Some(at));
            (it.resolution_due, it.rating) = (Instant(NOON.0 - 1), Some(Rating { stars, comment: None, at }));
        })?)
    });
    closed.await.expect("a closed ticket");
}

async fn everything(house: &House, who: &Somebody) -> Vec<Found> {
    let mut all = Vec::new();
    for view in [View::All, View::Archived] {
        all.push(ask(house, who, Question::Customers(customers::Filter { view, ..customers::Filter::default() })).await);
    }
    all.push(ask(house, who, Question::Closed(tickets::Filter::default())).await);
    all.push(ask(house, who, Question::Steps).await);
    // What a query names is no more.
    all.push(ask(house, who, super::named("138")).await);
    all.push(ask(house, who, Question::Closed(tickets::Filter { query: "沈知遥".to_owned(), ..tickets::Filter::default() })).await);
    for question in [Question::PoorRatings, Question::LateTickets, Question::Answers] {
        all.push(ask(house, who, question(ever())).await);
    }
    all
}

fn ever() -> Span {
    Span::new((Date::from_days(0), Date::from_days(99_999)), Filter::default())
}

fn rows(all: &[Found]) -> BTreeSet<(String, Id, String)> {
    all.iter().flat_map(|found| &found.rows).map(|row| (row.0.clone(), row.1, row.2.get().to_owned())).collect()
}

#[tokio::test]
async fn nobody_is_shown_more_than_a_pull_would_send() {
    for reach in Reach::ALL {
        let house = House::founded(*reach).await;
        let (east, south) = (house.team("华东").await, house.team("华南").await);
        let mut people = Vec::new();
        for role in Role::ALL {
            people.push((*role, house.join(role.code(), *role, &[east]).await));
        }
        let other = house.join("何韵", Role::Sales, &[south]).await;
        people.push((Role::Sales, other.clone()));
        let sales = people[0].1.person;
        let mut customers = Vec::new();
        for (team, owner) in [(east, sales), (east, other.person), (south, sales), (south, other.person)] {
            customers.push(customer(&house, "拾禾餐饮", team, owner).await);
        }
        let closed = house.db.read(|snapshot| {
            let mut closed = snapshot.connection().prepare("SELECT id, customer FROM ticket WHERE state = 'closed'")?;
            let closed = closed.query_map((), |row| Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, [u8; 16]>(1)?)))?;
            let closed = closed.collect::<Result<Vec<_>, _>>()?;
            Ok(closed
                .into_iter()
                .map(|(id, of)| (Id::from_bytes(id).into(), Id::from_bytes(of).into()))
                .collect::<Vec<(TicketId, CustomerId)>>())
        });
        let closed = closed.await.expect("closed tickets");
        let archive = Command::Customers(customers::Command::Archive { id: customers[0] });
        assert_eq!(house.command(Actor::System, archive).await.expect("no trouble"), Ok(()));
        for (role, who) in &people {
            let mut holder = Holder::with(&customers);
            holder.pull(&house, who).await;
            let all = everything(&house, who).await;
            for (entity, id, json) in rows(&all) {
                let held = holder.rows.get(&(entity.clone(), id)).map(|(json, _)| json);
                assert_eq!(held, Some(&json), "{role:?} {reach:?} is shown a {entity}");
                assert!(!json.contains("13800001234"), "{json}");
                assert!(
                    ["customer", "customer_figure", "contact", "timeline_step", "ticket", "survey_answer"].contains(&&*entity),
                    "{entity}"
                );
            }
            for id in &customers {
                let one = ask(&house, who, Question::Customer(*id)).await;
                assert_eq!((one.total == 1, !one.rows.is_empty()), (holder.has::<Customer>(*id), holder.has::<Customer>(*id)));
            }
            for (id, customer) in &closed {
                let one = ask(&house, who, Question::Ticket(*id)).await;
                assert_eq!((one.total == 1, !one.rows.is_empty()), (holder.has::<Customer>(*customer), holder.has::<Customer>(*customer)));
            }
            let answers = all[8].ids.len();
            let seen = customers.iter().filter(|id| holder.has::<Customer>(**id)).count();
            assert_eq!(all[0].ids.len() + all[1].ids.len(), seen, "{role:?} {reach:?} sees all that is theirs");
            assert_eq!((all[2].ids.len(), all[5].ids.len()), (seen, seen), "a closed ticket of each");
            assert_eq!(answers, seen, "an answer of each");
            assert_eq!((all[6].ids.len(), all[7].ids.len()), (seen, seen), "a late ticket of each, rated poorly");
            let own = customers.iter().filter(|id| holder.get::<Customer>(**id).is_some_and(|it| it.owner == Some(who.person))).count();
            assert_eq!(all[3].ids.len(), own, "a step of each of one's own");
        }
        assert_eq!(server::db::check(&house.file()), []);
    }
}

/// A place in a list tells nothing of what is not theirs to see: it is as one that is not there.
#[tokio::test]
async fn a_foreign_place_is_as_one_that_is_gone() {
    let house = House::founded(Reach::Own).await;
    let (east, south) = (house.team("华东").await, house.team("华南").await);
    let lin = house.join("林晓", Role::Sales, &[east]).await;
    let other = house.join("何韵", Role::Sales, &[south]).await;
    for _ in 0..3 {
        customer(&house, "拾禾餐饮", east, lin.person).await;
    }
    let foreign = customer(&house, "木屿", south, other.person).await;
    let ticket = ask(&house, &other, Question::Closed(tickets::Filter::default())).await.ids[0];
    let absent: Id = fresh();
    let step = ask(&house, &other, Question::Steps).await.ids[0];
    let answer = ask(&house, &other, Question::Answers(ever())).await.ids[0];
    let closed = |question: fn(Span) -> Question| (question(ever()), ticket);
    let places = [
        (super::all(), foreign.into()),
        (Question::Closed(tickets::Filter::default()), ticket),
        (Question::Steps, step),
        (Question::Answers(ever()), answer),
        closed(Question::PoorRatings),
        closed(Question::LateTickets),
    ];
    for (question, after) in places {
        let mut pages = Vec::new();
        for after in [None, Some(after), Some(absent)] {
            let page: Found = house.post(&lin, "/api/lookup", &super::asks(question.clone(), after, 2)).await.ok();
            pages.push((page.ids, page.total, page.has_more));
        }
        assert!(pages[0].0.len() == 2 && pages.iter().all(|page| *page == pages[0]), "{pages:?}");
    }
}

/// Of an archived contact nothing is found, and nothing is sent.
#[tokio::test]
async fn who_has_left_finds_nobody() {
    let house = House::founded(Reach::Own).await;
    let east = house.team("华东").await;
    let lin = house.join("林晓", Role::Sales, &[east]).await;
    customer(&house, "拾禾餐饮", east, lin.person).await;
    let found = ask(&house, &lin, super::named("沈知")).await;
    let contact = found.rows.iter().find(|row| row.0 == Contact::ENTITY && row.2.get().contains("沈知遥")).expect("the contact").1;
    assert_eq!(found.total, 1);
    let remove = Command::Customers(customers::Command::RemoveContact { id: contact.into() });
    assert_eq!(house.command(lin.actor(), remove).await.expect("no trouble"), Ok(()));
    assert_eq!(ask(&house, &lin, super::named("沈知")).await.total, 0);
    assert!(ask(&house, &lin, super::all()).await.rows.iter().all(|row| row.1 != contact));
}
