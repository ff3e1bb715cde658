//! Everything about a customer's points: what is at hand and until when, what came and went and why, what was redeemed.

use super::{card::standing, history, redemption, words};
use crate::{
    book::{ordered, use_book},
    browser::format,
    ui::{Dialog, DialogBody, Facts, Fold, List, ListRow, Sum, Sums, Width, live, text, while_so},
    words::{Lang, Text, t, use_language},
};
use domain::{
    id::CustomerId,
    loyalty::{Entry, Lot, Member, Redemption, Source, Why},
    money::Points,
    time::Date,
};
use leptos::prelude::*;
use std::{cmp::Ordering, sync::Arc};

#[component]
pub fn ExplainDialog(customer: CustomerId, on_close: Callback<()>) -> impl IntoView {
    view! {
        <Dialog open=true on_close=on_close title=t(words::EXPLAIN) width=Width::Wide>
            <DialogBody>
                <Totals customer/>
                <Lots customer/>
                <Redemptions customer/>
                <History customer/>
            </DialogBody>
        </Dialog>
    }
    .into_any()
}

/// The totals, and how the tier follows from them.
#[component]
fn Totals(customer: CustomerId) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let shown = Memo::new(move |_| standing(book, customer));
    let member = Memo::new(move |_| book.row::<Member>(customer));
    let of = move |look: fn(&Member) -> Points| member.with(|member| member.as_deref().map_or(Points::ZERO, look));
    let now = move |look: fn(&super::Standing) -> Points| shown.with(|shown| shown.as_ref().map_or(Points::ZERO, |(_, it)| look(it)));
    // What is nothing is left out, but for what can be spent.
    let sum = move |name: Text, always: bool, points: Box<dyn Fn() -> Points + Send>| {
        live(move || {
            let points = points();
            let number = format::number(points.get());
            (always || !points.is_zero()).then(|| view! { <Sum name=t(name) value=number/> }.into_any())
        })
    };
    let judged = move || {
        let shown = shown.get();
        shown
            .map(|(it, standing)| words::judged(lang.get(), it.rules.tiers.window_days, &format::number(standing.counts.get())))
            .unwrap_or_default()
    };
    view! {
        <Sums>
            {sum(words::AVAILABLE, true, Box::new(move || now(|it| it.open)))}
            {sum(words::LOCKED, false, Box::new(move || now(|it| it.locked)))}
            {sum(words::OWED, false, Box::new(move || now(|it| it.owed)))}
            {sum(words::EVER, true, Box::new(move || of(|it| it.earned)))}
            {sum(words::USED, false, Box::new(move || of(|it| it.used)))}
            {sum(words::LAPSED, false, Box::new(move || of(|it| it.lapsed)))}
        </Sums>
        <p class="small secondary">{text(judged)}</p>
    }
    .into_any()
}

/// A part of the dialog under its heading; what stands where there is nothing.
fn part<T: Send + Sync + Clone + PartialEq + 'static>(name: Text, rows: Memo<Vec<T>>, none: Text, one: fn(&T) -> AnyView) -> AnyView {
    let list = move || {
        let rows: Vec<AnyView> = rows.with(|rows| rows.iter().map(one).collect());
        Some(match rows.is_empty() {
            true => view! { <p class="faint">{t(none)}</p> }.into_any(),
            false => view! { <div class="points-waiting"><List label=t(name)>{rows}</List></div> }.into_any(),
        })
    };
    view! { <section class="stack" data-gap="2"><h3 class="points-part">{t(name)}</h3>{live(list)}</section> }.into_any()
}

/// As they are spent: nearest expiry first, then the oldest, what never expires last.
fn by_expiry(a: &Arc<Lot>, b: &Arc<Lot>) -> Ordering {
    (a.expires_on.is_none(), a.expires_on, a.earned_on, a.id).cmp(&(b.expires_on.is_none(), b.expires_on, b.earned_on, b.id))
}

#[component]
fn Lots(customer: CustomerId) -> impl IntoView {
    let book = use_book();
    let all = Memo::new(move |_| ordered(&book.of::<Lot>(customer), by_expiry));
    let parted = move |open: bool| {
        Memo::new(move |_| {
            let today = book.today();
            let is_open = |lot: &Lot| !lot.holding().active(today).is_zero() || !lot.holding().locked(today).is_zero();
            all.with(|all| all.iter().filter(|lot| is_open(lot) == open).cloned().collect::<Vec<_>>())
        })
    };
    let (open, spent) = (parted(true), parted(false));
    let rest = move || {
        let rows =
            move || Some(view! { <List>{spent.with(|spent| spent.iter().rev().map(lot).collect::<Vec<AnyView>>())}</List> }.into_any());
        view! { <Fold summary=t(words::SPENT_LOTS) note=move || spent.with(Vec::len).to_string()><div class="points-waiting">{live(rows)}</div></Fold> }
            .into_any()
    };
    view! {
        {part(words::LOTS, open, words::NO_LOTS, lot)}
        {while_so(move || spent.with(|spent| !spent.is_empty()), rest)}
    }
    .into_any()
}

/// What a lot is of.
fn source(lot: &Lot, lang: Lang) -> String {
    let book = use_book();
    match &lot.source {
        Source::Given { reason } => reason.to_string(),
        Source::Order { .. } => {
            // What was bought is said where the points came in.
            let bought = |entry: Arc<Entry>| match &entry.why {
                Why::Bought { order, what, .. } if Some(*order) == lot.order => what.clone(),
                _ => None,
            };
            let what = book.of::<Entry>(lot.customer).into_iter().find_map(bought);
            what.map_or_else(|| words::A_PURCHASE.in_lang(lang).to_owned(), |what| what.to_string())
        }
    }
}

/// When it may be spent: from a day that is still to come, until another, or for ever.
fn spell(lot: &Lot, lang: Lang, today: Date) -> Vec<String> {
    let day = |on: Date| format::day(lang, on, today);
    let opens = if lot.opens_on > today { words::opens(lang, &day(lot.opens_on)) } else { String::new() };
    let lasts = lot.expires_on.map_or_else(|| words::FOR_EVER.in_lang(lang).to_owned(), |on| words::lasts_until(lang, &day(on)));
    vec![words::earned_on(lang, &day(lot.earned_on), &format::number(lot.earned.get())), opens, lasts]
}

fn lot(lot: &Arc<Lot>) -> AnyView {
    let book = use_book();
    let lang = use_language().get();
    let today = book.today();
    let left = lot.holding().active(today).plus(lot.holding().locked(today));
    let (facts, source) = (spell(lot, lang, today), source(lot, lang));
    view! { <ListRow detail=view! { <Facts of=facts/> } end=format::number(left.get())>{source}</ListRow> }.into_any()
}

#[component]
fn History(customer: CustomerId) -> impl IntoView {
    let book = use_book();
    let entries = Memo::new(move |_| ordered(&book.of::<Entry>(customer), |a, b| (b.at, b.id).cmp(&(a.at, a.id))));
    part(words::HISTORY, entries, words::NO_HISTORY, history::row)
}

#[component]
fn Redemptions(customer: CustomerId) -> impl IntoView {
    let book = use_book();
    let taken = Memo::new(move |_| ordered(&book.of::<Redemption>(customer), |a, b| (b.at, b.id).cmp(&(a.at, a.id))));
    while_so(move || taken.with(|taken| !taken.is_empty()), move || part(words::REDEMPTIONS, taken, words::NO_HISTORY, redemption::row))
}
