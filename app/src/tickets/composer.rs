//! Writing: an answer the customer reads, or a note among ourselves. What is typed survives leaving and a reload.

use super::{aid::Aid, deeds::Deeds, words};
use crate::{
    attachments::{self, AttachButton, Attaching, Going},
    book::use_book,
    browser::{
        clock, draft,
        focus::{self, Step},
        keys, timer,
    },
    forms::Typed,
    ui::{Button, Field, Icon, Menu, MenuItem, Rank, Segmented, Size, TextArea, use_toasts},
    words::{t, use_language},
};
use domain::{
    attachments::File,
    change,
    customers::Contact,
    id::{PersonId, TicketId},
    text::Prose,
    tickets::{Command, Kind, State, Ticket},
    words::Say,
};
use leptos::{ev, html, prelude::*};

const REPLY: &str = "reply";
const NOTE: &str = "note";

/// What the composer holds.
#[derive(Clone, Copy)]
struct Writing {
    ticket: TicketId,
    mode: RwSignal<String>,
    reply: Typed<Prose>,
    note: Typed<Prose>,
    /// Files that go with the one and with the other.
    reply_files: Attaching,
    note_files: Attaching,
    /// The state an answer leaves the ticket in.
    then: RwSignal<State>,
}

impl Writing {
    fn is_note(self) -> bool {
        self.mode.with(|mode| mode == NOTE)
    }

    fn text(self) -> Typed<Prose> {
        if self.is_note() { self.note } else { self.reply }
    }

    fn files(self) -> Attaching {
        if self.is_note() { self.note_files } else { self.reply_files }
    }

    /// What sending asks for. Tracked.
    fn command(self, text: Prose, files: Vec<File>, mentions: Vec<PersonId>) -> Command {
        let (id, ticket) = (clock::new_id(), self.ticket);
        if self.is_note() {
            Command::Note { id, ticket, text, files, mentions }
        } else {
            Command::Reply { id, ticket, text, files, then: self.then.get() }
        }
    }
}

/// States an answer may leave the ticket in.
const THEN: [State; 3] = [State::Open, State::Waiting, State::Solved];

#[component]
pub fn Composer(id: TicketId) -> impl IntoView {
    let book = use_book();
    let user = book.me().user;
    let kept = move |what: &str| draft::kept(&format!("{user}.{id}.{what}"));
    let writing = Writing {
        ticket: id,
        mode: RwSignal::new(REPLY.to_owned()),
        reply: Typed::of(kept(REPLY), Prose::parse),
        note: Typed::of(kept(NOTE), Prose::parse),
        reply_files: Attaching::default(),
        note_files: Attaching::default(),
        then: RwSignal::new(State::Open),
    };
    let send = sending(writing);
    let form = NodeRef::<html::Form>::new();
    keys::on_key(move |pressed| {
        let mode = match pressed.key.as_str() {
            "r" => REPLY,
            "n" => NOTE,
            _ => return false,
        };
        let asked = pressed.is(&pressed.key);
        if asked {
            writing.mode.set(mode.to_owned());
            timer::after(0, move || {
                if let Some(form) = form.get_untracked() {
                    focus::walk(&form, "textarea", Step::First);
                }
            });
        }
        asked
    });
    let press = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            send.run(());
        }
    };
    let name = move || if writing.is_note() { NOTE } else { REPLY };
    view! {
        <form class="talk-write" node_ref=form data-mode=name on:keydown=press on:submit=move |event| { event.prevent_default(); send.run(()) }>
            <Audience writing/>
            {move || text(writing)}
            <Sending writing/>
        </form>
    }
    .into_any()
}

/// Who is going to read it.
#[component]
fn Audience(writing: Writing) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let modes = Signal::derive(move || {
        [(REPLY, words::REPLY), (NOTE, words::NOTE)].map(|(code, name)| (code.to_owned(), name.in_lang(lang.get()).to_owned())).to_vec()
    });
    let reader = move || {
        if writing.is_note() {
            return words::NOTE_READERS.in_lang(lang.get()).to_owned();
        }
        let contact = book.row::<Ticket>(writing.ticket).and_then(|ticket| ticket.contact).and_then(|contact| book.row::<Contact>(contact));
        words::sent_to(lang.get(), &contact.map(|contact| contact.name.to_string()).unwrap_or_default())
    };
    view! {
        <div class="talk-audience">
            <Segmented value=writing.mode options=modes label=t(words::AUDIENCE) quiet=true/>
            <span class="end small secondary truncate">{reader}</span>
        </div>
    }
    .into_any()
}

/// The text of the chosen kind, and what helps to write it.
fn text(writing: Writing) -> AnyView {
    let book = use_book();
    let note = writing.is_note();
    let typed = writing.text();
    let (label, hint) = if note { (words::NOTE, words::NOTE_PLACEHOLDER) } else { (words::REPLY, words::REPLY_PLACEHOLDER) };
    let complaint =
        move || book.row::<Ticket>(writing.ticket).is_some_and(|ticket| ticket.kind == Kind::Complaint && ticket.state.is_pending());
    let sheet = view! {
        <Field label=t(label) hide_label=true error=typed.error()>
            <TextArea value=typed.text placeholder=t(hint) lines=2/>
        </Field>
        <Going to=writing.files()/>
    };
    view! {
        {attachments::place(move || writing.files(), sheet.into_any())}
        {note.then(|| view! { <Colleagues text=typed.text/> })}
        <Show when=move || !note && complaint()><Aid text=typed.text/></Show>
    }
    .into_any()
}

/// Who could be meant by what stands after the last `@`.
#[component]
fn Colleagues(text: RwSignal<String>) -> impl IntoView {
    let book = use_book();
    let meant = Memo::new(move |_| {
        let begun = text.with(|text| text.rsplit_once('@').map(|(_, begun)| begun.to_owned()));
        let Some(begun) = begun.filter(|begun| !begun.contains(char::is_whitespace)) else { return Vec::new() };
        let mut names: Vec<String> = book.colleagues().into_iter().map(|(_, name)| name).collect();
        names.retain(|name| name.starts_with(&begun) && *name != begun);
        names.truncate(6);
        names
    });
    let choose = move |name: String| {
        text.update(|text| {
            let begun = text.rfind('@').unwrap_or(text.len());
            text.truncate(begun);
            text.push('@');
            text.push_str(&name);
            text.push(' ');
        });
    };
    let call = move |()| text.update(|text| text.push('@'));
    let names = move || {
        let names = meant.get().into_iter().map(|name| {
            let chosen = name.clone();
            view! { <Button size=Size::Small on_press=move |()| choose(chosen.clone())>{name}</Button> }
        });
        names.collect_view()
    };
    let mention = t(words::MENTION);
    view! {
        <div class="talk-colleagues" role="group" aria-label=mention>
            <Show when=move || !meant.with(Vec::is_empty) fallback=move || view! { <Button rank=Rank::Quiet size=Size::Small on_press=call>{mention}</Button> }>
                {names}
            </Show>
        </div>
    }
    .into_any()
}

/// The button, and what becomes of the ticket when it is pressed.
#[component]
fn Sending(writing: Writing) -> impl IntoView {
    let deeds = Deeds::here();
    let lang = use_language();
    let stub = Prose::parse("…").ok();
    let blocked =
        Signal::derive(move || stub.clone().and_then(|text| deeds.why_not(writing.ticket, writing.command(text, Vec::new(), Vec::new()))));
    // Only the button waits for files: what becomes of the ticket can be chosen meanwhile.
    let waits = move || writing.files().ready().err().map(|why| why.in_lang(lang.get()).to_owned());
    let not_yet = Signal::derive(move || blocked.get().or_else(waits));
    let then = move || words::and_then(writing.then.get()).in_lang(lang.get()).to_owned();
    let send = move || if writing.is_note() { words::ADD_NOTE } else { words::SEND }.in_lang(lang.get());
    view! {
        <div class="talk-send">
            <Show when=move || blocked.with(Option::is_some)><span class="small secondary">{move || blocked.get()}</span></Show>
            <Show when=move || !writing.is_note() && blocked.with(Option::is_none)>
                <Menu label=then show_label=true size=Size::Small>
                    {THEN.map(|state| view! {
                        <MenuItem
                            icon=super::queue::state_icon(state)
                            chosen=Signal::derive(move || writing.then.get() == state)
                            on_press=move |()| writing.then.set(state)
                        >
                            {t(words::and_then(state))}
                        </MenuItem>
                    }).into_iter().collect_view()}
                </Menu>
            </Show>
            <span class="end"></span>
            {move || view! { <AttachButton to=writing.files()/> }}
            <Button rank=Rank::Primary submit=true icon=Icon::Send blocked=not_yet shortcut="⌘ ↵">{send}</Button>
        </div>
    }
    .into_any()
}

/// Sends what is written; it stays where it is when it cannot go.
fn sending(writing: Writing) -> Callback<()> {
    let book = use_book();
    let toasts = use_toasts();
    let lang = use_language();
    Callback::new(move |()| {
        let (typed, attached) = untrack(|| (writing.text(), writing.files()));
        let Some(files) = attached.now(toasts, lang.get_untracked()) else { return };
        let unsaid = attachments::unsaid(typed.text, &files, lang.get_untracked());
        let Some(text) = unsaid.or_else(|| typed.required()) else { return };
        let called = |name: &str| text.as_str().contains(&format!("@{name}"));
        let mentions = untrack(|| book.colleagues()).into_iter().filter(|(_, name)| called(name)).filter_map(|(id, _)| id.parse().ok());
        let mentions = mentions.collect();
        let command = untrack(|| writing.command(text.clone(), files, mentions));
        match book.submit(&change::Command::Tickets(command)) {
            Ok(_) => {
                typed.text.set(String::new());
                attached.clear();
                writing.then.set(State::Open);
            }
            Err(why) => toasts.push_problem(why.say(lang.get_untracked())),
        }
    })
}
