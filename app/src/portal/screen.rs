//! A page of the portal: its bar, how this device stands with us, what was not accepted, and its content.

use super::{not_accepted, words};
use crate::{
    book::{Refused, Status, use_book},
    browser::page,
    ui::{Banner, Button, Icon, Rank, Size, Tone, icon, later_over, live, text, use_toasts, while_so},
    words::{actions, states, t, use_language},
};
use domain::{portal::Command, tickets::portal as tickets, words::Say};
use leptos::prelude::*;

/// The id of a page's name.
pub const TITLE: &str = "page";

/// A page. `back` is where its arrow leads; without one it is a tab's own page.
#[component]
pub fn Screen(
    #[prop(into)] title: Signal<String>,
    /// Below the title, smaller.
    #[prop(optional, into)]
    note: Signal<String>,
    #[prop(optional)] back: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    page::entitle(move || title.get());
    let book = use_book();
    let back = back.map(|address| view! { <a class="portal-back" href=address aria-label=t(actions::BACK)>{icon(Icon::ChevronLeft)}</a> });
    let note = live(move || Some(note.get()).filter(|note| !note.is_empty()).map(|note| view! { <small>{note}</small> }.into_any()));
    view! {
        <header class="portal-bar">
            {back}
            // Where somebody who does not see begins to read a page they have come to.
            <h1 id=TITLE tabindex="-1">{title} {note}</h1>
            <Standing/>
        </header>
        <main class="portal-main">
            {while_so(move || book.has_refused(), || later_over(not_accepted()))}
            {children()}
        </main>
    }
    .into_any()
}

/// A quiet word while something is not with us yet, or we cannot be reached; nothing at all while all is well.
#[component]
fn Standing() -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let (status, unsent) = (book.status(), book.unsent());
    let off = move || status.get().is_cut_off();
    let said = move || match (off(), unsent.get()) {
        (true, _) if status.get() == Status::TooOld => states::TOO_OLD.in_lang(lang.get()).to_owned(),
        (true, 0) => states::OFFLINE.in_lang(lang.get()).to_owned(),
        (true, waiting) => words::offline_with(lang.get(), waiting),
        (false, _) => String::new(),
    };
    view! {
        <span class="portal-standing" role="status" data-off=off>
            {while_so(off, || icon(Icon::Offline))}
            {text(said)}
        </span>
    }
    .into_any()
}

/// What we did not accept: with the reason, to be tried again or given up.
#[component]
pub fn NotAccepted() -> impl IntoView {
    let book = use_book();
    let refused = book.refused::<Command>();
    live(move || {
        Some(refused.get()).filter(|refused| !refused.is_empty()).map(|refused| refused.into_iter().map(one).collect_view().into_any())
    })
}

fn one(refused: Refused<Command>) -> AnyView {
    let book = use_book();
    let lang = use_language();
    let toasts = use_toasts();
    let id = refused.id;
    let written = match &refused.command {
        Some(Command::Tickets(tickets::Command::Write { text, .. } | tickets::Command::Open { text, .. })) => text.to_string(),
        _ => String::new(),
    };
    let why = refused.why.clone();
    let command = StoredValue::new(refused.command);
    let again = move |()| match command.with_value(|command| command.as_ref().map(|command| book.submit(command))) {
        Some(Err(refusal)) => toasts.push_problem(refusal.say(lang.get_untracked())),
        Some(Ok(_)) | None => book.dismiss(id),
    };
    view! {
        <Banner tone=Tone::Warn>
            <span><b>{t(words::NOT_ACCEPTED)}</b> " " {text(move || why.say(lang.get()))}</span>
            <q class="portal-refused">{written}</q>
            <Button rank=Rank::Quiet size=Size::Small on_press=again>{t(actions::RETRY)}</Button>
            <Button rank=Rank::Quiet size=Size::Small on_press=move |()| book.dismiss(id)>{t(words::GIVE_UP)}</Button>
        </Banner>
    }
    .into_any()
}
