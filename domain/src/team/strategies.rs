//! Anybody, any team and any command about them, for properties.

use super::{Command, Department, Person, PersonEdit, PersonState, Team, Teams};
use crate::{
    access::Role,
    id::DepartmentId,
    testing::{dates, id, moments, names, people, teams},
};
use proptest::{collection::vec, option::of, prelude::*, sample::select};

fn department_ids() -> impl Strategy<Value = DepartmentId> {
    (0..2u8).prop_map(|n| id(b'd', n).into())
}

pub fn departments() -> impl Strategy<Value = Department> {
    (department_ids(), names(), moments()).prop_map(|(id, name, created_at)| Department { id, name, created_at })
}

pub fn teams_of_people() -> impl Strategy<Value = Team> {
    (teams(), names(), moments()).prop_map(|(id, name, created_at)| Team { id, name, created_at })
}

fn person_edits() -> BoxedStrategy<PersonEdit> {
    (names(), select(Role::ALL), of(department_ids()), vec(teams(), 0..3), of(dates()))
        .prop_map(|(name, role, department, teams, absent_until)| PersonEdit { name, role, department, teams, absent_until })
        .boxed()
}

pub fn persons() -> impl Strategy<Value = Person> {
    (people(), person_edits(), select(PersonState::ALL), of(people()), moments()).prop_map(|(id, edit, state, successor, created_at)| {
        let PersonEdit { name, role, department, teams, absent_until } = edit;
        Person { id, name, role, department, teams: Teams(teams), state, absent_until, successor, created_at }
    })
}

pub fn commands() -> BoxedStrategy<Command> {
    prop_oneof![
        (department_ids(), names()).prop_map(|(id, name)| Command::AddDepartment { id, name }),
        (department_ids(), names()).prop_map(|(id, name)| Command::RenameDepartment { id, name }),
        (teams(), names()).prop_map(|(id, name)| Command::AddTeam { id, name }),
        (teams(), names()).prop_map(|(id, name)| Command::RenameTeam { id, name }),
        (people(), person_edits()).prop_map(|(id, edit)| Command::EditPerson { id, edit }),
        people().prop_map(|id| Command::Disable { id }),
        (people(), people()).prop_map(|(from, to)| Command::HandOver { from, to }),
        people().prop_map(|id| Command::Enable { id }),
    ]
    .boxed()
}
