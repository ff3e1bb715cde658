//! The staff surface: one lazy bundle, its pages chosen by an enum.

mod colleagues;
mod conditions;
mod customer;
mod customers;
mod settings;
mod team;
mod tickets;
mod today;
mod vocabulary;
mod words;

use crate::{shell::StaffFrame, ui::LoadFailed};
use leptos::prelude::*;

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

#[leptos::wasm_split::wasm_split(staff, wasm_split_path = ::leptos::wasm_split, fallible)]
fn open(page: Page) -> Result<AnyView, ::leptos::wasm_split::SplitLoaderError> {
    Ok(match page {
        Page::Frame => view! { <StaffFrame/> }.into_any(),
        Page::Today => view! { <today::TodayPage/> }.into_any(),
        Page::Customers => view! { <customers::CustomersPage/> }.into_any(),
        Page::Customer => view! { <customer::CustomerPage/> }.into_any(),
        Page::Tickets => view! { <tickets::TicketsPage/> }.into_any(),
        Page::Team => view! { <team::TeamPage/> }.into_any(),
        Page::Settings => view! { <settings::SettingsPage/> }.into_any(),
    })
}

impl leptos_router::ChooseView for Page {
    async fn choose(self) -> AnyView {
        open(self).await.unwrap_or_else(|_| view! { <main><LoadFailed/></main> }.into_any())
    }

    async fn preload(&self) {
        _ = __wasm_split_preload_open().await;
    }
}
