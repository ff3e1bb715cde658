//! Finding the right door: home, the frame of the entry pages, and addresses that lead nowhere.

use super::{use_session, words};
use crate::{
    browser::{network, network::Trouble, page, tasks},
    routes,
    ui::{Button, Icon, LinkButton, Rank},
    words::{Lang, Text, t, use_language},
};
use domain::session::Door;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// One calm column: the seal, what this is, a form; below it the language.
#[component]
pub fn Entrance(#[prop(into)] title: Signal<String>, #[prop(optional, into)] hint: Signal<String>, children: Children) -> impl IntoView {
    let lang = use_language();
    let other = move || if lang.get() == Lang::Zh { "English" } else { "中文" };
    let switch = move |()| lang.update(|lang| *lang = if *lang == Lang::Zh { Lang::En } else { Lang::Zh });
    // Nor does the tab name any longer what whoever went out looked at.
    page::entitle(move || title.get());
    view! {
        <div class="frame-entry">
            <main>
                <div class="seal" data-size="large" aria-hidden="true">"关"</div>
                <div>
                    <h1>{move || title.get()}</h1>
                    <p>{move || hint.get()}</p>
                </div>
                {children()}
            </main>
            <footer>
                <span>"Guanxi 关系"</span>
                <Button rank=Rank::Quiet icon=Icon::Language on_press=switch>{other}</Button>
            </footer>
        </div>
    }
    .into_any()
}

/// `/`: on to the surface of whoever is signed in, else to the door.
#[component]
pub fn HomePage() -> impl IntoView {
    let session = use_session();
    let navigate = use_navigate();
    let go = move |path: &str| navigate(path, NavigateOptions { replace: true, ..NavigateOptions::default() });
    // After the first paint: the router is not ready to move before it.
    Effect::new(move |_| {
        if let Some(me) = session.me() {
            return go(routes::home_of(&me));
        }
        let go = go.clone();
        ask_for_the_door(move |door| match door {
            Door::SignedIn { me } => session.enter(me),
            Door::SetUp | Door::SignIn { .. } => go(routes::SIGN_IN),
        });
    });
    view! { <main aria-busy="true"></main> }
}

/// Asks the server which door a visitor stands before; without an answer it is the sign-in.
pub(super) fn ask_for_the_door(then: impl Fn(Door) + 'static) {
    tasks::run(async move {
        let door = network::get::<Door>("/auth/state").await;
        then(door.unwrap_or(Door::SignIn { company: String::new(), demo: Vec::new() }));
    });
}

/// What a visitor is told when an answer did not come or was a no.
pub(super) fn told(trouble: &Trouble, lang: Lang) -> String {
    match trouble {
        Trouble::Unreached => words::UNREACHED.in_lang(lang).to_owned(),
        Trouble::Refused { problem: Some(problem), .. } => problem.message.clone(),
        Trouble::Refused { problem: None, .. } => words::SOMETHING_BROKE.in_lang(lang).to_owned(),
    }
}

/// An address that leads nowhere.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let home = t(words::GO_HOME);
    view! {
        <Entrance title=t(words::NOT_FOUND) hint=t(words::NOT_FOUND_HINT)>
            <LinkButton href="/" wide=true>{home}</LinkButton>
        </Entrance>
    }
}

/// A note where a form cannot help.
#[component]
pub(super) fn Note(title: Text, hint: Text) -> impl IntoView {
    view! {
        <Entrance title=t(title) hint=t(hint)>
            <span></span>
        </Entrance>
    }
}
