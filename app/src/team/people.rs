//! Everybody who works here, as a table; an administrator opens a person to change what holds for them.

use super::{
    invite::{InviteDialog, LinkDialog},
    leaving::LeavingDialog,
    person::PersonDialog,
    words,
};
use crate::{
    book::{by_key, use_book},
    browser::{network, tasks},
    forms::{label_of, troubled},
    ui::{Avatar, Badge, Button, Card, Icon, Size, Tone, use_toasts},
    words::{t, use_language},
};
use domain::{
    access::Right,
    id::Id,
    session::{Accounts, Link},
    team::{Department, Person, PersonState, Team},
};
use leptos::prelude::*;
use std::{collections::BTreeMap, sync::Arc};

/// Where somebody belongs: on a phone their names need the room, and pressing one tells.
const PLACE: &str = "person-place";

#[component]
pub fn PeopleCard() -> impl IntoView {
    let book = use_book();
    let manages = book.me().role.is_some_and(|role| role.may(Right::ManagePeople));
    let people = Memo::new(move |_| {
        let mut people = book.rows::<Person>();
        people = by_key(&people, |person| (person.state == PersonState::Disabled, person.created_at, person.id));
        people
    });
    let who = RwSignal::new(BTreeMap::<Id, String>::new());
    // How people sign in is not on devices: administrators ask the server, and do without when it is away.
    Effect::new(move |_| {
        people.track();
        if manages {
            tasks::run(async move {
                if let Ok(accounts) = network::get::<Accounts>("/api/people").await {
                    who.try_set(accounts.who);
                }
            });
        }
    });
    let opened = RwSignal::new(None::<Arc<Person>>);
    let inviting = RwSignal::new(false);
    let link = RwSignal::new(None::<Link>);
    let invite = t(words::INVITE);
    let aside = move || {
        manages.then(|| view! { <Button icon=Icon::UserPlus size=Size::Small on_press=move |()| inviting.set(true)>{invite}</Button> })
    };
    let head =
        [(words::NAME, None), (words::ROLE, None), (words::DEPARTMENT, Some(PLACE)), (words::TEAMS, Some(PLACE)), (words::STATE, None)]
            .map(|(text, class)| view! { <th scope="col" class=class>{t(text)}</th> });
    view! {
        <Card title=t(words::PEOPLE) note=move || people.with(Vec::len).to_string() aside=aside>
            <table class="table" data-rows=manages.then_some("press")>
                <thead><tr>{head.into_iter().collect_view()}</tr></thead>
                <tbody>
                    <For each=move || people.get() key=|person| Arc::as_ptr(person) as usize children=move |person| {
                        let email = move |id: Id| who.with(|who| who.get(&id).cloned());
                        row(person, email, manages, opened)
                    }/>
                </tbody>
            </table>
        </Card>
        <Opened opened link/>
        <Show when=move || inviting.get()><InviteDialog on_close=move |()| inviting.set(false) on_link=move |made| link.set(Some(made))/></Show>
        {move || link.get().map(|made| view! { <LinkDialog link=made on_close=move |()| link.set(None)/> })}
    }
    .into_any()
}

/// The dialog of whoever was pressed, and the one that sees them off.
#[component]
fn Opened(opened: RwSignal<Option<Arc<Person>>>, link: RwSignal<Option<Link>>) -> impl IntoView {
    let leaving = RwSignal::new(None::<Arc<Person>>);
    let on_leave = move |person| {
        opened.set(None);
        leaving.set(Some(person));
    };
    let (on_close, on_link) = (move |()| opened.set(None), move |made| link.set(Some(made)));
    view! {
        {move || opened.get().map(|person| view! { <PersonDialog person on_close on_link on_leave/> })}
        {move || leaving.get().map(|person| view! { <LeavingDialog person on_close=move |()| leaving.set(None)/> })}
    }
    .into_any()
}

fn row(
    person: Arc<Person>,
    email: impl Fn(Id) -> Option<String> + Send + Sync + 'static,
    manages: bool,
    opened: RwSignal<Option<Arc<Person>>>,
) -> AnyView {
    let book = use_book();
    let lang = use_language();
    let (id, role, state) = (person.id, person.role, person.state);
    let name = person.name.to_string();
    let department = person.department;
    let department = move || department.and_then(|id| book.row::<Department>(id)).map(|department| department.name.to_string());
    let successor = person.successor.map(|successor| {
        view! { <small class="person-successor secondary">{move || words::work_is_with(lang.get(), &book.name_of(successor))}</small> }
    });
    let teams = person.teams.0.clone();
    let teams = move || {
        let names: Vec<String> = teams.iter().filter_map(|team| book.row::<Team>(*team)).map(|team| team.name.to_string()).collect();
        names.join(" ")
    };
    let tone = match state {
        PersonState::Active => Tone::Good,
        PersonState::Invited => Tone::Warn,
        PersonState::Disabled => Tone::Plain,
    };
    let shown = name.clone();
    let called = if manages {
        view! { <button type="button" class="person-name" on:click=move |_| opened.set(Some(person.clone()))>{shown}</button> }.into_any()
    } else {
        view! { <span class="strong">{shown}</span> }.into_any()
    };
    view! {
        <tr>
            <td data-grow><span class="person"><Avatar name=name/><span>{called}<small class="secondary">{move || email(id.into())}</small></span></span></td>
            <td>{move || label_of(&role, lang.get())}</td>
            <td class=PLACE>{department}</td>
            <td class=PLACE>{teams}</td>
            <td><Badge tone=tone>{move || label_of(&state, lang.get())}</Badge>{successor}</td>
        </tr>
    }
    .into_any()
}

/// Asks the server for a single-use link; says what went wrong as a toast.
pub(super) fn ask_for_link(path: String, body: serde_json::Value, made: Callback<Link>) {
    let toasts = use_toasts();
    let lang = use_language();
    tasks::run(async move {
        match network::post::<Link>(&path, &body).await {
            Ok(link) => made.run(link),
            Err(trouble) => toasts.push_problem(troubled(trouble, lang.get_untracked())),
        }
    });
}
