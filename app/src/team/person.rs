//! Changing what holds for a colleague: role, department, teams, absence; a new password link; disabling.

use super::{people::ask_for_link, words};
use crate::{
    book::{by_key, use_book},
    forms::{Typed, choices, code, said},
    ui::{Button, Checkbox, DateInput, Field, FormDialog, Rank, Select, TextInput, use_toasts},
    words::{actions, t, use_language},
};
use domain::{
    access::Role,
    change::{self, Command},
    id::TeamId,
    session::Link,
    team::{self, Department, Person, PersonEdit, PersonState, Team},
    text::Name,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The teams to choose from, each with whether it is chosen.
fn team_choices(chosen: &[TeamId]) -> Vec<(Arc<Team>, RwSignal<bool>)> {
    let mut teams = untrack(|| use_book().rows::<Team>());
    teams = by_key(&teams, |team| (team.created_at, team.id));
    teams.into_iter().map(|team| (team.clone(), RwSignal::new(chosen.contains(&team.id)))).collect()
}

/// What the form holds.
#[derive(Clone, Copy)]
struct Typing {
    name: Typed<Name>,
    role: RwSignal<String>,
    department: RwSignal<String>,
    absent: RwSignal<String>,
    teams: StoredValue<Vec<(Arc<Team>, RwSignal<bool>)>>,
}

impl Typing {
    fn of(person: &Person) -> Self {
        Self {
            name: Typed::new(person.name.to_string(), Name::parse),
            role: RwSignal::new(code(&person.role)),
            department: RwSignal::new(person.department.map(|department| department.to_string()).unwrap_or_default()),
            absent: RwSignal::new(person.absent_until.map(|day| day.to_string()).unwrap_or_default()),
            teams: StoredValue::new(team_choices(&person.teams.0)),
        }
    }

    fn edit(self) -> Option<PersonEdit> {
        let chosen = |teams: &Vec<(Arc<Team>, RwSignal<bool>)>| {
            teams.iter().filter(|(_, chosen)| chosen.get_untracked()).map(|(team, _)| team.id).collect()
        };
        Some(PersonEdit {
            name: self.name.required()?,
            role: Role::from_code(&self.role.get_untracked()).unwrap_or(Role::Support),
            department: self.department.get_untracked().parse().ok(),
            teams: self.teams.with_value(chosen),
            absent_until: self.absent.get_untracked().parse().ok(),
        })
    }
}

#[component]
pub fn PersonDialog(
    person: Arc<Person>,
    #[prop(into)] on_close: Callback<()>,
    #[prop(into)] on_link: Callback<Link>,
    #[prop(into)] on_leave: Callback<Arc<Person>>,
) -> impl IntoView {
    let book = use_book();
    let toasts = use_toasts();
    let lang = use_language();
    let id = person.id;
    let typing = Typing::of(&person);
    let refusal = RwSignal::new(None::<change::Refusal>);
    let submit = move |()| {
        let Some(edit) = typing.edit() else { return };
        match book.submit(&Command::Team(team::Command::EditPerson { id, edit })) {
            Ok(_) => {
                toasts.push(words::SAVED.in_lang(lang.get_untracked()));
                on_close.run(());
            }
            Err(why) => refusal.set(Some(why)),
        }
    };
    let person = StoredValue::new(person);
    let aside = move || view! { <Standing person=person.get_value() on_close on_link on_leave refusal/> };
    view! {
        <FormDialog title=t(words::EDIT_PERSON) verb=t(actions::SAVE) on_send=submit on_close refusal=said(refusal) aside>
            <div class="stack">
                <Field label=t(words::NAME) error=typing.name.error()><TextInput value=typing.name.text autofocus=true/></Field>
                <Place role=typing.role department=typing.department/>
                <Choices teams=typing.teams/>
                <Field label=t(words::ABSENT) hint=t(words::ABSENT_HINT)><DateInput value=typing.absent/></Field>
            </div>
        </FormDialog>
    }
    .into_any()
}

/// Role and department.
#[component]
pub(super) fn Place(role: RwSignal<String>, department: RwSignal<String>) -> impl IntoView {
    let book = use_book();
    let departments = Signal::derive(move || {
        let mut departments = book.rows::<Department>();
        departments = by_key(&departments, |department| (department.created_at, department.id));
        departments.iter().map(|department| (department.id.to_string(), department.name.to_string())).collect::<Vec<_>>()
    });
    view! {
        <div class="grid" data-columns="2">
            <Field label=t(words::ROLE)><Select value=role options=choices(Role::ALL)/></Field>
            <Field label=t(words::DEPARTMENT)><Select value=department options=departments empty=true/></Field>
        </div>
    }
    .into_any()
}

#[component]
fn Choices(teams: StoredValue<Vec<(Arc<Team>, RwSignal<bool>)>>) -> impl IntoView {
    let boxes = teams.with_value(|teams| {
        teams.iter().map(|(team, chosen)| view! { <Checkbox checked=*chosen label=team.name.to_string()/> }).collect_view()
    });
    view! {
        <fieldset class="person-teams">
            <legend>{t(words::TEAMS)}</legend>
            {boxes}
        </fieldset>
    }
    .into_any()
}

/// What is done with a colleague's access.
#[component]
fn Standing(
    person: Arc<Person>,
    on_close: Callback<()>,
    on_link: Callback<Link>,
    on_leave: Callback<Arc<Person>>,
    refusal: RwSignal<Option<change::Refusal>>,
) -> impl IntoView {
    let book = use_book();
    let (id, gone) = (person.id, person.state == PersonState::Disabled);
    let owner = StoredValue::new(Owner::current());
    let reset = move |()| {
        let ask = move || ask_for_link(format!("/api/team/people/{id}/reset"), serde_json::json!({}), on_link);
        if let Some(owner) = owner.get_value() {
            owner.with(ask);
        }
    };
    let enable = move |()| match book.submit(&Command::Team(team::Command::Enable { id })) {
        Ok(_) => on_close.run(()),
        Err(why) => refusal.set(Some(why)),
    };
    let leave = move |()| on_leave.run(person.clone());
    let leave_word = t(if gone { words::HAND_OVER } else { words::DISABLE });
    let (enable_word, reset_word) = (t(words::ENABLE), t(words::NEW_PASSWORD));
    view! {
        <Button rank=Rank::Quiet on_press=leave>{leave_word}</Button>
        {gone.then(|| view! { <Button rank=Rank::Quiet on_press=enable>{enable_word}</Button> })}
        <Button rank=Rank::Quiet on_press=reset>{reset_word}</Button>
    }
    .into_any()
}
