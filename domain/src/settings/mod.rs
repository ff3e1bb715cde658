//! The company: its name, its time, its money, and how far its salespeople see.

#[cfg(any(test, feature = "testing"))]
pub mod strategies;
#[cfg(test)]
mod tests;

use crate::{
    access::Reach,
    calendar::Calendar,
    change::{Stop, known},
    context::{Context, Terms},
    id::Id,
    money::Currency,
    row::{Missing, Rows, json_fields, rows},
    service_level::Targets,
    sync::Scope,
    text::Name,
    time::{Date, Instant, Zone},
};
use serde::{Deserialize, Serialize};

json_fields!(Zone);

rows! {
    /// The one company of this database.
    Company in "company" {
        id: Id,
        name: Name,
        /// All days, deadlines and reports are in this zone.
        zone: Zone,
        currency: Currency,
        /// How far salespeople see in the archive: their own customers or their teams'.
        sales_reach: Reach,
        /// When people work here: promises run and reminders come in this time.
        calendar: Calendar,
        /// How soon tickets are answered and solved.
        targets: Targets,
        created_at: Instant,
        updated_at: Instant,
    }
}

impl Company {
    #[expect(clippy::unnecessary_wraps, reason = "the shape of every row")]
    fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
        Ok(vec![Scope::Org, Scope::Everyone])
    }

    #[must_use]
    pub fn terms(&self) -> Terms {
        Terms { zone: self.zone.clone(), calendar: self.calendar.clone(), targets: self.targets, currency: self.currency }
    }

    /// The business day at this moment.
    #[must_use]
    pub fn today(&self, at: Instant) -> Date {
        self.zone.date_at(at)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    Rename {
        name: Name,
    },
    /// Only `own` and `team` make sense.
    SetSalesReach {
        reach: Reach,
    },
    SetCalendar {
        calendar: Calendar,
    },
    SetTargets {
        targets: Targets,
    },
}

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Periods that meet or run backwards, or nobody works at all.
    NoSuchWeek,
    /// A promise of no time, of too much, or one to solve before answering.
    NoSuchPromise,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Changed { company: Box<Company> },
}

/// What `command` would do.
pub fn decide<R: Rows>(rows: &R, command: &Command, context: &Context) -> Result<Vec<Event>, Stop> {
    let company = known(rows.get::<Company>(Id::ONLY)?)?;
    let mut changed = company.clone();
    match command {
        Command::Rename { name } => changed.name = name.clone(),
        Command::SetCalendar { calendar } if !calendar.is_sound() => return Err(Refusal::NoSuchWeek.into()),
        Command::SetCalendar { calendar } => changed.calendar = calendar.clone(),
        Command::SetTargets { targets } if !targets.is_sound() => return Err(Refusal::NoSuchPromise.into()),
        Command::SetTargets { targets } => changed.targets = *targets,
        Command::SetSalesReach { reach } => changed.sales_reach = if *reach == Reach::Own { Reach::Own } else { Reach::Team },
    }
    if changed == company {
        return Ok(Vec::new());
    }
    changed.updated_at = context.at;
    Ok(vec![Event::Changed { company: Box::new(changed) }])
}

impl Event {
    pub fn apply<R: Rows>(&self, rows: &mut R) -> Result<(), Missing> {
        match self {
            Self::Changed { company } => rows.put(&**company),
        }
    }
}
