//! Figures from every side: fine cells follow what counts, and are told to those who see figures.

use axum::http::{Method, StatusCode};
use domain::{
    access::{Reach, Role},
    change::Command,
    channel::Channel,
    context::Actor,
    customers::Figure,
    id::{DepartmentId, Id, PersonId},
    insights::{self, Breakdown, Cell, Dimension, Fact, Figures, Filter, Line, Mark, Measure, Question, Side, Tally, Touch},
    row::{Row, Rows},
    team::{Department, Person, Team},
    testing::{self, About, EAST, LIN, PEOPLE, SHEN, SHIHE, SOUTH, ZHOU},
    text::{Line as Words, Prose},
    tickets,
    time::Date,
};
use proptest::{option::weighted, prelude::*, sample::select, strategy::ValueTree, test_runner::TestRunner};
use server::{
    db::{Kind, Snapshot, check},
    insights::asked,
};
use std::collections::BTreeMap;

use super::{
    harness::{House, NOON, Somebody, damage, fresh},
    portal::{asks as asked_by, mutation},
    wire::{push, taken},
};

const DEPARTMENTS: [DepartmentId; 3] =
    [DepartmentId(testing::id(b'b', 0)), DepartmentId(testing::id(b'b', 1)), DepartmentId(testing::id(b'b', 2))];

fn draw<T: std::fmt::Debug>(chance: &mut TestRunner, any: impl Strategy<Value = T>) -> T {
    any.new_tree(chance).expect("a value").current()
}

fn today() -> Date {
    testing::company().today(NOON)
}

async fn office() -> House {
    let house = House::founded(Reach::Team).await;
    for (id, text) in [(EAST, "华东"), (SOUTH, "华南")] {
        house.put(Team { id, name: testing::name(text), created_at: NOON }).await;
    }
    for id in DEPARTMENTS {
        house.put(Department { id, name: testing::name("部门"), created_at: NOON }).await;
    }
    for (n, (id, text, role)) in PEOPLE.into_iter().enumerate() {
        house.put(Person { department: DEPARTMENTS.get(n).copied(), ..testing::person(id, text, role) }).await;
    }
    house.put(testing::customer(SHIHE, "拾禾餐饮", Some(LIN))).await;
    house.put(Figure::new(SHIHE)).await;
    house
}

/// One thing that happens: people work on tickets, rise and move, and facts come, change and go.
async fn happens(house: &House, chance: &mut TestRunner) -> bool {
    match draw(chance, 0..8u8) {
        0 => {
            let rank = draw(chance, 0..4i64);
            let risen = house.db.write(move |tx| Ok(tx.rows().change::<Figure>(SHIHE, |it| it.rank = rank)?));
            risen.await.expect("a tier");
            false
        }
        1 => {
            let (person, department) = (draw(chance, testing::people()), draw(chance, weighted(0.8, select(&DEPARTMENTS[..]))));
            let moved = house.db.write(move |tx| Ok(tx.rows().change::<Person>(person, |it| it.department = department)?));
            moved.await.expect("a move");
            false
        }
        2 | 3 => {
            let good = draw(chance, weighted(0.8, 0..3i64));
            let fact = Fact {
                of: testing::id(b'w', draw(chance, 0..40u8)),
                measure: draw(chance, select(vec![Measure::Nps, Measure::Csat])),
                on: today().plus_days(draw(chance, -70..70i64)),
                sides: draw(chance, insights::strategies::sides()),
                tally: good.map(|good| Tally::one(good > 1, good < 1, good)),
            };
            let counted = house.db.write(move |tx| {
                let mut rows = tx.rows();
                Ok(insights::count(&rows, &fact)?.map_or(Ok(()), |event| event.apply(&mut rows))?)
            });
            counted.await.expect("a fact");
            false
        }
        _ => {
            let (by, command) = (draw(chance, testing::people()), draw(chance, tickets::strategies::commands(About(0))));
            house.clock.move_to(house.db.clock().now().plus_seconds(draw(chance, 0..40_000i64)));
            house.command(Actor::Staff(by), Command::Tickets(command)).await.expect("no trouble").is_ok()
        }
    }
}

/// What the marks say of a question, one by one.
fn recounted(marks: &[Mark], question: &Question) -> Vec<Line> {
    let mut sides: BTreeMap<Side, Figures> = BTreeMap::new();
    for mark in marks.iter().filter(|mark| (question.from..=question.to).contains(&mark.on) && question.of.admits(&mark.sides())) {
        sides.entry(mark.sides().by(question.by, mark.on)).or_default().add(mark.measure, mark.tally);
    }
    sides.into_iter().map(|(of, figures)| Line { of, figures }).collect()
}

fn all<T: Row>(snapshot: &Snapshot<'_>) -> Vec<T> {
    let mut ids = snapshot.connection().prepare(&format!("SELECT id FROM {} ORDER BY id", T::ENTITY)).expect("a statement");
    let ids = ids.query_map((), |row| Ok(Id::from_bytes(row.get(0)?))).expect("ids").collect::<Result<Vec<_>, _>>().expect("ids");
    ids.into_iter().map(|id| snapshot.rows().get::<T>(id).expect("memory").expect("a row")).collect()
}

fn questions() -> impl Strategy<Value = Question> {
    let of = (
        weighted(0.3, select(&DEPARTMENTS[..])),
        weighted(0.3, testing::people()),
        weighted(0.3, 0..4i64),
        weighted(0.3, select(Touch::ALL)),
        weighted(0.3, select(Channel::ALL)),
    );
    let of = of.prop_map(|(department, person, tier, touch, channel)| Filter { department, person, tier, touch, channel });
    (-80..30i64, 0..120i64, weighted(0.7, of), select(Dimension::ALL)).prop_map(|(from, days, of, by)| {
        let from = today().plus_days(from);
        Question { from, to: from.plus_days(days), of: of.unwrap_or_default(), by }
    })
}

#[tokio::test]
async fn after_any_day_in_the_office_every_figure_is_the_sum_of_what_counts() {
    let house = office().await;
    let mut chance = TestRunner::deterministic();
    let mut done = 0;
    for _ in 0..testing::size(200) {
        done += usize::from(happens(&house, &mut chance).await);
    }
    assert!(done > 20, "commands that were carried out: {done}");
    assert_eq!(check(&house.file()), []);
    let looked = house.db.read(move |snapshot| {
        let (marks, cells) = (all::<Mark>(snapshot), all::<Cell>(snapshot));
        assert!(marks.len() > 20, "marks: {}", marks.len());
        let ask = |question: &Question| asked(snapshot, Actor::Staff(ZHOU), question).expect("no trouble").expect("a manager");
        let mut several = 0;
        for _ in 0..testing::size(200) {
            let question = draw(&mut chance, questions());
            let Breakdown { lines } = ask(&question);
            several += usize::from(lines.len() > 1);
            assert_eq!(lines, recounted(&marks, &question), "{question:?}");
        }
        assert!(several > 30, "breakdowns of several lines: {several}");
        let (from, to) = (today().plus_days(-365), today().plus_days(365));
        for department in DEPARTMENTS {
            for by in Dimension::ALL {
                let of = Filter { department: Some(department), ..Filter::default() };
                let lines = ask(&Question { from, to, of, by: *by }).lines;
                let mut summed = Figures::default();
                for (line, measure) in lines.iter().flat_map(|line| Measure::ALL.iter().map(move |measure| (line, *measure))) {
                    summed.add(measure, line.figures.measured(measure));
                }
                assert_eq!(summed, Figures::of(&cells, from, to, Some(Some(department))), "{by:?}: as devices hold it");
            }
        }
        Ok(())
    });
    looked.await.expect("no trouble");
}

fn this_month(of: Filter, by: Dimension) -> Question {
    let first = today().plus_days(1 - i64::from(today().day()));
    Question { from: first, to: today(), of, by }
}

async fn ask(house: &House, who: &Somebody, question: Question) -> Vec<Line> {
    house.post(who, "/api/figures", &question).await.ok::<Breakdown>().lines
}

/// Of whom a line is, and how many tickets were opened.
fn opened(lines: &[Line]) -> Vec<(Side, i64)> {
    lines.iter().map(|line| (line.of, line.figures.opened.n)).collect()
}

fn takes(ticket: domain::id::TicketId, to: PersonId) -> Command {
    Command::Tickets(tickets::Command::Assign { ticket, from: None, to: Some(to) })
}

#[tokio::test]
async fn what_happened_is_told_from_every_side_as_it_was_then() {
    let house = office().await;
    let manager = house.join("秦岚", Role::Manager, &[EAST]).await;
    let guest = house.guest("罗一舟", SHIHE).await;
    let rise = |rank| house.db.write(move |tx| Ok(tx.rows().change::<Figure>(SHIHE, |it| it.rank = rank)?));
    rise(2).await.expect("a tier");
    let ticket = fresh();
    assert!(taken(&push(&house, &guest, fresh(), &[mutation(1, &asked_by(ticket))]).await).results[0].ok);
    rise(3).await.expect("a tier");
    assert_eq!(house.command(Actor::Staff(SHEN), takes(ticket, SHEN)).await.expect("no trouble"), Ok(()));
    let reply = tickets::Command::Reply {
        id: fresh(),
        ticket,
        text: Prose::parse("明早到").expect("prose"),
        files: Vec::new(),
        then: tickets::State::Open,
    };
    assert_eq!(house.command(Actor::Staff(SHEN), Command::Tickets(reply)).await.expect("no trouble"), Ok(()));
    let draft = tickets::Draft {
        customer: SHIHE,
        contact: None,
        kind: tickets::Kind::Complaint,
        channel: Channel::Phone,
        subject: Words::parse("等了一天").expect("a line"),
        text: Prose::parse("没有人来").expect("prose"),
        files: Vec::new(),
        priority: None,
        assignee: Some(LIN),
    };
    let open = tickets::Command::Open { id: fresh(), draft: Box::new(draft) };
    assert_eq!(house.command(Actor::Staff(LIN), Command::Tickets(open)).await.expect("no trouble"), Ok(()));

    let by = |by| ask(&house, &manager, this_month(Filter::default(), by));
    let tiers = by(Dimension::Tier).await;
    assert_eq!(opened(&tiers), [(Side::Tier(2), 1), (Side::Tier(3), 1)], "it was silver when it asked");
    assert_eq!((tiers[0].figures.response.n, tiers[1].figures.response.n), (0, 1), "and gold when it was answered");
    let people = by(Dimension::Person).await;
    assert_eq!(opened(&people), [(Side::Person(None), 1), (Side::Person(Some(LIN)), 1), (Side::Person(Some(SHEN)), 0)]);
    assert_eq!(people[2].figures.response, Tally::one(true, false, 0));
    assert_eq!(opened(&by(Dimension::Touch).await), [(Side::Touch(Some(Touch::Support)), 1), (Side::Touch(Some(Touch::Complaint)), 1)]);
    assert_eq!(
        opened(&by(Dimension::Channel).await),
        [(Side::Channel(Some(Channel::Portal)), 1), (Side::Channel(Some(Channel::Phone)), 1)]
    );
    let complaints = Filter { touch: Some(Touch::Complaint), channel: Some(Channel::Phone), person: Some(LIN), ..Filter::default() };
    let lines = ask(&house, &manager, this_month(complaints, Dimension::Month)).await;
    assert_eq!(opened(&lines), [(Side::Month(this_month(complaints, Dimension::Month).from), 1)]);
    assert_eq!(lines[0].figures.opened.bad, 1);
    assert_eq!(ask(&house, &manager, this_month(Filter { tier: Some(1), ..Filter::default() }, Dimension::Tier)).await, []);
    let before = Question { to: today().plus_days(-1), ..this_month(Filter::default(), Dimension::Tier) };
    assert_eq!(ask(&house, &manager, before).await, [], "the day before nothing had happened");
}

/// Whoever holds no figures is told no more than that there is nothing here.
#[tokio::test]
async fn figures_are_for_those_who_see_figures() {
    let house = office().await;
    let question = this_month(Filter::default(), Dimension::Person);
    for (role, status) in [(Role::Marketing, 200), (Role::Manager, 200), (Role::Sales, 404), (Role::Support, 404)] {
        let who = house.join("有人", role, &[EAST]).await;
        assert_eq!(house.post(&who, "/api/figures", &question).await.status.as_u16(), status, "{role:?}");
    }
    let who = house.join("没有团队的人", Role::Manager, &[]).await;
    assert_eq!(house.post(&who, "/api/figures", &question).await.status, StatusCode::OK, "figures are of no team");
    let demoted = house.db.write(move |tx| Ok(tx.rows().change::<Person>(who.person, |it| it.role = Role::Sales)?));
    demoted.await.expect("a change");
    let again = house.sign_in(who.person).await;
    assert_eq!(house.post(&again, "/api/figures", &question).await.status, StatusCode::NOT_FOUND, "the role of now");
}

#[tokio::test]
async fn what_is_no_question_is_refused() {
    let house = office().await;
    let manager = house.join("秦岚", Role::Manager, &[EAST]).await;
    let days = r#""from":"2026-11-01","to":"2026-11-30""#;
    for wrong in [
        "{}".to_owned(),
        "[]".to_owned(),
        "null".to_owned(),
        format!("{{{days}}}"),
        format!(r#"{{{days},"by":"product"}}"#),
        format!(r#"{{{days},"by":"on\" OR 1=1 --"}}"#),
        format!(r#"{{{days},"by":["tier"]}}"#),
        format!(r#"{{{days},"by":"tier","of":{{"tier":"2"}}}}"#),
        format!(r#"{{{days},"by":"tier","of":{{"tier":1.5}}}}"#),
        format!(r#"{{{days},"by":"tier","of":{{"touch":"Support"}}}}"#),
        format!(r#"{{{days},"by":"tier","of":{{"person":"me"}}}}"#),
        format!(r#"{{{days},"by":"tier","of":{{"product":"x"}}}}"#),
        format!(r#"{{{days},"by":"tier","of":{{"tier":9223372036854775808}}}}"#),
        format!(r#"{{{days},"by":"tier","most":1}}"#),
        r#"{"from":"2026-02-30","to":"2026-11-30","by":"tier"}"#.to_owned(),
        r#"{"from":"2026-11-01","to":"99999-01-01","by":"tier"}"#.to_owned(),
        r#"{"from":20000,"to":30000,"by":"tier"}"#.to_owned(),
    ] {
        let answer = house.send(House::request(Some(&manager), Method::POST, "/api/figures", Some(wrong.clone()))).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}: {}", answer.text);
    }
    let days = |from: &str, to: &str| (from.parse::<Date>().expect("a day"), to.parse::<Date>().expect("a day"));
    for (from, to) in [days("2026-11-30", "2026-11-01"), days("0001-01-01", "9999-12-31")] {
        let of = Filter { tier: Some(i64::MIN), ..Filter::default() };
        assert_eq!(ask(&house, &manager, Question { from, to, of, by: Dimension::Month }).await, []);
    }
}

/// What does not say what the marks say is found, fine or coarse.
#[tokio::test]
async fn a_figure_that_is_wrong_is_found() {
    for wrong in [
        "UPDATE insight_fine SET n = n + 1",
        "UPDATE insight_fine SET rank = rank + 1",
        "UPDATE insight_fine SET channel = 'wechat'",
        "DELETE FROM insight_fine",
        "INSERT INTO insight_fine VALUES ('2026-11-01', 'csat', x'', x'', 0, '', '', 1, 0, 0, 3)",
        "UPDATE insight_mark SET person = NULL, channel = NULL",
        "UPDATE insight_cell SET good = n, bad = 0",
        "DELETE FROM insight_cell",
    ] {
        let house = office().await;
        let guest = house.guest("罗一舟", SHIHE).await;
        assert!(taken(&push(&house, &guest, fresh(), &[mutation(1, &asked_by(fresh()))]).await).results[0].ok);
        assert_eq!(check(&house.file()), []);
        damage(&house, wrong).await;
        assert!(check(&house.file()).iter().any(|finding| finding.kind == Kind::Figures), "{wrong}");
    }
}

/// What a rolled back job counted is not counted.
#[tokio::test]
async fn a_job_that_fails_counts_nothing() {
    let house = office().await;
    let failed = house.db.write(move |tx| {
        let mut rows = tx.rows();
        let sides = draw(&mut TestRunner::deterministic(), insights::strategies::sides());
        let fact = Fact { of: fresh(), measure: Measure::Csat, on: today(), sides, tally: Some(Tally::one(true, false, 5)) };
        insights::count(&rows, &fact)?.map_or(Ok(()), |event| event.apply(&mut rows))?;
        Err::<(), _>(server::db::Trouble::Broken("undone".to_owned()))
    });
    assert!(failed.await.is_err());
    assert_eq!((house.count("SELECT count(*) FROM insight_fine").await, check(&house.file())), (0, Vec::new()));
}
