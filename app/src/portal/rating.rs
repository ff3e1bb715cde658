//! How it went: stars, a word if one likes, and thanks afterwards.

use super::words;
use crate::{
    book::use_book,
    browser::draft,
    routes,
    ui::{Button, Field, Icon, Rank, Size, Stars, StarsInput, TextArea, icon, live, text, use_toasts, while_so},
    words::{states, t, use_language},
};
use domain::{
    id::TicketId,
    portal::Command,
    text::Prose,
    tickets::{
        Rating, Stars as Given, State,
        portal::{self, Ticket},
    },
    words::Say,
};
use leptos::prelude::*;

/// Asks how it went, or thanks for having been told. `named`: says which ticket it is about.
#[component]
pub fn RatingCard(id: TicketId, #[prop(optional)] named: bool) -> impl IntoView {
    let book = use_book();
    let rating = Memo::new(move |_| book.row::<Ticket>(id).and_then(|ticket| ticket.rating.clone()));
    let again = RwSignal::new(false);
    let subject = move || book.row::<Ticket>(id).map(|ticket| ticket.subject.to_string()).unwrap_or_default();
    let name = named.then(|| view! { <p class="rating-of"><a class="link" href=routes::request(id)>{text(subject)}</a></p> });
    view! {
        <section class="card rating">
            {name}
            {live(move || match rating.get().filter(|_| !again.get()) {
                Some(rating) => Some(view! { <Thanks rating again/> }.into_any()),
                None => Some(view! { <Ask id again named/> }.into_any()),
            })}
        </section>
    }
    .into_any()
}

#[component]
fn Ask(id: TicketId, again: RwSignal<bool>, named: bool) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let toasts = use_toasts();
    let stars = RwSignal::new(0u8);
    let comment = draft::kept(&format!("{id}.rating"));
    let send = move |()| {
        let Some(given) = Given::new(stars.get_untracked().into()) else { return };
        let said = comment.with_untracked(|comment| Prose::parse(comment).ok());
        match book.submit(&Command::Tickets(portal::Command::Rate { ticket: id, stars: given, comment: said })) {
            Ok(_) => {
                comment.set(String::new());
                again.set(false);
            }
            Err(refusal) => toasts.push_problem(refusal.say(lang.get_untracked())),
        }
    };
    let word = move || {
        view! {
            <Field label=t(words::COMMENT)><TextArea value=comment placeholder=t(words::COMMENT_HINT) lines=2 max_length=10_000/></Field>
            <Button rank=Rank::Primary size=Size::Large wide=true on_press=send>{t(words::SEND_RATING)}</Button>
        }
        .into_any()
    };
    view! {
        <h2>{t(words::HOW_WAS_IT)}</h2>
        <StarsInput value=stars label=t(words::HOW_WAS_IT)/>
        {while_so(move || stars.get() > 0, word)}
            {(!named).then(|| view! { <Confirm id/> })}
    }
    .into_any()
}

#[component]
fn Thanks(rating: Rating, again: RwSignal<bool>) -> impl IntoView {
    let lang = use_language();
    let count = rating.stars.count();
    let meaning = text(move || states::satisfaction(lang.get(), count).to_owned());
    view! {
        <div class="rating-thanks">
            <span class="rating-mark" aria-hidden="true">{icon(Icon::Heart)}</span>
            <p role="status"><b>{t(words::THANKS)}</b> <span><Stars value=i64::from(count)/> {meaning}</span></p>
            <Button rank=Rank::Quiet on_press=move |()| again.set(true)>{t(words::RATE_AGAIN)}</Button>
        </div>
    }
    .into_any()
}

/// Solved indeed: closes it for good.
#[component]
pub fn Confirm(id: TicketId) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let toasts = use_toasts();
    let solved = move || book.row::<Ticket>(id).is_some_and(|ticket| ticket.state == State::Solved);
    let confirm = move |()| match book.submit(&Command::Tickets(portal::Command::Confirm { ticket: id })) {
        Ok(_) => toasts.push(words::CONFIRMED.in_lang(lang.get_untracked())),
        Err(refusal) => toasts.push_problem(refusal.say(lang.get_untracked())),
    };
    let button =
        move || view! { <Button size=Size::Large wide=true icon=Icon::Check on_press=confirm>{t(words::CONFIRM)}</Button> }.into_any();
    while_so(solved, button)
}
