//! Every address. Links are built here and nowhere else.

use crate::{
    browser::theme,
    manager, portal,
    session::{self, provide_session},
    staff,
    ui::{TipLayer, ToastRegion, provide_toasts},
    words::provide_language,
};
use domain::{
    id::{CustomerId, PersonId, RedemptionId, TicketId},
    session::Me,
};
use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Redirect, Route, Router, Routes},
    params::ParamsMap,
    path,
};

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

/// The whole app: language, look and session around the routes.
#[component]
pub fn App() -> impl IntoView {
    provide_language();
    theme::provide_look();
    provide_toasts();
    provide_session();
    view! {
        <Router>
            <Routes fallback=|| view! { <main></main> }>
                <Route path=path!("/") view=session::Page::Home/>
                <Route path=path!("/sign-in") view=session::Page::SignIn/>
                <Route path=path!("/set-up") view=session::Page::SetUp/>
                <Route path=path!("/join/:token") view=session::Page::Join/>
                <ParentRoute path=path!("/staff") view=staff::Page::Frame>
                    <Route path=path!("") view=|| view! { <Redirect path=TODAY/> }/>
                    <Route path=path!("today") view=staff::Page::Today/>
                    <Route path=path!("customers") view=staff::Page::Customers/>
                    <Route path=path!("customers/:id") view=staff::Page::Customer/>
                    <Route path=path!("tickets/:id?") view=staff::Page::Tickets/>
                    <Route path=path!("team") view=staff::Page::Team/>
                    <Route path=path!("settings") view=staff::Page::Settings/>
                </ParentRoute>
                <ParentRoute path=path!("/manager") view=staff::Page::Frame>
                    <Route path=path!("") view=|| view! { <Redirect path=SATISFACTION/> }/>
                    <Route path=path!("satisfaction") view=manager::Page::Satisfaction/>
                    <Route path=path!("imports") view=manager::Page::Imports/>
                </ParentRoute>
                <Route path=path!("/portal/*place") view=portal::Surface/>
                <Route path=path!("/*any") view=session::Page::NotFound/>
            </Routes>
        </Router>
        <ToastRegion/>
        <TipLayer/>
    }
}
