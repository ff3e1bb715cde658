//! One movement of points, with its reason and its arithmetic.

use super::words;
use crate::{
    book::{Book, use_book},
    browser::format,
    ui::{Facts, ListRow},
    words::{Lang, use_language},
};
use domain::loyalty::{Entry, Lot, Source, Why};
use leptos::prelude::*;
use std::sync::Arc;

/// What happened, in a line.
pub(super) fn title(why: &Why, lang: Lang) -> String {
    match why {
        Why::Bought { what, .. } => words::bought(lang, what.as_ref().map(ToString::to_string).unwrap_or_default().as_str()),
        Why::Refunded { .. } => words::REFUND.in_lang(lang).to_owned(),
        Why::Redeemed { title, .. } => words::about(lang, "兑换", "Redeemed", title.as_str()),
        Why::Restored { title, .. } => words::about(lang, "取消兑换", "Called off", title.as_str()),
        Why::Given { reason } => words::about(lang, "赠送：", "Given:", reason.as_str()),
        Why::Taken { reason } => words::about(lang, "扣减：", "Taken:", reason.as_str()),
        Why::Expired => words::EXPIRED.in_lang(lang).to_owned(),
    }
}

/// Why so many: the amount and the rule of that day. Tracked.
fn arithmetic(book: Book, entry: &Entry, lang: Lang) -> Vec<String> {
    let currency = book.currency();
    let (Why::Bought { amount, .. } | Why::Refunded { amount, .. }) = &entry.why else { return Vec::new() };
    let lots = entry.parts.0.iter().filter_map(|(lot, _)| book.row::<Lot>(*lot));
    let rate = lots.filter_map(|lot| if let Source::Order { rate } = lot.source { Some(rate) } else { None }).next();
    let rule = rate.map(|rate| {
        let count = format::number(rate.points.get());
        words::by_rate(lang, &format::amount(rate.per, currency), &count, rate.percent)
    });
    std::iter::once(format::amount(*amount, currency)).chain(rule).collect()
}

/// Made anew when the list is.
pub(super) fn row(entry: &Arc<Entry>) -> AnyView {
    let book = use_book();
    let lang = use_language().get();
    let mut facts = vec![format::day(lang, entry.on, book.today()), book.actor_name(lang, entry.by)];
    facts.extend(arithmetic(book, entry, lang));
    let debt = (entry.owed != 0).then(|| words::debt(lang, entry.owed));
    let (title, points) = (title(&entry.why, lang), format::signed(entry.points));
    view! { <ListRow detail=view! { <Facts of=facts/> } end=points end_detail=debt>{title}</ListRow> }.into_any()
}
