//! How people come in: an invitation is a single-use link that a person hands over.

use super::{people::ask_for_link, person::Place, words};
use crate::{
    browser::{clipboard, window},
    forms::{Typed, code},
    ui::{Banner, Button, Dialog, DialogBody, DialogFoot, Field, FormDialog, Icon, Purpose, Rank, TextInput, use_toasts},
    words::{actions, t, use_language},
};
use domain::{
    access::Role,
    session::{Invite, Link},
    text::{Email, Name},
};
use leptos::prelude::*;

#[component]
pub fn InviteDialog(#[prop(into)] on_close: Callback<()>, #[prop(into)] on_link: Callback<Link>) -> impl IntoView {
    let (name, email) = (Typed::new("", Name::parse), Typed::new("", Email::parse));
    let role = RwSignal::new(code(&Role::Sales));
    let department = RwSignal::new(String::new());
    let owner = StoredValue::new(Owner::current());
    let made = Callback::new(move |link: Link| {
        on_close.run(());
        on_link.run(link);
    });
    let submit = move |()| {
        let (Some(name), Some(email)) = (name.required(), email.required()) else { return };
        let invite = Invite {
            name: name.to_string(),
            email: email.to_string(),
            role: Role::from_code(&role.get_untracked()).unwrap_or(Role::Sales),
            department: department.get_untracked().parse().ok(),
            teams: Vec::new(),
        };
        let body = serde_json::to_value(&invite).unwrap_or_default();
        if let Some(owner) = owner.get_value() {
            owner.with(|| ask_for_link("/api/team/invitations".to_owned(), body, made));
        }
    };
    view! {
        <FormDialog title=t(words::INVITE) verb=t(words::SEND_INVITATION) on_send=submit on_close>
            <div class="stack">
                <Field label=t(words::NAME) error=name.error()><TextInput value=name.text purpose=Purpose::Name autofocus=true/></Field>
                <Field label=t(words::EMAIL) error=email.error()><TextInput value=email.text purpose=Purpose::Email/></Field>
                <Place role department/>
            </div>
        </FormDialog>
    }
    .into_any()
}

/// The link, shown once.
#[component]
pub fn LinkDialog(link: Link, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let toasts = use_toasts();
    let lang = use_language();
    let address = if link.path.starts_with("http") { link.path.clone() } else { format!("{}{}", window::origin(), link.path) };
    let hours = link.hours;
    let shown = StoredValue::new(address);
    let copy = move |()| {
        clipboard::copy(&shown.get_value());
        toasts.push(words::COPIED.in_lang(lang.get_untracked()));
    };
    let (copy_word, done) = (t(actions::COPY), t(actions::DONE));
    view! {
        <Dialog open=true on_close=on_close title=t(words::LINK) keep=true>
            <DialogBody>
                <div class="stack">
                    <Banner>{t(words::LINK_HINT)} " " {move || words::valid_for(lang.get(), hours)}</Banner>
                    <code class="link-shown">{shown.get_value()}</code>
                </div>
            </DialogBody>
            <DialogFoot>
                <Button icon=Icon::Copy on_press=copy>{copy_word}</Button>
                <Button rank=Rank::Primary on_press=move |()| on_close.run(())>{done}</Button>
            </DialogFoot>
        </Dialog>
    }
    .into_any()
}
