//! One review: how large each tier would be, who rises and who falls, and the decision.

use super::words;
use crate::{
    book::{Asked, Book, Listing, use_book},
    browser::format,
    deeds::Deeds,
    forms::said,
    routes,
    ui::{Banner, Button, Card, DateInput, Dialog, DialogBody, Facts, Field, FormDialog, List, ListRow, Rank, Size, Tone, Width, live},
    words::{Lang, t},
};
use domain::{
    change,
    customers::Customer,
    id::ReviewId,
    lookup::Question,
    loyalty::{Command, LONGEST_WAIT_DAYS, Move, Review, ReviewState, Sizes},
    time::Date,
};
use leptos::prelude::*;

type Shown = Memo<Option<std::sync::Arc<Review>>>;

#[component]
pub fn ReviewDialog(id: ReviewId, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let book = use_book();
    let review: Shown = Memo::new(move |_| book.row::<Review>(id));
    let waits = Memo::new(move |_| review.with(|review| review.as_ref().is_some_and(|it| it.state == ReviewState::Proposed)));
    live(move || {
        Some(match waits.get() {
            true => view! { <Decision id review on_close/> }.into_any(),
            false => view! { <Past id review on_close/> }.into_any(),
        })
    })
}

/// What is proposed, and the day from which on it would hold.
#[component]
fn Decision(id: ReviewId, review: Shown, on_close: Callback<()>) -> impl IntoView {
    let deeds = Deeds::here();
    let today = deeds.book.today();
    let (tomorrow, latest) = (today.plus_days(1), today.plus_days(LONGEST_WAIT_DAYS));
    let day = RwSignal::new(tomorrow.to_string());
    let refusal = RwSignal::new(None::<change::Refusal>);
    let does = move |command: Command, told: fn(Lang) -> String| {
        let command = change::Command::Loyalty(command);
        refusal.set(deeds.book.why_not(&command));
        if refusal.with_untracked(Option::is_none) && deeds.act(&command, told, None) {
            on_close.run(());
        }
    };
    let chosen = move || day.with(|day| day.parse::<Date>().ok());
    let approve = move |()| {
        if let Some(on) = untrack(chosen) {
            does(Command::ApproveReview { review: id, on }, |lang| words::REVIEW_APPROVED.in_lang(lang).to_owned());
        }
    };
    let drop = move |()| does(Command::DropReview { review: id }, |lang| words::REVIEW_DROPPED.in_lang(lang).to_owned());
    let blocked = Signal::derive(move || chosen().is_none().then(|| words::NO_DAY.in_lang(deeds.lang.get()).to_owned()));
    let drop_word = t(words::DROP_REVIEW);
    let aside = move || view! { <Button rank=Rank::Quiet on_press=drop>{drop_word}</Button> };
    view! {
        <FormDialog
            title=title(review) verb=t(words::APPROVE_REVIEW) on_send=approve on_close refusal=said(refusal) blocked width=Width::Wide aside
        >
            <Found review/>
            <Field label=t(words::EFFECT_ON) hint=t(words::EFFECT_HINT)>
                <DateInput value=day min=tomorrow.to_string() max=latest.to_string()/>
            </Field>
            <Movers id/>
        </FormDialog>
    }
    .into_any()
}

/// One that was decided on.
#[component]
fn Past(id: ReviewId, review: Shown, on_close: Callback<()>) -> impl IntoView {
    view! {
        <Dialog open=true on_close title=title(review) width=Width::Wide>
            <DialogBody><Found review/> <Movers id/></DialogBody>
        </Dialog>
    }
    .into_any()
}

fn title(review: Shown) -> Signal<String> {
    let deeds = Deeds::here();
    Signal::derive(move || {
        let lang = deeds.lang.get();
        let day = review.with(|review| review.as_ref().map(|it| format::year_day(lang, it.on)));
        day.map(|day| words::review_of(lang, &day)).unwrap_or_default()
    })
}

#[component]
fn Found(review: Shown) -> impl IntoView {
    let deeds = Deeds::here();
    let found = move || {
        let lang = deeds.lang.get();
        Some(sizes(&review.get()?.sizes, |rank| tier(deeds.book, rank, lang), lang))
    };
    view! { <Card>{live(found)}</Card> }.into_any()
}

/// How large each tier is and would be, the highest first.
pub(super) fn sizes(sizes: &Sizes, tier: impl Fn(i64) -> String, lang: Lang) -> AnyView {
    let n = sizes.n().max(1);
    let row = |(rank, (before, after)): (i64, (i64, i64))| {
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
        let share = after as f64 / n as f64;
        let name = tier(rank);
        view! {
            <ListRow
                detail=words::before(lang, before)
                end=words::of_customers(lang, after)
                end_detail=format::percent(share, 1)
            >{name}</ListRow>
        }
        .into_any()
    };
    let mut rows: Vec<AnyView> = (0..).zip(sizes.0.iter().copied()).map(row).collect();
    rows.reverse();
    view! { <List label=t(words::TIERS)>{rows}</List> }.into_any()
}

fn tier(book: Book, rank: i64, lang: Lang) -> String {
    book.tier(rank, lang).map_or_else(|| words::NO_TIER.in_lang(lang).to_owned(), |(_, name)| name)
}

/// Who moves, the best first, as far as it was gone through.
#[component]
fn Movers(id: ReviewId) -> impl IntoView {
    let deeds = Deeds::here();
    let book = deeds.book;
    let listing = book.listing(move || Some(Question::Moves(id)));
    let rows = move || {
        let lang = deeds.lang.get();
        let movers: Vec<AnyView> = listing.ids().iter().filter_map(|id| mover(book, &*book.row::<Move>(*id)?, lang)).collect();
        (!movers.is_empty()).then(|| view! { <Card><List label=t(words::MOVERS)>{movers}</List></Card> }.into_any())
    };
    let head = move || {
        let count = listing.count(|| 0).map(|(n, more)| format::counted(n, more)).unwrap_or_default();
        view! { <h3 class="points-part">{t(words::MOVERS)} " " <small class="secondary">{count}</small></h3> }.into_any()
    };
    view! { {live(move || Some(head()))} {live(rows)} {rest(listing)} }.into_any()
}

/// What is still to come of a list, or why nothing comes.
fn rest(listing: Listing) -> AnyView {
    let more = t(words::MORE_MOVERS);
    live(move || {
        let shown = listing.ids().len();
        match listing.asked() {
            Asked::Failed => Some(view! { <Banner tone=Tone::Warn>{t(words::MOVERS_ONLINE)}</Banner> }.into_any()),
            Asked::Here if listing.count(|| 0).is_some_and(|(n, _)| shown < n) => {
                Some(view! { <Button size=Size::Small on_press=move |()| listing.go_on()>{more}</Button> }.into_any())
            }
            Asked::Not | Asked::Coming | Asked::Here => None,
        }
    })
}

fn mover(book: Book, it: &Move, lang: Lang) -> Option<AnyView> {
    let customer = book.row::<Customer>(it.customer)?;
    let name = crate::customers::named_row(&customer);
    let way = format!("{} → {}", tier(book, it.from, lang), tier(book, it.to, lang));
    let score = words::points(lang, &format::number(it.score.get()));
    let facts = vec![way, words::place(lang, it.place)];
    let href = Signal::stored(routes::customer(it.customer));
    Some(view! { <ListRow href detail=view! { <Facts of=facts/> } end=score>{name}</ListRow> }.into_any())
}
