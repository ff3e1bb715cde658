//! The manager's pages in the staff's frame: how satisfied customers are and how service performs, a lazy bundle of its own, and
//! what comes in from other systems, which is of the office.

mod imports;
mod satisfaction;

use crate::{routes, shell, ui::Arrived};
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

impl Page {
    #[must_use]
    pub fn named(path: &str) -> Option<Self> {
        match path {
            routes::SATISFACTION => Some(Self::Satisfaction),
            routes::IMPORTS => Some(Self::Imports),
            _ => None,
        }
    }

    /// Done when its bundle is here, or cannot come now.
    pub async fn fetch(self) {
        _ = match self {
            Self::Satisfaction => __wasm_split_preload_satisfaction().await,
            Self::Imports => __wasm_split_preload_imports().await,
        };
    }

    pub async fn open(self) -> Arrived {
        match self {
            Self::Satisfaction => satisfaction().await,
            Self::Imports => imports().await,
        }
    }
}
