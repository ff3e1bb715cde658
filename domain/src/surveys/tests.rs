//! Who may say how likely they are to recommend us, how often, and who hears of it.

use super::{Answer, Camp, Command, REST_DAYS, Refusal, Score, portal};
use crate::{
    change,
    customers::ContactDraft,
    id::{AnswerId, ContactId},
    portal as guests,
    testing::{LIN, NOON, Office, SHIHE, ZHOU, company, id, name, prose},
};

const WANG: ContactId = ContactId(id(b'k', 1));
const FIRST: AnswerId = AnswerId(id(b'q', 1));

pub(crate) fn office() -> Office {
    let mut office = Office::default();
    let draft = ContactDraft { name: name("王芳"), position: None, decision_role: None, phone: None, email: None, preferences: None };
    office.store = office.store.with(&draft.added(WANG, SHIHE, NOON));
    office
}

pub(crate) fn says(office: &mut Office, n: u8, score: i64) -> Result<Vec<change::Event>, change::Refusal> {
    let (id, score) = (AnswerId(id(b'q', n)), Score::new(score).expect("a score"));
    let command = portal::Command::Answer { id, score, comment: Some(prose("送货总是晚")) };
    office.in_portal(WANG, SHIHE, &guests::Command::Surveys(command))
}

/// S192, spec 3.2: from 0 on; nine and ten promote, up to six detract.
#[test]
fn the_scale_has_three_camps() {
    let camps: Vec<Camp> = (0..=10).filter_map(Score::new).map(Score::camp).collect();
    let (d, p, m) = (Camp::Detractor, Camp::Passive, Camp::Promoter);
    assert_eq!(camps, [d, d, d, d, d, d, d, p, p, m, m]);
    assert_eq!((Score::new(-1), Score::new(11)), (None, None));
}

/// S194, survey fatigue: once a quarter.
#[test]
fn nobody_is_asked_twice_in_a_quarter() {
    let mut office = office();
    says(&mut office, 1, 9).expect("an answer");
    let again = company().today(NOON).plus_days(REST_DAYS);
    office.now = NOON.plus_seconds((REST_DAYS - 1) * 86_400);
    assert_eq!(says(&mut office, 2, 9), Err(change::Refusal::Surveys(Refusal::AskedAgainOn { on: again })));
    office.now = NOON.plus_seconds(REST_DAYS * 86_400);
    assert!(says(&mut office, 2, 9).is_ok());
}

#[test]
fn taking_it_up_closes_the_loop_once() {
    let mut office = office();
    says(&mut office, 1, 3).expect("an answer");
    let take = change::Command::Surveys(Command::TakeUp { answer: FIRST });
    assert_eq!(office.did(LIN, &take).len(), 1);
    assert_eq!(office.did(ZHOU, &take).len(), 0);
    let answer: Answer = office.store.row(FIRST);
    assert_eq!((answer.taken_up_by, answer.taken_up_at), (Some(LIN), Some(NOON)));
    office.did(LIN, &change::Command::Surveys(Command::LetGo { answer: FIRST }));
    assert_eq!(office.store.row::<Answer>(FIRST).taken_up_by, None);
}
