//! A new ticket: what it is about as large choices, a line, a text; nothing typed is lost.

use super::{screen::Screen, words};
use crate::{
    attachments::{self, AttachButton, Attaching, Going},
    book::use_book,
    browser::{clock, draft},
    forms::{Typed, code, label_of},
    routes,
    ui::{Button, Field, Icon, Purpose, Rank, Size, TextArea, TextInput, icon, text, use_toasts},
    words::{Lang, t, use_language},
};
use domain::{
    attachments::File,
    id::TicketId,
    portal::Command,
    text::{Line, Prose},
    tickets::{Kind, portal},
    words::Say,
};
use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// What the form holds; all of it survives a reload.
#[derive(Clone, Copy)]
struct Typing {
    kind: RwSignal<String>,
    subject: Typed<Line>,
    text: Typed<Prose>,
    /// All but these: a file is sent as soon as it is chosen, and goes where nothing carries it.
    files: Attaching,
}

impl Typing {
    fn new() -> Self {
        let found = |part: &str| draft::found(&format!("new.{part}"));
        let typing = Self {
            kind: RwSignal::new(Some(found("kind")).filter(|kind| !kind.is_empty()).unwrap_or_else(|| code(&Kind::Consultation))),
            subject: Typed::new(found("subject"), Line::parse),
            text: Typed::new(found("text"), Prose::parse),
            files: Attaching::default(),
        };
        for (part, text) in [("kind", typing.kind), ("subject", typing.subject.text), ("text", typing.text.text)] {
            draft::follow(text, &format!("new.{part}"));
        }
        typing
    }

    fn asked(self, id: TicketId, files: Vec<File>, lang: Lang) -> Option<Command> {
        let kind = self.kind.with_untracked(|kind| Kind::ALL.iter().copied().find(|one| code(one) == *kind))?;
        let unsaid = attachments::unsaid(self.text.text, &files, lang);
        let (subject, text) = (self.subject.required(), unsaid.or_else(|| self.text.required()));
        Some(Command::Tickets(portal::Command::Open { id, kind, subject: subject?, text: text?, files }))
    }

    fn forget(self) {
        for text in [self.kind, self.subject.text, self.text.text] {
            text.set(String::new());
        }
        self.files.clear();
    }
}

#[component]
pub fn NewRequestPage() -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let typing = Typing::new();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let (id, now) = (clock::new_id(), lang.get_untracked());
        let Some(files) = typing.files.now(toasts, now) else { return };
        let Some(command) = typing.asked(id, files, now) else { return };
        match book.submit(&command) {
            Ok(_) => {
                typing.forget();
                navigate(&routes::request(id), NavigateOptions { replace: true, ..NavigateOptions::default() });
            }
            Err(refusal) => toasts.push_problem(refusal.say(now)),
        }
    };
    let said = view! {
        <Field label=t(words::TEXT) hint=t(words::TEXT_HINT) error=typing.text.error()>
            <TextArea value=typing.text.text lines=5 max_length=10_000/>
        </Field>
        <Going to=typing.files/>
        <AttachButton to=typing.files size=Size::Large named=true/>
    };
    view! {
        <Screen title=t(words::NEW_REQUEST) back=routes::SERVICE>
            <form class="new-request" on:submit=submit>
                <Kinds chosen=typing.kind/>
                <Field label=t(words::SUBJECT) error=typing.subject.error()>
                    <TextInput value=typing.subject.text purpose=Purpose::Text size=Size::Large max_length=200/>
                </Field>
                {attachments::place(move || typing.files, said.into_any())}
                <Button rank=Rank::Primary size=Size::Large submit=true wide=true>{t(words::SUBMIT)}</Button>
            </form>
        </Screen>
    }
    .into_any()
}

#[component]
fn Kinds(chosen: RwSignal<String>) -> impl IntoView {
    view! {
        <fieldset>
            <legend class="kinds-title">{t(words::WHAT_ABOUT)}</legend>
            <div class="kinds">{Kind::ALL.iter().map(|kind| choice(*kind, chosen)).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

fn choice(kind: Kind, chosen: RwSignal<String>) -> AnyView {
    let lang = use_language();
    let own = StoredValue::new(code(&kind));
    let is_chosen = move || own.with_value(|own| chosen.with(|chosen| chosen == own));
    let (sign, hint) = match kind {
        Kind::Consultation => (Icon::Help, words::KIND_CONSULTATION),
        Kind::Support => (Icon::Wrench, words::KIND_SUPPORT),
        Kind::Complaint => (Icon::Megaphone, words::KIND_COMPLAINT),
        Kind::Return => (Icon::Box, words::KIND_RETURN),
        Kind::Suggestion => (Icon::Note, words::KIND_SUGGESTION),
    };
    view! {
        <label class="kind">
            <input type="radio" name="kind" value=own.get_value() prop:checked=is_chosen on:change=move |_| chosen.set(own.get_value())/>
            {icon(sign)}
            <span><b>{text(move || label_of(&kind, lang.get()).to_owned())}</b> <small>{t(hint)}</small></span>
            <span class="kind-mark" aria-hidden="true">{icon(Icon::Check)}</span>
        </label>
    }
    .into_any()
}
