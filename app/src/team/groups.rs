//! Departments, by which figures count, and teams, by which customers are shared.

use super::words;
use crate::{
    book::use_book,
    browser::clock,
    forms::{Typed, said},
    ui::{Button, Card, Field, FormDialog, Icon, IconButton, List, ListRow, Rank, Size, TextInput},
    words::{Text, actions, t},
};
use domain::{
    access::Right,
    change::{self, Command},
    id::Id,
    team::{self, Department, Person, Team},
    text::Name,
};
use leptos::prelude::*;

/// A department or a team in the form: which one, and what it is called.
type Named = Option<(Option<Id>, String)>;

#[component]
pub fn DepartmentsCard() -> impl IntoView {
    let book = use_book();
    let rows = Memo::new(move |_| {
        let mut rows: Vec<_> =
            book.rows::<Department>().iter().map(|row| (row.created_at, Id::from(row.id), row.name.to_string())).collect();
        rows.sort();
        rows.into_iter().map(|(_, id, name)| (id, name)).collect::<Vec<_>>()
    });
    let members = move |id: Id| book.rows::<Person>().iter().filter(|person| person.department.map(Id::from) == Some(id)).count();
    let save = |id: Option<Id>, name: Name| match id {
        Some(id) => team::Command::RenameDepartment { id: id.into(), name },
        None => team::Command::AddDepartment { id: clock::new_id(), name },
    };
    groups(words::DEPARTMENTS, words::ADD_DEPARTMENT, rows, members, save)
}

#[component]
pub fn TeamsCard() -> impl IntoView {
    let book = use_book();
    let rows = Memo::new(move |_| {
        let mut rows: Vec<_> = book.rows::<Team>().iter().map(|row| (row.created_at, Id::from(row.id), row.name.to_string())).collect();
        rows.sort();
        rows.into_iter().map(|(_, id, name)| (id, name)).collect::<Vec<_>>()
    });
    let members =
        move |id: Id| book.rows::<Person>().iter().filter(|person| person.teams.0.iter().any(|team| Id::from(*team) == id)).count();
    let save = |id: Option<Id>, name: Name| match id {
        Some(id) => team::Command::RenameTeam { id: id.into(), name },
        None => team::Command::AddTeam { id: clock::new_id(), name },
    };
    groups(words::TEAMS, words::ADD_TEAM, rows, members, save)
}

fn groups(
    title: Text,
    add: Text,
    rows: Memo<Vec<(Id, String)>>,
    members: impl Fn(Id) -> usize + Copy + Send + Sync + 'static,
    save: fn(Option<Id>, Name) -> team::Command,
) -> AnyView {
    let manages = use_book().me().role.is_some_and(|role| role.may(Right::ManagePeople));
    let form = RwSignal::new(None as Named);
    let (add_word, rename) = (t(add), t(words::RENAME));
    let aside = move || {
        manages.then(|| view! { <IconButton label=add_word icon=Icon::Plus size=Size::Small on_press=move |()| form.set(Some((None, String::new())))/> })
    };
    let row = move |(id, name): (Id, String)| {
        let shown = name.clone();
        let edit = move || {
            let name = name.clone();
            manages.then(|| view! { <Button rank=Rank::Quiet size=Size::Small on_press=move |()| form.set(Some((Some(id), name.clone())))>{rename}</Button> })
        };
        view! { <ListRow detail=move || members(id).to_string() end=edit>{shown}</ListRow> }
    };
    view! {
        <Card title=t(title) aside=aside>
            <List label=t(title)><For each=move || rows.get() key=|row| row.clone() children=row/></List>
        </Card>
        {move || form.get().map(|(id, name)| view! { <NameDialog title=if id.is_some() { words::RENAME } else { add } id name save on_close=move |()| form.set(None)/> })}
    }
    .into_any()
}

#[component]
fn NameDialog(
    title: Text,
    id: Option<Id>,
    name: String,
    save: fn(Option<Id>, Name) -> team::Command,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let book = use_book();
    let name = Typed::new(name, Name::parse);
    let refusal = RwSignal::new(None::<change::Refusal>);
    let submit = move |()| {
        let Some(name) = name.required() else { return };
        match book.submit(&Command::Team(save(id, name))) {
            Ok(_) => on_close.run(()),
            Err(why) => refusal.set(Some(why)),
        }
    };
    view! {
        <FormDialog title=t(title) verb=t(actions::SAVE) on_send=submit on_close refusal=said(refusal)>
            <Field label=t(words::NAME) error=name.error()><TextInput value=name.text autofocus=true/></Field>
        </FormDialog>
    }
    .into_any()
}
