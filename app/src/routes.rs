//! Every address. Links are built here and nowhere else.

use crate::{
    browser::{address, theme},
    outlet::{Pages, outlet},
    portal,
    session::{self, provide_session},
    staff,
    ui::{Arrived, LoadFailed, TipLayer, ToastRegion, provide_toasts},
    words::provide_language,
};
use domain::{
    id::{CustomerId, PersonId, RedemptionId, TicketId},
    session::Me,
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::Router,
    hooks::{use_location, use_navigate, use_url},
    params::ParamsMap,
};
use std::str::FromStr;

pub const SET_UP: &str = "/set-up";
pub const JOIN: &str = "/join";
pub const SIGN_IN: &str = "/sign-in";
pub const TODAY: &str = "/staff/today";
pub const CUSTOMERS: &str = "/staff/customers";
pub const NEW_CUSTOMER: &str = "/staff/customers?new=1";
pub const TICKETS: &str = "/staff/tickets";
pub const NEW_TICKET: &str = "/staff/tickets?new=1";
pub const TEAM: &str = "/staff/team";
pub const SETTINGS: &str = "/staff/settings";

pub const SATISFACTION: &str = "/manager/satisfaction";
pub const IMPORTS: &str = "/manager/imports";

pub const PORTAL: &str = "/portal";
pub const SERVICE: &str = "/portal/service";
pub const NEW_REQUEST: &str = "/portal/service/new";
pub const POINTS: &str = "/portal/points";
pub const MYSELF: &str = "/portal/me";
pub const MY_ORDERS: &str = "/portal/me/orders";

#[must_use]
pub fn customer(id: CustomerId) -> String {
    format!("{CUSTOMERS}/{id}")
}

#[must_use]
pub fn ticket(id: TicketId) -> String {
    format!("{TICKETS}/{id}")
}

/// What a customer redeemed, over their page.
#[must_use]
pub fn redemption(customer: CustomerId, id: RedemptionId) -> String {
    format!("{CUSTOMERS}/{customer}?redemption={id}")
}

/// A path with what narrows it: parts without a value are left out.
#[must_use]
pub fn with_query<const N: usize>(path: &str, parts: [(&'static str, Option<String>); N]) -> String {
    let mut params = ParamsMap::new();
    for (key, value) in parts {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            params.insert(key, value);
        }
    }
    format!("{path}{}", params.to_query_string())
}

#[must_use]
pub fn person(id: PersonId) -> String {
    format!("{TEAM}?person={id}")
}

/// A ticket as its customer sees it.
#[must_use]
pub fn request(id: TicketId) -> String {
    format!("{SERVICE}/{id}")
}

/// Where somebody's day begins.
#[must_use]
pub fn home_of(me: &Me) -> &'static str {
    if me.role.is_some() { TODAY } else { PORTAL }
}

/// Where somebody who has just signed in wanted to go, if it is one of their own places; else home.
#[must_use]
pub fn place_of(me: &Me, next: Option<&str>) -> String {
    let own: &[&str] = if me.role.is_some() { &["/staff/", "/manager/"] } else { &[PORTAL] };
    next.filter(|next| own.iter().any(|own| next.starts_with(own))).unwrap_or(home_of(me)).to_owned()
}

/// Signing in, and then on to where one wanted to go: an address of ours, never another site's.
#[must_use]
pub fn sign_in_to(next: &str) -> String {
    if next.starts_with('/') && !next.starts_with("//") && next != "/" { format!("{SIGN_IN}?next={next}") } else { SIGN_IN.to_owned() }
}

/// What the last part of an address names, where the address is one below `place`.
pub fn below<'a>(place: &str, path: &'a str) -> Option<&'a str> {
    let name = path.strip_prefix(place)?.strip_prefix('/')?.trim_end_matches('/');
    Some(name).filter(|name| !name.is_empty() && !name.contains('/'))
}

/// The id that a page's address names below `place`.
pub fn named<Id: FromStr + Copy + PartialEq + Send + Sync + 'static>(place: &'static str) -> Memo<Option<Id>> {
    let address = use_url();
    Memo::new(move |_| address.with(|address| below(place, address.path())?.parse().ok()))
}

/// Addresses that stand for another one.
fn begins_at(path: &str) -> Option<&'static str> {
    match path.trim_end_matches('/') {
        "/staff" => Some(TODAY),
        "/manager" => Some(SATISFACTION),
        _ => None,
    }
}

/// What an address belongs to: the surfaces choose their pages themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Surface {
    Entry(session::Page),
    Staff,
    Portal,
}

impl Pages for Surface {
    fn of(path: &str) -> Self {
        let path = path.trim_end_matches('/');
        if path == PORTAL || path.strip_prefix(PORTAL).is_some_and(|rest| rest.starts_with('/')) {
            Self::Portal
        } else if begins_at(path).is_some() || staff::Page::named(path).is_some() {
            Self::Staff
        } else {
            Self::Entry(session::Page::of(path))
        }
    }

    async fn fetch(self) {
        match self {
            Self::Entry(_) => session::fetch().await,
            Self::Staff => staff::fetch().await,
            Self::Portal => portal::fetch().await,
        }
    }

    async fn open(self) -> Arrived {
        let arrived = match self {
            Self::Entry(page) => session::open(page).await,
            Self::Staff => staff::open().await,
            Self::Portal => portal::open().await,
        };
        Ok(arrived.unwrap_or_else(|_| view! { <main><LoadFailed/></main> }.into_any()))
    }
}

/// The whole app: language, look and session around the surfaces.
#[component]
pub fn App() -> impl IntoView {
    provide_language();
    theme::provide_look();
    provide_toasts();
    provide_session();
    view! {
        <Router><Place/></Router>
        <ToastRegion/>
        <TipLayer/>
    }
}

/// Wherever one is.
#[component]
fn Place() -> impl IntoView {
    address::follow_links();
    let path = use_location().pathname;
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(place) = path.with(|path| begins_at(path)) {
            navigate(place, NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    outlet::<Surface>().1
}

#[cfg(test)]
mod tests {
    use super::*;
    use session::Page;

    #[test]
    fn every_address_belongs_to_one_surface() {
        let id = "0190c7a4-7c1e-7c3a-8a57-3a2b9b1d4e5f";
        for path in ["/staff", "/staff/", TODAY, CUSTOMERS, &format!("{CUSTOMERS}/{id}"), TICKETS, &format!("{TICKETS}/{id}"), TEAM] {
            assert_eq!(Surface::of(path), Surface::Staff, "{path}");
        }
        for path in ["/manager", SATISFACTION, IMPORTS, SETTINGS] {
            assert_eq!(Surface::of(path), Surface::Staff, "{path}");
        }
        for path in [PORTAL, "/portal/", SERVICE, "/portal/nowhere/at/all"] {
            assert_eq!(Surface::of(path), Surface::Portal, "{path}");
        }
        for (path, page) in [("/", Page::Home), (SIGN_IN, Page::SignIn), (SET_UP, Page::SetUp), ("/join/a-b_c", Page::Join)] {
            assert_eq!(Surface::of(path), Surface::Entry(page), "{path}");
        }
        for path in ["/staffs", "/staff/nowhere", "/staff/customers/1/2", "/portals", "/join", "/join/a/b", "/sign-in/x"] {
            assert_eq!(Surface::of(path), Surface::Entry(Page::NotFound), "{path}");
        }
    }
}
