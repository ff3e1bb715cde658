//! What customers said when asked whether they would recommend us, and who of us has taken it up.

pub mod words;

use crate::{
    book::{Book, use_book},
    customers::named,
    forms::label_of,
    routes,
    ui::{Badge, Button, Card, EmptyState, Icon, List, ListRow, Rank, Segmented, Size, Tone, use_toasts},
    words::{t, use_language},
};
use domain::{
    change::Command,
    channel::Channel,
    customers::{Contact, Customer, Figure},
    lookup::{Question, Span},
    sides::{Filter, Sides, Touch},
    surveys::{self, Answer, Camp},
    time::Date,
    words::Say,
};
use leptos::prelude::*;
use std::sync::Arc;

/// So many are shown.
const MOST: usize = 40;

/// Answers of these days, the least content first among those of one day.
#[component]
pub fn Answers(days: Signal<(Date, Date)>, of: Signal<Filter>) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let camp = RwSignal::new(String::new());
    _ = book.listing(move || (!book.carries_archive()).then(|| Question::Answers(Span::new(days.get(), of.get()))));
    let answers = Memo::new(move |_| {
        let ((from, to), of) = (days.get(), of.get());
        let camp = camp.with(|code| Camp::from_code(code));
        let mut answers = book.rows::<Answer>();
        answers.retain(|answer| (from..=to).contains(&answer.on) && camp.is_none_or(|camp| answer.score.camp() == camp));
        answers.retain(|answer| of.admits(&sides_of(book, answer)));
        answers.sort_by(|a, b| b.on.cmp(&a.on).then_with(|| a.score.cmp(&b.score)).then_with(|| a.id.cmp(&b.id)));
        answers.truncate(MOST);
        answers
    });
    let camps = Signal::derive(move || {
        let all = (String::new(), words::ALL.in_lang(lang.get()).to_owned());
        let each =
            [Camp::Detractor, Camp::Passive, Camp::Promoter].map(|camp| (camp.code().to_owned(), label_of(&camp, lang.get()).to_owned()));
        std::iter::once(all).chain(each).collect::<Vec<_>>()
    });
    let aside = move || view! { <Segmented value=camp options=camps label=t(words::CAMPS)/> };
    view! {
        <Card title=t(words::ANSWERS) aside=aside>
            <Show
                when=move || !answers.with(Vec::is_empty)
                fallback=|| view! { <EmptyState icon=Icon::Heart title=t(words::NONE) text=t(words::NONE_HINT)/> }
            >
                <List label=t(words::ANSWERS)>
                    <For each=move || answers.get() key=|answer| (answer.id, answer.taken_up_at) children=row/>
                </List>
            </Show>
        </Card>
    }
    .into_any()
}

/// An answer counts for the customer's owner.
fn sides_of(book: Book, answer: &Answer) -> Sides {
    let owner = book.row::<Customer>(answer.customer).and_then(|customer| customer.owner);
    Sides {
        department: owner.and_then(|person| book.department_of(person)),
        person: owner,
        rank: book.row::<Figure>(answer.customer).map_or(0, |figure| figure.rank),
        touch: Some(Touch::Survey),
        channel: Some(Channel::Portal),
    }
}

fn row(answer: Arc<Answer>) -> AnyView {
    let book = use_book();
    let lang = use_language();
    let (customer, contact, at) = (answer.customer, answer.contact, answer.at);
    let score = answer.score;
    let tone = match score.camp() {
        Camp::Promoter => Tone::Good,
        Camp::Passive => Tone::default(),
        Camp::Detractor => Tone::Bad,
    };
    let who = move || {
        let name = book.row::<Contact>(contact).map(|contact| contact.name.to_string()).unwrap_or_default();
        format!("{}　{name}", named(book, customer))
    };
    let comment = answer.comment.as_ref().map(ToString::to_string);
    let detail = move || comment.clone().unwrap_or_else(|| words::NO_COMMENT.in_lang(lang.get()).to_owned());
    view! {
        <ListRow
            front=move || view! { <Badge tone=tone>{score.get().to_string()}</Badge> }
            detail=detail
            end=move || taking_up(&answer)
            end_detail=move || book.day(lang.get(), at)
        >
            <a href=routes::customer(customer)>{who}</a>
        </ListRow>
    }
    .into_any()
}

/// Who has spoken with them, or the button that says one has: for those who are not content.
fn taking_up(answer: &Answer) -> AnyView {
    let book = use_book();
    let lang = use_language();
    let toasts = use_toasts();
    let (id, customer) = (answer.id, answer.customer);
    if let Some(person) = answer.taken_up_by {
        return view! { <span class="secondary small">{move || words::taken_up(lang.get(), &book.name_of(person))}</span> }.into_any();
    }
    if answer.score.camp() != Camp::Detractor {
        return ().into_any();
    }
    let submit = move |command| book.submit(&Command::Surveys(command));
    let press = move |()| {
        // It may have been looked at only.
        book.open_history(customer);
        match submit(surveys::Command::TakeUp { answer: id }) {
            Ok(_) => {
                toasts.push_undo(words::TAKEN_UP.in_lang(lang.get_untracked()), move || _ = submit(surveys::Command::LetGo { answer: id }))
            }
            Err(why) => toasts.push_problem(why.say(lang.get_untracked())),
        }
    };
    let take = t(words::TAKE_UP);
    view! { <Button rank=Rank::Quiet size=Size::Small on_press=press>{take}</Button> }.into_any()
}
