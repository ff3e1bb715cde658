//! A demonstration: a company that never was, with the customers and the last eighteen months of one.
//!
//! Invariant: everything but the founding goes through the same commands as everybody's work, as of the moment it is
//! said to have happened; the same seed and the same present make the same company.

mod archive;
mod chance;
mod company;
mod conversations;
mod guests;
mod names;
mod purchases;
mod sentences;
mod story;
mod tickets;

use crate::{
    db::{Db, Trouble, Tx},
    jobs,
};
use archive::Archive;
use chance::Chance;
use company::Staff;
use domain::{
    change::Command,
    context::Actor,
    id::{CustomerId, Id, NoticeId, PersonId},
    notices,
    time::Instant,
    timeline,
    words::{Lang, Say},
};
use std::{collections::HashMap, sync::Arc};
use story::{Deed, Said, Telling};
use tickets::Asker;

/// How many customers a demonstration has, unless told otherwise.
pub const CUSTOMERS: u32 = 400;
pub const SEED: u64 = 1;
/// The password of the accounts that anybody may use.
pub const SHOWN_PASSWORD: &str = "lanshi-coffee";

/// How far the past of the demonstration reaches.
const DAYS: i64 = 548;
const DAY_SECONDS: i64 = 86_400;

/// How much was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    pub customers: u32,
    pub commands: usize,
}

/// Fills an empty database, in steps. Blocks. What fails halfway leaves a part: see [`crate::keep::in_place`].
pub fn fill(db: &Db, customers: u32, seed: u64) -> Result<Made, Trouble> {
    let now = db.clock().now();
    let founded = now.plus_seconds(-(DAYS + 14) * DAY_SECONDS);
    let (mut chance, staff) = db.write_blocking(move |tx| {
        let mut chance = Chance::new(seed);
        tx.as_of(founded);
        let staff = company::found(tx, &mut chance, founded)?;
        Ok((chance, staff))
    })?;
    let deeds = Arc::new(past(&mut chance, &staff, customers, now));
    db.write_each_blocking((0..deeds.len()).map(|n| {
        let deeds = deeds.clone();
        move |tx: &mut Tx<'_>| deeds.get(n).map_or(Ok(()), |deed| done(tx, deed))
    }))?;
    let theirs = deeds.clone();
    let unread = db.write_blocking(move |tx| {
        tx.as_of(founded);
        guests::admit(tx, &theirs, founded)?;
        unread(tx, now)
    })?;
    let reading = reading(&mut chance, &unread, now);
    let commands = deeds.len() + reading.len();
    db.write_each_blocking(reading.into_iter().map(|deed| move |tx: &mut Tx<'_>| done(tx, &deed)))?;
    Ok(Made { customers, commands })
}

fn done(tx: &mut Tx<'_>, deed: &Deed) -> Result<(), Trouble> {
    let Deed { by, id, command, at } = deed;
    tx.as_of(*at);
    let refused = |refusal: String| Trouble::Broken(format!("{at:?} {command:?}: {refusal}"));
    match command {
        Said::Ours(command) => tx.command(*by, *id, command)?.map(drop).map_err(|refusal| refused(refusal.say(Lang::En))),
        Said::Theirs(command) => tx.portal_command(*by, *id, command)?.map(drop).map_err(|refusal| refused(refusal.say(Lang::En))),
    }
}

/// The guest comes after the customers whom the first pages show.
const GUEST: u32 = 12;

/// Everything that everybody did, in order.
fn past(chance: &mut Chance, staff: &Staff, customers: u32, now: Instant) -> Vec<Deed> {
    let mut archive = Archive::new();
    let today = staff.zone.date_at(now);
    let opening = now.plus_seconds(-(DAYS + 7) * DAY_SECONDS);
    let (rewards, mut deeds) = purchases::offer(chance, opening, staff.marketing);
    for n in 0..customers {
        let place = if n <= GUEST { 0 } else { chance.weighed(&[(0, 50), (1, 28), (2, 22)]) };
        let Some(region) = staff.regions.get(place) else { continue };
        let is_guest = n == GUEST.min(customers - 1);
        let made = if is_guest { archive.guest(chance, region.team, today) } else { archive.next(chance, place, region.team, today) };
        let (well_known, kind) = (made.well_known, made.draft.kind);
        let days = if well_known { chance.number(DAYS - 40..DAYS) } else { chance.number(10..DAYS) };
        let opened = chance.at_work(&staff.zone, today.plus_days(-days));
        // The first of a team looks after a little more than their share.
        let owner = if is_guest || n % 12 < 8 { region.sales.first() } else { region.sales.last() };
        let Some(owner) = owner.copied() else { continue };
        let telling = Telling { staff, region, now, today };
        let told = story::tell(chance, &telling, made, opened, owner);
        let asker = Asker { customer: told.id, kind, contacts: &told.contacts, opened };
        deeds.extend(told.deeds);
        if is_guest {
            deeds.extend(tickets::of_the_guest(chance, &telling, &asker));
            deeds.extend(purchases::of_the_guest(chance, &telling, &asker, &rewards));
        } else if !told.archived {
            deeds.extend(tickets::tell(chance, &telling, &asker, well_known));
            deeds.extend(purchases::tell(chance, &telling, &asker, well_known));
        }
    }
    deeds.extend(reminders(&deeds, now));
    deeds.sort_by_key(|deed| deed.at);
    deeds
}

/// What the server reminded of while it ran: of every step that is still to do when it fell due.
fn reminders(deeds: &[Deed], now: Instant) -> Vec<Deed> {
    let mut open = HashMap::new();
    for deed in deeds {
        let Said::Ours(Command::Timeline(timeline::Command::FollowUp { customer, finishes, next, .. })) = &deed.command else {
            if let Said::Ours(Command::Timeline(timeline::Command::Drop { id })) = &deed.command {
                open.remove(id);
            }
            continue;
        };
        finishes.iter().for_each(|id| _ = open.remove(id));
        open.extend(next.iter().map(|step| (step.id, (*customer, step))));
    }
    let due = open.into_values().filter(|(_, step)| step.due <= now);
    let remind = |(customer, step): (CustomerId, &timeline::StepDraft)| {
        let jobs::Deed { id, command } = jobs::reminder_of_step(step.id, customer, step.due, step.text.clone(), step.who);
        Deed { at: step.due, by: Actor::System, id, command: command.into() }
    };
    let mut reminders: Vec<Deed> = due.map(remind).collect();
    reminders.sort_by_key(|deed| deed.id);
    reminders
}

/// What people were told before the last days, by person.
fn unread(tx: &Tx<'_>, now: Instant) -> Result<Vec<(PersonId, NoticeId)>, Trouble> {
    let recent = now.plus_seconds(-2 * DAY_SECONDS);
    let mut told = tx.connection().prepare("SELECT person, id FROM notice WHERE at < ?1 ORDER BY person, id")?;
    let told = told.query_map([recent.0], |row| Ok((Id::from_bytes(row.get(0)?).into(), Id::from_bytes(row.get(1)?).into())))?;
    Ok(told.collect::<Result<_, _>>()?)
}

/// It is read by now.
fn reading(chance: &mut Chance, told: &[(PersonId, NoticeId)], now: Instant) -> Vec<Deed> {
    let of_each = told.chunk_by(|(one, _), (other, _)| one == other).flat_map(|of_one| of_one.chunks(notices::AT_ONCE));
    let deeds = of_each.filter_map(|some| {
        let (person, _) = some.first()?;
        let command = Command::Notices(notices::Command::Read { ids: some.iter().map(|(_, id)| *id).collect() }).into();
        Some(Deed { at: now, by: Actor::Staff(*person), id: chance.id(now).into(), command })
    });
    deeds.collect()
}
