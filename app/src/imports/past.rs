//! Imports so far, each of which can be taken back as a whole.

use super::{follow, words};
use crate::{
    book::use_book,
    browser::{network, tasks},
    forms::{label_of, troubled},
    ui::{Badge, Button, Card, EmptyState, Icon, List, Rank, Size, Tone, use_toasts, while_so},
    words::{t, use_language},
};
use domain::imports::{Import, Imports, Phase};
use leptos::prelude::*;

/// `again` changes whenever the list is to be asked for anew.
#[component]
pub fn PastImports(again: RwSignal<u32>) -> impl IntoView {
    let imports = RwSignal::new(Vec::<Import>::new());
    Effect::new(move |_| {
        again.track();
        tasks::run(async move {
            if let Ok(Imports { imports: latest }) = network::get("/api/imports").await {
                imports.try_set(latest);
            }
        });
    });
    let list = move || {
        view! {
            <List label=t(words::PAST)>
                <For each=move || imports.get() key=|import| (import.id, import.phase, import.undone) children=move |import| row(&import, again)/>
            </List>
        }
        .into_any()
    };
    let none = || view! { <EmptyState icon=Icon::Upload title=t(words::NONE) text=t(words::NONE_HINT)/> }.into_any();
    view! {
        <Card title=t(words::PAST)>
            {while_so(move || !imports.with(Vec::is_empty), list)}
            {while_so(move || imports.with(Vec::is_empty), none)}
        </Card>
    }
    .into_any()
}

fn row(import: &Import, again: RwSignal<u32>) -> AnyView {
    let book = use_book();
    let lang = use_language();
    let toasts = use_toasts();
    let (id, kind, phase, at, by) = (import.id, import.kind, import.phase, import.at, import.by);
    let (counts, undone, left) = (import.counts, import.undone, import.left);
    let tone = match phase {
        Phase::Running | Phase::Undoing => Tone::Accent,
        Phase::Stopped => Tone::Warn,
        Phase::Done | Phase::Undone => Tone::Plain,
    };
    let undo = move |()| {
        tasks::run(async move {
            let now = RwSignal::new(None);
            let path = format!("/api/imports/{id}/undo");
            let begun = network::post::<serde_json::Value>(&path, &serde_json::json!({})).await;
            let done = match begun {
                Ok(_) => follow(id, now).await,
                Err(trouble) => Err(trouble),
            };
            if let Err(trouble) = done {
                toasts.push_problem(troubled(trouble, lang.get_untracked()));
            }
            again.try_update(|again| *again += 1);
        });
    };
    let can = matches!(phase, Phase::Done | Phase::Stopped) && counts.made + counts.changed > 0;
    let detail = move || match phase {
        Phase::Undone => words::undone(lang.get(), undone, left),
        _ => words::said(lang.get(), counts),
    };
    let when = move || format!("{}　{}", book.moment(lang.get(), at), book.actor_name(lang.get(), by));
    let button = can.then(|| view! { <Button rank=Rank::Quiet size=Size::Small on_press=undo>{t(words::UNDO)}</Button> });
    let file = import.file.clone();
    view! {
        <li class="import-row">
            <span class="import-words">
                <b>{file}</b> " " <Badge tone=tone>{move || label_of(&phase, lang.get())}</Badge>
                <small>{move || label_of(&kind, lang.get())} "　" {detail}</small>
                <small>{when}</small>
            </span>
            {button}
        </li>
    }
    .into_any()
}
