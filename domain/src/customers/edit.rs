//! Changes to single fields, each with the value its author saw: a later author wins, and what was
//! written over unseen goes to the history.

use super::archive::{Contact, Customer, DecisionRole, Industry, Kind, Nature, PhoneSeen, Size, Source};
use crate::{
    text::{Email, Line, Name, Phone, Prose},
    time::Date,
    words::{Label, Lang},
};
use serde::{Deserialize, Serialize};

/// From what to what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Was<T> {
    pub was: T,
    pub now: T,
}

/// One field of a customer gets another value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    Name(Was<Option<Name>>),
    Kind(Was<Kind>),
    Nature(Was<Option<Nature>>),
    Size(Was<Option<Size>>),
    Industry(Was<Option<Industry>>),
    Source(Was<Option<Source>>),
    Since(Was<Option<Date>>),
    LegalRepresentative(Was<Option<Name>>),
    BusinessScope(Was<Option<Prose>>),
    Address(Was<Option<Line>>),
    /// The author sees a masked number, so there is nothing to compare with.
    Phone(Option<Phone>),
    Email(Was<Option<Email>>),
    Needs(Was<Option<Prose>>),
    SharesTickets(Was<bool>),
}

/// One field of a contact gets another value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactEdit {
    Name(Was<Name>),
    Position(Was<Option<Line>>),
    DecisionRole(Was<Option<DecisionRole>>),
    Phone(Option<Phone>),
    Email(Was<Option<Email>>),
    Preferences(Was<Option<Prose>>),
}

/// One change as the history shows it: codes and texts, telephone numbers masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    pub field: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The author had another value before them: `from` was written over unseen.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unseen: bool,
}

/// How a value stands in the history.
trait Shown {
    fn shown(&self) -> Option<String>;
}

impl<T: Shown> Shown for Option<T> {
    fn shown(&self) -> Option<String> {
        self.as_ref().and_then(Shown::shown)
    }
}

macro_rules! shown {
    (text: $($text:ty),*; code: $($code:ty),*) => {
        $(impl Shown for $text { fn shown(&self) -> Option<String> { Some(self.to_string()) } })*
        $(impl Shown for $code { fn shown(&self) -> Option<String> { Some(self.label().in_lang(Lang::Zh).to_owned()) } })*
    };
}

impl Shown for bool {
    fn shown(&self) -> Option<String> {
        Some(if *self { "是" } else { "否" }.to_owned())
    }
}
shown!(text: Name, Line, Prose, Email, Date; code: Kind, Nature, Size, Industry, Source, DecisionRole);

fn set<T: Shown + Clone + PartialEq>(field: &str, slot: &mut T, value: &Was<T>) -> Option<FieldChange> {
    if *slot == value.now {
        return None;
    }
    let change = FieldChange { field: field.to_owned(), from: slot.shown(), to: value.now.shown(), unseen: *slot != value.was };
    *slot = value.now.clone();
    Some(change)
}

fn set_phone(slot: &mut Option<PhoneSeen>, phone: Option<&Phone>) -> Option<FieldChange> {
    let now = phone.cloned().map(PhoneSeen::Whole);
    if *slot == now {
        return None;
    }
    let mask = |phone: &Option<PhoneSeen>| phone.as_ref().map(|phone| phone.masked().to_string());
    let change = FieldChange { field: "phone".to_owned(), from: mask(slot), to: mask(&now), unseen: false };
    *slot = now;
    Some(change)
}

impl Edit {
    /// Carries the edit out; says what the history is to keep, or nothing if nothing changed.
    pub fn apply(&self, customer: &mut Customer) -> Option<FieldChange> {
        match self {
            Self::Name(value) => set("name", &mut customer.name, value),
            Self::Kind(value) => set("kind", &mut customer.kind, value),
            Self::Nature(value) => set("nature", &mut customer.nature, value),
            Self::Size(value) => set("size", &mut customer.size, value),
            Self::Industry(value) => set("industry", &mut customer.industry, value),
            Self::Source(value) => set("source", &mut customer.source, value),
            Self::Since(value) => set("since", &mut customer.since, value),
            Self::LegalRepresentative(value) => set("legal_representative", &mut customer.legal_representative, value),
            Self::BusinessScope(value) => set("business_scope", &mut customer.business_scope, value),
            Self::Address(value) => set("address", &mut customer.address, value),
            Self::Phone(phone) => set_phone(&mut customer.phone, phone.as_ref()),
            Self::Email(value) => set("email", &mut customer.email, value),
            Self::Needs(value) => set("needs", &mut customer.needs, value),
            Self::SharesTickets(value) => set("shares_tickets", &mut customer.shares_tickets, value),
        }
    }
}

impl ContactEdit {
    /// As [`Edit::apply`].
    pub fn apply(&self, contact: &mut Contact) -> Option<FieldChange> {
        match self {
            Self::Name(value) => set("name", &mut contact.name, value),
            Self::Position(value) => set("position", &mut contact.position, value),
            Self::DecisionRole(value) => set("decision_role", &mut contact.decision_role, value),
            Self::Phone(phone) => set_phone(&mut contact.phone, phone.as_ref()),
            Self::Email(value) => set("email", &mut contact.email, value),
            Self::Preferences(value) => set("preferences", &mut contact.preferences, value),
        }
    }
}
