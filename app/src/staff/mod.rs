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
    book::{Book, use_book},
    browser::tasks,
    customers::CustomerDialog,
    routes, session, shell,
    ui::{self, Arrived, LoadFailed},
};
use domain::change::Command;
use leptos::{
    prelude::*,
    wasm_split::{SplitLoaderError, wasm_split},
};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use std::{future::Future, pin::Pin};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Frame,
    Today,
    Customers,
    Customer,
    Tickets,
    Team,
    Settings,
}

/// What a day begins with.
#[inline(never)]
fn surface(page: Page) -> AnyView {
    match page {
        Page::Frame => shell::surface(fetch_rules, |book| tasks::run(fetch_rest(book))),
        Page::Customers => view! { <customers::CustomersPage/> }.into_any(),
        _ => view! { <today::TodayPage/> }.into_any(),
    }
}

#[wasm_split(staff, wasm_split_path = ::leptos::wasm_split, fallible)]
fn first(page: Page) -> Arrived {
    Ok(surface(page))
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
    ui::within(surface as fn(Page) -> AnyView);
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

/// Has come to this device what somebody may want to look at where there is no line.
#[wasm_split(work, wasm_split_path = ::leptos::wasm_split, fallible)]
fn keep_near(book: Book) -> Result<(), SplitLoaderError> {
    book.keep_near(&near::near(book));
    Ok(())
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
    session::fetch_rest().await;
    _ = __wasm_split_preload_office().await;
}

impl leptos_router::ChooseView for Page {
    async fn choose(self) -> AnyView {
        let arrived = match self {
            Self::Frame | Self::Today | Self::Customers => first(self).await,
            Self::Customer | Self::Tickets => work(self).await,
            Self::Team | Self::Settings => office(self).await,
        };
        arrived.unwrap_or_else(|_| view! { <main><LoadFailed/></main> }.into_any())
    }

    async fn preload(&self) {
        _ = match self {
            Self::Frame | Self::Today | Self::Customers => __wasm_split_preload_first().await,
            Self::Customer | Self::Tickets => __wasm_split_preload_work().await,
            Self::Team | Self::Settings => __wasm_split_preload_office().await,
        };
    }
}
