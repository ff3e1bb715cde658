//! The form of an order that was placed elsewhere: by telephone, at the counter.

use super::words;
use crate::{
    browser::{clock, format},
    deeds::Deeds,
    forms::{Amount, Typed, said, whole},
    ui::{Checkbox, DateInput, Field, FormDialog, Purpose, TextInput},
    words::t,
};
use domain::{
    change,
    id::{CustomerId, OrderId},
    money::Currency,
    orders::{Command, Draft},
    text::Line,
    time::Date,
};
use leptos::prelude::*;

/// What the form holds.
#[derive(Clone, Copy)]
struct Typing {
    what: Typed<Line>,
    pieces: Typed<i64>,
    amount: Amount,
    currency: Currency,
    ordered_on: RwSignal<String>,
    paid: RwSignal<bool>,
    earns: RwSignal<bool>,
}

impl Typing {
    fn new(currency: Currency, today: Date) -> Self {
        Self {
            what: Typed::new("", Line::parse),
            pieces: Typed::new("", whole),
            amount: Amount::new(String::new(), currency),
            currency,
            ordered_on: RwSignal::new(today.to_string()),
            paid: RwSignal::new(true),
            earns: RwSignal::new(true),
        }
    }

    /// What sending the form asks for; nothing while a field is wrong, and then the field says so.
    fn draft(self, customer: CustomerId, today: Date) -> Option<Draft> {
        let (what, pieces, amount) = (self.what.optional(), self.pieces.optional(), self.amount.required());
        let ordered_on = self.ordered_on.with_untracked(|day| day.parse().unwrap_or(today));
        Some(Draft {
            no: None,
            customer,
            ordered_on,
            what: what?,
            pieces: pieces?,
            amount: amount?,
            currency: self.currency,
            paid_on: self.paid.get_untracked().then_some(ordered_on),
            earns: self.earns.get_untracked(),
        })
    }
}

#[component]
pub fn RecordDialog(customer: CustomerId, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let deeds = Deeds::here();
    let today = deeds.book.today();
    let typing = Typing::new(deeds.book.currency(), today);
    let refusal = RwSignal::new(None::<change::Refusal>);
    let submit = move |()| {
        let id = clock::new_id::<OrderId>();
        let Some(draft) = typing.draft(customer, today) else { return };
        // Nothing undoes a payment; what waits for one can be called off.
        let undo = draft.paid_on.is_none().then_some(change::Command::Orders(Command::Cancel { order: id }));
        let money = format::amount(draft.amount, draft.currency);
        let command = change::Command::Orders(Command::Record { id, draft: Box::new(draft) });
        refusal.set(deeds.book.why_not(&command));
        if refusal.with_untracked(Option::is_none) && deeds.act(&command, |lang| words::recorded(lang, &money), undo) {
            on_close.run(());
        }
    };
    view! {
        <FormDialog title=t(words::RECORD) verb=t(words::RECORD) on_send=submit on_close refusal=said(refusal)>
            <Fields typing today/>
        </FormDialog>
    }
    .into_any()
}

#[component]
fn Fields(typing: Typing, today: Date) -> impl IntoView {
    view! {
        <Field label=t(words::WHAT) error=typing.what.error()><TextInput value=typing.what.text autofocus=true/></Field>
        <div class="grid" data-columns="2" data-keep>
            <Field label=t(words::AMOUNT) error=typing.amount.error() required=true>
                <TextInput value=typing.amount.text purpose=Purpose::Decimal after=typing.currency.code().to_owned()/>
            </Field>
            <Field label=t(words::PIECES) error=typing.pieces.error()>
                <TextInput value=typing.pieces.text purpose=Purpose::Number/>
            </Field>
        </div>
        <Field label=t(words::ORDERED_ON)><DateInput value=typing.ordered_on max=today.to_string()/></Field>
        <Checkbox checked=typing.paid label=t(words::PAID) hint=t(words::PAID_HINT)/>
        <Checkbox checked=typing.earns label=t(words::EARNS) hint=t(words::EARNS_HINT)/>
    }
    .into_any()
}
