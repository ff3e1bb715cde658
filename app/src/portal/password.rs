//! A new password: the old one first, then the new.

use super::words;
use crate::{
    browser::{network, network::Trouble, tasks},
    ui::{Button, Dialog, DialogBody, Field, Icon, PasswordInput, Rank, Size, icon, use_toasts},
    words::{t, use_language},
};
use domain::session::{NewPassword, PASSWORD_MIN};
use leptos::{ev, prelude::*};
use serde::de::IgnoredAny;

#[component]
pub fn PasswordRow() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <li>
            <button type="button" class="setting" on:click=move |_| open.set(true)>
                <span>{t(words::PASSWORD)}</span>
                {icon(Icon::ChevronRight)}
            </button>
            <Dialog open on_close=move |()| open.set(false) title=t(words::PASSWORD) keep=true>
                <Form open/>
            </Dialog>
        </li>
    }
    .into_any()
}

#[component]
fn Form(open: RwSignal<bool>) -> impl IntoView {
    let lang = use_language();
    let toasts = use_toasts();
    let (current, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if new.with_untracked(|new| new.chars().count() < PASSWORD_MIN) {
            error.set(Some(words::PASSWORD_HINT.in_lang(lang.get_untracked()).to_owned()));
            return;
        }
        busy.set(true);
        error.set(None);
        let asked = NewPassword { current: current.get_untracked(), password: new.get_untracked() };
        tasks::run(async move {
            match network::post::<IgnoredAny>("/auth/password", &asked).await {
                Ok(_) => {
                    toasts.push(words::PASSWORD_SAVED.in_lang(lang.get_untracked()));
                    open.set(false);
                }
                Err(Trouble::Refused { problem: Some(problem), .. }) => _ = error.try_set(Some(problem.message)),
                Err(_) => _ = error.try_set(Some(words::NEEDS_LINE.in_lang(lang.get_untracked()).to_owned())),
            }
            busy.try_set(false);
        });
    };
    view! {
        <form class="dialog-form" on:submit=submit>
            <DialogBody>
                <Field label=t(words::PASSWORD_NOW)><PasswordInput value=current size=Size::Large/></Field>
                <Field label=t(words::PASSWORD_NEW) hint=t(words::PASSWORD_HINT) error=error>
                    <PasswordInput value=new new=true size=Size::Large/>
                </Field>
                <Button rank=Rank::Primary size=Size::Large submit=true wide=true busy=busy>{t(words::PASSWORD_SAVE)}</Button>
            </DialogBody>
        </form>
    }
    .into_any()
}
