//! The form of a new ticket, on behalf of a customer.

use super::words;
use crate::{
    attachments::{self, AttachButton, Attaching, Going},
    book::{by_key, use_book},
    browser::clock,
    customers::CustomerPicker,
    forms::{Typed, choices, code, label_of, said},
    ui::{Field, FormDialog, Segmented, Select, TextArea, TextInput, Width, use_toasts},
    words::{Lang, actions, t, use_language},
};
use domain::{
    access::Role,
    attachments::File,
    change,
    customers::Contact,
    id::{CustomerId, TicketId},
    service_level::Priority,
    text::{Line, Prose},
    tickets::{Channel, Command, Draft, Kind, first_priority},
};
use leptos::prelude::*;

/// What the form holds.
#[derive(Clone, Copy)]
struct Typing {
    customer: RwSignal<Option<CustomerId>>,
    customer_missing: RwSignal<bool>,
    contact: RwSignal<String>,
    kind: RwSignal<String>,
    channel: RwSignal<String>,
    /// Empty: as its kind says.
    priority: RwSignal<String>,
    assignee: RwSignal<String>,
    subject: Typed<Line>,
    text: Typed<Prose>,
    files: Attaching,
}

impl Typing {
    fn new(customer: Option<CustomerId>) -> Self {
        let me = use_book().me();
        let answers = matches!(me.role, Some(Role::Service | Role::Support));
        Self {
            customer: RwSignal::new(customer),
            customer_missing: RwSignal::new(false),
            contact: RwSignal::new(String::new()),
            kind: RwSignal::new(code(&Kind::Consultation)),
            channel: RwSignal::new(code(&Channel::Phone)),
            priority: RwSignal::new(String::new()),
            assignee: RwSignal::new(if answers { me.user.to_string() } else { String::new() }),
            subject: Typed::new("", Line::parse),
            text: Typed::new("", Prose::parse),
            files: Attaching::default(),
        }
    }

    fn kind(self) -> Kind {
        self.kind.with(|kind| Kind::from_code(kind)).unwrap_or(Kind::Consultation)
    }

    /// What sending the form asks for; nothing while a field is wrong, and then the field says so.
    fn command(self, id: TicketId, files: Vec<File>, lang: Lang) -> Option<Command> {
        let customer = self.customer.get_untracked();
        self.customer_missing.set(customer.is_none());
        let unsaid = attachments::unsaid(self.text.text, &files, lang);
        let (subject, text) = (self.subject.required(), unsaid.or_else(|| self.text.required()));
        let draft = Draft {
            customer: customer?,
            contact: self.contact.get_untracked().parse().ok(),
            kind: untrack(|| self.kind()),
            channel: Channel::from_code(&self.channel.get_untracked()).unwrap_or(Channel::Phone),
            subject: subject?,
            text: text?,
            files,
            priority: Priority::from_code(&self.priority.get_untracked()),
            assignee: self.assignee.get_untracked().parse().ok(),
        };
        Some(Command::Open { id, draft: Box::new(draft) })
    }
}

#[component]
pub fn TicketDialog(
    /// Whose it is, where that is known already.
    #[prop(optional_no_strip)]
    customer: Option<CustomerId>,
    #[prop(into)] on_close: Callback<()>,
    #[prop(into)] on_made: Callback<TicketId>,
) -> impl IntoView {
    let book = use_book();
    let toasts = use_toasts();
    let lang = use_language();
    let typing = Typing::new(customer);
    let refusal = RwSignal::new(None::<change::Refusal>);
    let submit = move |()| {
        let id = clock::new_id::<TicketId>();
        let lang = lang.get_untracked();
        let Some(files) = typing.files.now(toasts, lang) else { return };
        let Some(command) = typing.command(id, files, lang) else { return };
        match book.submit(&change::Command::Tickets(command)) {
            Ok(_) => {
                toasts.push(words::CREATED.in_lang(lang));
                on_made.run(id);
            }
            Err(why) => refusal.set(Some(why)),
        }
    };
    view! {
        <FormDialog title=t(words::NEW) verb=t(actions::CREATE) on_send=submit on_close refusal=said(refusal) width=Width::Wide>
            <div class="stack">
                <Who typing fixed=customer.is_some()/>
                <About typing/>
            </div>
        </FormDialog>
    }
    .into_any()
}

/// Who asks, and how they reached us.
#[component]
fn Who(typing: Typing, fixed: bool) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let people = Signal::derive(move || {
        let Some(customer) = typing.customer.get() else { return Vec::new() };
        let mut people = book.of::<Contact>(customer);
        people.retain(|contact| !contact.removed);
        people = by_key(&people, |contact| contact.created_at);
        people.into_iter().map(|contact| (contact.id.to_string(), contact.name.to_string())).collect::<Vec<_>>()
    });
    // Another customer has other people.
    Effect::new(move |before: Option<Option<CustomerId>>| {
        let now = typing.customer.get();
        if before.is_some_and(|before| before != now) {
            typing.contact.set(String::new());
            typing.customer_missing.set(false);
        }
        now
    });
    let missing = Signal::derive(move || typing.customer_missing.get().then(|| words::CUSTOMER_MISSING.in_lang(lang.get()).to_owned()));
    view! {
        <CustomerPicker chosen=typing.customer label=t(words::CUSTOMER) error=missing fixed/>
        <div class="grid" data-columns="2">
            <Field label=t(words::CONTACT)><Select value=typing.contact options=people empty=true/></Field>
            <Field label=t(words::CHANNEL)><Select value=typing.channel options=choices(Channel::ALL)/></Field>
        </div>
    }
    .into_any()
}

/// What it is about, how urgent it is, who takes care of it.
#[component]
fn About(typing: Typing) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let usual = Memo::new(move |_| first_priority(typing.kind(), 0));
    let priorities = Signal::derive(move || {
        let lang = lang.get();
        let automatic = (String::new(), words::automatic(lang, label_of(&usual.get(), lang)));
        let all = Priority::ALL.iter().rev().map(|priority| (code(priority), label_of(priority, lang).to_owned()));
        std::iter::once(automatic).chain(all).collect::<Vec<_>>()
    });
    let people = Signal::derive(move || {
        let nobody = (String::new(), words::UNASSIGNED.in_lang(lang.get()).to_owned());
        std::iter::once(nobody).chain(book.colleagues()).collect::<Vec<_>>()
    });
    let said = view! {
        <Field label=t(words::WHAT_THEY_SAY) error=typing.text.error() required=true>
            <TextArea value=typing.text.text lines=4/>
        </Field>
        <Going to=typing.files/>
        <AttachButton to=typing.files named=true/>
    };
    let said = said.into_any();
    view! {
        <Segmented value=typing.kind options=choices(Kind::ALL) label=t(words::KIND)/>
        <Field label=t(words::SUBJECT) error=typing.subject.error() required=true>
            <TextInput value=typing.subject.text/>
        </Field>
        {attachments::place(move || typing.files, said)}
        <div class="grid" data-columns="2">
            <Field label=t(words::PRIORITY)><Select value=typing.priority options=priorities/></Field>
            <Field label=t(words::ASSIGNEE)><Select value=typing.assignee options=people/></Field>
        </div>
    }
    .into_any()
}
