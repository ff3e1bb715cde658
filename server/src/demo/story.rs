//! What happened with a customer in eighteen months, told by the commands that recorded it.

use super::{
    archive::Made,
    chance::Chance,
    company::{Region, Staff},
    names::SHOPS,
    sentences::{Author, MACHINES, NEEDS, TOPICS, Topic},
};
use domain::{
    change::Command,
    context::Actor,
    customers::{self, Edit, Kind, Was},
    id::{CommandId, ContactId, CustomerId, PersonId, StepId},
    portal,
    text::{Line, Prose},
    time::{Date, Instant},
    timeline::{self, FollowUp, StepDraft},
};

/// A command of the past.
pub struct Deed {
    pub at: Instant,
    pub by: Actor,
    pub id: CommandId,
    pub command: Said,
}

/// In either vocabulary.
#[derive(Debug)]
pub enum Said {
    Ours(Command),
    Theirs(portal::Command),
}

impl From<Command> for Said {
    fn from(command: Command) -> Self {
        Self::Ours(command)
    }
}

impl From<portal::Command> for Said {
    fn from(command: portal::Command) -> Self {
        Self::Theirs(command)
    }
}

/// What happened with a customer, and whom it can go on with.
pub struct Told {
    pub deeds: Vec<Deed>,
    pub id: CustomerId,
    pub contacts: Vec<ContactId>,
    pub archived: bool,
}

/// When the story is told, and of whom.
pub struct Telling<'a> {
    pub staff: &'a Staff,
    pub region: &'a Region,
    pub now: Instant,
    pub today: Date,
}

/// A customer's life so far.
struct Life {
    id: CustomerId,
    well_known: bool,
    contacts: Vec<ContactId>,
    owner: PersonId,
    /// From when on somebody else looks after them.
    handed_over: Option<(Instant, PersonId)>,
    step: Option<StepId>,
    /// What was written down already: nobody writes the same twice in a row.
    told: Vec<&'static str>,
}

impl Life {
    fn owner_at(&self, at: Instant) -> PersonId {
        self.handed_over.filter(|(from, _)| *from < at).map_or(self.owner, |(_, owner)| owner)
    }
}

/// All that happened with this customer, in order.
pub fn tell(chance: &mut Chance, telling: &Telling<'_>, made: Made, opened: Instant, owner: PersonId) -> Told {
    let mut deeds = Vec::new();
    let well_known = made.well_known;
    let needs = made.draft.needs.clone();
    let mut life = open(chance, telling, made, opened, owner, &mut deeds);
    life.handed_over = hand_over(chance, telling, &life, opened, well_known, &mut deeds);
    let count = if well_known { chance.number(9..16) } else { chance.weighed(&[(2, 10), (4, 20), (6, 24), (8, 20), (11, 16), (15, 10)]) };
    let times = moments(chance, telling, opened, count, well_known);
    for (n, at) in times.iter().enumerate() {
        let next = times.get(n + 1).copied();
        follow_up(chance, telling, &mut life, *at, next, &mut deeds);
    }
    let handed_over = life.handed_over.map(|(at, _)| at);
    let last = times.last().copied().max(handed_over).unwrap_or(opened);
    let mut archived = false;
    if chance.percent(10) {
        let at = between(chance, last, telling.now);
        let now = Prose::parse(chance.of(&NEEDS)).ok();
        let edit = customers::Command::Edit { id: life.id, edits: vec![Edit::Needs(Was { was: needs, now })] };
        deeds.push(deed(chance, at, life.owner_at(at), Command::Customers(edit)));
    } else if !well_known && life.step.is_none() && chance.percent(4) {
        let at = between(chance, last, telling.now);
        deeds.push(deed(chance, at, telling.staff.manager, Command::Customers(customers::Command::Archive { id: life.id })));
        archived = true;
    }
    Told { deeds, id: life.id, contacts: life.contacts, archived }
}

fn deed(chance: &mut Chance, at: Instant, by: PersonId, command: Command) -> Deed {
    Deed { at, by: Actor::Staff(by), id: chance.id(at).into(), command: command.into() }
}

fn between(chance: &mut Chance, from: Instant, to: Instant) -> Instant {
    Instant(chance.number(from.0 + 1..to.0))
}

/// Most customers are entered by who looks after them, some by marketing after a fair.
fn open(chance: &mut Chance, telling: &Telling<'_>, made: Made, at: Instant, owner: PersonId, deeds: &mut Vec<Deed>) -> Life {
    let Made { mut draft, contacts, well_known } = made;
    let id: CustomerId = chance.id(at).into();
    draft.owner = Some(owner);
    let from_fair = draft.kind == Kind::Company && !well_known && chance.percent(8);
    let contacts: Vec<_> = contacts.into_iter().map(|contact| (ContactId(chance.id(at)), contact)).collect();
    let known = contacts.iter().map(|(id, _)| *id).collect();
    let command = customers::Command::Open { id, draft: Box::new(draft), contacts };
    let by = if from_fair { telling.staff.marketing } else { owner };
    deeds.push(deed(chance, at, by, Command::Customers(command)));
    Life { id, well_known, contacts: known, owner, handed_over: None, step: None, told: Vec::new() }
}

/// A few customers change hands within their team.
fn hand_over(
    chance: &mut Chance,
    telling: &Telling<'_>,
    life: &Life,
    opened: Instant,
    well_known: bool,
    deeds: &mut Vec<Deed>,
) -> Option<(Instant, PersonId)> {
    let to = telling.region.sales.iter().copied().find(|person| *person != life.owner)?;
    if well_known || !chance.percent(4) {
        return None;
    }
    let at = between(chance, opened, telling.now);
    let command = customers::Command::Transfer { id: life.id, from: Some(life.owner), to: Some(to), team: telling.region.team };
    deeds.push(deed(chance, at, telling.staff.manager, Command::Customers(command)));
    Some((at, to))
}

/// Moments at which somebody was in touch, in order, all of them past.
fn moments(chance: &mut Chance, telling: &Telling<'_>, opened: Instant, count: i64, lively: bool) -> Vec<Instant> {
    let zone = &telling.staff.zone;
    let days = telling.today.days_since(zone.date_at(opened));
    let mut times: Vec<Instant> = (0..count)
        .map(|n| {
            // The last one lies a few days back, or weeks where it has become quiet.
            let recent = n == 0 && (lively || chance.percent(55));
            let ago = if recent { chance.number(0..12.min(days + 1)) } else { chance.number(0..days + 1) };
            chance.at_work(zone, telling.today.plus_days(-ago))
        })
        .filter(|at| *at > opened && *at < telling.now)
        .collect();
    times.sort_unstable();
    times.dedup();
    times
}

fn follow_up(chance: &mut Chance, telling: &Telling<'_>, life: &mut Life, at: Instant, next: Option<Instant>, deeds: &mut Vec<Deed>) {
    let topic = chance.weighed(&TOPICS);
    // Written down before anything else can happen: moments lie five minutes apart at least.
    let recorded = at.plus_seconds(chance.number(90..280)).min(telling.now);
    let owner = life.owner_at(recorded);
    let by = match topic.author {
        Author::Owner => owner,
        Author::Service => telling.region.service,
        Author::Support => telling.region.support,
    };
    let (mut told, mut outcome) = chance.of(topic.told);
    if life.told.contains(&told) {
        (told, outcome) = chance.of(topic.told);
    }
    life.told.push(told);
    let Ok(details) = Prose::parse(&filled(chance, told)) else { return };
    let contact = if life.contacts.is_empty() || chance.percent(15) { None } else { Some(chance.of(&life.contacts)) };
    let record = FollowUp { method: chance.of(topic.methods), outcome, contact, with: None, details };
    // What was planned was done now, or had come to nothing before.
    let planned = life.step.take();
    let finishes = planned.filter(|_| chance.percent(85));
    if let Some(step) = planned.filter(|_| finishes.is_none()) {
        let command = timeline::Command::Drop { id: step };
        deeds.push(deed(chance, Instant(recorded.0 - 1), owner, Command::Timeline(command)));
    }
    let plan = plan(chance, telling, topic, (at, next), (owner, life.well_known));
    life.step = plan.as_ref().map(|step| step.id);
    let command =
        timeline::Command::FollowUp { id: chance.id(at).into(), customer: life.id, happened_at: at, record, finishes, next: plan };
    deeds.push(deed(chance, recorded, by, Command::Timeline(command)));
}

/// The next step: due when it was done, or about today where it is still to do. With well-known customers something always is.
fn plan(
    chance: &mut Chance,
    telling: &Telling<'_>,
    topic: &Topic,
    (at, next): (Instant, Option<Instant>),
    (who, well_known): (PersonId, bool),
) -> Option<StepDraft> {
    let zone = &telling.staff.zone;
    let due = match next {
        Some(next) if chance.percent(40) => zone.date_at(next),
        None if chance.percent(55) || well_known => {
            let days = chance.weighed(&[(-6, 1), (-2, 2), (-1, 3), (0, 12), (1, 14), (2, 10), (4, 12), (7, 12), (11, 9), (18, 8)]);
            telling.today.plus_days(days)
        }
        _ => return None,
    };
    let due = due.max(zone.date_at(at).plus_days(1));
    let minute = chance.number(18..36) * 30;
    let text = chance.of(topic.next);
    let text = Line::parse(&filled(chance, text)).ok()?;
    Some(StepDraft { id: StepId(chance.id(at)), text, due: zone.moment(due, minute), who })
}

/// The sentence with its gaps filled.
pub fn filled(chance: &mut Chance, text: &str) -> String {
    let mut filled = text.replace("{机}", chance.of(&MACHINES)).replace("{店}", chance.of(&SHOPS));
    filled = filled.replace("{量}", &chance.number(2..16).to_string()).replace("{天}", &chance.number(2..12).to_string());
    let amount = chance.number(6..2_400);
    filled.replace("{额}", &format!("¥{}.{:02} 万", amount / 100, amount % 100))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        demo::{SEED, past},
        zone,
    };
    use domain::id::Id;
    use std::collections::HashSet;

    /// As many as `guanxi demo --customers 10000` has: what happens to one in a thousand happens here.
    #[test]
    fn whoever_is_archived_is_left_in_peace() {
        let id = |n: u8| Id::from_bytes([n; 16]);
        let sales = vec![PersonId(id(1)), PersonId(id(2))];
        let region = Region { team: id(3).into(), sales, service: PersonId(id(4)), support: PersonId(id(5)) };
        let (regions, zone) = (vec![region; 3], zone::written_out("Asia/Shanghai").expect("a zone"));
        let staff = Staff { zone, regions, manager: PersonId(id(6)), marketing: PersonId(id(7)) };
        let mut archived = HashSet::new();
        for Deed { at, command, .. } in past(&mut Chance::new(SEED), &staff, 10_000, Instant(1_795_000_000_000)) {
            let Said::Ours(command) = command else { continue };
            let (Command::Customers(customers::Command::Transfer { id, .. } | customers::Command::Edit { id, .. })
            | Command::Timeline(timeline::Command::FollowUp { customer: id, .. })) = command
            else {
                if let Command::Customers(customers::Command::Archive { id }) = command {
                    archived.insert(id);
                }
                continue;
            };
            assert!(!archived.contains(&id), "{id:?} at {at:?}");
        }
        assert!(archived.len() > 100, "{}", archived.len());
    }
}
