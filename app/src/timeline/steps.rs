//! What somebody means to do next: on a customer's page, and in one's own day.

use super::{composer::local_moment, words};
use crate::{
    book::{Book, by_key, use_book},
    browser::clock,
    customers::{NextStep, named},
    forms::{Typed, said},
    routes,
    ui::{Button, Card, DateInput, Field, FormDialog, Icon, IconButton, List, ListRow, Rank, Size, TextInput, icon, use_toasts},
    words::{actions, t, use_language},
};
use domain::{
    change::{self, Command},
    id::{CustomerId, StepId},
    text::Line,
    timeline::{self, Step, StepDraft, StepState},
    words::Say,
};
use leptos::prelude::*;
use std::{collections::HashMap, sync::Arc};

/// The open steps of a customer, earliest first. Tracked.
fn open_steps(customer: CustomerId) -> Vec<Arc<Step>> {
    let mut steps = use_book().of::<Step>(customer);
    steps.retain(|step| step.state == StepState::Open);
    steps = by_key(&steps, |step| (step.due, step.id));
    steps
}

/// What is next for whom: of each customer's open steps the one that is due first. Tracked.
#[must_use]
pub fn next_steps(book: Book) -> HashMap<CustomerId, Arc<NextStep>> {
    let mut next: HashMap<CustomerId, Arc<NextStep>> = HashMap::new();
    for step in book.rows::<Step>().iter().filter(|step| step.state == StepState::Open) {
        let is_first = next.get(&step.customer).is_none_or(|first| step.due < first.due);
        if is_first {
            next.insert(step.customer, Arc::new(NextStep { due: step.due, text: step.text.to_string() }));
        }
    }
    next
}

/// What a press does to a step, with undo.
fn settle(step: StepId, command: timeline::Command, told: crate::words::Text) {
    let (book, toasts, lang) = (use_book(), use_toasts(), use_language());
    let lang = lang.get_untracked();
    match book.submit(&Command::Timeline(command)) {
        Ok(_) => toasts.push_undo(told.in_lang(lang), move || {
            _ = book.submit(&Command::Timeline(timeline::Command::Reopen { id: step }));
        }),
        Err(why) => toasts.push_problem(why.say(lang)),
    }
}

/// The step that is due first, in the page's head: what is next, and by when.
#[component]
pub fn NextStepCard(customer: CustomerId) -> impl IntoView {
    let owner = StoredValue::new(Owner::current());
    let book = use_book();
    let lang = use_language();
    let steps = Memo::new(move |_| open_steps(customer));
    let planning = RwSignal::new(false);
    let (next_word, finish, plan, none, hint) =
        (t(words::NEXT_STEP), t(words::FINISH), t(words::PLAN), t(words::NO_STEP), t(words::NO_STEP_HINT));
    let late_word = t(words::LATE);
    let first = move || steps.with(|steps| steps.first().cloned());
    view! {
        <div class="record-next">
            {move || match first() {
                Some(step) => {
                    let (id, due, who) = (step.id, step.due, step.who);
                    let text = step.text.to_string();
                    let late = move || step.is_due(clock::ticking()).then_some(late_word);
                    let press = move |()| with_owner(owner, move || settle(id, timeline::Command::Finish { id }, words::FINISHED));
                    view! {
                        <div>{icon(Icon::Calendar)} {next_word} <span class="nowrap">{move || book.moment(lang.get(), due)}</span> <span class="bad">{late}</span></div>
                        <h2>{text}</h2>
                        <div class="cluster" data-gap="2">
                            <Button rank=Rank::Primary on_press=press>{finish}</Button>
                            <Button on_press=move |()| planning.set(true)>{plan}</Button>
                            <span class="end small secondary">{move || book.name_of(who)}</span>
                        </div>
                    }
                    .into_any()
                }
                None => view! {
                    <div>{icon(Icon::Calendar)} {next_word}</div>
                    <h2>{none}</h2>
                    <p class="small secondary">{hint}</p>
                    <div><Button on_press=move |()| planning.set(true)>{plan}</Button></div>
                }
                .into_any(),
            }}
        </div>
        <Show when=move || planning.get()><PlanDialog customer on_close=move |()| planning.set(false)/></Show>
    }
    .into_any()
}

/// Runs a press with the contexts of the component that drew it.
fn with_owner(owner: StoredValue<Option<Owner>>, run: impl FnOnce()) {
    match owner.get_value() {
        Some(owner) => owner.with(run),
        None => run(),
    }
}

/// All open steps of a customer but the first, which stands in the head.
#[component]
pub fn StepsCard(customer: CustomerId) -> impl IntoView {
    let steps = Memo::new(move |_| open_steps(customer));
    let rest = move || steps.with(|steps| steps.iter().skip(1).cloned().collect::<Vec<_>>());
    view! {
        <Show when=move || { steps.with(Vec::len) > 1 }>
            <Card title=t(words::STEPS)>
                <List label=t(words::STEPS)>
                    <For each=rest key=|step| (step.id, step.due) children=|step| view! { <StepRow step/> }/>
                </List>
            </Card>
        </Show>
    }
    .into_any()
}

/// A step as a row: done with one press.
#[component]
pub fn StepRow(
    step: Arc<Step>,
    /// Names the customer, where several are listed together.
    #[prop(optional)]
    with_customer: bool,
) -> impl IntoView {
    let owner = StoredValue::new(Owner::current());
    let book = use_book();
    let lang = use_language();
    let (id, due, customer, who) = (step.id, step.due, step.customer, step.who);
    let finish = t(words::FINISH);
    let press = move |()| with_owner(owner, move || settle(id, timeline::Command::Finish { id }, words::FINISHED));
    let drop_press = move |()| with_owner(owner, move || settle(id, timeline::Command::Drop { id }, words::DROPPED));
    let late = move || due <= clock::ticking();
    let detail = move || {
        if with_customer {
            view! { <a href=routes::customer(customer)>{move || named(book, customer)}</a> }.into_any()
        } else {
            view! { <span>{move || book.name_of(who)}</span> }.into_any()
        }
    };
    view! {
        <ListRow
            front=move || view! { <IconButton label=finish icon=Icon::Todo size=Size::Small on_press=press/> }
            detail=detail
            end=move || view! { <span class="nowrap" class:bad=late>{move || book.moment(lang.get(), due)}</span> }
            deeds=move || view! { <span class="step-drop"><IconButton label=t(words::DROP) icon=Icon::Close size=Size::Small on_press=drop_press/></span> }
        >
            {step.text.to_string()}
        </ListRow>
    }
    .into_any()
}

#[component]
fn PlanDialog(customer: CustomerId, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let book = use_book();
    let toasts = use_toasts();
    let lang = use_language();
    let text = Typed::new("", Line::parse);
    let due = RwSignal::new(String::new());
    let due_error = RwSignal::new(None::<String>);
    let refusal = RwSignal::new(None::<change::Refusal>);
    let submit = move |()| {
        let (Some(text), Some(who)) = (text.required(), book.me().actor.person()) else { return };
        let Some(due) = local_moment(&due.get_untracked(), &untrack(|| book.zone())) else {
            return due_error.set(Some(words::DUE_MISSING.in_lang(lang.get_untracked()).to_owned()));
        };
        let step = StepDraft { id: clock::new_id(), text, due, who };
        match book.submit(&Command::Timeline(timeline::Command::Plan { customer, step })) {
            Ok(_) => {
                toasts.push(words::PLANNED.in_lang(lang.get_untracked()));
                on_close.run(());
            }
            Err(why) => refusal.set(Some(why)),
        }
    };
    view! {
        <FormDialog title=t(words::PLAN) verb=t(actions::SAVE) on_send=submit on_close refusal=said(refusal)>
            <div class="stack">
                <Field label=t(words::NEXT_WHAT) error=text.error()><TextInput value=text.text autofocus=true/></Field>
                <Field label=t(words::NEXT_DUE) error=due_error><DateInput value=due with_time=true/></Field>
            </div>
        </FormDialog>
    }
    .into_any()
}
