//! Reviews of tiers by share: what was found, what is proposed, what has come of it.

use super::{review::ReviewDialog, words};
use crate::{
    book::{ordered, use_book},
    browser::{clock, format},
    deeds::Deeds,
    forms::label_of,
    ui::{Badge, Button, Card, CardBody, Facts, Icon, List, ListRow, Size, Tone, live},
    words::t,
};
use domain::{
    access::Right,
    change,
    id::ReviewId,
    loyalty::{Command, Review, ReviewState, quarter},
};
use leptos::prelude::*;
use std::{cmp::Reverse, sync::Arc};

/// So many are shown: three years of them.
const MOST: usize = 12;

/// The reviews, for those who manage a programme whose tiers are by share.
#[component]
pub fn ReviewsCard() -> impl IntoView {
    let deeds = Deeds::here();
    let book = use_book();
    let manages = book.me().role.is_some_and(|role| role.may(Right::ManageLoyalty));
    let reviews = Memo::new(move |_| {
        let mut all = ordered(&book.rows::<Review>(), |a, b| Reverse((a.on, a.at, a.id)).cmp(&Reverse((b.on, b.at, b.id))));
        all.truncate(MOST);
        all
    });
    let by_share = Memo::new(move |_| book.programme().is_some_and(|programme| programme.rules.tiers.are_by_share()));
    let opened = RwSignal::new(None::<ReviewId>);
    let open = Callback::new(move |id| opened.set(Some(id)));
    let ask = move |()| {
        let command = change::Command::Loyalty(Command::AskReview { id: clock::new_id::<ReviewId>() });
        deeds.act(&command, |lang| words::REVIEW_ASKED.in_lang(lang).to_owned(), None);
    };
    let review_now = t(words::REVIEW_NOW);
    let idle = move || {
        (by_share.get() && reviews.with(|reviews| reviews.iter().all(|review| !review.open)))
            .then(|| view! { <Button icon=Icon::Refresh size=Size::Small on_press=ask>{review_now}</Button> }.into_any())
    };
    let hint = move || words::next_review(deeds.lang.get(), &format::day(deeds.lang.get(), quarter(book.today()).1, book.today()));
    let list = move || {
        let rows: Vec<AnyView> = reviews.with(|reviews| reviews.iter().map(|review| row(deeds, review, open)).collect());
        (!rows.is_empty()).then(|| view! { <List label=t(words::REVIEWS)>{rows}</List> }.into_any())
    };
    let dialog = move || opened.get().map(|id| view! { <ReviewDialog id on_close=move |()| opened.set(None)/> }.into_any());
    let shown = move || {
        (manages && (by_share.get() || reviews.with(|reviews| !reviews.is_empty()))).then(|| {
            let aside = view! { {live(idle)} };
            view! {
                <Card title=t(words::REVIEWS) aside=aside>
                    <CardBody><p class="small secondary">{hint}</p></CardBody>
                    {live(list)}
                </Card>
            }
            .into_any()
        })
    };
    view! { {live(shown)} {live(dialog)} }.into_any()
}

const fn tone(state: ReviewState) -> Tone {
    match state {
        ReviewState::Asked => Tone::Plain,
        ReviewState::Proposed => Tone::Warn,
        ReviewState::Approved => Tone::Accent,
        ReviewState::Done => Tone::Good,
        ReviewState::Dropped => Tone::Plain,
    }
}

fn row(deeds: Deeds, review: &Arc<Review>, open: Callback<ReviewId>) -> AnyView {
    let (lang, book, id) = (deeds.lang.get(), deeds.book, review.id);
    let today = book.today();
    let when = review.takes_effect_on.map(|on| words::from_day(lang, &format::day(lang, on, today)));
    let facts = match review.state {
        ReviewState::Asked => vec![words::WORKING_OUT.in_lang(lang).to_owned()],
        _ => vec![
            words::of_customers(lang, review.sizes.n()),
            words::rises(lang, review.rises),
            words::falls(lang, review.falls),
            when.unwrap_or_default(),
        ],
    };
    let state = label_of(&review.state, lang).to_owned();
    let title = words::review_of(lang, &format::year_day(lang, review.on));
    let look = t(words::LOOK_AT_REVIEW);
    let known = review.state != ReviewState::Asked;
    let controls = view! {
        <Badge tone=tone(review.state)>{state}</Badge>
        {known.then(|| view! { <Button size=Size::Small on_press=move |()| open.run(id)>{look}</Button> })}
    };
    view! { <ListRow detail=view! { <Facts of=facts/> } deeds=controls>{title}</ListRow> }.into_any()
}
