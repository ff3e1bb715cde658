//! Giving money back: all of it or a part, never more than is left.

use super::{card::title, words};
use crate::{
    browser::{clock, format},
    deeds::Deeds,
    forms::{Amount, Typed},
    ui::{Button, Dialog, DialogBody, DialogFoot, Field, Purpose, Rank, TextInput},
    words::{actions, t},
};
use domain::{
    change,
    id::{Id, RefundId},
    money::Money,
    orders::{Command, Order},
    text::Line,
    words::Say,
};
use leptos::{ev::SubmitEvent, prelude::*};
use std::sync::Arc;

fn refund(order: &Order, id: RefundId, amount: Money, reason: Option<Line>) -> change::Command {
    change::Command::Orders(Command::Refund { id, order: order.id, amount, reason })
}

#[component]
pub fn RefundDialog(order: Arc<Order>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let name = StoredValue::new(order.clone());
    let lang = crate::words::use_language();
    let named =
        move || format!("{}{}", words::REFUND.in_lang(lang.get()), name.with_value(|order| format!(" {}", title(order, lang.get()))));
    view! {
        <Dialog open=true on_close=on_close title=Signal::derive(named) keep=true>
            <RefundForm order=name.get_value() on_close typed=name.with_value(|order| order.net().decimal(order.currency))/>
        </Dialog>
    }
    .into_any()
}

/// `typed` is what stands in the amount at first.
#[component]
pub(super) fn RefundForm(order: Arc<Order>, on_close: Callback<()>, typed: String) -> impl IntoView {
    let deeds = Deeds::here();
    let (currency, left) = (order.currency, format::amount(order.net(), order.currency));
    let given = Amount::new(typed, currency);
    let reason = Typed::new("", Line::parse);
    let order = StoredValue::new(order);
    let limit = Memo::new(move |_| {
        let amount = given.read().ok()?;
        order.with_value(|order| deeds.book.why_not(&refund(order, Id::ONLY.into(), amount, None)))
    });
    let bad = given.error();
    let error = Signal::derive(move || bad.get().or_else(|| limit.get().map(|why| why.say(deeds.lang.get()))));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(money), Some(reason)) = (given.required(), reason.optional()) else { return };
        let command = order.with_value(|order| refund(order, clock::new_id(), money, reason));
        if limit.with_untracked(Option::is_none)
            && deeds.act(&command, |lang| words::given_back(lang, &format::amount(money, currency)), None)
        {
            on_close.run(());
        }
    };
    let (press, cancel) = (t(words::REFUND), t(actions::CANCEL));
    let most = move || words::at_most(deeds.lang.get(), &left);
    view! {
        <form class="dialog-form" on:submit=submit>
            <DialogBody>
                <Field label=t(words::REFUND_AMOUNT) hint=Signal::derive(most) error=error required=true>
                    <TextInput value=given.text purpose=Purpose::Decimal after=currency.code().to_owned() autofocus=true/>
                </Field>
                <Field label=t(words::REASON) error=reason.error()><TextInput value=reason.text/></Field>
            </DialogBody>
            <DialogFoot>
                <Button on_press=move |()| on_close.run(())>{cancel}</Button>
                <Button rank=Rank::Primary submit=true blocked=error>{press}</Button>
            </DialogFoot>
        </form>
    }
    .into_any()
}
