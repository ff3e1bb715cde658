//! Somebody leaves: their devices lose access, and a colleague takes over their customers, tickets and plans.

use super::words;
use crate::{
    book::{Book, by_key, use_book},
    forms::said,
    ui::{Field, FormDialog, Rank, Select, use_toasts},
    words::{t, use_language},
};
use domain::{
    change::{self, Command},
    id::PersonId,
    team::{self, Person, PersonState},
};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn LeavingDialog(person: Arc<Person>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let book = use_book();
    let toasts = use_toasts();
    let lang = use_language();
    let (id, gone) = (person.id, person.state == PersonState::Disabled);
    let name = StoredValue::new(person.name.to_string());
    let successor = RwSignal::new(person.successor.map(|successor| successor.to_string()).unwrap_or_default());
    let refusal = RwSignal::new(None::<change::Refusal>);
    let submit = move |()| {
        let to = successor.get_untracked().parse::<PersonId>().ok();
        if let Err(why) = leave(book, id, gone, to) {
            refusal.set(Some(why));
            return;
        }
        let lang = lang.get_untracked();
        if !gone {
            toasts.push_undo(name.with_value(|name| words::disabled(lang, name)), move || enable(book, id));
        } else if to.is_some() {
            toasts.push(name.with_value(|name| words::handed_over(lang, name)));
        }
        on_close.run(());
    };
    let title = Signal::derive(move || name.with_value(|name| words::leaving(lang.get(), name, gone)));
    let rank = if gone { Rank::Primary } else { Rank::Danger };
    view! {
        <FormDialog title verb=t(if gone { words::HAND_OVER } else { words::DISABLE }) on_send=submit on_close refusal=said(refusal) rank>
            <div class="stack">
                {(!gone).then(|| view! { <p class="secondary">{t(words::DISABLE_HINT)}</p> })}
                <Field label=t(words::SUCCESSOR) hint=t(words::SUCCESSOR_HINT)>
                    <Select value=successor options=colleagues(book, id) empty=true/>
                </Field>
            </div>
        </FormDialog>
    }
    .into_any()
}

/// Who may take over: whoever works here and is somebody else.
fn colleagues(book: Book, leaver: PersonId) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || {
        let mut people = book.rows::<Person>();
        people.retain(|person| person.state == PersonState::Active && person.id != leaver);
        people = by_key(&people, |person| (person.created_at, person.id));
        people.iter().map(|person| (person.id.to_string(), person.name.to_string())).collect()
    })
}

/// Disables whoever is still here, then names who takes over.
fn leave(book: Book, id: PersonId, gone: bool, to: Option<PersonId>) -> Result<(), change::Refusal> {
    if !gone {
        book.submit(&Command::Team(team::Command::Disable { id }))?;
    }
    if let Some(to) = to {
        book.submit(&Command::Team(team::Command::HandOver { from: id, to }))?;
    }
    Ok(())
}

fn enable(book: Book, id: PersonId) {
    _ = book.submit(&Command::Team(team::Command::Enable { id }));
}
