//! The card on a customer's page: what they spent so far, the latest orders, what may be done with each.

use super::{form::RecordDialog, refund::RefundDialog, words};
use crate::{
    book::{ordered, use_book},
    browser::format,
    deeds::Deeds,
    forms::label_of,
    ui::{Card, CardBody, Facts, Icon, IconButton, List, ListRow, Menu, MenuItem, Size, Sum, Sums, live, text, while_so},
    words::{Lang, Text, t, use_language},
};
use domain::{
    access::Right,
    change,
    customers::{Customer, CustomerState, Worth},
    id::{CustomerId, Id},
    orders::{Command, Order, State},
    time::Date,
};
use leptos::prelude::*;
use std::sync::Arc;

/// So many are shown until one asks for all of them.
const SHOWN: usize = 5;

/// A customer's orders; nothing for those who do not see money.
#[component]
pub fn OrdersCard(customer: CustomerId) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let Some(role) = book.me().role.filter(|role| role.sees_money()) else { return ().into_any() };
    let orders = Memo::new(move |_| {
        ordered(&book.of::<Order>(customer), |a, b| (b.ordered_on, b.created_at, b.id).cmp(&(a.ordered_on, a.created_at, a.id)))
    });
    let count = Memo::new(move |_| orders.with(Vec::len));
    let (recording, whole) = (RwSignal::new(false), RwSignal::new(false));
    let refunding = RwSignal::new(None::<Arc<Order>>);
    let active = move || book.row::<Customer>(customer).is_some_and(|customer| customer.state == CustomerState::Active);
    let records = role.may(Right::EditOrders);
    let record = t(words::RECORD);
    let aside = move || {
        while_so(
            move || records && active(),
            move || view! { <IconButton label=record icon=Icon::Plus size=Size::Small on_press=move |()| recording.set(true)/> }.into_any(),
        )
    };
    // A row whose order stays as it is stays too, with a menu that is open over it.
    let shown = move || {
        let (most, lang) = (if whole.get() { usize::MAX } else { SHOWN }, lang.get());
        orders.with(|orders| orders.iter().take(most).map(|order| (order.clone(), lang)).collect::<Vec<_>>())
    };
    let rows = move || {
        view! {
            <List label=t(words::ORDERS)>
                <For each=shown key=|(order, lang)| (Arc::as_ptr(order) as usize, *lang == Lang::Zh) children=move |(order, lang)| row(&order, lang, refunding)/>
            </List>
        }
        .into_any()
    };
    let rest = move || if whole.get() { 0 } else { count.get().saturating_sub(SHOWN) };
    let more = move || {
        view! { <button type="button" class="orders-more" on:click=move |_| whole.set(true)>{text(move || words::more(lang.get(), rest()))}</button> }.into_any()
    };
    view! {
        <Card title=t(words::ORDERS) aside=aside()>
            {while_so(move || count.get() == 0, move || view! { <CardBody><p class="secondary">{t(words::NONE)}</p></CardBody> }.into_any())}
            {while_so(move || count.get() > 0, move || view! { <Spent customer/> {rows()} }.into_any())}
            {while_so(move || rest() > 0, more)}
        </Card>
        {while_so(move || recording.get(), move || view! { <RecordDialog customer on_close=move |()| recording.set(false)/> }.into_any())}
        {live(move || refunding.get().map(|order| view! { <RefundDialog order on_close=move |()| refunding.set(None)/> }.into_any()))}
    }
    .into_any()
}

/// Paid less refunds, how many, and the last one.
#[component]
fn Spent(customer: CustomerId) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let worth = move || book.row::<Worth>(customer).unwrap_or_else(|| Arc::new(Worth::new(customer)));
    let spent = move || format::money_short(lang.get(), worth().spent.get(), book.currency().code());
    let count = move || format::number(worth().orders);
    let last = move || worth().last_order_on.map(|on| format::day(lang.get(), on, book.today())).unwrap_or_default();
    view! {
        <Sums>
            <Sum name=t(words::SPENT) value=Signal::derive(spent)/>
            <Sum name=t(words::COUNT) value=Signal::derive(count)/>
            <Sum name=t(words::LAST) value=Signal::derive(last)/>
        </Sums>
    }
    .into_any()
}

/// What it is called in a sentence.
pub(super) fn title(order: &Order, lang: Lang) -> String {
    let what = order.what.as_ref().map(ToString::to_string).or_else(|| order.no.as_ref().map(ToString::to_string));
    what.unwrap_or_else(|| words::UNNAMED.in_lang(lang).to_owned())
}

fn row(order: &Arc<Order>, lang: Lang, refunding: RwSignal<Option<Arc<Order>>>) -> AnyView {
    let deeds = Deeds::here();
    let day = format::day(lang, order.ordered_on, untrack(|| deeds.book.today()));
    let no = order.no.as_ref().filter(|_| order.what.is_some()).map(ToString::to_string).unwrap_or_default();
    let facts = vec![no, order.pieces.map(|n| words::pieces(lang, n)).unwrap_or_default(), day];
    let partly = !order.refunded.is_zero() && order.state != State::Refunded;
    let state = match partly {
        true => words::refunded(lang, &format::amount(order.refunded, order.currency)),
        false => label_of(&order.state, lang).to_owned(),
    };
    let waits = order.state == State::Placed;
    let (name, total) = (title(order, lang), format::amount(order.amount, order.currency));
    let menu = menu(order, deeds, refunding);
    view! {
        <ListRow
            detail=view! { <Facts of=facts/> }
            end=total
            end_detail=view! { <span class:warn=waits>{state}</span> }
            deeds=menu
        >
            {name}
        </ListRow>
    }
    .into_any()
}

/// What may follow upon what it is now.
#[derive(Clone, Copy)]
enum Deed {
    Pay,
    Deliver,
    Refund,
    Cancel,
}

impl Deed {
    const ALL: [Self; 4] = [Self::Pay, Self::Deliver, Self::Refund, Self::Cancel];

    fn command(self, order: &Order, today: Date) -> change::Command {
        change::Command::Orders(match self {
            Self::Pay => Command::Pay { order: order.id, on: today },
            Self::Deliver => Command::Deliver { order: order.id },
            Self::Cancel => Command::Cancel { order: order.id },
            Self::Refund => Command::Refund { id: Id::ONLY.into(), order: order.id, amount: order.net(), reason: None },
        })
    }

    const fn words(self) -> (Icon, Text) {
        match self {
            Self::Pay => (Icon::Check, words::MARK_PAID),
            Self::Deliver => (Icon::Truck, words::MARK_DELIVERED),
            Self::Refund => (Icon::Undo, words::REFUND),
            Self::Cancel => (Icon::Close, words::CANCEL_ORDER),
        }
    }

    /// What the order is then.
    const fn leads_to(self) -> State {
        match self {
            Self::Pay => State::Paid,
            Self::Deliver => State::Delivered,
            Self::Refund => State::Refunded,
            Self::Cancel => State::Cancelled,
        }
    }
}

/// The deeds that the rule allows now; the list makes the row anew when the order changes.
fn menu(order: &Arc<Order>, deeds: Deeds, refunding: RwSignal<Option<Arc<Order>>>) -> AnyView {
    let today = untrack(|| deeds.book.today());
    let open: Vec<Deed> = Deed::ALL.into_iter().filter(|deed| deeds.may(&deed.command(order, today))).collect();
    if open.is_empty() {
        return view! { <span class="orders-done" aria-hidden="true"></span> }.into_any();
    }
    let order = StoredValue::new(order.clone());
    let press = move |deed: Deed| {
        let order = order.get_value();
        match deed {
            Deed::Refund => refunding.set(Some(order)),
            deed => {
                let told = |lang| words::now(lang, &title(&order, lang), label_of(&deed.leads_to(), lang));
                deeds.act(&deed.command(&order, untrack(|| deeds.book.today())), told, None);
            }
        }
    };
    let items = move || {
        let items = open.iter().map(|deed| {
            let (deed, (icon, words)) = (*deed, deed.words());
            view! { <MenuItem icon danger=matches!(deed, Deed::Cancel) on_press=move |()| press(deed)>{t(words)}</MenuItem> }.into_any()
        });
        items.collect::<Vec<AnyView>>()
    };
    view! { <Menu label=t(words::DEEDS) size=Size::Small>{items.clone()()}</Menu> }.into_any()
}
