//! Somebody leaves: their devices lose access, and a colleague takes over their customers, tickets and plans.

use super::words;
use crate::{
    book::{Book, use_book},
    forms::said,
    ui::{Banner, Button, Dialog, DialogBody, DialogFoot, Field, Rank, Select, Tone, use_toasts},
    words::{actions, t, use_language},
};
use domain::{
    change::{self, Command},
    id::PersonId,
    team::{self, Person, PersonState},
};
use leptos::{ev::SubmitEvent, prelude::*};
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
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
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
    let (cancel, press) = (t(actions::CANCEL), t(if gone { words::HAND_OVER } else { words::DISABLE }));
    let rank = if gone { Rank::Primary } else { Rank::Danger };
    view! {
        <Dialog open=true on_close=on_close title=title keep=true>
            <form class="dialog-form" on:submit=submit>
                <DialogBody>
                    <div class="stack">
                        {(!gone).then(|| view! { <p class="secondary">{t(words::DISABLE_HINT)}</p> })}
                        <Field label=t(words::SUCCESSOR) hint=t(words::SUCCESSOR_HINT)>
                            <Select value=successor options=colleagues(book, id) empty=true/>
                        </Field>
                        {move || said(refusal).get().map(|why| view! { <Banner tone=Tone::Bad>{why}</Banner> })}
                    </div>
                </DialogBody>
                <DialogFoot>
                    <Button on_press=move |()| on_close.run(())>{cancel}</Button>
                    <Button rank=rank submit=true>{press}</Button>
                </DialogFoot>
            </form>
        </Dialog>
    }
    .into_any()
}

/// Who may take over: whoever works here and is somebody else.
fn colleagues(book: Book, leaver: PersonId) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || {
        let mut people = book.rows::<Person>();
        people.retain(|person| person.state == PersonState::Active && person.id != leaver);
        people.sort_by_key(|person| (person.created_at, person.id));
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
