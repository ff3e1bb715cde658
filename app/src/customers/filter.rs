//! The list of customers that an address names, so that it can be shared, and what it holds.

use super::index::Found;
use crate::{book, routes, ui::Sort};
use domain::{
    customers::{Column, Customer, Filter, Industry, Listed, Nature, Order, View},
    id::PersonId,
    search::{Findable, Fit, folded},
    time::Instant,
};
use leptos_router::params::ParamsMap;

/// As an address says it.
const fn view_code(view: View) -> &'static str {
    match view {
        View::All => "",
        View::Mine => "mine",
        View::Quiet => "quiet",
        View::WithoutStep => "unplanned",
        View::Archived => "archived",
    }
}

/// As an address says it, and the table's column.
#[must_use]
pub const fn column_code(column: Column) -> &'static str {
    match column {
        Column::Name => "name",
        Column::No => "no",
        Column::LastContact => "last",
        Column::NextStep => "next",
    }
}

#[must_use]
pub fn column(code: &str) -> Option<Column> {
    Column::ALL.into_iter().find(|column| column_code(*column) == code)
}

/// The list that an address names.
#[must_use]
pub fn read(params: &ParamsMap) -> Filter {
    let get = |key: &str| params.get(key).unwrap_or_default();
    let sort = get("sort");
    let (descending, name) = sort.strip_prefix('-').map_or((false, sort.as_str()), |name| (true, name));
    Filter {
        query: get("q"),
        view: View::ALL.into_iter().find(|view| view_code(*view) == get("view")).unwrap_or_default(),
        owner: get("owner").parse().ok(),
        nature: Nature::from_code(&get("nature")),
        industry: Industry::from_code(&get("industry")),
        order: column(name).map(|column| Order { column, descending }),
    }
}

/// The address of a list.
#[must_use]
pub fn address(list: &Filter) -> String {
    let sort = list.order.map(|order| format!("{}{}", if order.descending { "-" } else { "" }, column_code(order.column)));
    let parts = [
        ("q", Some(list.query.clone())),
        ("view", Some(view_code(list.view).to_owned())),
        ("owner", list.owner.map(|owner| owner.to_string())),
        ("nature", list.nature.map(|nature| nature.code().to_owned())),
        ("industry", list.industry.map(|industry| industry.code().to_owned())),
        ("sort", sort),
    ];
    routes::with_query(routes::CUSTOMERS, parts)
}

/// How the table is to show that a list is ordered.
#[must_use]
pub fn sort(list: &Filter) -> Option<Sort> {
    list.order.map(|order| Sort { column: column_code(order.column), descending: order.descending })
}

/// The customers of a list, of those given, in order.
#[must_use]
pub fn listed<'a>(list: &Filter, all: &'a [Found], me: Option<PersonId>, now: Instant) -> Vec<&'a Found> {
    let query = folded(&list.query);
    let admitted = all.iter().filter(|found| list.admits(*found, me, now));
    let fits: Vec<(Fit, &Found)> = admitted.filter_map(|found| Some((found.fit(&query)?, found))).collect();
    let fits = book::ordered(&fits, |(fit, a), (other, b)| list.compare((*fit, *a), (*other, *b)));
    fits.into_iter().map(|(_, found)| found).collect()
}

impl Listed for Found {
    fn customer(&self) -> &Customer {
        &self.customer
    }

    fn sound(&self) -> &str {
        self.figure.as_ref().map_or("", |figure| &figure.sound)
    }

    fn last_contact(&self) -> Option<Instant> {
        self.figure.as_ref().and_then(|figure| figure.last_contact_at)
    }

    fn next_step(&self) -> Option<Instant> {
        self.next.as_ref().map(|step| step.due)
    }

    fn findable(&self) -> &Findable {
        &self.findable
    }
}
