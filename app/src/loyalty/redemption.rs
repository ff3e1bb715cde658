//! A reward that a customer took: its code, and handing it over or calling it off.

use super::{find::spaced, words};
use crate::{
    book::use_book,
    browser::format,
    customers::named,
    deeds::Deeds,
    forms::label_of,
    ui::{Button, Dialog, DialogBody, DialogFoot, Facts, Icon, ListRow, Menu, MenuItem, Rank, Size, live, text},
    words::{Lang, t, use_language},
};
use domain::{
    change,
    id::RedemptionId,
    loyalty::{Command, Redemption, RedemptionState},
};
use leptos::prelude::*;
use std::sync::Arc;

fn fulfil(redemption: RedemptionId) -> change::Command {
    change::Command::Loyalty(Command::Fulfil { redemption })
}

fn call_off(redemption: RedemptionId) -> change::Command {
    change::Command::Loyalty(Command::CallOff { redemption })
}

fn hand_over_now(deeds: Deeds, redemption: &Redemption) {
    deeds.act(&fulfil(redemption.id), |lang| words::handed_over(lang, redemption.title.as_str()), None);
}

fn call_off_now(deeds: Deeds, redemption: &Redemption) {
    deeds.act(&call_off(redemption.id), |lang| words::called_off(lang, &format::number(redemption.price.get())), None);
}

fn facts(redemption: &Redemption, lang: Lang, day: String) -> Vec<String> {
    vec![spaced(&redemption.code), words::points(lang, &format::number(redemption.price.get())), day]
}

/// A row with its code and what may be done with it now. Made anew when the redemption changes.
pub(super) fn row(redemption: &Arc<Redemption>) -> AnyView {
    let deeds = Deeds::here();
    let lang = deeds.lang.get();
    let day = deeds.book.day(lang, redemption.at);
    let open = deeds.may(&fulfil(redemption.id));
    let state = if redemption.state == RedemptionState::Granted { "" } else { label_of(&redemption.state, lang) };
    let detail = facts(redemption, lang, day);
    let redemption = StoredValue::new(redemption.clone());
    let hand_over = move |()| redemption.with_value(|redemption| hand_over_now(deeds, redemption));
    let call_off = move |()| redemption.with_value(|redemption| call_off_now(deeds, redemption));
    let (hand_word, off_word) = (t(words::HAND_OVER), t(words::CALL_OFF));
    let buttons = open.then(move || {
        view! {
            <Button rank=Rank::Soft size=Size::Small on_press=hand_over>{hand_word}</Button>
            <Menu label=t(words::DEEDS) size=Size::Small>
                <MenuItem icon=Icon::Undo on_press=call_off>{off_word}</MenuItem>
            </Menu>
        }
        .into_any()
    });
    view! {
        <ListRow detail=view! { <Facts of=detail/> } end=(!open).then(|| view! { <span class="secondary">{state}</span> }) deeds=buttons>
            {redemption.with_value(|redemption| redemption.title.to_string())}
        </ListRow>
    }
    .into_any()
}

/// One redemption alone: where a typed code leads.
#[component]
pub fn RedemptionDialog(id: RedemptionId, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let deeds = Deeds::here();
    let book = use_book();
    let lang = use_language();
    let redemption = Memo::new(move |_| book.row::<Redemption>(id));
    let title = move || redemption.get().map_or_else(|| words::REDEMPTION.in_lang(lang.get()).to_owned(), |it| it.title.to_string());
    let code =
        move || redemption.with(|it| it.as_ref().map_or_else(|| words::NOT_HERE.in_lang(lang.get()).to_owned(), |it| spaced(&it.code)));
    let said = Signal::derive(move || {
        let Some(it) = redemption.get() else { return Vec::new() };
        let lang = lang.get();
        let price = words::points(lang, &format::number(it.price.get()));
        vec![label_of(&it.state, lang).to_owned(), named(book, it.customer), price, book.moment(lang, it.at)]
    });
    let blocked = move |command: fn(RedemptionId) -> change::Command| {
        Signal::derive(move || {
            redemption.track();
            deeds.why_not(&command(id))
        })
    };
    let press = move |deed: fn(Deeds, &Redemption)| {
        if let Some(it) = redemption.get_untracked() {
            deed(deeds, &it);
        }
    };
    let (hand_word, off_word) = (t(words::HAND_OVER), t(words::CALL_OFF));
    let foot = move || {
        redemption.with(Option::is_some).then(|| {
            view! {
                <DialogFoot>
                    <Button blocked=blocked(call_off) on_press=move |()| press(call_off_now)>{off_word}</Button>
                    <Button rank=Rank::Primary blocked=blocked(fulfil) on_press=move |()| press(hand_over_now)>{hand_word}</Button>
                </DialogFoot>
            }
            .into_any()
        })
    };
    view! {
        <Dialog open=true on_close=on_close title=Signal::derive(title)>
            <DialogBody>
                <p class="redemption-code">{text(code)}</p>
                <p class="secondary"><Facts of=said/></p>
            </DialogBody>
            {live(foot)}
        </Dialog>
    }
    .into_any()
}
