//! The card beside a customer's record: tier and points in the tier's metal, what waits to be handed over, what is done.

use super::{adjust::AdjustDialog, explain::ExplainDialog, redeem::RedeemDialog, redemption, standing::Standing, words};
use crate::{
    book::{Book, ordered, use_book},
    browser::format,
    ui::{Button, Icon, List, MemberSummary, Menu, MenuItem, Metal, Rank, Size, live, text, while_so},
    words::{Lang, t, use_language},
};
use domain::{
    access::Right,
    customers::{Customer, CustomerState},
    id::CustomerId,
    loyalty::{Holding, Lot, Member, Programme, Redemption, RedemptionState, Refusal, available},
    money::Points,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The customer's standing, with the programme it is judged by; nothing without a programme. Tracked.
pub(super) fn standing(book: Book, customer: CustomerId) -> Option<(Arc<Programme>, Standing)> {
    let programme = book.programme()?;
    let lots: Vec<Holding> = book.of::<Lot>(customer).iter().map(|lot| lot.holding()).collect();
    let member = book.row::<Member>(customer);
    let standing = Standing::of(&programme, member.as_deref(), &lots, book.today());
    Some((programme, standing))
}

/// Why so many points cannot be spent: a device knows the lots of those it sees, and the rule asks only where all are
/// known. Tracked.
pub(super) fn shortage(book: Book, customer: CustomerId, points: Points) -> Option<Refusal> {
    let open = available(book.of::<Lot>(customer).iter().map(|lot| lot.holding()), book.today());
    let missing = points.less(open);
    (!missing.is_zero()).then(|| Refusal::NotEnoughPoints { missing: missing.get() })
}

/// Which dialog is open over the card.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Explain,
    Redeem,
    Adjust,
}

/// A customer's points; nothing for those who do not see money, and nothing without a programme.
#[component]
pub fn PointsCard(customer: CustomerId) -> impl IntoView {
    let book = use_book();
    let Some(role) = book.me().role.filter(|role| role.sees_money()) else { return ().into_any() };
    let shown = Memo::new(move |_| standing(book, customer));
    let open = RwSignal::new(None::<Open>);
    let active = Memo::new(move |_| book.row::<Customer>(customer).is_some_and(|customer| customer.state == CustomerState::Active));
    let close = Callback::new(move |()| open.set(None));
    let dialogs = move || {
        Some(match open.get()? {
            Open::Explain => view! { <ExplainDialog customer on_close=close/> }.into_any(),
            Open::Redeem => view! { <RedeemDialog customer on_close=close/> }.into_any(),
            Open::Adjust => view! { <AdjustDialog customer on_close=close/> }.into_any(),
        })
    };
    let rights = (role.may(Right::RedeemPoints), role.may(Right::AdjustPoints));
    while_so(
        move || shown.with(Option::is_some),
        move || {
            view! {
                <section class="points" aria-label=t(words::POINTS)>
                    <Summary shown/>
                    <Waiting customer/>
                    <Buttons open active rights/>
                </section>
                {live(dialogs)}
            }
            .into_any()
        },
    )
}

type Shown = Memo<Option<(Arc<Programme>, Standing)>>;

/// What the card says of a standing.
pub(super) fn summary(programme: &Programme, standing: &Standing, lang: Lang, today: domain::time::Date) -> AnyView {
    let tier = use_book().tier(standing.rank, lang);
    let (metal, name) = tier.unwrap_or_else(|| (Metal::Plain, words::NO_TIER.in_lang(lang).to_owned()));
    let until = standing.kept_until.map(|day| words::kept_until(lang, &format::day(lang, day, today))).unwrap_or_default();
    let besides = standing.besides(lang).map(|said| view! { <p class="points-besides">{said}</p> }.into_any());
    view! {
        <MemberSummary
            metal
            tier=name
            until
            number=format::number(standing.open.get())
            unit=words::POINTS.in_lang(lang).to_owned()
            progress=Signal::stored(standing.way(programme).map(|(_, share)| share))
            next=standing.next_said(programme, lang, today)
            expiring=standing.expiry_said(lang, today)
        />
        {besides}
    }
    .into_any()
}

#[component]
fn Summary(shown: Shown) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    live(move || shown.with(|shown| shown.as_ref().map(|(programme, standing)| summary(programme, standing, lang.get(), book.today()))))
}

/// What the customer took and has not got yet.
#[component]
fn Waiting(customer: CustomerId) -> impl IntoView {
    let book = use_book();
    let waiting = Memo::new(move |_| {
        let mut open = book.of::<Redemption>(customer);
        open.retain(|redemption| matches!(redemption.state, RedemptionState::Granted | RedemptionState::Reserved));
        ordered(&open, |a, b| (a.at, a.id).cmp(&(b.at, b.id)))
    });
    live(move || {
        let rows: Vec<AnyView> = waiting.with(|waiting| waiting.iter().map(redemption::row).collect());
        (!rows.is_empty()).then(|| view! { <div class="points-waiting"><List label=t(words::TO_HAND_OVER)>{rows}</List></div> }.into_any())
    })
}

#[component]
fn Buttons(open: RwSignal<Option<Open>>, active: Memo<bool>, rights: (bool, bool)) -> impl IntoView {
    let (redeems, adjusts) = rights;
    let redeem = move || {
        view! { <Button icon=Icon::Gift size=Size::Small on_press=move |()| open.set(Some(Open::Redeem))>{text(move || t(words::REDEEM)().to_owned())}</Button> }
            .into_any()
    };
    let adjust = move || {
        let word = t(words::ADJUST);
        view! {
            <span class="end">
                <Menu label=t(words::ADJUST) size=Size::Small>
                    <MenuItem icon=Icon::Edit on_press=move |()| open.set(Some(Open::Adjust))>{word}</MenuItem>
                </Menu>
            </span>
        }
        .into_any()
    };
    let explain = t(words::EXPLAIN);
    view! {
        <footer class="points-foot">
            {while_so(move || redeems && active.get(), redeem)}
            <Button rank=Rank::Quiet size=Size::Small on_press=move |()| open.set(Some(Open::Explain))>{explain}</Button>
            {while_so(move || adjusts && active.get(), adjust)}
        </footer>
    }
    .into_any()
}
