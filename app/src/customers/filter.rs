//! Which customers a list shows and in which order: read from the address and written back to it, so that it can be shared.

use super::index::Found;
use crate::{book, routes, ui::Sort};
use domain::{
    customers::{CustomerState, Industry, Nature},
    id::PersonId,
    search::{Fit, folded},
    time::Instant,
};
use leptos_router::params::ParamsMap;

/// The views that everybody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    #[default]
    All,
    Mine,
    Quiet,
    WithoutStep,
    Archived,
}

impl View {
    pub const ALL: [Self; 5] = [Self::All, Self::Mine, Self::Quiet, Self::WithoutStep, Self::Archived];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Mine => "mine",
            Self::Quiet => "quiet",
            Self::WithoutStep => "unplanned",
            Self::Archived => "archived",
        }
    }
}

/// By what a list is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    pub column: &'static str,
    pub descending: bool,
}

pub const COLUMNS: [&str; 4] = ["name", "no", "last", "next"];
/// Not spoken with for so many days is quiet.
const QUIET_DAYS: i64 = 30;

/// What a list shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    pub query: String,
    pub view: View,
    pub owner: Option<PersonId>,
    pub nature: Option<Nature>,
    pub industry: Option<Industry>,
    pub order: Option<Order>,
}

impl Filter {
    #[must_use]
    pub fn read(params: &ParamsMap) -> Self {
        let get = |key: &str| params.get(key).unwrap_or_default();
        let sort = get("sort");
        let (descending, name) = sort.strip_prefix('-').map_or((false, sort.as_str()), |name| (true, name));
        Self {
            query: get("q"),
            view: View::ALL.into_iter().find(|view| view.code() == get("view")).unwrap_or_default(),
            owner: get("owner").parse().ok(),
            nature: Nature::from_code(&get("nature")),
            industry: Industry::from_code(&get("industry")),
            order: COLUMNS.into_iter().find(|column| *column == name).map(|column| Order { column, descending }),
        }
    }

    /// The address of this list.
    #[must_use]
    pub fn address(&self) -> String {
        let sort = self.order.map(|order| format!("{}{}", if order.descending { "-" } else { "" }, order.column));
        let parts = [
            ("q", Some(self.query.clone())),
            ("view", Some(self.view.code().to_owned())),
            ("owner", self.owner.map(|owner| owner.to_string())),
            ("nature", self.nature.map(|nature| nature.code().to_owned())),
            ("industry", self.industry.map(|industry| industry.code().to_owned())),
            ("sort", sort),
        ];
        routes::with_query(routes::CUSTOMERS, parts)
    }

    /// Whether anything but the view narrows the list.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        !self.query.is_empty() || self.owner.is_some() || self.nature.is_some() || self.industry.is_some()
    }

    #[must_use]
    pub fn sort(&self) -> Option<Sort> {
        self.order.map(|order| Sort { column: order.column, descending: order.descending })
    }

    /// The customers of this list, in order.
    #[must_use]
    pub fn of<'a>(&self, all: &'a [Found], me: Option<PersonId>, now: Instant) -> Vec<&'a Found> {
        let query = folded(&self.query);
        let mut fits: Vec<(Fit, &Found)> =
            all.iter().filter(|found| self.admits(found, me, now)).filter_map(|found| Some((found.fit(&query)?, found))).collect();
        match self.order {
            Some(order) => fits = book::ordered(&fits, |(_, a), (_, b)| ordered(order, a, b)),
            None => fits = book::ordered(&fits, |(fit, a), (other, b)| fit.cmp(other).then_with(|| by_recency(a, b))),
        }
        fits.into_iter().map(|(_, found)| found).collect()
    }

    fn admits(&self, found: &Found, me: Option<PersonId>, now: Instant) -> bool {
        let customer = &found.customer;
        let archived = customer.state == CustomerState::Archived;
        let in_view = match self.view {
            View::All => !archived,
            View::Archived => archived,
            View::Mine => !archived && customer.owner.is_some() && customer.owner == me,
            View::Quiet => !archived && is_quiet(found, now),
            View::WithoutStep => !archived && found.next.is_none(),
        };
        in_view
            && self.owner.is_none_or(|owner| customer.owner == Some(owner))
            && self.nature.is_none_or(|nature| customer.nature == Some(nature))
            && self.industry.is_none_or(|industry| customer.industry == Some(industry))
    }
}

fn last_contact(found: &Found) -> Option<Instant> {
    found.figure.as_ref().and_then(|figure| figure.last_contact_at)
}

#[must_use]
pub fn is_quiet(found: &Found, now: Instant) -> bool {
    last_contact(found).is_none_or(|at| now.seconds_since(at) > QUIET_DAYS * 86_400)
}

fn by_recency(a: &Found, b: &Found) -> std::cmp::Ordering {
    last_contact(b).cmp(&last_contact(a)).then_with(|| b.customer.created_at.cmp(&a.customer.created_at)).then_with(|| a.id().cmp(&b.id()))
}

/// Absent values stand last in either direction.
fn ordered(order: Order, a: &Found, b: &Found) -> std::cmp::Ordering {
    fn placed<T: Ord>(a: Option<T>, b: Option<T>, descending: bool) -> std::cmp::Ordering {
        match (a, b) {
            (Some(a), Some(b)) if descending => b.cmp(&a),
            (Some(a), Some(b)) => a.cmp(&b),
            (a, b) => b.is_some().cmp(&a.is_some()),
        }
    }
    let sound = |found: &Found| found.figure.as_ref().map(|figure| figure.sound.clone()).filter(|sound| !sound.is_empty());
    let by = match order.column {
        "name" => placed(sound(a), sound(b), order.descending),
        "no" => placed(a.customer.no.as_ref(), b.customer.no.as_ref(), order.descending),
        "last" => placed(last_contact(a), last_contact(b), order.descending),
        _ => placed(a.next.as_ref().map(|step| step.due), b.next.as_ref().map(|step| step.due), order.descending),
    };
    by.then_with(|| a.id().cmp(&b.id()))
}
