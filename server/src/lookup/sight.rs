//! Whose customers somebody sees: the teams and the owner whose scopes they hold.

use super::sql::Sql;
use domain::{
    id::{Id, PersonId, TeamId},
    sync::Scope,
};
use rusqlite::types::Value;
use std::collections::BTreeSet;

#[derive(Debug, Clone, Default)]
pub(super) struct Sight {
    teams: Vec<TeamId>,
    owner: Option<PersonId>,
}

impl Sight {
    pub fn of(grants: &BTreeSet<Scope>) -> Self {
        let mut sight = Self::default();
        for scope in grants {
            match scope {
                Scope::Team(team) => sight.teams.push(*team),
                Scope::Owner(person) => sight.owner = Some(*person),
                _ => {}
            }
        }
        sight
    }

    pub fn is_blind(&self) -> bool {
        self.teams.is_empty() && self.owner.is_none()
    }

    /// That a row of a list, called `x`, is theirs to see.
    pub fn seen(&self) -> Sql {
        let parts: Vec<Sql> = [self.in_teams(), self.owned()].into_iter().flatten().collect();
        let all = parts.into_iter().reduce(|one, other| one.then(" OR ").and_then(&other));
        all.map_or(Sql::of("0"), |all| Sql::of("(").and_then(&all).then(")"))
    }

    pub fn in_teams(&self) -> Option<Sql> {
        (!self.teams.is_empty()).then(|| self.teams("IN"))
    }

    fn teams(&self, which: &str) -> Sql {
        let slots = vec!["?"; self.teams.len()].join(", ");
        Sql { text: format!("x.team {which} ({slots})"), values: self.teams.iter().map(|team| value(*team)).collect() }
    }

    /// As [`Sight::seen`], of those who own it.
    fn owned(&self) -> Option<Sql> {
        self.owner.map(|owner| Sql::with("x.owner = ?", value(owner)))
    }

    /// What is seen for its owner's sake alone.
    pub fn owned_elsewhere(&self) -> Option<Sql> {
        self.owned().map(|owned| Sql::all(&[owned, self.teams("NOT IN")]))
    }
}

pub(super) fn value(id: impl Into<Id>) -> Value {
    Value::Blob(id.into().bytes().to_vec())
}
