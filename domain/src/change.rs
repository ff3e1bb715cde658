//! The staff vocabulary: every command, every event, every refusal of staff and managers.

use crate::{
    access::{self, Right, Role},
    attachments,
    context::Context,
    customers,
    id::Id,
    insights, loyalty, notices, orders, reactions,
    row::{Missing, Row, Rows},
    settings, surveys, team, tickets, timeline,
    words::{Lang, Say, Text},
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The version of the commands' shape; sent with each of them.
pub const VERSION: u32 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    Customers(customers::Command),
    Timeline(timeline::Command),
    Team(team::Command),
    Settings(settings::Command),
    Notices(notices::Command),
    Tickets(tickets::Command),
    Orders(orders::Command),
    Loyalty(loyalty::Command),
    Surveys(surveys::Command),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Customers(customers::Event),
    Timeline(timeline::Event),
    Team(team::Event),
    Settings(settings::Event),
    Notices(notices::Event),
    Tickets(tickets::Event),
    Orders(orders::Event),
    Loyalty(loyalty::Event),
    Surveys(surveys::Event),
    Insights(insights::Event),
}

/// Why a command was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    Access(access::Refusal),
    Attachments(attachments::Refusal),
    Customers(customers::Refusal),
    Timeline(timeline::Refusal),
    Team(team::Refusal),
    Settings(settings::Refusal),
    Tickets(tickets::Refusal),
    Orders(orders::Refusal),
    Loyalty(loyalty::Refusal),
    Surveys(surveys::Refusal),
    /// Not a command of this vocabulary, or not in a form it ever had.
    Malformed,
    /// Something of ours broke twice on it; it is kept aside and the queue goes on.
    Broken,
}

/// Why a rule came to no events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    Refused(Refusal),
    /// It cannot be told here: see [`Missing`].
    Unknown,
}

impl From<Missing> for Stop {
    fn from(_: Missing) -> Self {
        Self::Unknown
    }
}

macro_rules! refusals {
    ($($of:ident => $feature:ident),*) => {$(
        impl From<$feature::Refusal> for Stop {
            fn from(refusal: $feature::Refusal) -> Self {
                Self::Refused(Refusal::$of(refusal))
            }
        }
    )*};
}
refusals!(Access => access, Attachments => attachments, Customers => customers, Timeline => timeline, Team => team, Settings => settings, Tickets => tickets, Orders => orders,
    Loyalty => loyalty, Surveys => surveys);

/// The row, or the refusal that does not tell absent from foreign.
pub(crate) fn known<T>(row: Option<T>) -> Result<T, Stop> {
    row.ok_or_else(|| access::Refusal::NotFound.into())
}

/// The id of a new row must be new. Only the server knows every row; a device goes on and lets it judge.
pub(crate) fn unused<T: Row>(rows: &impl Rows, id: impl Into<Id>) -> Result<(), Stop> {
    if matches!(rows.get::<T>(id), Ok(Some(_))) { Err(access::Refusal::IdTaken.into()) } else { Ok(()) }
}

impl Command {
    /// The right that this deed needs; `None` where everybody may.
    #[must_use]
    pub fn needs(&self) -> Option<Right> {
        match self {
            Self::Customers(customers::Command::Transfer { .. }) => Some(Right::TransferCustomers),
            Self::Customers(_) => Some(Right::EditCustomers),
            Self::Timeline(_) | Self::Surveys(_) => Some(Right::RecordFollowUps),
            Self::Team(_) => Some(Right::ManagePeople),
            Self::Settings(_) => Some(Right::ManageSettings),
            Self::Tickets(_) => Some(Right::HandleTickets),
            Self::Orders(orders::Command::Refund { .. }) => Some(Right::RefundOrders),
            Self::Orders(_) => Some(Right::EditOrders),
            Self::Loyalty(loyalty::Command::Redeem { .. } | loyalty::Command::Fulfil { .. } | loyalty::Command::CallOff { .. }) => {
                Some(Right::RedeemPoints)
            }
            Self::Loyalty(loyalty::Command::Give { .. } | loyalty::Command::Take { .. }) => Some(Right::AdjustPoints),
            Self::Loyalty(_) => Some(Right::ManageLoyalty),
            Self::Notices(_) => None,
        }
    }

    /// Whether this role may do this at all: asked by buttons before the click and by the server before the rule.
    pub fn permit(&self, role: Role) -> Result<(), Refusal> {
        match self.needs() {
            Some(right) if !role.may(right) => Err(Refusal::Access(access::Refusal::NotYourRole { right })),
            _ => Ok(()),
        }
    }

    /// `feature.command` and its arguments, as they travel and as the audit names them.
    #[must_use]
    pub fn written(&self) -> Option<(String, Box<RawValue>)> {
        written(self)
    }

    /// Reads a command that travelled. Upcasters of older versions belong here.
    pub fn read(name: &str, _version: u32, args: &RawValue) -> Result<Self, Refusal> {
        read(name, args).ok_or(Refusal::Malformed)
    }
}

/// A command of either vocabulary as it travels: `feature.command` and its arguments.
pub(crate) fn written<C: Serialize>(command: &C) -> Option<(String, Box<RawValue>)> {
    // `{"feature":{"verb":args}}`: taken apart as text, as [`read`] puts it together. A tree of values would be built by
    // code of its own for every command.
    let whole = serde_json::to_string(command).ok()?;
    let (feature, command) = whole.strip_prefix("{\"")?.split_once("\":{\"")?;
    let (verb, args) = command.strip_suffix("}}")?.split_once("\":")?;
    Some((format!("{feature}.{verb}"), RawValue::from_string(args.to_owned()).ok()?))
}

/// Reads what [`written`] wrote; nothing if it is no command of that vocabulary.
pub(crate) fn read<C: serde::de::DeserializeOwned>(name: &str, args: &RawValue) -> Option<C> {
    let (feature, verb) = name.split_once('.')?;
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    if !plain(feature) || !plain(verb) {
        return None;
    }
    let whole = format!("{{\"{feature}\":{{\"{verb}\":{args}}}}}", args = args.get());
    serde_json::from_str(&whole).ok()
}

/// What `command` would do, or why it may not. Asks for the rows it needs and changes none.
pub fn decide<R: Rows>(rows: &R, command: &Command, context: &Context) -> Result<Vec<Event>, Stop> {
    fn all<E>(events: Vec<E>, of: fn(E) -> Event) -> Vec<Event> {
        events.into_iter().map(of).collect()
    }
    Ok(match command {
        Command::Customers(command) => all(customers::decide(rows, command, context)?, Event::Customers),
        Command::Timeline(command) => all(timeline::decide(rows, command, context)?, Event::Timeline),
        Command::Team(command) => all(team::decide(rows, command, context)?, Event::Team),
        Command::Settings(command) => all(settings::decide(rows, command, context)?, Event::Settings),
        Command::Notices(command) => all(notices::decide(rows, command, context)?, Event::Notices),
        Command::Tickets(command) => all(tickets::decide(rows, command, context)?, Event::Tickets),
        Command::Orders(command) => all(orders::decide(rows, command, context)?, Event::Orders),
        Command::Loyalty(command) => all(loyalty::decide(rows, command, context)?, Event::Loyalty),
        Command::Surveys(command) => all(surveys::decide(rows, command, context)?, Event::Surveys),
    })
}

impl Event {
    pub fn apply<R: Rows>(&self, rows: &mut R) -> Result<(), Missing> {
        match self {
            Self::Customers(event) => event.apply(rows),
            Self::Timeline(event) => event.apply(rows),
            Self::Team(event) => event.apply(rows),
            Self::Settings(event) => event.apply(rows),
            Self::Notices(event) => event.apply(rows),
            Self::Tickets(event) => event.apply(rows),
            Self::Orders(event) => event.apply(rows),
            Self::Loyalty(event) => event.apply(rows),
            Self::Surveys(event) => event.apply(rows),
            Self::Insights(event) => event.apply(rows),
        }
    }
}

/// Decides, applies, and lets the other features react: one command, whole. On a refusal nothing was written;
/// on [`Stop::Unknown`] the caller drops what was. A reaction whose facts are not here is left to the server.
pub fn run<R: Rows>(rows: &mut R, command: &Command, context: &Context) -> Result<Vec<Event>, Stop> {
    let mut events = decide(rows, command, context)?;
    for event in &events {
        event.apply(rows)?;
    }
    react(rows, &mut events, context);
    Ok(events)
}

/// Lets the other features react to what has happened, and adds what that caused. The server does this as system:
/// who acts needs the right to the cause, not to its effects.
pub fn react<R: Rows>(rows: &mut R, events: &mut Vec<Event>, context: &Context) {
    let mut seen = 0;
    for _ in 0..reactions::DEPTH {
        let fresh = events.get(seen..).unwrap_or_default();
        let caused: Vec<Event> = fresh.iter().flat_map(|event| reactions::to(event, rows, context)).collect();
        seen = events.len();
        if caused.is_empty() {
            break;
        }
        for event in &caused {
            // Not here, so not shown here.
            _ = event.apply(rows);
        }
        events.extend(caused);
    }
}

/// What either vocabulary says of a command that it cannot read.
pub(crate) const MALFORMED: (&str, Text) = (
    "command.malformed",
    Text::new("服务器没能读懂这项操作，请更新页面后重试。", "The server could not read this. Please reload the page and try again."),
);
/// And of one on which something of ours broke.
pub(crate) const BROKEN: (&str, Text) = (
    "server.error",
    Text::new(
        "这项操作在我们这边出了错，内容已保留，请稍后重试。",
        "Something broke on our side. Your entry is kept; please try again later.",
    ),
);

impl Say for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Access(refusal) => refusal.code(),
            Self::Attachments(refusal) => refusal.code(),
            Self::Customers(refusal) => refusal.code(),
            Self::Timeline(refusal) => refusal.code(),
            Self::Team(refusal) => refusal.code(),
            Self::Settings(refusal) => refusal.code(),
            Self::Tickets(refusal) => refusal.code(),
            Self::Orders(refusal) => refusal.code(),
            Self::Loyalty(refusal) => refusal.code(),
            Self::Surveys(refusal) => refusal.code(),
            Self::Malformed => MALFORMED.0,
            Self::Broken => BROKEN.0,
        }
    }

    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Access(refusal) => refusal.say(lang),
            Self::Attachments(refusal) => refusal.say(lang),
            Self::Customers(refusal) => refusal.say(lang),
            Self::Timeline(refusal) => refusal.say(lang),
            Self::Team(refusal) => refusal.say(lang),
            Self::Settings(refusal) => refusal.say(lang),
            Self::Tickets(refusal) => refusal.say(lang),
            Self::Orders(refusal) => refusal.say(lang),
            Self::Loyalty(refusal) => refusal.say(lang),
            Self::Surveys(refusal) => refusal.say(lang),
            Self::Malformed => MALFORMED.1.in_lang(lang).into(),
            Self::Broken => BROKEN.1.in_lang(lang).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{cases, commands};
    use proptest::prelude::*;

    fn raw(json: &str) -> Box<RawValue> {
        RawValue::from_string(json.to_owned()).expect("JSON")
    }

    fn read(name: &str, args: &str) -> Result<Command, Refusal> {
        Command::read(name, VERSION, &raw(args))
    }

    const ID: &str = "63000000000040008000000000000000";

    #[test]
    fn a_command_is_read_by_its_feature_and_its_verb() {
        let args = format!(r#"{{"id":"{ID}"}}"#);
        let archive = customers::Command::Archive { id: ID.parse().expect("an id") };
        assert_eq!(read("customers.archive", &args), Ok(Command::Customers(archive)));
    }

    /// A name is put between braces and quotes, so it must bring none.
    #[test]
    fn a_name_that_brings_syntax_is_malformed() {
        let args = format!(r#"{{"id":"{ID}"}}"#);
        for name in [
            "",
            ".",
            "customers",
            "customers.",
            ".archive",
            "customers.archive.now",
            "customers..archive",
            "Customers.archive",
            "customers.archive ",
            " customers.archive",
            "customers.archive\u{0}",
            "customers\".archive",
            "customers\":{\"archive\":{}},\"x.y",
            "customers.archive\":{\"id\":\"x\"},\"restore",
            "customers.archive}",
            "{customers.archive",
            "customers.arch\\u0069ve",
            "客户.archive",
            "customers.ａrchive",
            "customers/archive",
        ] {
            assert_eq!(read(name, &args), Err(Refusal::Malformed), "{name:?}");
        }
    }

    #[test]
    fn what_no_feature_knows_is_malformed() {
        for name in [
            "customers.erase",
            "tickets.rate",
            "loyalty.conjure",
            "archive.customers",
            "customers.contacted",
            "access.not_found",
            "__proto__.x",
        ] {
            assert_eq!(read(name, "{}"), Err(Refusal::Malformed), "{name}");
        }
    }

    #[test]
    fn arguments_of_another_form_are_malformed() {
        for args in ["{}", "null", "[]", "1", "\"x\"", "{\"id\":null}", "{\"id\":1}", "{\"id\":\"x\"}", "{\"ID\":\"x\"}"] {
            assert_eq!(read("customers.archive", args), Err(Refusal::Malformed), "{args}");
        }
        let nameless = format!(r#"{{"id":"{ID}","edits":[{{"field":"name","value":{{"was":null,"now":"  "}}}}]}}"#);
        assert_eq!(read("customers.edit", &nameless), Err(Refusal::Malformed), "texts are parsed when they are read");
    }

    #[test]
    fn what_a_later_build_adds_is_ignored() {
        let args = format!(r#"{{"id":"{ID}","because":"…"}}"#);
        assert!(read("customers.archive", &args).is_ok());
    }

    #[test]
    fn every_feature_but_notices_needs_a_right() {
        let notice = notices::Command::Read { ids: Vec::new() };
        assert_eq!(Command::Notices(notice).needs(), None);
        let transfer = read("customers.transfer", &format!(r#"{{"id":"{ID}","from":null,"to":null,"team":"{ID}"}}"#));
        assert_eq!(transfer.map(|command| command.needs()), Ok(Some(Right::TransferCustomers)));
    }

    proptest! {
        #![proptest_config(cases(256))]

        #[test]
        fn a_command_is_read_as_it_was_written(command in commands()) {
            let (name, args) = command.written().expect("a command that can be written");
            prop_assert_eq!(Command::read(&name, VERSION, &args), Ok(command));
        }

        #[test]
        fn no_name_makes_reading_panic_or_smuggles_a_command_in(name in "\\PC{0,24}", verb in "[a-z_.\"{}:,\\\\]{0,24}", json in any::<i64>()) {
            let args = raw(&json.to_string());
            prop_assert_eq!(Command::read(&name, VERSION, &args), Err(Refusal::Malformed));
            prop_assert_eq!(Command::read(&format!("customers.{verb}"), VERSION, &args), Err(Refusal::Malformed));
        }
    }
}
