//! Which customers a list shows and in which order: one rule for what a device carries and for what it asks the server for.

use super::{Contact, Customer, CustomerState, Industry, Nature, PhoneSeen};
use crate::{
    id::PersonId,
    search::{Findable, Fit},
    time::Instant,
};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// The views that everybody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    #[default]
    All,
    Mine,
    /// Not spoken with for [`QUIET_DAYS`].
    Quiet,
    WithoutStep,
    Archived,
}

impl View {
    pub const ALL: [Self; 5] = [Self::All, Self::Mine, Self::Quiet, Self::WithoutStep, Self::Archived];
}

/// Not spoken with for so many days is quiet.
pub const QUIET_DAYS: i64 = 30;

/// By what a list can be ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// By its sound.
    Name,
    No,
    LastContact,
    NextStep,
}

impl Column {
    pub const ALL: [Self; 4] = [Self::Name, Self::No, Self::LastContact, Self::NextStep];
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    pub column: Column,
    pub descending: bool,
}

/// A list of customers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub query: String,
    #[serde(default)]
    pub view: View,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nature: Option<Nature>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub industry: Option<Industry>,
    /// `None`: what fits the query best first, then whom we spoke to last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
}

/// A customer as lists know it.
pub trait Listed {
    fn customer(&self) -> &Customer;
    /// How its name sounds; empty where that is not known yet.
    fn sound(&self) -> &str;
    fn last_contact(&self) -> Option<Instant>;
    /// When somebody means to do something for it next.
    fn next_step(&self) -> Option<Instant>;
    fn findable(&self) -> &Findable;
}

impl Filter {
    /// Whether anything but the view narrows the list.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        !self.query.is_empty() || self.owner.is_some() || self.nature.is_some() || self.industry.is_some()
    }

    /// Whether the list shows this customer to `me`, the query aside.
    pub fn admits(&self, listed: &impl Listed, me: Option<PersonId>, now: Instant) -> bool {
        let customer = listed.customer();
        let is_archived = customer.state == CustomerState::Archived;
        let in_view = match self.view {
            View::All => !is_archived,
            View::Archived => is_archived,
            View::Mine => !is_archived && customer.owner.is_some() && customer.owner == me,
            View::Quiet => !is_archived && is_quiet(listed.last_contact(), now),
            View::WithoutStep => !is_archived && listed.next_step().is_none(),
        };
        in_view
            && self.owner.is_none_or(|owner| customer.owner == Some(owner))
            && self.nature.is_none_or(|nature| customer.nature == Some(nature))
            && self.industry.is_none_or(|industry| customer.industry == Some(industry))
    }

    /// Which of two customers stands first; how each fits the query counts where no column does.
    pub fn compare(&self, (fit, a): (Fit, &impl Listed), (other, b): (Fit, &impl Listed)) -> Ordering {
        let by = match self.order {
            None => fit.cmp(&other).then_with(|| recency(b).cmp(&recency(a))),
            Some(Order { column, descending }) => match column {
                Column::Name => placed(sound(a), sound(b), descending),
                Column::No => placed(a.customer().no.as_ref(), b.customer().no.as_ref(), descending),
                Column::LastContact => placed(a.last_contact(), b.last_contact(), descending),
                Column::NextStep => placed(a.next_step(), b.next_step(), descending),
            },
        };
        by.then_with(|| a.customer().id.cmp(&b.customer().id))
    }
}

/// What finds a customer: its name and how it sounds; its number, how to reach it, and its people.
pub fn findable<'a>(customer: &Customer, sound: &str, contacts: impl IntoIterator<Item = &'a Contact>) -> Findable {
    let phone = |phone: &Option<PhoneSeen>| phone.as_ref().map(|phone| phone.masked().to_string());
    let no = customer.no.as_ref().map(ToString::to_string);
    let own = [no.clone(), phone(&customer.phone), customer.email.as_ref().map(ToString::to_string)];
    let present = contacts.into_iter().filter(|contact| !contact.removed);
    let theirs = present.flat_map(|contact| [Some(contact.name.to_string()), phone(&contact.phone)]);
    let elsewhere: Vec<String> = own.into_iter().chain(theirs).flatten().collect();
    let elsewhere: Vec<&str> = elsewhere.iter().map(String::as_str).collect();
    let name = customer.name.as_ref().map(ToString::to_string).or(no).unwrap_or_default();
    Findable::new(&name, sound, &elsewhere)
}

#[must_use]
pub fn is_quiet(last_contact: Option<Instant>, now: Instant) -> bool {
    last_contact.is_none_or(|at| now.seconds_since(at) > QUIET_DAYS * 86_400)
}

fn recency(listed: &impl Listed) -> (Option<Instant>, Instant) {
    (listed.last_contact(), listed.customer().created_at)
}

fn sound(listed: &impl Listed) -> Option<&str> {
    Some(listed.sound()).filter(|sound| !sound.is_empty())
}

/// Absent values stand last in either direction.
fn placed<T: Ord>(a: Option<T>, b: Option<T>, descending: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if descending => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}
