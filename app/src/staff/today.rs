//! One's own day: what is overdue, what is due, what is news.

use super::words;
use crate::{
    book::{Book, by_key, use_book},
    browser::{clock, page},
    customers,
    notices::NewsCard,
    shell::{OnceThere, PageBar},
    tickets::{DueCard, UnassignedCard, Urgency, urgency},
    timeline::StepRow,
    ui::{Card, EmptyState, Icon, LinkButton, List, Shape},
    words::{Text, t, use_language},
};
use domain::{
    customers::{Filter, View},
    team::Person,
    tickets::Ticket,
    timeline::{Step, StepState},
};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn TodayPage() -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let [overdue, today, soon] = by_day(book);
    let owed = Memo::new(move |_| owed(book));
    let me = book.me();
    let teams = Signal::derive(move || {
        let row = me.actor.person().and_then(|person| book.row::<Person>(person));
        row.map(|row| row.teams.0.clone()).unwrap_or_default()
    });
    let name = me.name;
    let greeting = move || words::greeting(lang.get(), &name, book.zone().minute_at(clock::ticking()));
    let standing = move || words::standing(lang.get(), overdue.with(Vec::len) + owed.get().0, today.with(Vec::len) + owed.get().1);
    let steps = move || !(overdue.with(Vec::is_empty) && today.with(Vec::is_empty) && soon.with(Vec::is_empty));
    let nothing = move || !steps() && owed.get().2 == 0;
    page::entitle(t(words::TODAY));
    view! {
        <PageBar><h1>{t(words::TODAY)}</h1></PageBar>
        <div class="pane">
            <div class="page stack" data-gap="5">
                <div>
                    <p class="today-greeting">{greeting}</p>
                    <OnceThere shapes=&[Shape::Lines(1)]><p class="secondary">{standing}</p></OnceThere>
                </div>
                <OnceThere shapes=&[Shape::List(6)]>
                    <div class="sidebar" data-gap="5">
                        <div class="stack">
                            <DueCard/>
                            <Steps title=words::OVERDUE steps=overdue/>
                            <Steps title=words::DUE_TODAY steps=today/>
                            <Steps title=words::SOON steps=soon/>
                            <UnassignedCard teams/>
                            <Show when=nothing><Done/></Show>
                        </div>
                        <div><NewsCard/></div>
                    </div>
                </OnceThere>
            </div>
        </div>
    }
}

/// Overdue, today, within a week: by the company's days, not by hours.
fn by_day(book: Book) -> [Memo<Vec<Arc<Step>>>; 3] {
    let mine = Memo::new(move |_| open_steps(book));
    [(None, -1), (Some(0), 0), (Some(1), 7)].map(|(from, to): (Option<i64>, i64)| {
        Memo::new(move |_| {
            let (zone, today) = (book.zone(), book.today());
            let days = |step: &Arc<Step>| zone.date_at(step.due).days_since(today);
            mine.with(|steps| steps.iter().filter(|step| from.is_none_or(|from| days(step) >= from) && days(step) <= to).cloned().collect())
        })
    })
}

/// What one means to do, what is due first on top. Tracked.
fn open_steps(book: Book) -> Vec<Arc<Step>> {
    let me = book.me().actor.person();
    let mut steps: Vec<Arc<Step>> = book.rows::<Step>();
    steps.retain(|step| step.state == StepState::Open && Some(step.who) == me);
    steps = by_key(&steps, |step| (step.due, step.id));
    steps
}

/// One's own tickets to which we owe something: late, due today, in all. Tracked.
fn owed(book: Book) -> (usize, usize, usize) {
    let (now, zone, me) = (clock::ticking(), book.zone(), book.me().actor.person());
    let (mut late, mut today, mut all) = (0, 0, 0);
    for ticket in book.rows::<Ticket>().iter().filter(|ticket| ticket.assignee.is_some() && ticket.assignee == me && ticket.state.is_ours())
    {
        all += 1;
        match urgency(ticket, now, &zone) {
            Urgency::Late => late += 1,
            Urgency::Today => today += 1,
            Urgency::Later | Urgency::Paused | Urgency::Done => {}
        }
    }
    (late, today, all)
}

#[component]
fn Steps(title: Text, steps: Memo<Vec<Arc<Step>>>) -> impl IntoView {
    view! {
        <Show when=move || !steps.with(Vec::is_empty)>
            <Card title=t(title) note=move || steps.with(Vec::len).to_string()>
                <List label=t(title)>
                    <For each=move || steps.get() key=|step| (step.id, step.due) children=|step| view! { <StepRow step with_customer=true/> }/>
                </List>
            </Card>
        </Show>
    }
    .into_any()
}

#[component]
fn Done() -> impl IntoView {
    let quiet = customers::filter::address(&Filter { view: View::Quiet, ..Filter::default() });
    let see = t(words::SEE_QUIET);
    view! {
        <EmptyState icon=Icon::Done title=t(words::ALL_DONE) text=t(words::ALL_DONE_HINT)>
            <LinkButton href=quiet>{see}</LinkButton>
        </EmptyState>
    }
}
