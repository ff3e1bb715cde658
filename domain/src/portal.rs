//! The portal's vocabulary: what customers may do and are shown. Nothing of the staff vocabulary is reachable by it.
//!
//! A device of a customer holds portal types only and judges over them ([`run`]); the server judges the same commands
//! over the rows themselves ([`decide`]), as far as that customer's scopes reach.

use crate::{
    access, attachments,
    change::{self, Stop},
    context::Context,
    id::Id,
    loyalty,
    row::{Missing, Rows, rows},
    settings, surveys,
    sync::Scope,
    text::Name,
    tickets,
    time::Zone,
    words::{Lang, Say},
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The version of the commands' shape; sent with each of them.
pub const VERSION: u32 = 1;

rows! {
    /// The company, as its customers know it.
    House in "portal_company" {
        id: Id,
        name: Name,
        zone: Zone,
    }
}

impl House {
    fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
        Ok(Vec::new())
    }

    #[must_use]
    pub fn of(company: &settings::Company) -> Self {
        Self { id: company.id, name: company.name.clone(), zone: company.zone.clone() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    Tickets(tickets::portal::Command),
    Loyalty(loyalty::portal::Command),
    Surveys(surveys::portal::Command),
}

/// Why a customer's command was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    Access(access::Refusal),
    Attachments(attachments::Refusal),
    Tickets(tickets::Refusal),
    Loyalty(loyalty::Refusal),
    Surveys(surveys::Refusal),
    Malformed,
    Broken,
}

impl From<change::Refusal> for Refusal {
    /// What a customer is told of a refusal. What is none of theirs is [`Refusal::Broken`].
    fn from(refusal: change::Refusal) -> Self {
        match refusal {
            change::Refusal::Access(refusal) => Self::Access(refusal),
            change::Refusal::Attachments(refusal) => Self::Attachments(refusal),
            change::Refusal::Tickets(refusal) => Self::Tickets(refusal),
            change::Refusal::Loyalty(refusal) => Self::Loyalty(refusal),
            change::Refusal::Surveys(refusal) => Self::Surveys(refusal),
            change::Refusal::Malformed => Self::Malformed,
            change::Refusal::Customers(_)
            | change::Refusal::Timeline(_)
            | change::Refusal::Team(_)
            | change::Refusal::Settings(_)
            | change::Refusal::Orders(_)
            | change::Refusal::Broken => Self::Broken,
        }
    }
}

impl Command {
    /// `feature.command` and its arguments, as they travel.
    #[must_use]
    pub fn written(&self) -> Option<(String, Box<RawValue>)> {
        change::written(self)
    }

    /// Reads a command that travelled. Upcasters of older versions belong here.
    pub fn read(name: &str, _version: u32, args: &RawValue) -> Result<Self, Refusal> {
        change::read(name, args).ok_or(Refusal::Malformed)
    }
}

/// On the server: what this customer's command would do, or why it may not.
pub fn decide<R: Rows>(rows: &R, command: &Command, context: &Context) -> Result<Vec<change::Event>, Stop> {
    fn all<E>(events: Vec<E>, of: fn(E) -> change::Event) -> Vec<change::Event> {
        events.into_iter().map(of).collect()
    }
    Ok(match command {
        Command::Tickets(command) => all(tickets::portal::decide(rows, command, context)?, change::Event::Tickets),
        Command::Loyalty(command) => all(loyalty::portal::decide(rows, command, context)?, change::Event::Loyalty),
        Command::Surveys(command) => all(surveys::portal::decide(rows, command, context)?, change::Event::Surveys),
    })
}

/// On the customer's device: shows it at once. On a refusal the caller drops what was written.
pub fn run<R: Rows>(rows: &mut R, command: &Command, context: &Context) -> Result<(), Stop> {
    match command {
        Command::Tickets(command) => tickets::portal::run(rows, command, context),
        Command::Loyalty(command) => loyalty::portal::run(rows, command, context),
        Command::Surveys(command) => surveys::portal::run(rows, command, context),
    }
}

/// On the customer's device: why it would be refused now. What cannot be judged here is not refused.
pub fn refusal<R: Rows>(rows: &mut R, command: &Command, context: &Context) -> Option<Refusal> {
    match run(rows, command, context) {
        Err(Stop::Refused(refusal)) => Some(refusal.into()),
        Ok(()) | Err(Stop::Unknown) => None,
    }
}

impl Say for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Access(refusal) => refusal.code(),
            Self::Attachments(refusal) => refusal.code(),
            Self::Tickets(refusal) => refusal.code(),
            Self::Loyalty(refusal) => refusal.code(),
            Self::Surveys(refusal) => refusal.code(),
            Self::Malformed => change::MALFORMED.0,
            Self::Broken => change::BROKEN.0,
        }
    }

    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Access(refusal) => refusal.say(lang),
            Self::Attachments(refusal) => refusal.say(lang),
            Self::Tickets(refusal) => refusal.say(lang),
            Self::Loyalty(refusal) => refusal.say(lang),
            Self::Surveys(refusal) => refusal.say(lang),
            Self::Malformed => change::MALFORMED.1.in_lang(lang).into(),
            Self::Broken => change::BROKEN.1.in_lang(lang).into(),
        }
    }
}
