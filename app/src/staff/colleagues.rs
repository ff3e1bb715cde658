//! The company, its programme, its people and its teams, as pages and forms name them.

use crate::{
    book::{Book, by_key, ordered},
    forms::metal_of,
    ui::Metal,
    words::{Lang, Text},
};
use domain::{
    context::Actor,
    customers::Contact,
    id::{DepartmentId, Id, PersonId, TeamId},
    loyalty::Programme,
    money::Currency,
    settings::Company,
    team::{Department, Person, PersonState, Team},
};
use std::sync::Arc;

const SYSTEM: Text = Text::new("系统", "System");
const OTHER_SYSTEM: Text = Text::new("其他系统", "Other system");
const CUSTOMER: Text = Text::new("客户", "Customer");

impl Book {
    /// The company's own row; on a new device not at once. Tracked.
    #[must_use]
    pub fn company(&self) -> Option<Arc<Company>> {
        self.row::<Company>(Id::ONLY)
    }

    /// The company's currency; yuan until the company is known here. Tracked.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.company().map_or(Currency::Cny, |company| company.currency)
    }

    /// The loyalty programme in force, where there is one. Tracked.
    #[must_use]
    pub fn programme(&self) -> Option<Arc<Programme>> {
        self.row::<Programme>(Id::ONLY)
    }

    /// The tier of this rank as it is called and drawn; nothing below the first. Tracked.
    #[must_use]
    pub fn tier(&self, rank: i64, lang: Lang) -> Option<(Metal, String)> {
        let programme = self.programme().filter(|_| rank > 0)?;
        let tier = programme.rules.tier(rank)?;
        Some((metal_of(tier.metal), tier.name(lang).to_owned()))
    }

    /// A colleague's name; blank while unknown. Tracked.
    #[must_use]
    pub fn name_of(&self, person: PersonId) -> String {
        self.row::<Person>(person).map(|person| person.name.to_string()).unwrap_or_default()
    }

    /// The department that somebody works in. Tracked.
    #[must_use]
    pub fn department_of(&self, person: PersonId) -> Option<DepartmentId> {
        self.row::<Person>(person)?.department
    }

    /// Departments by name. Tracked.
    #[must_use]
    pub fn departments(&self) -> Vec<(DepartmentId, String)> {
        let named: Vec<(String, DepartmentId)> =
            self.rows::<Department>().into_iter().map(|department| (department.name.to_string(), department.id)).collect();
        ordered(&named, Ord::cmp).into_iter().map(|(name, id)| (id, name)).collect()
    }

    /// Who did something. Tracked.
    #[must_use]
    pub fn actor_name(&self, lang: Lang, actor: Actor) -> String {
        match actor {
            Actor::Staff(person) => self.name_of(person),
            Actor::System => SYSTEM.in_lang(lang).to_owned(),
            Actor::Token(_) => OTHER_SYSTEM.in_lang(lang).to_owned(),
            Actor::Portal { contact, .. } => {
                let contact = self.row::<Contact>(contact).map(|contact| contact.name.to_string());
                contact.unwrap_or_else(|| CUSTOMER.in_lang(lang).to_owned())
            }
        }
    }

    /// Colleagues who are here, by name, as `(id, name)`. Tracked.
    #[must_use]
    pub fn colleagues(&self) -> Vec<(String, String)> {
        let here = self.rows::<Person>().into_iter().filter(|person| person.state != PersonState::Disabled);
        let names: Vec<(String, String)> = here.map(|person| (person.name.to_string(), person.id.to_string())).collect();
        ordered(&names, Ord::cmp).into_iter().map(|(name, id)| (id, name)).collect()
    }

    /// Teams, oldest first, as `(id, name)`. Tracked.
    #[must_use]
    pub fn teams(&self) -> Vec<(String, String)> {
        let mut teams = self.rows::<Team>();
        teams = by_key(&teams, |team| (team.created_at, team.id));
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
