//! Who does something, when, and for which command: all that a rule may know of the world.

use crate::{
    calendar::{Calendar, WorkingTime},
    id::{CommandId, ContactId, CustomerId, Id, PersonId},
    money::Currency,
    row::Missing,
    service_level::Targets,
    time::{Date, Instant, Zone},
};
use serde::{Deserialize, Serialize};
use std::{cell::Cell, sync::Arc};

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    Staff(PersonId),
    /// A customer in the portal: one contact of one account.
    Portal {
        contact: ContactId,
        customer: CustomerId,
    },
    /// Another system, by its token.
    Token(Id),
    /// Reactions, jobs and the command line.
    System,
}

impl Actor {
    #[must_use]
    pub fn person(self) -> Option<PersonId> {
        match self {
            Self::Staff(person) => Some(person),
            Self::Portal { .. } | Self::Token(_) | Self::System => None,
        }
    }
}

crate::row::json_fields!(Actor);

/// What the company has laid down for everything that happens in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    pub zone: Zone,
    pub calendar: Calendar,
    pub targets: Targets,
    pub currency: Currency,
}

impl Terms {
    #[must_use]
    pub fn working(&self) -> WorkingTime<'_> {
        WorkingTime { zone: &self.zone, calendar: &self.calendar }
    }
}

/// The circumstances of one command. On a device `at` is its own clock; the server's counts.
#[derive(Debug, Clone)]
pub struct Context {
    /// When it was recorded.
    pub at: Instant,
    /// The business day it counts for, in company time.
    pub on: Date,
    pub by: Actor,
    pub command: CommandId,
    /// `None` on a device that does not know its company yet.
    terms: Option<Arc<Terms>>,
    made: Cell<u32>,
}

impl Context {
    #[must_use]
    pub fn new(at: Instant, on: Date, by: Actor, command: CommandId) -> Self {
        Self { at, on, by, command, terms: None, made: Cell::new(0) }
    }

    /// In a company with these terms.
    #[must_use]
    pub fn under(self, terms: Arc<Terms>) -> Self {
        Self { on: terms.zone.date_at(self.at), terms: Some(terms), ..self }
    }

    pub fn terms(&self) -> Result<&Terms, Missing> {
        self.terms.as_deref().ok_or(Missing)
    }

    /// The next id of a row that this command makes: the same on every device and on the server.
    pub fn new_id<T: From<Id>>(&self) -> T {
        let n = self.made.get();
        self.made.set(n + 1);
        Id::from(self.command).derived(n).into()
    }
}
