//! What administrators may do with departments, teams and people.

use super::{Department, Person, PersonState, Team, Teams};
use crate::{
    access::{self, Role},
    change::{Stop, known},
    context::Context,
    id::{DepartmentId, PersonId, TeamId},
    row::{Field, Missing, Rows},
    text::Name,
    time::Date,
};
use serde::{Deserialize, Serialize};

/// What an administrator changes of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonEdit {
    pub name: Name,
    pub role: Role,
    #[serde(default)]
    pub department: Option<DepartmentId>,
    #[serde(default)]
    pub teams: Vec<TeamId>,
    #[serde(default)]
    pub absent_until: Option<Date>,
}

/// New people enter by an invitation, which only the server can make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    AddDepartment {
        id: DepartmentId,
        name: Name,
    },
    RenameDepartment {
        id: DepartmentId,
        name: Name,
    },
    AddTeam {
        id: TeamId,
        name: Name,
    },
    RenameTeam {
        id: TeamId,
        name: Name,
    },
    EditPerson {
        id: PersonId,
        edit: PersonEdit,
    },
    /// Their devices lose access at once.
    Disable {
        id: PersonId,
    },
    /// Whose work goes to an active colleague, now and whatever turns up later, until they are back.
    HandOver {
        from: PersonId,
        to: PersonId,
    },
    Enable {
        id: PersonId,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    DepartmentNamed { department: Department },
    TeamNamed { team: Team },
    PersonChanged { person: Person },
    Disabled { id: PersonId },
    HandedOver { from: PersonId, to: PersonId },
    Enabled { id: PersonId },
}

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Somebody must be able to manage people.
    LastAdministrator,
    /// Only somebody who is disabled gives their work away whole.
    StillHere,
    /// Only somebody who works here takes it over.
    NotHere,
}

/// What `command` would do, or why it may not.
pub fn decide<R: Rows>(rows: &R, command: &Command, context: &Context) -> Result<Vec<Event>, Stop> {
    Ok(vec![match command {
        Command::AddDepartment { id, name } => {
            Event::DepartmentNamed { department: Department { id: *id, name: name.clone(), created_at: context.at } }
        }
        Command::RenameDepartment { id, name } => {
            let department = known(rows.get::<Department>(*id)?)?;
            Event::DepartmentNamed { department: Department { name: name.clone(), ..department } }
        }
        Command::AddTeam { id, name } => Event::TeamNamed { team: Team { id: *id, name: name.clone(), created_at: context.at } },
        Command::RenameTeam { id, name } => {
            let team = known(rows.get::<Team>(*id)?)?;
            Event::TeamNamed { team: Team { name: name.clone(), ..team } }
        }
        Command::EditPerson { id, edit } => {
            let person = known(rows.get::<Person>(*id)?)?;
            if person.role == Role::Admin && edit.role != Role::Admin {
                keep_an_administrator(rows, *id)?;
            }
            let PersonEdit { name, role, department, teams, absent_until } = edit.clone();
            for team in &teams {
                known(rows.get::<Team>(*team)?)?;
            }
            Event::PersonChanged { person: Person { name, role, department, teams: Teams(teams), absent_until, ..person } }
        }
        Command::Disable { id } => {
            let person = known(rows.get::<Person>(*id)?)?;
            if context.by.person() == Some(*id) {
                return Err(access::Refusal::NotToYourself.into());
            }
            if person.role == Role::Admin {
                keep_an_administrator(rows, *id)?;
            }
            Event::Disabled { id: *id }
        }
        Command::HandOver { from, to } => {
            if known(rows.get::<Person>(*from)?)?.state != PersonState::Disabled {
                return Err(Refusal::StillHere.into());
            }
            if known(rows.get::<Person>(*to)?)?.state != PersonState::Active {
                return Err(Refusal::NotHere.into());
            }
            Event::HandedOver { from: *from, to: *to }
        }
        Command::Enable { id } => {
            known(rows.get::<Person>(*id)?)?;
            Event::Enabled { id: *id }
        }
    }])
}

fn keep_an_administrator<R: Rows>(rows: &R, without: PersonId) -> Result<(), Stop> {
    let admins = rows.by::<Person>("role", &Role::Admin.to_cell())?;
    let another = admins.iter().any(|admin| admin.id != without && admin.state == PersonState::Active);
    if another { Ok(()) } else { Err(Refusal::LastAdministrator.into()) }
}

impl Event {
    /// What happened, happened: changes the rows it names.
    pub fn apply<R: Rows>(&self, rows: &mut R) -> Result<(), Missing> {
        match self {
            Self::DepartmentNamed { department } => rows.put(department),
            Self::TeamNamed { team } => rows.put(team),
            Self::PersonChanged { person } => rows.put(person),
            Self::Disabled { id } => rows.change::<Person>(*id, |person| person.state = PersonState::Disabled),
            Self::HandedOver { from, to } => rows.change::<Person>(*from, |person| person.successor = Some(*to)),
            Self::Enabled { id } => rows.change::<Person>(*id, |person| {
                person.state = PersonState::Active;
                person.successor = None;
            }),
        }
    }
}
