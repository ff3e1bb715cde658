//! The manager's pages in the staff's frame: how satisfied customers are and how service performs, a lazy bundle of its own, and
//! what comes in from other systems, which is of the office.

mod imports;
mod satisfaction;

use crate::{
    shell,
    ui::{Arrived, LoadFailed},
};
use leptos::{prelude::*, wasm_split::wasm_split};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Satisfaction,
    Imports,
}

#[wasm_split(manager, wasm_split_path = ::leptos::wasm_split, fallible)]
fn satisfaction() -> Arrived {
    shell::within();
    Ok(view! { <satisfaction::SatisfactionPage/> }.into_any())
}

#[wasm_split(office, wasm_split_path = ::leptos::wasm_split, fallible)]
fn imports() -> Arrived {
    Ok(view! { <imports::ImportsPage/> }.into_any())
}

impl leptos_router::ChooseView for Page {
    async fn choose(self) -> AnyView {
        let arrived = match self {
            Self::Satisfaction => satisfaction().await,
            Self::Imports => imports().await,
        };
        arrived.unwrap_or_else(|_| view! { <main><LoadFailed/></main> }.into_any())
    }

    async fn preload(&self) {
        _ = match self {
            Self::Satisfaction => __wasm_split_preload_satisfaction().await,
            Self::Imports => __wasm_split_preload_imports().await,
        };
    }
}
