//! The people at a customer and their part in its decisions (S018, S035, S036).

use super::{
    facts::Phone,
    portal_access::{Access, AccessButton, AccessDialog, SharesSwitch},
    words,
};
use crate::{
    book::{by_key, use_book},
    browser::clock,
    forms::{Typed, choices, code, label_of, said},
    ui::{
        Avatar, Button, Card, Field, FormDialog, Icon, IconButton, List, ListRow, Purpose, Rank, Select, Size, TextArea, TextInput,
        use_toasts,
    },
    words::{actions, t, use_language},
};
use domain::{
    change::{self, Command},
    customers::{self, Contact, ContactDraft, ContactEdit, DecisionRole, Was},
    id::{ContactId, CustomerId},
    text::{Email, Line, Name, Phone as PhoneNumber, Prose},
    words::Say,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Which contact's form is open.
#[derive(Debug, Clone, PartialEq)]
enum Form {
    New,
    Of(Arc<Contact>),
}

#[component]
pub fn ContactsCard(customer: CustomerId) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let form = RwSignal::new(None::<Form>);
    let access = Access::of(customer);
    let contacts = Memo::new(move |_| {
        let mut contacts = book.of::<Contact>(customer);
        contacts.retain(|contact| !contact.removed);
        contacts = by_key(&contacts, |contact| (contact.decision_role.map_or(3, |role| role as u8), contact.created_at));
        contacts
    });
    let note = move || match contacts.with(Vec::len) {
        0 => String::new(),
        n => words::people(lang.get(), n),
    };
    let add_label = t(words::ADD_CONTACT);
    let aside =
        move || view! { <IconButton label=add_label icon=Icon::Plus size=Size::Small on_press=move |()| form.set(Some(Form::New))/> };
    let missing =
        Memo::new(move |_| contacts.with(|contacts| contacts.iter().all(|contact| contact.decision_role != Some(DecisionRole::Decider))));
    view! {
        <Card title=t(words::CONTACTS) note=note aside=aside>
            <List label=t(words::CONTACTS)>
                <For each=move || contacts.get() key=|contact| (contact.id, Arc::as_ptr(contact) as usize) children=move |contact| row(contact, form, access)/>
                <Show when=move || missing.get()><Unknown form none=Signal::derive(move || contacts.with(Vec::is_empty))/></Show>
            </List>
            <SharesSwitch customer/>
        </Card>
        <AccessDialog access/>
        {move || form.get().map(|which| view! { <ContactDialog customer which on_close=move |()| form.set(None)/> })}
    }
    .into_any()
}

fn row(contact: Arc<Contact>, form: RwSignal<Option<Form>>, access: Option<Access>) -> AnyView {
    let lang = use_language();
    let name = contact.name.to_string();
    let avatar = name.clone();
    let position = contact.position.as_ref().map(ToString::to_string);
    let role = contact.decision_role;
    let (id, phone) = (contact.id, contact.phone.clone());
    let portal = access.map(|access| view! { <AccessButton access contact=contact.clone()/> });
    let press = move |_| form.set(Some(Form::Of(contact.clone())));
    view! {
        <ListRow
            front=move || view! { <Avatar name=avatar.clone()/> }
            detail=move || position.clone()
            end=move || role.map(|role| label_of(&role, lang.get()))
            end_detail=move || phone.clone().map(|phone| view! { <Phone phone path=format!("/api/contacts/{id}/reveal")/> })
        >
            <button type="button" class="contact-name" on:click=press>{name}</button>
            {portal}
        </ListRow>
    }
    .into_any()
}

/// An empty place where somebody important is not known yet.
#[component]
fn Unknown(form: RwSignal<Option<Form>>, none: Signal<bool>) -> impl IntoView {
    let lang = use_language();
    let words = move || if none.get() { words::NO_CONTACTS } else { words::MISSING_DECIDER }.in_lang(lang.get());
    let complete = t(words::COMPLETE);
    view! {
        <ListRow
            front=|| view! { <Avatar name=""/> }
            end=move || view! { <Button rank=Rank::Quiet size=Size::Small on_press=move |()| form.set(Some(Form::New))>{complete}</Button> }
        >
            <span class="secondary">{words}</span>
        </ListRow>
    }
}

/// What a contact's form holds.
#[derive(Clone, Copy)]
struct Typing {
    name: Typed<Name>,
    position: Typed<Line>,
    role: RwSignal<String>,
    phone: Typed<PhoneNumber>,
    email: Typed<Email>,
    preferences: Typed<Prose>,
}

impl Typing {
    fn of(contact: Option<&Contact>) -> Self {
        fn text<T: ToString>(value: Option<&T>) -> String {
            value.map(ToString::to_string).unwrap_or_default()
        }
        Self {
            name: Typed::new(text(contact.map(|contact| &contact.name)), Name::parse),
            position: Typed::new(text(contact.and_then(|contact| contact.position.as_ref())), Line::parse),
            role: RwSignal::new(contact.and_then(|contact| contact.decision_role).map(|role| code(&role)).unwrap_or_default()),
            phone: Typed::new("", PhoneNumber::parse),
            email: Typed::new(text(contact.and_then(|contact| contact.email.as_ref())), Email::parse),
            preferences: Typed::new(text(contact.and_then(|contact| contact.preferences.as_ref())), Prose::parse),
        }
    }

    fn draft(self) -> Option<ContactDraft> {
        Some(ContactDraft {
            name: self.name.required()?,
            position: self.position.optional()?,
            decision_role: DecisionRole::from_code(&self.role.get_untracked()),
            phone: self.phone.optional()?,
            email: self.email.optional()?,
            preferences: self.preferences.optional()?,
        })
    }

    /// What differs from the contact as it was shown.
    fn edits(self, was: &Contact) -> Option<Vec<ContactEdit>> {
        fn differs<T: PartialEq>(was: T, now: T) -> Option<Was<T>> {
            (was != now).then_some(Was { was, now })
        }
        let now = self.draft()?;
        let edits = [
            differs(was.name.clone(), now.name).map(ContactEdit::Name),
            differs(was.position.clone(), now.position).map(ContactEdit::Position),
            differs(was.decision_role, now.decision_role).map(ContactEdit::DecisionRole),
            now.phone.map(|phone| ContactEdit::Phone(Some(phone))),
            differs(was.email.clone(), now.email).map(ContactEdit::Email),
            differs(was.preferences.clone(), now.preferences).map(ContactEdit::Preferences),
        ];
        Some(edits.into_iter().flatten().collect())
    }

    fn command(self, customer: CustomerId, which: &Form) -> Option<customers::Command> {
        match which {
            Form::New => Some(customers::Command::AddContact { id: clock::new_id::<ContactId>(), customer, draft: self.draft()? }),
            Form::Of(contact) => Some(customers::Command::EditContact { id: contact.id, edits: self.edits(contact)? }),
        }
    }
}

#[component]
fn ContactDialog(customer: CustomerId, which: Form, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let book = use_book();
    let typing = Typing::of(match &which {
        Form::New => None,
        Form::Of(contact) => Some(contact),
    });
    let refusal = RwSignal::new(None::<change::Refusal>);
    let title = if which == Form::New { words::ADD_CONTACT } else { words::EDIT_CONTACT };
    let existing = if let Form::Of(contact) = &which { Some(contact.clone()) } else { None };
    let has_phone = existing.as_ref().is_some_and(|contact| contact.phone.is_some());
    let existing = StoredValue::new(existing);
    let which = StoredValue::new(which);
    let submit = move |()| {
        let Some(command) = which.with_value(|which| typing.command(customer, which)) else { return };
        match book.submit(&Command::Customers(command)) {
            Ok(_) => on_close.run(()),
            Err(why) => refusal.set(Some(why)),
        }
    };
    let aside = move || existing.get_value().map(|contact| view! { <Remove contact on_close/> });
    view! {
        <FormDialog title=t(title) verb=t(actions::SAVE) on_send=submit on_close refusal=said(refusal) aside>
            <ContactFields typing has_phone/>
        </FormDialog>
    }
    .into_any()
}

#[component]
fn ContactFields(typing: Typing, has_phone: bool) -> impl IntoView {
    let lang = use_language();
    let phone_hint = move || if has_phone { words::PHONE_KEPT.in_lang(lang.get()) } else { "" };
    view! {
        <div class="stack">
            <div class="grid" data-columns="2">
                <Field label=t(words::CONTACT_NAME) error=typing.name.error() required=true>
                    <TextInput value=typing.name.text autofocus=true/>
                </Field>
                <Field label=t(words::POSITION) error=typing.position.error()>
                    <TextInput value=typing.position.text/>
                </Field>
                <Field label=t(words::DECISION_ROLE)>
                    <Select value=typing.role options=choices(DecisionRole::ALL) empty=true/>
                </Field>
                <Field label=t(words::PHONE) hint=phone_hint error=typing.phone.error()>
                    <TextInput value=typing.phone.text purpose=Purpose::Phone/>
                </Field>
            </div>
            <Field label=t(words::EMAIL) error=typing.email.error()>
                <TextInput value=typing.email.text purpose=Purpose::Email/>
            </Field>
            <Field label=t(words::PREFERENCES) hint=t(words::PREFERENCES_HINT) error=typing.preferences.error()>
                <TextArea value=typing.preferences.text lines=2/>
            </Field>
        </div>
    }
    .into_any()
}

/// Removing is undone by a toast, not asked about.
#[component]
fn Remove(contact: Arc<Contact>, on_close: Callback<()>) -> impl IntoView {
    let book = use_book();
    let toasts = use_toasts();
    let lang = use_language();
    let (id, name) = (contact.id, contact.name.to_string());
    let press = move |()| {
        match book.submit(&Command::Customers(customers::Command::RemoveContact { id })) {
            Ok(_) => toasts.push_undo(words::removed(lang.get_untracked(), &name), move || {
                _ = book.submit(&Command::Customers(customers::Command::RestoreContact { id }));
            }),
            Err(why) => toasts.push_problem(why.say(lang.get_untracked())),
        }
        on_close.run(());
    };
    let remove = t(actions::REMOVE);
    view! { <Button rank=Rank::Quiet icon=Icon::Trash on_press=press>{remove}</Button> }
}
