//! Giving points or taking them, with a reason that the customer reads.

use super::{card::shortage, words};
use crate::{
    browser::format,
    deeds::Deeds,
    forms::{Typed, whole},
    ui::{Field, FormDialog, Purpose, Segmented, TextInput},
    words::{actions, t},
};
use domain::{
    change,
    id::CustomerId,
    loyalty::Command,
    money::Points,
    text::{BadText, Line},
    words::Say,
};
use leptos::prelude::*;

const GIVE: &str = "give";
const TAKE: &str = "take";

/// A number of points as typed.
pub(super) fn points(text: &str) -> Result<Points, BadText> {
    whole(text).and_then(|count| Points::new(count).ok_or(BadText::Malformed))
}

/// What the form holds.
#[derive(Clone, Copy)]
struct Typing {
    way: RwSignal<String>,
    points: Typed<Points>,
    reason: Typed<Line>,
}

impl Typing {
    /// Tracked as far as the way goes.
    fn command(self, customer: CustomerId, points: Points, reason: Line) -> change::Command {
        change::Command::Loyalty(match self.way.with(|way| way == TAKE) {
            true => Command::Take { customer, points, reason },
            false => Command::Give { customer, points, reason },
        })
    }

    /// Why so many could not be taken or given. Tracked.
    fn blocked(self, deeds: Deeds, customer: CustomerId) -> Option<String> {
        let count = self.points.text.with(|text| points(text)).ok()?;
        let any = Line::parse(words::REASON.zh).ok()?;
        let why = deeds.book.why_not(&self.command(customer, count, any)).map(|why| why.say(deeds.lang.get()));
        let takes = self.way.with(|way| way == TAKE);
        why.or_else(|| shortage(deeds.book, customer, count).filter(|_| takes).map(|why| why.say(deeds.lang.get())))
    }
}

#[component]
pub fn AdjustDialog(customer: CustomerId, on_close: Callback<()>) -> impl IntoView {
    let deeds = Deeds::here();
    let typing = Typing { way: RwSignal::new(GIVE.to_owned()), points: Typed::new("", points), reason: Typed::new("", Line::parse) };
    let blocked = Memo::new(move |_| typing.blocked(deeds, customer));
    let submit = move |()| {
        let (Some(points), Some(reason)) = (typing.points.required(), typing.reason.required()) else { return };
        let command = untrack(|| typing.command(customer, points, reason));
        let change = if typing.way.with_untracked(|way| way == TAKE) { -points.get() } else { points.get() };
        if deeds.act(&command, |lang| words::adjusted(lang, &format::signed(change)), None) {
            on_close.run(());
        }
    };
    let ways = Signal::derive(move || {
        [(GIVE, words::GIVE), (TAKE, words::TAKE)].map(|(way, word)| (way.to_owned(), word.in_lang(deeds.lang.get()).to_owned())).to_vec()
    });
    let typed = typing.points.error();
    let error = Signal::derive(move || typed.get().or_else(|| blocked.get()));
    view! {
        <FormDialog title=t(words::ADJUST) verb=t(actions::CONFIRM) on_send=submit on_close blocked>
            <Segmented value=typing.way options=ways label=t(words::ADJUST)/>
            <Field label=t(words::HOW_MANY) error required=true>
                <TextInput value=typing.points.text purpose=Purpose::Number autofocus=true/>
            </Field>
            <Field label=t(words::REASON) hint=t(words::REASON_HINT) error=typing.reason.error() required=true>
                <TextInput value=typing.reason.text/>
            </Field>
        </FormDialog>
    }
    .into_any()
}
