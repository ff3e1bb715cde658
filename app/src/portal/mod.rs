//! The portal: what customers see of us, on a phone first. One lazy bundle that knows their vocabulary only.

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

use crate::ui::LoadFailed;
use leptos::prelude::*;

/// The whole surface is one route: which page it is, the bundle itself reads from the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Surface;

#[leptos::wasm_split::wasm_split(portal, wasm_split_path = ::leptos::wasm_split, fallible)]
fn open() -> Result<AnyView, ::leptos::wasm_split::SplitLoaderError> {
    Ok(view! { <frame::PortalFrame/> }.into_any())
}

impl leptos_router::ChooseView for Surface {
    async fn choose(self) -> AnyView {
        open().await.unwrap_or_else(|_| view! { <main><LoadFailed/></main> }.into_any())
    }

    async fn preload(&self) {
        _ = __wasm_split_preload_open().await;
    }
}

#[cfg(test)]
mod tests;
