//! Choosing a file, looking at what would come of it, and taking it in.

use super::{Asked, carry_out, result::Result as Outcome, words};
use crate::{
    book::use_book,
    browser::file::Chosen,
    forms::{choices, troubled},
    ui::{Banner, Button, Card, CardBody, Checkbox, Field, Fold, Icon, Progress, Rank, Segmented, Select, Tone, icon, live, while_so},
    words::{t, use_language},
};
use domain::{
    imports::{self, Import, Kind, Phase, Status},
    money::Currency,
};
use leptos::prelude::*;

/// What stands in the form.
#[derive(Clone, Copy)]
struct Typing {
    kind: RwSignal<String>,
    currency: RwSignal<String>,
    status: RwSignal<String>,
    points: RwSignal<bool>,
    map: RwSignal<Vec<(String, String)>>,
    file: RwSignal<Option<Chosen>, LocalStorage>,
}

impl Typing {
    fn kind(self) -> Kind {
        Kind::from_code(&self.kind.get()).unwrap_or(Kind::Customers)
    }

    fn asked(self) -> Asked {
        Asked {
            kind: untrack(|| self.kind()),
            currency: self.currency.get_untracked(),
            status: self.status.get_untracked(),
            points: self.points.get_untracked(),
            map: self.map.get_untracked(),
        }
    }
}

#[component]
pub fn ImportForm(on_done: Callback<()>) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let currency = untrack(|| book.company()).map_or(Currency::Cny, |company| company.currency);
    let typing = Typing {
        kind: RwSignal::new(Kind::Customers.code().to_owned()),
        currency: RwSignal::new(currency.code().to_owned()),
        status: RwSignal::new(Status::Paid.code().to_owned()),
        points: RwSignal::new(true),
        map: RwSignal::new(Vec::new()),
        file: RwSignal::new_local(None),
    };
    let now = RwSignal::new(None::<Import>);
    let (busy, problem) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let begin = move |dry_run: bool| {
        let Some(file) = typing.file.get_untracked() else {
            return problem.set(Some(words::NO_FILE.in_lang(lang.get_untracked()).to_owned()));
        };
        busy.set(true);
        problem.set(None);
        carry_out(file, &typing.asked(), dry_run, now, move |ended| {
            if let Err(trouble) = ended {
                problem.try_set(Some(troubled(trouble, lang.get_untracked())));
            }
            busy.try_set(false);
            on_done.run(());
        });
    };
    let ready = move || now.with(|now| now.as_ref().is_some_and(|import| import.dry_run && import.phase == Phase::Done));
    let start =
        move || view! { <Button rank=Rank::Primary busy=busy on_press=move |()| begin(false)>{t(words::START)}</Button> }.into_any();
    view! {
        <Card title=t(words::IMPORT)>
            <CardBody>
                <div class="stack">
                    <What typing now/>
                    {live(move || problem.get().map(|problem| view! { <Banner tone=Tone::Bad>{problem}</Banner> }.into_any()))}
                    <Running now/>
                    <Outcome now/>
                    <Columns typing now/>
                    <div class="cluster" data-justify="end">
                        <Button busy=busy on_press=move |()| begin(true)>{t(words::PREVIEW)}</Button>
                        {while_so(ready, start)}
                    </div>
                </div>
            </CardBody>
        </Card>
    }
    .into_any()
}

#[component]
fn What(typing: Typing, now: RwSignal<Option<Import>>) -> impl IntoView {
    // Another file or another kind is looked at anew.
    let anew = move || {
        now.set(None);
        typing.map.set(Vec::new());
    };
    let chosen = move |event: leptos::ev::Event| {
        typing.file.set(Chosen::of(&event));
        anew();
    };
    let lang = use_language();
    let name = move || {
        let chosen = typing.file.with(|file| file.as_ref().map(|file| file.name.clone()));
        chosen.unwrap_or_else(|| words::CHOOSE.in_lang(lang.get()).to_owned())
    };
    let of_orders = move || {
        view! {
            <div class="grid" data-columns="2">
                <Field label=t(words::CURRENCY)><Select value=typing.currency options=choices(Currency::ALL)/></Field>
                <Field label=t(words::STATUS)><Select value=typing.status options=choices(Status::ALL)/></Field>
            </div>
            <Checkbox checked=typing.points label=t(words::POINTS) hint=t(words::POINTS_HINT)/>
        }
        .into_any()
    };
    view! {
        <Segmented value=typing.kind options=choices(Kind::ALL) label=t(words::KIND) on_change=move |_| anew()/>
        <label class="import-file">
            <span>{t(words::FILE)}</span>
            <span class="import-drop" data-chosen=move || typing.file.with(Option::is_some)>
                {icon(Icon::Upload)}
                <span>{name}</span>
                <input type="file" accept=".csv,.txt,.tsv,text/csv" on:change=chosen/>
            </span>
            <small class="secondary">{t(words::FILE_HINT)}</small>
        </label>
        {while_so(move || typing.kind() == Kind::Orders, of_orders)}
    }
    .into_any()
}

#[component]
fn Running(now: RwSignal<Option<Import>>) -> impl IntoView {
    #[expect(clippy::cast_precision_loss, reason = "files are far below 2^52 bytes")]
    let share = move || now.with(|now| now.as_ref().map_or(0.0, |import| import.read as f64 / import.size.max(1) as f64));
    let running = move || now.with(|now| now.as_ref().is_some_and(|import| import.phase == Phase::Running));
    while_so(running, move || view! { <Progress value=Signal::derive(share) label=t(words::RUNNING)/> }.into_any())
}

/// What each column is taken for; another choice is used by the next preview and remembered for such files.
#[component]
fn Columns(typing: Typing, now: RwSignal<Option<Import>>) -> impl IntoView {
    let lang = use_language();
    let columns = Memo::new(move |_| now.with(|now| now.as_ref().filter(|import| import.dry_run).map(|import| import.columns.clone())));
    let one = move |column: imports::Column| {
        let value = RwSignal::new(column.field.map(|field| field.code().to_owned()).unwrap_or_default());
        let options = Signal::derive(move || {
            let none = (String::new(), words::LEAVE_OUT.in_lang(lang.get()).to_owned());
            let fields =
                typing.kind().fields().iter().map(|field| (field.code().to_owned(), crate::forms::label_of(field, lang.get()).to_owned()));
            std::iter::once(none).chain(fields).collect::<Vec<_>>()
        });
        let name = column.name.clone();
        let change = move |field: String| {
            typing.map.update(|map| {
                map.retain(|(column, _)| *column != name);
                map.push((name.clone(), field));
            });
        };
        view! { <Field label=column.name><Select value options on_change=change/></Field> }
    };
    live(move || {
        let columns = columns.get()?;
        let fields = columns.into_iter().map(one).collect_view();
        Some(view! { <Fold summary=t(words::COLUMNS)><div class="grid import-columns" data-columns="3">{fields}</div></Fold> }.into_any())
    })
}
