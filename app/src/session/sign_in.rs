//! Signing in: as a page of its own, and in place when a session has ended during work.

use super::{
    Session,
    door::{Entrance, ask_for_the_door, told},
    use_session, words,
};
use crate::{
    browser::{network, tasks},
    forms::label_of,
    routes,
    ui::{Button, Field, PasswordInput, Purpose, Rank, Size, TextInput},
    words::{actions, t, use_language},
};
use domain::{
    access::Role,
    session::{DemoAccount, Door, Me, SignIn},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

#[component]
pub fn SignInPage() -> impl IntoView {
    let session = use_session();
    let company = RwSignal::new(String::new());
    let demo = RwSignal::new(Vec::<DemoAccount>::new());
    let needs_set_up = RwSignal::new(false);
    let query = use_query_map();
    let navigate = use_navigate();
    let entered = Callback::new(move |me: Me| {
        let next = query.with_untracked(|query| query.get("next"));
        let place = routes::place_of(&me, next.as_deref());
        session.enter(me);
        navigate(&place, NavigateOptions { replace: true, ..NavigateOptions::default() });
    });
    Effect::new(move |_| {
        ask_for_the_door(move |door| match door {
            Door::SetUp => needs_set_up.set(true),
            Door::SignIn { company: name, demo: accounts } => {
                company.set(name);
                demo.set(accounts);
            }
            Door::SignedIn { me } => entered.run(me),
        });
    });
    let lang = use_language();
    let title =
        move || company.with(|name| if name.is_empty() { words::SIGN_IN_TITLE.in_lang(lang.get()).to_owned() } else { name.clone() });
    let hint = move || if needs_set_up.get() { words::SET_UP_FIRST } else { words::TAGLINE }.in_lang(lang.get());
    view! {
        <Entrance title=title hint=hint>
            <SignInForm demo entered/>
        </Entrance>
    }
}

/// The form alone. `user` is given where one and the same person comes back.
#[component]
pub fn SignInForm(#[prop(into)] demo: Signal<Vec<DemoAccount>>, entered: Callback<Me>) -> impl IntoView {
    let (who, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let lang = use_language();
    let send = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        let asked = SignIn { who: who.get_untracked(), password: password.get_untracked() };
        tasks::run(async move {
            match network::post::<Me>("/auth/sign-in", &asked).await {
                Ok(me) => entered.run(me),
                Err(trouble) => error.set(Some(told(&trouble, lang.get_untracked()))),
            }
            busy.try_set(false);
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        send();
    };
    let choose = move |account: DemoAccount| {
        who.set(account.who);
        password.set(account.password);
        send();
    };
    let sign_in = t(actions::SIGN_IN);
    view! {
        <form class="stack" on:submit=submit>
            <Field label=t(words::WHO)>
                <TextInput value=who purpose=Purpose::Username size=Size::Large autofocus=true name="username"/>
            </Field>
            <Field label=t(words::PASSWORD) hint=t(words::FORGOTTEN) error=error>
                <PasswordInput value=password size=Size::Large/>
            </Field>
            <Button rank=Rank::Primary size=Size::Large submit=true wide=true busy=busy>{sign_in}</Button>
        </form>
        {move || (!demo.with(Vec::is_empty)).then(|| demo_accounts(demo.get(), choose))}
    }
    .into_any()
}

fn demo_accounts(accounts: Vec<DemoAccount>, choose: impl Fn(DemoAccount) + Copy + Send + Sync + 'static) -> AnyView {
    let (title, hint) = (t(words::DEMO), t(words::DEMO_HINT));
    let lang = use_language();
    let buttons = accounts.into_iter().map(|account| {
        let name = account.name.clone();
        let role = Role::from_code(&account.role);
        let role = move || role.map_or(words::CUSTOMER.in_lang(lang.get()), |role| label_of(&role, lang.get()));
        view! {
            <Button on_press=move |()| choose(account.clone())>{name} " " <span class="secondary">{role}</span></Button>
        }
    });
    view! {
        <section class="stack" data-gap="2">
            <div class="cluster small secondary" data-gap="2"><b>{title}</b> <span>{hint}</span></div>
            <div class="cluster" data-gap="2">{buttons.collect_view()}</div>
        </section>
    }
    .into_any()
}

/// After a session ended during work: the same person, in place; everything typed is still there.
impl Session {
    pub fn is_same(self, me: &Me) -> bool {
        self.0.with_untracked(|before| before.as_ref().is_some_and(|before| before.user == me.user))
    }
}
