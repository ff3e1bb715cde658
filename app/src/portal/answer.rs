//! The answer box: always under the thumb, works without a line, loses nothing.

use super::words;
use crate::{
    book::use_book,
    browser::{draft, page},
    ui::{Field, Icon, IconButton, Rank, Size, TextArea, icon, use_toasts, while_so},
    words::{actions, t, use_language},
};
use domain::{
    id::TicketId,
    portal::Command,
    text::Prose,
    tickets::{
        State,
        portal::{self, Ticket},
    },
    words::Say,
};
use leptos::{ev, prelude::*};

#[component]
pub fn Answer(id: TicketId) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let toasts = use_toasts();
    let text = draft::kept(&id.to_string());
    let error = RwSignal::new(None::<String>);
    let send = move || {
        let said = text.with_untracked(|text| Prose::parse(text));
        let written = said.map_err(|bad| bad.say(lang.get_untracked())).and_then(|said| {
            let command = portal::Command::Write { id: crate::browser::clock::new_id(), ticket: id, text: said };
            book.submit(&Command::Tickets(command)).map_err(|refusal| refusal.say(lang.get_untracked()))
        });
        match written {
            Ok(_) => {
                text.set(String::new());
                page::to_end();
            }
            Err(_) if text.with_untracked(|text| text.trim().is_empty()) => {}
            Err(why) => toasts.push_problem(why),
        }
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        send();
    };
    let keyed = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            send();
        }
    };
    let label = Signal::derive(move || words::WRITE.in_lang(lang.get()).to_owned());
    view! {
        <form class="answer" on:submit=submit on:keydown=keyed>
            <Hint id/>
            <div class="answer-row">
                <Field label hide_label=true error=error><TextArea value=text placeholder=label lines=1 max_length=10_000/></Field>
                <IconButton label=t(actions::SEND) icon=Icon::ArrowUp rank=Rank::Primary size=Size::Large on_press=move |()| send()/>
            </div>
        </form>
    }
    .into_any()
}

/// What happens with an answer, where that is not plain.
#[component]
fn Hint(id: TicketId) -> impl IntoView {
    let book = use_book();
    let state = Memo::new(move |_| book.row::<Ticket>(id).map(|ticket| ticket.state));
    while_so(
        move || state.get() == Some(State::Solved),
        || view! { <p class="answer-hint">{icon(Icon::Reply)} <span>{t(words::REOPEN_HINT)}</span></p> }.into_any(),
    )
}
