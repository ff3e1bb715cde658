//! When people work here: periods of each weekday, and the days that are otherwise.

use super::words;
use crate::{
    book::use_book,
    browser::format,
    forms::said,
    ui::{Banner, Button, Card, CardBody, Icon, IconButton, Rank, Size, TimeInput, Tone, use_toasts},
    words::{Lang, actions, t, use_language},
};
use domain::{
    access::Right,
    calendar::{Calendar, Period},
    change::{self, Command},
    settings,
    time::Date,
    words::Say,
};
use leptos::{ev::SubmitEvent, prelude::*};

/// A period as it is typed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Span {
    from: RwSignal<String>,
    to: RwSignal<String>,
}

impl Span {
    fn of(Period(from, to): Period) -> Self {
        Self { from: RwSignal::new(format::time_of_day(from)), to: RwSignal::new(until(to)) }
    }

    /// Minutes since midnight; nothing while a time is missing. Tracked.
    fn read(self) -> Option<Period> {
        let from = minutes(&self.from.get())?;
        // A day ends where the next one begins.
        let to = minutes(&self.to.get()).map(|to| if to == 0 { 24 * 60 } else { to })?;
        Some(Period(from, to))
    }
}

/// `<input type=time>` knows no 24:00.
fn until(minute: i64) -> String {
    format::time_of_day(minute.rem_euclid(24 * 60))
}

fn minutes(text: &str) -> Option<i64> {
    let (hour, minute) = text.split_once(':')?;
    Some(hour.parse::<i64>().ok()? * 60 + minute.get(..2)?.parse::<i64>().ok()?)
}

type Days = [RwSignal<Vec<Span>>; 7];

/// What the form says, and whether each day of it could be. Tracked.
fn read(days: Days, otherwise: RwSignal<Vec<(Date, bool)>>) -> Option<Calendar> {
    let mut week: [Vec<Period>; 7] = Default::default();
    for (periods, day) in week.iter_mut().zip(days) {
        *periods = day.get().into_iter().map(Span::read).collect::<Option<_>>()?;
    }
    Some(Calendar { week, days: otherwise.get() })
}

#[component]
pub fn WeekCard() -> impl IntoView {
    let book = use_book();
    let calendar = Memo::new(move |_| book.company().map(|company| company.calendar.clone()));
    let manages = book.me().role.is_some_and(|role| role.may(Right::ManageSettings));
    move || {
        calendar.get().map(|calendar| if manages { view! { <Form calendar/> }.into_any() } else { view! { <Told calendar/> }.into_any() })
    }
}

#[component]
fn Form(calendar: Calendar) -> impl IntoView {
    let book = use_book();
    let toasts = use_toasts();
    let lang = use_language();
    let refusal = RwSignal::new(None::<change::Refusal>);
    let days: Days = calendar.week.map(|periods| RwSignal::new(periods.into_iter().map(Span::of).collect()));
    let otherwise = RwSignal::new(calendar.days);
    let wanted = Memo::new(move |_| read(days, otherwise));
    // The rule is asked at every key, so that the button can say why it is blocked before it is pressed.
    let blocked = Signal::derive(move || match wanted.get() {
        None => Some(words::TIME_MISSING.in_lang(lang.get()).to_owned()),
        Some(calendar) => book.why_not(&Command::Settings(settings::Command::SetCalendar { calendar })).map(|why| why.say(lang.get())),
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(calendar) = wanted.get_untracked().filter(|_| blocked.with_untracked(Option::is_none)) else { return };
        match book.submit(&Command::Settings(settings::Command::SetCalendar { calendar })) {
            Ok(_) => toasts.push(words::SAVED.in_lang(lang.get_untracked())),
            Err(why) => refusal.set(Some(why)),
        }
    };
    let rows = days.into_iter().zip(0..).map(|(day, n)| weekday(n, day, days)).collect_view();
    let save = t(actions::SAVE);
    view! {
        <form on:submit=submit>
            <Card title=t(words::HOURS)>
                <CardBody>
                    <div class="stack">
                        <p class="small secondary">{t(words::HOURS_HINT)}</p>
                        <div class="week">{rows}</div>
                        <super::days::Days otherwise/>
                        {move || blocked.get().map(|why| view! { <Banner tone=Tone::Warn>{why}</Banner> })}
                        {move || said(refusal).get().map(|why| view! { <Banner tone=Tone::Bad>{why}</Banner> })}
                        <div><Button rank=Rank::Primary submit=true blocked>{save}</Button></div>
                    </div>
                </CardBody>
            </Card>
        </form>
    }
    .into_any()
}

/// 1970-01-05 was a Monday.
fn name(lang: Lang, n: i64) -> &'static str {
    format::weekday(lang, Date::from_days(4 + n))
}

/// A day of the week and its periods.
fn weekday(n: i64, day: RwSignal<Vec<Span>>, all: Days) -> AnyView {
    let lang = use_language();
    let called = move || name(lang.get(), n);
    let wrong = move || {
        let periods: Option<Vec<Period>> = day.get().into_iter().map(Span::read).collect();
        periods.is_none_or(|periods| {
            let alone = Calendar { week: std::array::from_fn(|_| periods.clone()), days: Vec::new() };
            !periods.is_empty() && !alone.is_sound()
        })
    };
    let add = move |()| {
        let last = day.with_untracked(|day| day.last().and_then(|span| untrack(|| span.read())));
        let from = last.map_or(9 * 60, |Period(_, to)| (to + 60).min(22 * 60));
        day.update(|day| day.push(Span::of(Period(from, (from + 240).min(24 * 60 - 1)))));
    };
    // What Monday has, the days after it usually have too.
    let spread = move |()| {
        let periods: Vec<Period> = untrack(|| day.get().into_iter().filter_map(Span::read).collect());
        for other in all.into_iter().skip(1).take(4) {
            other.set(periods.iter().copied().map(Span::of).collect());
        }
    };
    let (add_word, spread_word, free) = (t(words::ADD_PERIOD), t(words::SAME_ALL_WEEK), t(words::NOBODY_WORKS));
    view! {
        <fieldset class="week-day" data-invalid=wrong>
            <legend>{called}</legend>
            <div class="week-periods">
                <For each=move || day.get() key=|span| *span children=move |span| period(span, day)/>
                <Show when=move || day.with(Vec::is_empty)><span class="faint">{free}</span></Show>
                <IconButton label=move || format!("{} {}", called(), add_word()) icon=Icon::Plus size=Size::Small on_press=add/>
                {(n == 0).then(|| view! { <Button rank=Rank::Quiet size=Size::Small on_press=spread>{spread_word}</Button> })}
            </div>
        </fieldset>
    }
    .into_any()
}

fn period(span: Span, day: RwSignal<Vec<Span>>) -> AnyView {
    let drop = move |()| day.update(|day| day.retain(|one| *one != span));
    view! {
        <span class="week-period">
            <TimeInput value=span.from label=t(words::FROM)/>
            <span aria-hidden="true">"–"</span>
            <TimeInput value=span.to label=t(words::TO)/>
            <IconButton label=t(words::REMOVE_PERIOD) icon=Icon::Close size=Size::Small on_press=drop/>
        </span>
    }
    .into_any()
}

/// What holds, for those who cannot change it.
#[component]
fn Told(calendar: Calendar) -> impl IntoView {
    let lang = use_language();
    let rows = calendar.week.into_iter().zip(0..).map(move |(periods, n)| {
        let times: Vec<String> =
            periods.iter().map(|Period(from, to)| format!("{}–{}", format::time_of_day(*from), format::time_of_day(*to))).collect();
        let times = move || if times.is_empty() { words::NOBODY_WORKS.in_lang(lang.get()).to_owned() } else { times.join("  ") };
        view! { <div><dt>{move || name(lang.get(), n)}</dt><dd class="tabular">{times}</dd></div> }
    });
    view! { <Card title=t(words::HOURS)><CardBody><dl class="details">{rows.collect_view()}</dl></CardBody></Card> }.into_any()
}
