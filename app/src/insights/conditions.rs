//! Whose figures: a chip for each side they can be looked at from, kept in the address.

use super::{Look, words};
use crate::{
    book::use_book,
    customers::words::{ANY, CLEAR_FILTERS},
    forms::choices,
    ui::{Button, FilterChoice, Rank, while_so},
    words::{t, use_language},
};
use domain::{
    channel::Channel,
    insights::{Dimension, Filter, Touch},
    words::Label,
};
use leptos::prelude::*;

type Options = Signal<Vec<(String, String)>>;

#[component]
pub fn Conditions(look: Memo<Look>, show: Callback<Look>) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let departments: Options = Signal::derive(move || book.departments().into_iter().map(|(id, name)| (id.to_string(), name)).collect());
    let people: Options = Signal::derive(move || book.colleagues());
    let tiers: Options = Signal::derive(move || {
        let lang = lang.get();
        let highest = book.programme().map_or(0, |programme| i64::try_from(programme.rules.tiers.tiers.len()).unwrap_or_default());
        let named = (1..=highest).rev().filter_map(|rank| Some((rank.to_string(), book.tier(rank, lang)?.1)));
        named.chain([("0".to_owned(), words::NO_TIER.in_lang(lang).to_owned())]).collect()
    });
    let narrow = move |change: fn(&mut Filter, &str)| {
        Callback::new(move |code: String| {
            let mut now = look.get_untracked();
            change(&mut now.of, &code);
            show.run(now);
        })
    };
    let chosen = move |read: fn(&Filter) -> Option<String>| Signal::derive(move || look.with(|look| read(&look.of)).unwrap_or_default());
    let is_narrowed = move || look.with(|look| look.of != Filter::default());
    let clear = move |()| show.run(Look { of: Filter::default(), ..look.get_untracked() });
    let clear_words = t(CLEAR_FILTERS);
    view! {
        <Condition by=Dimension::Department options=departments chosen=chosen(|of| of.department.map(|it| it.to_string())) on_change=narrow(|of, code| of.department = code.parse().ok())/>
        <Condition by=Dimension::Person options=people chosen=chosen(|of| of.person.map(|it| it.to_string())) on_change=narrow(|of, code| of.person = code.parse().ok())/>
        <Condition by=Dimension::Tier options=tiers chosen=chosen(|of| of.tier.map(|it| it.to_string())) on_change=narrow(|of, code| of.tier = code.parse().ok())/>
        <Condition by=Dimension::Touch options=choices(Touch::ALL) chosen=chosen(|of| of.touch.map(|it| it.code().to_owned())) on_change=narrow(|of, code| of.touch = Touch::from_code(code))/>
        <Condition by=Dimension::Channel options=choices(Channel::ALL) chosen=chosen(|of| of.channel.map(|it| it.code().to_owned())) on_change=narrow(|of, code| of.channel = Channel::from_code(code))/>
        {while_so(is_narrowed, move || view! { <Button rank=Rank::Quiet on_press=clear>{clear_words}</Button> }.into_any())}
    }
    .into_any()
}

/// One of them. Whoever is not among the choices any more is called by name all the same.
#[component]
fn Condition(by: Dimension, options: Options, chosen: Signal<String>, on_change: Callback<String>) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let value = Signal::derive(move || {
        let chosen = chosen.get();
        if chosen.is_empty() {
            return ANY.in_lang(lang.get()).to_owned();
        }
        let offered = options.with(|options| options.iter().find(|(code, _)| *code == chosen).map(|(_, words)| words.clone()));
        offered.or_else(|| chosen.parse().ok().map(|person| book.name_of(person))).unwrap_or_default()
    });
    let is_set = move || !chosen.with(String::is_empty);
    view! { <span class="insights-condition" data-set=is_set><FilterChoice label=by.label() value options chosen on_change/></span> }
        .into_any()
}
