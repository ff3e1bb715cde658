//! The days that are otherwise: holidays, and days that are worked to make up for them.

use super::words;
use crate::{
    book::use_book,
    browser::format,
    ui::{Badge, Button, DateInput, Field, Icon, IconButton, Segmented, Size, Tone},
    words::{Lang, t, use_language},
};
use domain::time::Date;
use leptos::prelude::*;

/// No holiday lasts longer.
const MOST: i64 = 60;

const FREE: &str = "free";
const WORKED: &str = "worked";

/// The list, and a row that adds to it.
#[component]
pub fn Days(otherwise: RwSignal<Vec<(Date, bool)>>) -> impl IntoView {
    let book = use_book();
    let shown = Memo::new(move |_| {
        let today = book.today();
        otherwise.get().into_iter().filter(|(day, _)| day.days_since(today) >= 0).collect::<Vec<_>>()
    });
    let none = t(words::NO_DAYS);
    view! {
        <fieldset class="week-days">
            <legend>{t(words::OTHER_DAYS)}</legend>
            <div class="week-list">
                <For each=move || shown.get() key=|day| *day children=move |day| one(day, otherwise)/>
                <Show when=move || shown.with(Vec::is_empty)><span class="faint">{none}</span></Show>
            </div>
            <Add otherwise/>
        </fieldset>
    }
    .into_any()
}

fn one((day, worked): (Date, bool), otherwise: RwSignal<Vec<(Date, bool)>>) -> AnyView {
    let lang = use_language();
    let said = move || format::full_day(lang.get(), day);
    let (tone, word) = if worked { (Tone::Warn, words::WORKED) } else { (Tone::Good, words::FREE) };
    let drop = move |()| otherwise.update(|days| days.retain(|(other, _)| *other != day));
    let remove = move || match lang.get() {
        Lang::Zh => format!("移除 {}", said()),
        Lang::En => format!("Remove {}", said()),
    };
    view! {
        <span class="week-other">
            <Badge tone=tone>{t(word)}</Badge> <span class="nowrap">{said}</span>
            <IconButton label=remove icon=Icon::Close size=Size::Small on_press=drop/>
        </span>
    }
    .into_any()
}

#[component]
fn Add(otherwise: RwSignal<Vec<(Date, bool)>>) -> impl IntoView {
    let lang = use_language();
    let (from, to) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let kind = RwSignal::new(FREE.to_owned());
    let wrong = RwSignal::new(false);
    let kinds = Signal::derive(move || {
        [(FREE, words::FREE_DAY), (WORKED, words::WORKED_DAY)]
            .map(|(code, text)| (code.to_owned(), text.in_lang(lang.get()).to_owned()))
            .to_vec()
    });
    let error = Signal::derive(move || wrong.get().then(|| words::NO_SUCH_DAYS.in_lang(lang.get()).to_owned()));
    let add = move |()| {
        let first = from.get_untracked().parse::<Date>().ok();
        let last = to.with_untracked(|to| if to.is_empty() { first } else { to.parse::<Date>().ok() });
        let days = first.zip(last).filter(|(first, last)| (0..MOST).contains(&last.days_since(*first)));
        wrong.set(days.is_none());
        let Some((first, last)) = days else { return };
        let worked = kind.with_untracked(|kind| kind == WORKED);
        otherwise.update(|all| {
            let fresh: Vec<Date> = (0..=last.days_since(first)).map(|n| first.plus_days(n)).collect();
            all.retain(|(day, _)| !fresh.contains(day));
            all.extend(fresh.into_iter().map(|day| (day, worked)));
            all.sort_unstable_by_key(|(day, _)| *day);
        });
        from.set(String::new());
        to.set(String::new());
    };
    let add_word = t(words::ADD_DAYS);
    view! {
        <div class="week-add">
            <Field label=t(words::FROM) error><DateInput value=from/></Field>
            <Field label=t(words::TO_OPTIONAL)><DateInput value=to/></Field>
            <Segmented value=kind options=kinds label=t(words::OTHER_DAYS)/>
            <Button on_press=add>{add_word}</Button>
        </div>
    }
    .into_any()
}
