//! The portal: what customers see of us, on a phone first. A bundle with the first page and one with the others; both know their
//! vocabulary only.

mod account;
mod answer;
mod club;
mod devices;
mod frame;
mod home;
mod journey;
mod letters;
mod new_request;
mod orders;
mod password;
mod place;
mod points;
mod rating;
mod recommend;
mod requests;
mod rewards;
mod screen;
mod standing;
mod ticket;
mod vocabulary;
mod words;

use crate::{
    book::{Book, use_book},
    browser::tasks,
    outlet::Pages,
    session,
    ui::{Arrived, within},
};
use domain::portal::Command;
use leptos::{
    prelude::*,
    wasm_split::{SplitLoaderError, wasm_split},
};
use place::Place;
use std::{future::Future, pin::Pin};

/// The frame and the first page, with what every page needs.
#[inline(never)]
fn surface() -> AnyView {
    view! { <frame::PortalFrame/> }.into_any()
}

#[wasm_split(portal, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn open() -> Arrived {
    Ok(surface())
}

/// Every page but the first.
#[wasm_split(portal_pages, wasm_split_path = ::leptos::wasm_split, fallible)]
fn page(place: Place) -> Arrived {
    within(surface as fn() -> AnyView);
    use_book().learn::<Command>();
    Ok(match place {
        Place::Home | Place::Nowhere => view! { <home::HomePage/> }.into_any(),
        Place::Service => view! { <requests::RequestsPage/> }.into_any(),
        Place::NewRequest => view! { <new_request::NewRequestPage/> }.into_any(),
        Place::Request(id) => view! { <ticket::TicketPage id/> }.into_any(),
        Place::Points => view! { <points::PointsPage/> }.into_any(),
        Place::Orders => view! { <orders::OrdersPage/> }.into_any(),
        Place::Myself => view! { <account::AccountPage/> }.into_any(),
    })
}

/// What we did not accept, over whichever page.
#[wasm_split(portal_pages, wasm_split_path = ::leptos::wasm_split, fallible)]
fn not_accepted() -> Arrived {
    use_book().learn::<Command>();
    Ok(view! { <screen::NotAccepted/> }.into_any())
}

/// What customers may do, and what comes of it.
#[wasm_split(portal_pages, wasm_split_path = ::leptos::wasm_split, fallible)]
fn rules(book: Book) -> Result<(), SplitLoaderError> {
    book.learn::<Command>();
    Ok(())
}

fn fetch_rules(book: Book) -> Pin<Box<dyn Future<Output = ()>>> {
    // Where they cannot be fetched the server judges alone.
    Box::pin(async move { _ = rules(book).await })
}

/// Done when the other pages are here, or cannot come now.
async fn fetch_pages() {
    _ = __wasm_split_preload_page().await;
}

/// Fetches the other pages, once the first one stands: none is waited for later, and all are there offline.
fn fetch_rest() {
    tasks::run(async {
        fetch_pages().await;
        session::fetch().await;
    });
}

/// Done when the surface is here, or cannot come now.
pub async fn fetch() {
    _ = __wasm_split_preload_open().await;
}

impl Pages for Place {
    fn of(path: &str) -> Self {
        Self::named(path)
    }

    async fn fetch(self) {
        if !self.is_first() {
            fetch_pages().await;
        }
    }

    async fn open(self) -> Arrived {
        if self.is_first() { Ok(view! { <home::HomePage/> }.into_any()) } else { page(self).await }
    }
}

#[cfg(test)]
mod tests;
