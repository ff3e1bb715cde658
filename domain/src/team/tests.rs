//! What administrators may do with people, and what keeps them from locking everybody out.

use super::{Command, Person, PersonEdit, PersonState, Refusal, Teams};
use crate::{
    access::{self, Role},
    change,
    id::PersonId,
    testing::{EAST, HE, LIN, Office, SOUTH, ZHOU, name},
};

fn does(office: &mut Office, by: PersonId, command: Command) -> Result<(), change::Refusal> {
    office.does(by, &change::Command::Team(command)).map(drop)
}

fn edited(office: &Office, id: PersonId, role: Role) -> Command {
    let Person { name, department, teams: Teams(teams), absent_until, .. } = office.store.row(id);
    Command::EditPerson { id, edit: PersonEdit { name, role, department, teams, absent_until } }
}

const LAST: change::Refusal = change::Refusal::Team(Refusal::LastAdministrator);

#[test]
fn somebody_can_always_manage_people() {
    let mut office = Office::default();
    let demoted = edited(&office, HE, Role::Sales);
    assert_eq!(does(&mut office, HE, demoted.clone()), Err(LAST));
    assert_eq!(does(&mut office, ZHOU, Command::Disable { id: HE }), Err(LAST));
    let promoted = edited(&office, LIN, Role::Admin);
    assert_eq!(does(&mut office, HE, promoted), Ok(()));
    assert_eq!(does(&mut office, HE, demoted), Ok(()));
    assert_eq!(does(&mut office, HE, Command::Disable { id: LIN }), Err(LAST));
}

#[test]
fn an_administrator_who_cannot_sign_in_does_not_count() {
    for state in [PersonState::Invited, PersonState::Disabled] {
        let mut office = Office::default();
        let lin = Person { role: Role::Admin, state, ..office.store.row(LIN) };
        office.store = office.store.with(&lin);
        let demoted = edited(&office, HE, Role::Manager);
        assert_eq!(does(&mut office, HE, demoted), Err(LAST), "{state:?}");
    }
}

#[test]
fn nobody_disables_themselves() {
    let mut office = Office::default();
    let promoted = edited(&office, LIN, Role::Admin);
    assert_eq!(does(&mut office, HE, promoted), Ok(()));
    let not_to_yourself = change::Refusal::Access(access::Refusal::NotToYourself);
    assert_eq!(does(&mut office, HE, Command::Disable { id: HE }), Err(not_to_yourself));
    assert_eq!(does(&mut office, LIN, Command::Disable { id: HE }), Ok(()));
    assert_eq!(office.store.row::<Person>(HE).state, PersonState::Disabled);
    assert_eq!(does(&mut office, LIN, Command::Enable { id: HE }), Ok(()));
    assert_eq!(office.store.row::<Person>(HE).state, PersonState::Active);
}

#[test]
fn work_is_handed_over_by_those_who_have_left_to_those_who_are_here() {
    let mut office = Office::default();
    let over = |from, to| Command::HandOver { from, to };
    assert_eq!(does(&mut office, HE, over(LIN, ZHOU)), Err(change::Refusal::Team(Refusal::StillHere)));
    assert_eq!(does(&mut office, HE, Command::Disable { id: LIN }), Ok(()));
    assert_eq!(does(&mut office, HE, over(LIN, LIN)), Err(change::Refusal::Team(Refusal::NotHere)));
    assert_eq!(does(&mut office, HE, over(LIN, ZHOU)), Ok(()));
    assert_eq!(office.store.row::<Person>(LIN).successor, Some(ZHOU));
    assert_eq!(does(&mut office, HE, Command::Enable { id: LIN }), Ok(()));
    assert_eq!(office.store.row::<Person>(LIN).successor, None, "who is back keeps their work");
}

/// S028: what somebody sees follows from role and teams, and from nothing else of a person.
#[test]
fn an_edit_changes_what_it_names_and_nothing_else() {
    let mut office = Office::default();
    let before: Person = office.store.row(LIN);
    let edit = PersonEdit { name: name("林知秋"), role: Role::Service, department: None, teams: vec![EAST, SOUTH], absent_until: None };
    assert_eq!(does(&mut office, HE, Command::EditPerson { id: LIN, edit }), Ok(()));
    let after: Person = office.store.row(LIN);
    assert_eq!(after, Person { name: name("林知秋"), role: Role::Service, teams: Teams(vec![EAST, SOUTH]), ..before });
    assert_eq!(after.standing().teams, [EAST, SOUTH]);
}

#[test]
fn nobody_is_in_a_team_that_is_not_there() {
    let mut office = Office::default();
    let Command::EditPerson { id, edit } = edited(&office, LIN, Role::Sales) else { unreachable!("an edit was made") };
    let edit = PersonEdit { teams: vec![EAST, crate::testing::id(b't', 99).into()], ..edit };
    let refused = does(&mut office, HE, Command::EditPerson { id, edit });
    assert_eq!(refused, Err(change::Refusal::Access(access::Refusal::NotFound)));
}

#[test]
fn who_is_not_there_is_not_found() {
    let mut office = Office::default();
    let nobody = PersonId(crate::testing::id(b'p', 99));
    for command in [Command::Disable { id: nobody }, Command::Enable { id: nobody }] {
        assert_eq!(does(&mut office, HE, command), Err(change::Refusal::Access(access::Refusal::NotFound)));
    }
}
