//! The manager's surface: how satisfied customers are, how service performs, and what comes in from other systems. A lazy
//! bundle in the staff's frame.

mod imports;
mod satisfaction;

use crate::ui::LoadFailed;
use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Satisfaction,
    Imports,
}

#[leptos::wasm_split::wasm_split(manager, wasm_split_path = ::leptos::wasm_split, fallible)]
fn open(page: Page) -> Result<AnyView, ::leptos::wasm_split::SplitLoaderError> {
    Ok(match page {
        Page::Satisfaction => view! { <satisfaction::SatisfactionPage/> }.into_any(),
        Page::Imports => view! { <imports::ImportsPage/> }.into_any(),
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
