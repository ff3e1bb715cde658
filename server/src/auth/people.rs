//! New people: a person as colleagues know them, and the account by which they sign in, made together.

use super::{
    account::{self, Account, Kind},
    password::{acceptable, hash},
    words::Refusal,
};
use crate::{
    db::{Db, Deed, Trouble, Tx},
    error::{Failed, Reason},
};
use axum::http::StatusCode;
use domain::{
    access::Role,
    context::Actor,
    id::{DepartmentId, Id, PersonId, TeamId},
    row::Rows,
    settings::Company,
    team::{Department, Person, PersonState, Team, Teams},
    text::{BadText, Email, Name},
};

/// Somebody new, checked.
#[derive(Debug, Clone)]
pub struct Newcomer {
    pub name: Name,
    pub email: Email,
    pub role: Role,
    pub department: Option<DepartmentId>,
    pub teams: Vec<TeamId>,
}

fn unfit() -> Failed {
    Failed::refused(StatusCode::UNPROCESSABLE_ENTITY, &Reason::Unfit)
}

/// Name and address as they were typed; every field that is not right is named at once.
pub fn named(name: &str, email: &str) -> Result<(Name, Email), Failed> {
    let (name, email) = (Name::parse(name), Email::parse(email));
    let add = |failed: Failed, field: &str, bad: Option<&BadText>| match bad {
        Some(bad) => failed.field(field, bad),
        None => failed,
    };
    match (name, email) {
        (Ok(name), Ok(email)) => Ok((name, email)),
        (name, email) => Err(add(add(unfit(), "name", name.as_ref().err()), "email", email.as_ref().err())),
    }
}

/// Makes the person and the account; with a password they can begin at once, without one they are invited.
pub fn make(tx: &mut Tx<'_>, by: Actor, new: Newcomer, password: Option<String>) -> Result<Result<Person, Failed>, Trouble> {
    let Newcomer { name, email, role, department, teams } = new;
    if account::by_who(tx.connection(), email.as_str())?.is_some() {
        return Ok(Err(unfit().field("email", &Refusal::EmailTaken)));
    }
    let at = tx.at();
    let mut rows = tx.rows();
    if let Some(department) = department
        && rows.get::<Department>(department)?.is_none()
    {
        return Ok(Err(unfit().field("department", &Refusal::NoSuchDepartment)));
    }
    for team in &teams {
        if rows.get::<Team>(*team)?.is_none() {
            return Ok(Err(unfit().field("teams", &Refusal::NoSuchTeam)));
        }
    }
    let state = if password.is_some() { PersonState::Active } else { PersonState::Invited };
    let id: PersonId = Id::from(uuid::Uuid::now_v7()).into();
    let person = Person { id, name, role, department, teams: Teams(teams), state, absent_until: None, successor: None, created_at: at };
    rows.put(&person)?;
    account::add(tx.connection(), &Account { user: id.into(), kind: Kind::Staff, who: email.to_string(), password }, at)?;
    let role = serde_json::json!({ "role": role.code() }).to_string();
    tx.audit(&Deed { by, what: "team.invite", subject: Some(id.into()), command: None, refused: None, args: Some(&role) })?;
    Ok(Ok(person))
}

/// Somebody new, as the command line describes them.
#[derive(Debug)]
pub struct New {
    pub email: String,
    pub name: String,
    pub role: Role,
    /// By name; without any, the only team there is.
    pub teams: Vec<String>,
    pub password: String,
}

/// Adds somebody who can sign in at once. Blocks.
pub fn add(db: &Db, new: &New) -> Result<Result<String, Failed>, Trouble> {
    let (name, email) = match named(&new.name, &new.email) {
        Ok(read) => read,
        Err(failed) => return Ok(Err(failed)),
    };
    if let Err(refusal) = acceptable(&new.password, &[name.as_str(), email.as_str()]) {
        return Ok(Err(unfit().field("password", &refusal)));
    }
    let password = hash(&new.password).map_err(|error| Trouble::Broken(error.to_string()))?;
    let (role, wanted) = (new.role, new.teams.clone());
    db.write_blocking(move |tx| {
        if tx.rows().get::<Company>(Id::ONLY)?.is_none() {
            return Ok(Err(Failed::refused(StatusCode::CONFLICT, &Refusal::NoCompany)));
        }
        let Some(teams) = teams_named(tx, &wanted)? else {
            return Ok(Err(unfit().field("teams", &Refusal::NoSuchTeam)));
        };
        let who = email.to_string();
        let newcomer = Newcomer { name, email, role, department: None, teams };
        Ok(make(tx, Actor::System, newcomer, Some(password))?.map(|_| who))
    })
}

fn teams_named(tx: &Tx<'_>, wanted: &[String]) -> Result<Option<Vec<TeamId>>, Trouble> {
    let mut statement = tx.connection().prepare_cached("SELECT id, name FROM team ORDER BY id")?;
    let teams = statement.query_map((), |row| Ok((Id::from_bytes(row.get(0)?), row.get(1)?)))?;
    let teams: Vec<(Id, String)> = teams.collect::<Result<_, _>>()?;
    if let ([], [(only, _)]) = (wanted, teams.as_slice()) {
        return Ok(Some(vec![TeamId(*only)]));
    }
    let found = wanted.iter().map(|name| teams.iter().find(|(_, team)| team == name).map(|(id, _)| TeamId(*id)));
    Ok(found.collect())
}
