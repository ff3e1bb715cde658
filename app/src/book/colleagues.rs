//! Colleagues and teams as forms offer them.

use super::Book;
use domain::{
    id::TeamId,
    team::{Person, PersonState, Team},
};

impl Book {
    /// Colleagues who are here, by name, as `(id, name)`. Tracked.
    #[must_use]
    pub fn colleagues(&self) -> Vec<(String, String)> {
        let here = self.rows::<Person>().into_iter().filter(|person| person.state != PersonState::Disabled);
        let mut names: Vec<(String, String)> = here.map(|person| (person.name.to_string(), person.id.to_string())).collect();
        names.sort();
        names.into_iter().map(|(name, id)| (id, name)).collect()
    }

    /// Teams, oldest first, as `(id, name)`. Tracked.
    #[must_use]
    pub fn teams(&self) -> Vec<(String, String)> {
        let mut teams = self.rows::<Team>();
        teams.sort_by_key(|team| (team.created_at, team.id));
        teams.iter().map(|team| (team.id.to_string(), team.name.to_string())).collect()
    }

    /// The team whose customers one makes: one's first, else the oldest. Tracked.
    #[must_use]
    pub fn home_team(&self) -> Option<TeamId> {
        let mine = self.me().actor.person().and_then(|person| self.row::<Person>(person));
        let first = mine.and_then(|mine| mine.teams.0.first().copied());
        first.or_else(|| self.teams().first().and_then(|(id, _)| id.parse().ok()))
    }
}
