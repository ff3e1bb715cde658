//! The staff surface in three bundles: the frame with the pages a day begins with, the work on customers and tickets, and the
//! office, where people and settings are kept. Its pages are chosen by an enum.

mod colleagues;
mod conditions;
mod customer;
mod customers;
mod near;
mod settings;
mod team;
mod tickets;
mod today;
mod vocabulary;
mod words;

use crate::{
    book::{Asking, Book, Listing, use_book},
    browser::tasks,
    customers::CustomerDialog,
    manager,
    outlet::{Pages, outlet},
    routes, session, shell,
    ui::{self, Arrived},
};
use domain::{
    change::Command,
    lookup::{Lookup, MOST, Question},
};
use leptos::{
    prelude::*,
    wasm_split::{SplitLoaderError, wasm_split},
};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use std::{future::Future, pin::Pin};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Today,
    Customers,
    Customer,
    Tickets,
    Team,
    Settings,
    Manager(manager::Page),
}

impl Page {
    #[must_use]
    pub fn named(path: &str) -> Option<Self> {
        Some(match path.trim_end_matches('/') {
            routes::TODAY => Self::Today,
            routes::CUSTOMERS => Self::Customers,
            routes::TICKETS => Self::Tickets,
            routes::TEAM => Self::Team,
            routes::SETTINGS => Self::Settings,
            path if routes::below(routes::CUSTOMERS, path).is_some() => Self::Customer,
            path if routes::below(routes::TICKETS, path).is_some() => Self::Tickets,
            path => Self::Manager(manager::Page::named(path)?),
        })
    }
}

/// What a day begins with: the frame, with its first pages.
#[inline(never)]
fn surface(page: Option<Page>) -> AnyView {
    match page {
        None => {
            provide_context(Asking(ask));
            shell::surface(fetch_rules, |book| tasks::run(fetch_rest(book)), || outlet::<Page>().1)
        }
        Some(Page::Customers) => view! { <customers::CustomersPage/> }.into_any(),
        Some(_) => view! { <today::TodayPage/> }.into_any(),
    }
}

#[wasm_split(staff, wasm_split_path = ::leptos::wasm_split, fallible)]
fn first(page: Option<Page>) -> Arrived {
    Ok(surface(page))
}

/// The surface, drawn around the page that the address names.
pub async fn open() -> Arrived {
    first(None).await
}

/// Done when the surface is here, or cannot come now.
pub async fn fetch() {
    _ = __wasm_split_preload_first().await;
}

#[wasm_split(work, wasm_split_path = ::leptos::wasm_split, fallible)]
fn work(page: Page) -> Arrived {
    within();
    Ok(match page {
        Page::Tickets => view! { <tickets::TicketsPage/> }.into_any(),
        _ => view! { <customer::CustomerPage/> }.into_any(),
    })
}

#[wasm_split(office, wasm_split_path = ::leptos::wasm_split, fallible)]
fn office(page: Page) -> Arrived {
    within();
    Ok(match page {
        Page::Settings => view! { <settings::SettingsPage/> }.into_any(),
        _ => view! { <team::TeamPage/> }.into_any(),
    })
}

/// To be called by a page that is not among the first: it is opened in the frame only, and judges what can be done.
fn within() {
    ui::within(surface as fn(Option<Page>) -> AnyView);
    use_book().learn::<Command>();
}

/// The form of a new customer, over the list; what was made is shown.
#[wasm_split(work, wasm_split_path = ::leptos::wasm_split, fallible)]
fn new_customer(on_close: Callback<()>) -> Arrived {
    use_book().learn::<Command>();
    let navigate = StoredValue::new_local(use_navigate());
    let made = Callback::new(move |id| navigate.with_value(|navigate| navigate(&routes::customer(id), NavigateOptions::default())));
    Ok(view! { <CustomerDialog on_close on_made=made/> }.into_any())
}

/// What staff may do, and what comes of it.
#[wasm_split(work, wasm_split_path = ::leptos::wasm_split, fallible)]
fn rules(book: Book) -> Result<(), SplitLoaderError> {
    book.learn::<Command>();
    Ok(())
}

/// Has come to this device what somebody may want to look at where there is no line. Where it does not carry all customers it
/// does not know what its user means to do for them either.
#[wasm_split(work, wasm_split_path = ::leptos::wasm_split, fallible)]
fn keep_near(book: Book) -> Result<(), SplitLoaderError> {
    tasks::run(async move {
        if untrack(|| !book.carries_archive()) {
            _ = book.look_up(Lookup { question: Question::Steps, after: None, most: MOST }).await;
        }
        book.keep_near(&near::near(book));
    });
    Ok(())
}

/// Has a list asked for that this device does not carry.
#[wasm_split(work, wasm_split_path = ::leptos::wasm_split, fallible)]
fn follow(listing: Listing, owner: Owner) -> Result<(), SplitLoaderError> {
    listing.follow(&owner);
    Ok(())
}

fn ask(listing: Listing, owner: Owner) {
    tasks::run(async move {
        if follow(listing, owner).await.is_err() {
            listing.fail();
        }
    });
}

fn fetch_rules(book: Book) -> Pin<Box<dyn Future<Output = ()>>> {
    // Where they cannot be fetched the server judges alone.
    Box::pin(async move { _ = rules(book).await })
}

/// Fetches the other pages, once the first one stands: none is waited for later, and all are there offline. So are the
/// histories of those who are near.
async fn fetch_rest(book: Book) {
    _ = __wasm_split_preload_work().await;
    _ = keep_near(book).await;
    session::fetch().await;
    _ = __wasm_split_preload_office().await;
}

impl Pages for Page {
    fn of(path: &str) -> Self {
        Self::named(path).unwrap_or(Self::Today)
    }

    async fn fetch(self) {
        _ = match self {
            Self::Today | Self::Customers => __wasm_split_preload_first().await,
            Self::Customer | Self::Tickets => __wasm_split_preload_work().await,
            Self::Team | Self::Settings => __wasm_split_preload_office().await,
            Self::Manager(page) => return page.fetch().await,
        };
    }

    async fn open(self) -> Arrived {
        match self {
            Self::Today | Self::Customers => first(Some(self)).await,
            Self::Customer | Self::Tickets => work(self).await,
            Self::Team | Self::Settings => office(self).await,
            Self::Manager(page) => page.open().await,
        }
    }
}
