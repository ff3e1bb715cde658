//! Whether one would recommend us: asked once a quarter, answered with one touch and a word if one likes.

use super::words;
use crate::{
    book::{Book, use_book},
    browser::{clock, draft},
    ui::{Button, Field, Icon, Rank, Size, TextArea, icon, live, text, use_toasts, while_so},
    words::{t, use_language},
};
use domain::{
    portal::Command,
    surveys::{
        Score, asked_again_on,
        portal::{Answer, Command as Deed},
    },
    text::Prose,
    words::Say,
};
use leptos::prelude::*;

/// Thanks are shown for so many days after an answer, then nothing until one is asked again.
const THANKS_DAYS: i64 = 2;

/// The question, or thanks for the answer.
#[component]
pub fn RecommendCard() -> impl IntoView {
    let book = use_book();
    let asked = Memo::new(move |_| stands(book));
    live(move || match asked.get() {
        Asked::Now => Some(view! { <Ask/> }.into_any()),
        Asked::JustAnswered => Some(view! { <Thanks/> }.into_any()),
        Asked::Later => None,
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Now,
    JustAnswered,
    Later,
}

fn stands(book: Book) -> Asked {
    // Nobody is asked before we know what they said.
    if book.account().is_none() {
        return Asked::Later;
    }
    let today = book.today();
    match book.rows::<Answer>().iter().map(|answer| answer.on).max() {
        Some(on) if today.days_since(on) < THANKS_DAYS => Asked::JustAnswered,
        Some(on) if today < asked_again_on(on) => Asked::Later,
        _ => Asked::Now,
    }
}

#[component]
fn Ask() -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let toasts = use_toasts();
    let score = RwSignal::new(None::<u8>);
    let comment = draft::kept("recommend");
    let send = move |()| {
        let Some(given) = score.get_untracked().and_then(|score| Score::new(score.into())) else { return };
        let said = comment.with_untracked(|comment| Prose::parse(comment).ok());
        match book.submit(&Command::Surveys(Deed::Answer { id: clock::new_id(), score: given, comment: said })) {
            Ok(_) => comment.set(String::new()),
            Err(refusal) => toasts.push_problem(refusal.say(lang.get_untracked())),
        }
    };
    let word = move || {
        view! {
            <Field label=t(words::RECOMMEND_WHY)><TextArea value=comment lines=2 max_length=10_000/></Field>
            <Button rank=Rank::Primary size=Size::Large wide=true on_press=send>{t(words::SUBMIT)}</Button>
        }
        .into_any()
    };
    let question = move || words::recommend(lang.get(), &book.house_name());
    view! {
        <section class="card rating">
            <h2 id="recommend">{text(question)}</h2>
            <div class="scores" role="radiogroup" aria-labelledby="recommend">{(0..=Score::MOST).map(|n| choice(n, score)).collect_view()}</div>
            <p class="scores-ends" aria-hidden="true"><span>{t(words::RECOMMEND_LEAST)}</span> <span>{t(words::RECOMMEND_MOST)}</span></p>
            {while_so(move || score.get().is_some(), word)}
        </section>
    }
    .into_any()
}

fn choice(n: u8, score: RwSignal<Option<u8>>) -> AnyView {
    view! {
        <label class="score">
            <input type="radio" name="score" value=n.to_string() prop:checked=move || score.get() == Some(n) on:change=move |_| score.set(Some(n))/>
            <span>{n.to_string()}</span>
        </label>
    }
    .into_any()
}

#[component]
fn Thanks() -> impl IntoView {
    view! {
        <section class="card rating">
            <div class="rating-thanks">
                <span class="rating-mark" aria-hidden="true">{icon(Icon::Heart)}</span>
                <p role="status"><b>{t(words::RECOMMEND_THANKS)}</b></p>
            </div>
        </section>
    }
    .into_any()
}
