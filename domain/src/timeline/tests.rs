//! What may be recorded and planned with a customer, and what it changes.

use super::{Command, Entry, Event, FollowUp, Method, Outcome, Refusal, Step, StepDraft, StepState, What};
use crate::{
    access, change,
    customers::{ContactDraft, Figure},
    id::{ContactId, EntryId, PersonId, StepId},
    testing::{LIN, MUYU, NOON, Office, SHEN, SHIHE, id, line, name, prose},
    time::Instant,
};

const CALL: EntryId = EntryId(id(b'e', 1));
const OFFER: StepId = StepId(id(b's', 1));
const VISIT: StepId = StepId(id(b's', 2));

fn does(office: &mut Office, by: PersonId, command: Command) -> Result<Vec<change::Event>, Refusal> {
    office.does(by, &change::Command::Timeline(command)).map_err(|refusal| match refusal {
        change::Refusal::Timeline(refusal) => refusal,
        other => panic!("{other:?}"),
    })
}

fn record(outcome: Outcome) -> FollowUp {
    FollowUp { method: Method::Call, outcome, contact: None, with: None, details: prose("谈了报价，下周答复") }
}

fn follow_up(id: EntryId, happened_at: Instant, outcome: Outcome) -> Command {
    Command::FollowUp { id, customer: SHIHE, happened_at, record: record(outcome), finishes: None, next: None }
}

fn step(id: StepId, due: Instant) -> StepDraft {
    StepDraft { id, text: line("送报价"), due, who: LIN }
}

fn with_step() -> Office {
    let mut office = Office::default();
    assert!(does(&mut office, LIN, Command::Plan { customer: SHIHE, step: step(OFFER, NOON) }).is_ok());
    office
}

fn last_contact(office: &Office) -> Option<Instant> {
    office.store.row::<Figure>(SHIHE).last_contact_at
}

/// S092: method, time, result, person, details.
#[test]
fn a_follow_up_keeps_how_when_with_whom_and_what_came_of_it() {
    let mut office = Office::default();
    let happened_at = NOON.plus_seconds(-3_600);
    assert!(does(&mut office, LIN, follow_up(CALL, happened_at, Outcome::Agreed)).is_ok());
    let entry: Entry = office.store.row(CALL);
    assert_eq!(entry.what, What::FollowedUp(record(Outcome::Agreed)));
    assert_eq!((entry.happened_at, entry.by.person(), entry.withdrawn), (happened_at, Some(LIN), false));
    assert_eq!(last_contact(&office), Some(happened_at));
}

#[test]
fn somebody_is_spoken_with_at_their_own_customer() {
    let mut office = Office::default();
    let draft = ContactDraft { name: name("王芳"), position: None, decision_role: None, phone: None, email: None, preferences: None };
    let at = |customer| draft.clone().added(ContactId(id(b'k', 1)), customer, NOON);
    let spoken = |contact| {
        let record = FollowUp { contact: Some(contact), ..record(Outcome::Reached) };
        change::Command::Timeline(Command::FollowUp { id: CALL, customer: SHIHE, happened_at: NOON, record, finishes: None, next: None })
    };
    let missing = Err(change::Refusal::Access(access::Refusal::NotFound));
    assert_eq!(office.does(LIN, &spoken(ContactId(id(b'k', 1)))), missing);
    office.store = office.store.with(&at(MUYU));
    assert_eq!(office.does(LIN, &spoken(ContactId(id(b'k', 1)))), missing, "another customer's");
    office.store = office.store.with(&at(SHIHE));
    assert!(office.does(LIN, &spoken(ContactId(id(b'k', 1)))).is_ok());
}

#[test]
fn a_contact_lies_in_the_past_but_for_five_minutes_of_a_fast_clock() {
    let mut office = Office::default();
    assert_eq!(does(&mut office, LIN, follow_up(CALL, NOON.plus_seconds(301), Outcome::Reached)), Err(Refusal::NotYet));
    assert!(does(&mut office, LIN, follow_up(CALL, NOON.plus_seconds(300), Outcome::Reached)).is_ok());
}

#[test]
fn a_contact_at_the_end_of_time_is_refused_and_one_at_its_beginning_is_taken() {
    let mut office = Office::default();
    assert_eq!(does(&mut office, LIN, follow_up(CALL, Instant(i64::MAX), Outcome::Reached)), Err(Refusal::NotYet));
    assert!(does(&mut office, LIN, follow_up(CALL, Instant(i64::MIN), Outcome::Reached)).is_ok());
}

#[test]
fn nobody_reached_is_no_contact() {
    let mut office = Office::default();
    assert!(does(&mut office, LIN, follow_up(CALL, NOON, Outcome::NotReached)).is_ok());
    assert_eq!(last_contact(&office), None);
}

#[test]
fn an_older_contact_recorded_later_does_not_set_the_last_one_back() {
    let mut office = Office::default();
    assert!(does(&mut office, LIN, follow_up(CALL, NOON, Outcome::Reached)).is_ok());
    let older = follow_up(EntryId(id(b'e', 2)), NOON.plus_seconds(-86_400), Outcome::Reached);
    assert!(does(&mut office, LIN, older).is_ok());
    assert_eq!(last_contact(&office), Some(NOON));
}

/// S092, S094: what was done finishes the step that asked for it, and says what comes next.
#[test]
fn a_follow_up_finishes_its_step_and_plans_the_next() {
    let mut office = with_step();
    let due = NOON.plus_seconds(86_400);
    let recorded = |id, next| Command::FollowUp {
        id,
        customer: SHIHE,
        happened_at: NOON,
        record: record(Outcome::Considering),
        finishes: Some(OFFER),
        next,
    };
    assert!(does(&mut office, LIN, recorded(CALL, Some(step(VISIT, due)))).is_ok());
    let (offer, visit): (Step, Step) = (office.store.row(OFFER), office.store.row(VISIT));
    assert_eq!((offer.state, offer.finished_at), (StepState::Done, Some(NOON)));
    assert_eq!((visit.state, visit.due, visit.customer), (StepState::Open, due, SHIHE));
    let done = What::StepDone { text: line("送报价") };
    assert_eq!(office.store.all::<Entry>().iter().filter(|entry| entry.what == done).count(), 1);
    let again = recorded(EntryId(id(b'e', 2)), None);
    assert_eq!(does(&mut office, LIN, again), Err(Refusal::StepClosed), "and all of it is refused with the step");
}

#[test]
fn a_step_is_finished_once() {
    let mut office = with_step();
    assert!(does(&mut office, SHEN, Command::Finish { id: OFFER }).is_ok());
    assert_eq!(does(&mut office, LIN, Command::Finish { id: OFFER }), Err(Refusal::StepClosed));
    assert_eq!(does(&mut office, LIN, Command::Drop { id: OFFER }), Err(Refusal::StepClosed));
    assert_eq!(does(&mut office, LIN, Command::Reschedule { id: OFFER, from: NOON, to: NOON }), Err(Refusal::StepClosed));
    assert!(does(&mut office, LIN, Command::Reopen { id: OFFER }).is_ok());
    let step: Step = office.store.row(OFFER);
    assert_eq!((step.state, step.finished_at), (StepState::Open, None));
    assert_eq!(does(&mut office, LIN, Command::Reopen { id: OFFER }), Ok(Vec::new()));
    assert!(does(&mut office, LIN, Command::Drop { id: OFFER }).is_ok());
    assert_eq!(office.store.row::<Step>(OFFER).state, StepState::Dropped);
}

#[test]
fn a_step_is_moved_only_from_where_its_author_saw_it() {
    let mut office = with_step();
    let (later, latest) = (NOON.plus_seconds(60), NOON.plus_seconds(120));
    assert_eq!(does(&mut office, LIN, Command::Reschedule { id: OFFER, from: later, to: latest }), Err(Refusal::StepMoved));
    assert!(does(&mut office, SHEN, Command::Reschedule { id: OFFER, from: NOON, to: later }).is_ok());
    assert_eq!(does(&mut office, LIN, Command::Reschedule { id: OFFER, from: NOON, to: latest }), Err(Refusal::StepMoved));
    assert_eq!(does(&mut office, LIN, Command::Reschedule { id: OFFER, from: later, to: later }), Ok(Vec::new()));
    assert_eq!(office.store.row::<Step>(OFFER).due, later);
}

#[test]
fn a_step_is_passed_on_by_whoever_knows_whose_it_is() {
    let mut office = with_step();
    let pass = |from, to| Command::Pass { id: OFFER, from, to };
    assert_eq!(does(&mut office, LIN, pass(SHEN, SHEN)), Err(Refusal::StepMoved));
    assert_eq!(does(&mut office, LIN, pass(LIN, LIN)).map(|events| events.len()), Ok(0));
    assert!(does(&mut office, LIN, pass(LIN, SHEN)).is_ok());
    assert_eq!(office.store.row::<Step>(OFFER).who, SHEN);
    assert!(does(&mut office, LIN, Command::Finish { id: OFFER }).is_ok());
    assert_eq!(does(&mut office, LIN, pass(SHEN, LIN)), Err(Refusal::StepClosed));
}

#[test]
fn a_step_is_due_from_its_moment_on_while_it_is_open() {
    let mut office = with_step();
    let due = |office: &Office, at| office.store.row::<Step>(OFFER).is_due(at);
    assert!(due(&office, NOON) && !due(&office, Instant(NOON.0 - 1)));
    assert!(does(&mut office, LIN, Command::Finish { id: OFFER }).is_ok());
    assert!(!due(&office, NOON));
}

/// S034, S094: entries stay; a wrong one is withdrawn by its author and can be reinstated.
#[test]
fn only_its_author_withdraws_a_follow_up() {
    let mut office = Office::default();
    assert!(does(&mut office, LIN, follow_up(CALL, NOON, Outcome::Reached)).is_ok());
    assert_eq!(does(&mut office, SHEN, Command::Withdraw { id: CALL }), Err(Refusal::NotYours));
    assert_eq!(does(&mut office, SHEN, Command::Reinstate { id: CALL }), Err(Refusal::NotYours));
    let withdrawn = does(&mut office, LIN, Command::Withdraw { id: CALL });
    assert_eq!(withdrawn, Ok(vec![change::Event::Timeline(Event::Withdrawn { id: CALL })]));
    assert!(office.store.row::<Entry>(CALL).withdrawn);
    assert_eq!(does(&mut office, LIN, Command::Withdraw { id: CALL }), Ok(Vec::new()));
    assert!(does(&mut office, LIN, Command::Reinstate { id: CALL }).is_ok());
    assert!(!office.store.row::<Entry>(CALL).withdrawn);
}

#[test]
fn what_the_system_wrote_is_withdrawn_by_nobody() {
    let mut office = with_step();
    assert!(does(&mut office, LIN, Command::Finish { id: OFFER }).is_ok());
    let [entry] = &office.store.all::<Entry>()[..] else { panic!("one entry") };
    assert_eq!(does(&mut office, LIN, Command::Withdraw { id: entry.id }), Err(Refusal::NotYours));
}
