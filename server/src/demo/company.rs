//! The company of the demonstration: departments, teams, people, and the accounts that everybody may use.

use super::{SHOWN_PASSWORD, chance::Chance};
use crate::{
    auth::{
        account::{self, Account, Kind},
        password, set_up,
    },
    db::{Deed, Trouble, Tx},
    zone,
};
use domain::{
    access::Role,
    context::Actor,
    id::{PersonId, TeamId},
    money::Currency,
    row::Rows,
    team::{Department, Person, PersonState, Team, Teams},
    text::Name,
    time::{Instant, Zone},
};

const NAME: &str = "澜石咖啡设备";
const ZONE: &str = "Asia/Shanghai";
const DEPARTMENTS: [&str; 4] = ["销售部", "客服部", "技术支持部", "市场部"];
const TEAMS: [&str; 3] = ["华东", "华南", "华北"];

/// Name, role, department, teams (by place in the lists above), and the account that anybody may use.
type Member = (&'static str, Role, usize, &'static [usize], &'static str, bool);

const MEMBERS: [Member; 12] = [
    ("顾砚秋", Role::Manager, 0, &[0, 1, 2], "manager", true),
    ("林晓", Role::Sales, 0, &[0], "sales", true),
    ("宋清和", Role::Sales, 0, &[0], "song", false),
    ("何韵", Role::Sales, 0, &[1], "he", false),
    ("程以南", Role::Sales, 0, &[1], "cheng", false),
    ("杜若溪", Role::Sales, 0, &[2], "du", false),
    ("秦川", Role::Sales, 0, &[2], "qin", false),
    ("周知行", Role::Service, 1, &[0], "service", true),
    ("叶知秋", Role::Service, 1, &[1, 2], "ye", false),
    ("陈默", Role::Support, 2, &[0, 1, 2], "chen", false),
    ("苏念", Role::Marketing, 3, &[], "su", false),
    ("许明远", Role::Admin, 1, &[], "admin", true),
];

/// A team as its customers meet it.
#[derive(Debug, Clone)]
pub struct Region {
    pub team: TeamId,
    pub sales: Vec<PersonId>,
    pub service: PersonId,
    pub support: PersonId,
}

/// Who works here.
#[derive(Debug, Clone)]
pub struct Staff {
    pub zone: Zone,
    pub regions: Vec<Region>,
    pub manager: PersonId,
    pub marketing: PersonId,
}

struct Plan {
    departments: Vec<Department>,
    teams: Vec<Team>,
    people: Vec<(Person, &'static str, bool)>,
}

/// Founds the company. Everybody has worked here since then.
pub fn found(tx: &mut Tx<'_>, chance: &mut Chance, at: Instant) -> Result<Staff, Trouble> {
    let zone = zone::written_out(ZONE).ok_or_else(|| Trouble::Broken(format!("{ZONE} is not a zone")))?;
    let plan = plan(chance, at)?;
    let mut rows = tx.rows();
    set_up::begin(&mut rows, name(NAME)?, zone.clone(), Currency::Cny, at)?;
    for department in &plan.departments {
        rows.put(department)?;
    }
    for team in &plan.teams {
        rows.put(team)?;
    }
    for (person, ..) in &plan.people {
        rows.put(person)?;
    }
    tx.audit(&Deed { by: Actor::System, what: "demo.found", subject: None, command: None, refused: None, args: None })?;
    let kept = password::hash(SHOWN_PASSWORD).map_err(|error| Trouble::Broken(error.to_string()))?;
    for (person, who, shown) in &plan.people {
        let password = shown.then(|| kept.clone());
        account::add(
            tx.connection(),
            &Account { user: person.id.into(), kind: Kind::Staff, who: format!("{who}@demo.guanxi"), password },
            at,
        )?;
        if *shown {
            account::show_to_all(tx.connection(), person.id.into(), SHOWN_PASSWORD)?;
        }
    }
    staff(&plan, zone).ok_or_else(|| Trouble::Broken("the demonstration has nobody to do its work".to_owned()))
}

fn plan(chance: &mut Chance, at: Instant) -> Result<Plan, Trouble> {
    let departments: Vec<Department> = DEPARTMENTS
        .iter()
        .map(|text| Ok(Department { id: chance.id(at).into(), name: name(text)?, created_at: at }))
        .collect::<Result<_, Trouble>>()?;
    let teams: Vec<Team> = TEAMS
        .iter()
        .map(|text| Ok(Team { id: chance.id(at).into(), name: name(text)?, created_at: at }))
        .collect::<Result<_, Trouble>>()?;
    let people = MEMBERS.iter().map(|(text, role, department, of, who, shown)| {
        let person = Person {
            id: chance.id(at).into(),
            name: name(text)?,
            role: *role,
            department: departments.get(*department).map(|it| it.id),
            teams: Teams(of.iter().filter_map(|n| teams.get(*n)).map(|team| team.id).collect()),
            state: PersonState::Active,
            absent_until: None,
            successor: None,
            created_at: at,
        };
        Ok((person, *who, *shown))
    });
    let people = people.collect::<Result<_, Trouble>>()?;
    Ok(Plan { departments, teams, people })
}

fn staff(plan: &Plan, zone: Zone) -> Option<Staff> {
    let of = |role: Role, team: Option<TeamId>| {
        let people = plan.people.iter().map(|(person, ..)| person);
        let fit = people.filter(move |person| person.role == role && team.is_none_or(|team| person.teams.0.contains(&team)));
        fit.map(|person| person.id).collect::<Vec<PersonId>>()
    };
    let region = |team: &Team| {
        let team = team.id;
        Some(Region {
            team,
            sales: of(Role::Sales, Some(team)),
            service: *of(Role::Service, Some(team)).first()?,
            support: *of(Role::Support, Some(team)).first()?,
        })
    };
    Some(Staff {
        zone,
        regions: plan.teams.iter().map(region).collect::<Option<_>>()?,
        manager: *of(Role::Manager, None).first()?,
        marketing: *of(Role::Marketing, None).first()?,
    })
}

fn name(text: &str) -> Result<Name, Trouble> {
    Name::parse(text).map_err(|bad| Trouble::Broken(format!("{text}: {bad:?}")))
}
