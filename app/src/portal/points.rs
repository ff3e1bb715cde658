//! Points: what can be spent, every lot that expires, rewards to take, what one took, and why it is as much as it is.

use super::{club::points, rewards::Rewards, screen::Screen, words};
use crate::{
    book::use_book,
    browser::format,
    ui::{Card, EmptyState, Icon, List, ListRow, Shape, Skeleton, live, while_so},
    words::{Lang, t, use_language},
};
use domain::loyalty::{Why, expiring, portal::Entry};
use leptos::prelude::*;

/// So many movements at first.
const MOST: usize = 40;

#[component]
pub fn PointsPage() -> impl IntoView {
    let book = use_book();
    let first = move || book.status().get().is_opening() && book.club().is_none();
    view! {
        <Screen title=t(words::POINTS)>
            {while_so(first, || view! { <Skeleton shape=Shape::Card/> }.into_any())}
            {while_so(move || !first(), || view! { <Balance/> <Rewards/> <History/> }.into_any())}
        </Screen>
    }
    .into_any()
}

/// What is there, what is owed, and all that expires (not only what does first).
#[component]
fn Balance() -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let owed = move || {
        let owed = book.member().map(|member| member.owed).filter(|owed| !owed.is_zero())?;
        Some(view! { <p class="portal-owed">{words::owed(lang.get(), owed.get())}</p> }.into_any())
    };
    let lots = move || {
        let days = expiring(book.holdings(), book.today());
        let most = days.iter().map(|(_, points)| points.get()).max()?;
        let lang = lang.get();
        let today = book.today();
        let row = |(day, points): (domain::time::Date, domain::money::Points)| {
            let left = day.days_since(today);
            let width = format!("{}%", (points.get() * 100 / most.max(1)).max(3));
            let note = (left <= 60).then(|| words::days_left(lang, left));
            view! {
                <li data-soon=left <= 30>
                    <span class="lot-day">{format::day(lang, day, today)}</span>
                    <span class="lot-bar"><span style:width=width></span> {note.map(|note| view! { <small>{note}</small> })}</span>
                    <b>{format::number(points.get())}</b>
                </li>
            }
        };
        let rows = days.into_iter().map(row).collect_view();
        Some(
            view! { <section class="card"><ul class="lots" role="list" aria-label=words::EXPIRING.in_lang(lang)>{rows}</ul></section> }
                .into_any(),
        )
    };
    view! {
        <header class="portal-balance">
            <p>{t(words::SPENDABLE)}</p>
            <data>{points(move || book.spendable())}</data>
            {live(owed)}
        </header>
        {live(lots)}
    }
    .into_any()
}

/// Every movement, with its reason.
#[component]
fn History() -> impl IntoView {
    let book = use_book();
    let entries = Memo::new(move |_| {
        let mut entries = book.movements();
        entries.truncate(MOST);
        entries
    });
    let list = move || {
        view! {
            <Card title=t(words::HISTORY)>
                <List label=t(words::HISTORY)>
                    <For each=move || entries.get() key=|entry| entry.id children=|entry| movement(&entry)/>
                </List>
            </Card>
        }
        .into_any()
    };
    let none = || {
        view! { <div class="card"><EmptyState icon=Icon::Points title=t(words::NO_POINTS) text=t(words::NO_POINTS_HINT)/></div> }.into_any()
    };
    view! {
        {while_so(move || !entries.with(Vec::is_empty), list)}
        {while_so(move || entries.with(Vec::is_empty), none)}
    }
    .into_any()
}

fn movement(entry: &Entry) -> AnyView {
    let book = use_book();
    let lang = use_language();
    let (on, count, why) = (entry.on, entry.points, entry.why.clone());
    let rises = count > 0;
    let day = move || format::day(lang.get(), on, book.today());
    view! {
        <ListRow
            detail=day
            end=move || view! { <span class="portal-count" data-rises=rises>{format::signed(count)}</span> }
        >
            {move || said(lang.get(), &why)}
        </ListRow>
    }
    .into_any()
}

fn said(lang: Lang, why: &Why) -> String {
    match why {
        Why::Bought { what, .. } => words::bought(lang, what.as_ref().map(domain::text::Line::as_str)),
        Why::Refunded { .. } => words::REFUNDED.in_lang(lang).to_owned(),
        Why::Redeemed { title, .. } => words::redeemed(lang, title.as_str()),
        Why::Restored { title, .. } => words::restored(lang, title.as_str()),
        Why::Given { reason } | Why::Taken { reason } => reason.to_string(),
        Why::Expired => words::EXPIRED.in_lang(lang).to_owned(),
    }
}
