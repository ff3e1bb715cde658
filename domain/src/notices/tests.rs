//! Who may mark a notice.

use super::{AT_ONCE, Cause, Command, Notice};
use crate::{
    change,
    id::{NoticeId, PersonId},
    row::Rows,
    sync::Scope,
    testing::{LIN, NOON, Office, SHEN, id},
};

fn notice(n: u8, person: PersonId) -> Notice {
    let id = NoticeId(id(b'n', n));
    Notice { id, ..Notice::of(person, Cause::Assigned, id.into(), NOON) }
}

fn does(office: &mut Office, by: PersonId, command: Command) -> usize {
    office.did(by, &change::Command::Notices(command)).len()
}

fn office(notices: &[Notice]) -> Office {
    let mut office = Office::default();
    for notice in notices {
        office.store = office.store.with(notice);
    }
    office
}

#[test]
fn a_notice_is_its_readers_alone() {
    let (mine, theirs) = (notice(1, LIN), notice(2, SHEN));
    let mut office = office(&[mine.clone(), theirs.clone()]);
    assert_eq!(does(&mut office, LIN, Command::Read { ids: vec![mine.id, theirs.id] }), 1);
    assert_eq!(office.store.row::<Notice>(mine.id).read_at, Some(NOON));
    assert_eq!(office.store.row::<Notice>(theirs.id), theirs);
    assert_eq!(does(&mut office, SHEN, Command::Unread { id: mine.id }), 0);
    assert_eq!(mine.placed(&office.store), Ok(vec![Scope::User(LIN.into())]));
}

#[test]
fn marking_twice_or_what_is_gone_changes_nothing() {
    let mine = notice(1, LIN);
    let mut office = office(std::slice::from_ref(&mine));
    assert_eq!(does(&mut office, LIN, Command::Unread { id: mine.id }), 0);
    assert_eq!(does(&mut office, LIN, Command::Read { ids: vec![mine.id, notice(9, LIN).id] }), 1);
    assert_eq!(does(&mut office, LIN, Command::Read { ids: vec![mine.id] }), 0);
    assert_eq!(does(&mut office, LIN, Command::Unread { id: mine.id }), 1);
    assert_eq!(office.store.get(mine.id), Ok(Some(mine)), "read and made unread it is as before");
}

#[test]
fn one_command_marks_so_many_at_most() {
    let many: Vec<Notice> = (1..=AT_ONCE + 1).map(|n| notice(u8::try_from(n).expect("few"), LIN)).collect();
    let mut office = office(&many);
    let ids = many.iter().map(|notice| notice.id).collect();
    assert_eq!(does(&mut office, LIN, Command::Read { ids }), AT_ONCE);
}

/// What happens again while it is unread is one notice that says how often; once read it begins anew.
#[test]
fn one_thing_and_cause_is_one_notice() {
    let mut office = Office::default();
    let told = Notice::of(LIN, Cause::TicketAnswered, id(b'w', 1), NOON);
    for times in 1..=3 {
        super::Event::Told { notice: told.clone() }.apply(&mut office.store).expect("memory");
        assert_eq!(office.store.row::<Notice>(told.id).times, times);
    }
    does(&mut office, LIN, Command::Read { ids: vec![told.id] });
    super::Event::Told { notice: told.clone() }.apply(&mut office.store).expect("memory");
    assert_eq!(office.store.all::<Notice>(), [told]);
}

#[test]
fn only_a_job_reminds() {
    let mut office = Office::default();
    let remind = || Command::Remind { person: SHEN, cause: Cause::StepDue, thing: id(b's', 1), customer: None, ticket: None, text: None };
    let refused = office.does(LIN, &change::Command::Notices(remind()));
    assert_eq!(refused, Err(change::Refusal::Access(crate::access::Refusal::NotFound)));
    office.by_itself(&change::Command::Notices(remind())).expect("a job may");
    assert_eq!(office.store.all::<Notice>().len(), 1);
}

/// Trap 8: nobody is woken at midnight.
#[test]
fn a_reminder_waits_for_working_time() {
    let mut office = Office::default();
    // NOON is a Saturday's.
    let remind = Command::Remind { person: SHEN, cause: Cause::StepDue, thing: id(b's', 1), customer: None, ticket: None, text: None };
    office.by_itself(&change::Command::Notices(remind)).expect("a job may");
    let company = crate::testing::company();
    let monday = company.zone.moment("2026-11-23".parse().expect("a date"), 9 * 60);
    assert_eq!(office.store.all::<Notice>()[0].at, monday);
}
