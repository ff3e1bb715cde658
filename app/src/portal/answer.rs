//! The answer box: always under the thumb, works without a line, loses nothing.

use super::words;
use crate::{
    attachments::{self, AttachButton, Attaching, Going},
    book::use_book,
    browser::{clock, draft, page},
    ui::{Field, Icon, IconButton, Rank, Size, TextArea, icon, use_toasts, while_so},
    words::{Lang, actions, t, use_language},
};
use domain::{
    attachments::File,
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
    let attached = Attaching::default();
    let send = move || {
        let now = lang.get_untracked();
        let Some(files) = attached.now(toasts, now) else { return };
        let written = said(text, &files, now).and_then(|said| {
            let command = portal::Command::Write { id: clock::new_id(), ticket: id, text: said, files };
            book.submit(&Command::Tickets(command)).map_err(|refusal| refusal.say(now))
        });
        match written {
            Ok(_) => {
                text.set(String::new());
                attached.clear();
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
    let row = view! {
        <Going to=attached/>
        <div class="answer-row">
            <AttachButton to=attached size=Size::Large/>
            <Field label hide_label=true><TextArea value=text placeholder=label lines=1 max_length=10_000/></Field>
            <IconButton label=t(actions::SEND) icon=Icon::ArrowUp rank=Rank::Primary size=Size::Large on_press=move |()| send()/>
        </div>
    };
    view! {
        <form class="answer" on:submit=submit on:keydown=keyed>
            <Hint id/>
            {attachments::place(move || attached, row.into_any())}
        </form>
    }
    .into_any()
}

fn said(text: RwSignal<String>, files: &[File], lang: Lang) -> Result<Prose, String> {
    let unsaid = attachments::unsaid(text, files, lang);
    unsaid.map_or_else(|| text.with_untracked(|text| Prose::parse(text)), Ok).map_err(|bad| bad.say(lang))
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
