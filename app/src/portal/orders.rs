//! What one has bought, and how far it is.

use super::{screen::Screen, words};
use crate::{
    book::use_book,
    browser::format,
    routes,
    ui::{Badge, EmptyState, Icon, List, ListRow, Shape, Skeleton, Tone, while_so},
    words::{t, use_language},
};
use domain::{
    orders::{State, portal::Order},
    words::Label,
};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn OrdersPage() -> impl IntoView {
    let book = use_book();
    let orders = Memo::new(move |_| book.orders());
    let first = move || orders.with(Vec::is_empty) && book.status().get().is_opening();
    let none = move || orders.with(Vec::is_empty) && !first();
    let list = move || {
        view! {
            <section class="card">
                <List label=t(words::ORDERS)><For each=move || orders.get() key=|order| (order.id, order.state, order.refunded) children=row/></List>
            </section>
        }
        .into_any()
    };
    view! {
        <Screen title=t(words::ORDERS) back=routes::MYSELF>
            {while_so(first, || view! { <Skeleton shape=Shape::List(3)/> }.into_any())}
            {while_so(move || !orders.with(Vec::is_empty), list)}
            {while_so(none, || view! { <EmptyState icon=Icon::Receipt title=t(words::NO_ORDERS) text=t(words::NO_ORDERS_HINT)/> }.into_any())}
        </Screen>
    }
    .into_any()
}

fn row(order: Arc<Order>) -> AnyView {
    let book = use_book();
    let lang = use_language();
    let what = order.what.as_ref().map(ToString::to_string);
    let no = order.no.as_ref().map(ToString::to_string).unwrap_or_default();
    let title = what.unwrap_or_else(|| no.clone());
    let (on, pieces, state, refunded) = (order.ordered_on, order.pieces, order.state, order.refunded);
    let currency = order.currency;
    let amount = format::money(order.amount.get(), currency.code());
    let detail = move || words::order_of(lang.get(), &format::day(lang.get(), on, book.today()), pieces);
    let back = (!refunded.is_zero()).then(|| format::money(refunded.get(), currency.code()));
    let said = Signal::derive(move || match &back {
        Some(back) if state != State::Refunded => words::refunded_part(lang.get(), back),
        _ => state.label().in_lang(lang.get()).to_owned(),
    });
    let tone = match state {
        State::Placed => Tone::Warn,
        State::Paid => Tone::Accent,
        State::Delivered | State::Cancelled | State::Refunded => Tone::Plain,
    };
    view! {
        <ListRow detail=detail end=move || amount.clone() end_detail=move || view! { <Badge tone=tone>{said}</Badge> }>{title}</ListRow>
    }
    .into_any()
}
