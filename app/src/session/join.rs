//! Coming in by a link that somebody handed over: set a password, and one is in.

use super::{
    door::{Entrance, Note, told},
    use_session, words,
};
use crate::{
    browser::{network, network::Trouble, tasks},
    routes,
    ui::{Button, Field, PasswordInput, Rank, Size},
    words::{t, use_language},
};
use domain::session::{Accept, Invitation, InvitationKind, Me};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::{use_navigate, use_url};

#[component]
pub fn JoinPage() -> impl IntoView {
    let token = use_url().with_untracked(|url| routes::below(routes::JOIN, url.path()).unwrap_or_default().to_owned());
    let path = StoredValue::new(format!("/auth/invitations/{token}"));
    let invitation = RwSignal::new(None::<Result<Invitation, Trouble>>);
    Effect::new(move |_| {
        tasks::run(async move {
            let found = network::get(&path.get_value()).await;
            invitation.set(Some(found));
        });
    });
    move || match invitation.get() {
        None => view! { <main aria-busy="true"></main> }.into_any(),
        Some(Ok(invitation)) => view! { <PasswordForm invitation path/> }.into_any(),
        Some(Err(Trouble::Unreached)) => view! { <Note title=words::UNREACHED hint=words::SOMETHING_BROKE/> }.into_any(),
        Some(Err(Trouble::Refused { .. })) => view! { <Note title=words::LINK_SPENT hint=words::LINK_SPENT_HINT/> }.into_any(),
    }
}

#[component]
fn PasswordForm(invitation: Invitation, path: StoredValue<String>) -> impl IntoView {
    let session = use_session();
    let lang = use_language();
    let navigate = use_navigate();
    let password = RwSignal::new(String::new());
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        busy.set(true);
        error.set(None);
        let navigate = navigate.clone();
        tasks::run(async move {
            match network::post::<Me>(&path.get_value(), &Accept { password: password.get_untracked() }).await {
                Ok(me) => {
                    let home = routes::home_of(&me);
                    session.enter(me);
                    navigate(home, leptos_router::NavigateOptions { replace: true, ..Default::default() });
                }
                Err(trouble) => error.set(Some(told(&trouble, lang.get_untracked()))),
            }
            busy.try_set(false);
        });
    };
    let Invitation { company, name, who, kind } = invitation;
    let title = move || match kind {
        InvitationKind::Reset => words::NEW_PASSWORD.in_lang(lang.get()).to_owned(),
        InvitationKind::Staff => words::welcome(lang.get(), &name),
        InvitationKind::Portal => words::welcome_customer(lang.get(), &name),
    };
    let hint = move || match kind {
        InvitationKind::Reset | InvitationKind::Staff => words::signs_in_as(lang.get(), &who),
        InvitationKind::Portal => words::invites_you(lang.get(), &company, &who),
    };
    let verb = move || match kind {
        InvitationKind::Reset => words::SAVE_PASSWORD.in_lang(lang.get()),
        InvitationKind::Staff => words::JOIN.in_lang(lang.get()),
        InvitationKind::Portal => words::ENTER.in_lang(lang.get()),
    };
    view! {
        <Entrance title=title hint=hint>
            <form class="stack" on:submit=submit>
                <Field label=t(words::NEW_PASSWORD) hint=t(words::PASSWORD_HINT) error=error>
                    <PasswordInput value=password new=true size=Size::Large/>
                </Field>
                <Button rank=Rank::Primary size=Size::Large submit=true wide=true busy=busy>{verb}</Button>
            </form>
        </Entrance>
    }
    .into_any()
}
