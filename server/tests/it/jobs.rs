//! What the server does by itself, at times that are given to it: each deed at its time, and once.

use domain::{
    access::{Reach, Role},
    change::Command,
    context::Actor,
    customers::Customer,
    id::{CustomerId, PersonId, StepId, TicketId},
    notices::{self, Cause, Notice},
    team,
    tickets::{self, State, Ticket},
    time::Instant,
    timeline::{self, Step, StepDraft},
};
use server::jobs::{close_what_nobody_answers, hand_over, remind_of_promises, remind_of_steps, round, run, sweep};

use super::{
    harness::{House, NOON, Somebody, damage, fresh},
    portal::{line, prose},
};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// Monday, 9:00: the harness's clock stands on a Saturday.
const MONDAY: Instant = NOON.plus_seconds(45 * HOUR);

struct Setting {
    house: House,
    lin: Somebody,
    /// Service in the customer's team.
    zhou: Somebody,
    customer: CustomerId,
}

async fn setting() -> Setting {
    let house = House::founded(Reach::Own).await;
    let (east, south) = (house.team("华东").await, house.team("华南").await);
    let lin = house.join("林晓", Role::Sales, &[east]).await;
    let zhou = house.join("周知行", Role::Service, &[east]).await;
    house.join("叶知秋", Role::Service, &[south]).await;
    let customer = house.customer("拾禾餐饮", east, Some(lin.person)).await;
    house.clock.move_to(MONDAY);
    Setting { house, lin, zhou, customer }
}

impl Setting {
    async fn does(&self, command: Command) {
        assert_eq!(self.house.command(self.lin.actor(), command).await.expect("no trouble"), Ok(()));
    }

    async fn ticket(&self, assignee: Option<PersonId>) -> TicketId {
        let id = fresh();
        let (kind, channel) = (tickets::Kind::Support, tickets::Channel::Phone);
        let (subject, text) = (line("蒸汽棒漏水"), prose("一直滴水"));
        let draft = tickets::Draft {
            customer: self.customer,
            contact: None,
            kind,
            channel,
            subject,
            text,
            files: Vec::new(),
            priority: None,
            assignee,
        };
        self.does(Command::Tickets(tickets::Command::Open { id, draft: Box::new(draft) })).await;
        id
    }

    async fn step(&self, due: Instant) -> StepId {
        let step = StepDraft { id: fresh(), text: line("回访"), due, who: self.lin.person };
        let id = step.id;
        self.does(Command::Timeline(timeline::Command::Plan { customer: self.customer, step })).await;
        id
    }

    /// Whom a cause was told, and how often.
    async fn told(&self, cause: Cause) -> Vec<(PersonId, i64)> {
        let notices = self.house.db.read(move |snapshot| {
            let mut ids = snapshot.connection().prepare("SELECT id FROM notice WHERE cause = ?1 ORDER BY person")?;
            let ids = ids.query_map([cause.code()], |row| row.get(0))?.collect::<Result<Vec<[u8; 16]>, _>>()?;
            let row = |id| domain::row::Rows::get::<Notice>(snapshot, domain::id::Id::from_bytes(id));
            Ok(ids.into_iter().map(row).collect::<Result<Vec<_>, _>>()?)
        });
        notices.await.expect("the notices").into_iter().flatten().map(|notice| (notice.person, notice.times)).collect()
    }

    async fn promises(&self, at: Instant) -> usize {
        remind_of_promises(&self.house.db, at).await.expect("no trouble")
    }
}

#[tokio::test]
async fn a_step_that_falls_due_is_told_once_and_again_when_it_is_put_off() {
    let setting = setting().await;
    let (db, due) = (setting.house.db.clone(), MONDAY.plus_seconds(HOUR));
    let id = setting.step(due).await;
    let steps = async |at: Instant| remind_of_steps(&db, at).await.expect("no trouble");
    assert_eq!(steps(due.plus_seconds(-1)).await, 0);
    assert_eq!((steps(due).await, steps(due.plus_seconds(MINUTE)).await), (1, 0));
    assert_eq!(setting.told(Cause::StepDue).await, [(setting.lin.person, 1)]);
    let later = due.plus_seconds(DAY);
    setting.does(Command::Timeline(timeline::Command::Reschedule { id, from: due, to: later })).await;
    assert_eq!((steps(due.plus_seconds(2 * MINUTE)).await, steps(later).await), (0, 1));
    assert_eq!(setting.told(Cause::StepDue).await, [(setting.lin.person, 2)], "unread, it is one notice that came twice");
    assert_eq!(server::db::check(&setting.house.file()), []);
}

#[tokio::test]
async fn nobody_is_reminded_of_what_is_done_long_past_or_not_theirs_any_more() {
    let setting = setting().await;
    let due = MONDAY.plus_seconds(HOUR);
    let done = setting.step(due).await;
    setting.step(due).await;
    setting.does(Command::Timeline(timeline::Command::Finish { id: done })).await;
    assert_eq!(remind_of_steps(&setting.house.db, due.plus_seconds(15 * DAY)).await.expect("no trouble"), 0);
    let disable = Command::Team(team::Command::Disable { id: setting.lin.person });
    assert_eq!(setting.house.command(Actor::System, disable).await.expect("no trouble"), Ok(()));
    assert_eq!(remind_of_steps(&setting.house.db, due).await.expect("no trouble"), 0);
}

/// S149: an answer is owed within two working hours; those on duty hear of it half an hour before.
#[tokio::test]
async fn an_answer_that_is_owed_soon_is_told_to_those_on_duty() {
    let setting = setting().await;
    let id = setting.ticket(None).await;
    let due = setting.house.row::<Ticket>(id).await.expect("the ticket").response_due;
    assert_eq!(due, MONDAY.plus_seconds(2 * HOUR));
    assert_eq!(setting.promises(due.plus_seconds(-30 * MINUTE - 1)).await, 0);
    assert_eq!(setting.promises(due.plus_seconds(-30 * MINUTE)).await, 2);
    assert_eq!(setting.promises(due).await, 0);
    let mut told = setting.told(Cause::ResponseDue).await;
    told.sort_unstable();
    let mut expected = [(setting.lin.person, 1), (setting.zhou.person, 1)];
    expected.sort_unstable();
    assert_eq!(told, expected);
}

/// S152: once answered, the solution is owed; whoever takes care of it hears of that alone.
#[tokio::test]
async fn a_solution_that_is_owed_soon_is_told_to_whoever_takes_care_of_it() {
    let setting = setting().await;
    let id = setting.ticket(Some(setting.zhou.person)).await;
    let reply = tickets::Command::Reply { id: fresh(), ticket: id, text: prose("收到"), files: Vec::new(), then: State::Open };
    setting.does(Command::Tickets(reply)).await;
    let due = setting.house.row::<Ticket>(id).await.expect("the ticket").resolution_due;
    assert_eq!(setting.promises(due.plus_seconds(-30 * MINUTE)).await, 1);
    assert_eq!(setting.promises(due.plus_seconds(HOUR)).await, 0);
    assert_eq!(setting.told(Cause::ResolutionDue).await, [(setting.zhou.person, 1)]);
    assert_eq!(setting.told(Cause::ResponseDue).await, []);
}

/// Traps 5 to 8: while it is the customer's turn nothing is owed, and afterwards at another moment.
#[tokio::test]
async fn nothing_is_owed_while_it_is_the_customers_turn() {
    let setting = setting().await;
    let id = setting.ticket(Some(setting.zhou.person)).await;
    let waits = tickets::Command::Reply { id: fresh(), ticket: id, text: prose("请发照片"), files: Vec::new(), then: State::Waiting };
    setting.does(Command::Tickets(waits)).await;
    let due = setting.house.row::<Ticket>(id).await.expect("the ticket").resolution_due;
    assert_eq!(setting.promises(due).await, 0);
    setting.house.clock.move_to(MONDAY.plus_seconds(3 * HOUR));
    setting.does(Command::Tickets(tickets::Command::Move { ticket: id, from: State::Waiting, to: State::Open })).await;
    let later = setting.house.row::<Ticket>(id).await.expect("the ticket").resolution_due;
    assert!(later > due);
    assert_eq!(setting.promises(later).await, 1);
}

#[tokio::test]
async fn a_solved_ticket_that_nobody_answers_is_closed_after_a_week() {
    let setting = setting().await;
    let (id, again) = (setting.ticket(None).await, setting.ticket(None).await);
    for ticket in [id, again] {
        setting.does(Command::Tickets(tickets::Command::Move { ticket, from: State::New, to: State::Solved })).await;
    }
    setting.does(Command::Tickets(tickets::Command::Move { ticket: again, from: State::Solved, to: State::Open })).await;
    let week = MONDAY.plus_seconds(7 * DAY);
    let close = async |at: Instant| close_what_nobody_answers(&setting.house.db, at).await.expect("no trouble");
    assert_eq!((close(week.plus_seconds(-1)).await, close(week).await, close(week.plus_seconds(MINUTE)).await), (0, 1, 0));
    let ticket = setting.house.row::<Ticket>(id).await.expect("the ticket");
    assert_eq!((ticket.state, ticket.closed_at), (State::Closed, Some(week)));
    assert_eq!(setting.house.row::<Ticket>(again).await.expect("the ticket").state, State::Open);
    assert_eq!(server::db::check(&setting.house.file()), []);
}

/// One job that fails is told in the log; the others do their work.
#[tokio::test]
async fn a_job_that_fails_stops_no_other() {
    let setting = setting().await;
    setting.step(MONDAY).await;
    let id = setting.ticket(None).await;
    setting.does(Command::Tickets(tickets::Command::Move { ticket: id, from: State::New, to: State::Solved })).await;
    damage(&setting.house, "UPDATE timeline_step SET text = ''").await;
    assert!(remind_of_steps(&setting.house.db, MONDAY).await.is_err());
    round(&setting.house.db, MONDAY.plus_seconds(7 * DAY), &mut None).await;
    assert_eq!(setting.house.row::<Ticket>(id).await.expect("the ticket").state, State::Closed);
}

#[tokio::test]
async fn sweeping_is_hourly() {
    let setting = setting().await;
    let mut swept = None;
    for (at, last) in [(0, 0), (3_599, 0), (3_600, 3_600)] {
        round(&setting.house.db, MONDAY.plus_seconds(at), &mut swept).await;
        assert_eq!(swept, Some(MONDAY.plus_seconds(last)));
    }
    assert_eq!(sweep(&setting.house.db, MONDAY).await.expect("no trouble"), 0);
}

#[tokio::test]
async fn jobs_begin_with_the_server_and_end_with_it() {
    let setting = setting().await;
    setting.step(MONDAY).await;
    let running = tokio::spawn(run(setting.house.app.clone()));
    let mut changes = setting.house.db.subscribe();
    changes.recv().await.expect("a reminder");
    setting.house.app.stopping.cancel();
    running.await.expect("the jobs to end");
    assert_eq!(setting.told(Cause::StepDue).await.len(), 1);
}

/// What a colleague leaves behind is taken over whole, is told once, and keeps who did what before.
#[tokio::test]
async fn the_work_of_somebody_who_leaves_goes_to_their_successor() {
    let setting = setting().await;
    let (lin, zhou) = (setting.lin.person, setting.zhou.person);
    let open = setting.ticket(Some(lin)).await;
    let step = setting.step(MONDAY.plus_seconds(HOUR)).await;
    let done = setting.step(MONDAY.plus_seconds(HOUR)).await;
    setting.does(Command::Timeline(timeline::Command::Finish { id: done })).await;
    let team = async |command| assert_eq!(setting.house.command(Actor::System, Command::Team(command)).await.expect("no trouble"), Ok(()));
    let round = async || hand_over(&setting.house.db, MONDAY).await.expect("no trouble");
    team(team::Command::Disable { id: lin }).await;
    assert_eq!(round().await, 0, "nobody takes over yet");
    team(team::Command::HandOver { from: lin, to: zhou }).await;
    assert_eq!(round().await, 4, "a customer, a ticket, a step and a notice");
    assert_eq!(setting.house.row::<Customer>(setting.customer).await.expect("the customer").owner, Some(zhou));
    assert_eq!(setting.house.row::<Ticket>(open).await.expect("the ticket").assignee, Some(zhou));
    assert_eq!(setting.house.row::<Step>(step).await.expect("the step").who, zhou);
    assert_eq!(setting.house.row::<Step>(done).await.expect("the step").who, lin, "what is done was done by whoever did it");
    assert_eq!(setting.told(Cause::HandedOver).await, [(zhou, 1)]);
    for each in [Cause::Assigned, Cause::TicketAssigned] {
        assert!(setting.told(each).await.iter().all(|(person, _)| *person != zhou), "{each:?}: one notice for all of it");
    }
    assert_eq!(round().await, 0);
    assert_eq!(server::db::check(&setting.house.file()), []);
}

/// Only the system reminds: for everybody else there is nothing to name.
#[tokio::test]
async fn nobody_reminds_others_by_a_jobs_command() {
    let setting = setting().await;
    let remind = notices::Command::Remind {
        person: setting.zhou.person,
        cause: Cause::StepDue,
        thing: fresh(),
        customer: None,
        ticket: None,
        text: None,
    };
    let before = setting.house.everything().await;
    assert!(setting.house.command(setting.lin.actor(), Command::Notices(remind)).await.expect("no trouble").is_err());
    assert_eq!(setting.house.everything().await, before);
}
