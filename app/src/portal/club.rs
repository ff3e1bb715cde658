//! Membership: the card with what can be spent, what is missing to the next tier, what expires, what one has of it.

use super::words;
use crate::{
    book::{Book, use_book},
    browser::format,
    forms::metal_of,
    routes,
    ui::{Card, Icon, MemberCard, Progress, Tone, icon, live, text},
    words::{Lang, t, use_language},
};
use domain::{
    loyalty::{self, expiring, qualifying},
    money::Points,
};
use leptos::prelude::*;

/// Everything about being a member; nothing where there is no programme.
#[component]
pub fn Club() -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    live(move || {
        book.club()?;
        let lang = lang.get();
        Some(view! { {card(book, lang)} {ahead(book, lang)} {benefits(book, lang)} }.into_any())
    })
}

/// The card of whoever is in a tier.
fn card(book: Book, lang: Lang) -> Option<AnyView> {
    let programme = book.club()?;
    let tier = programme.tier(book.tier_rank())?;
    let account = book.account()?;
    let no = account.no.as_ref().map(|no| words::member_no(lang, no.as_str())).unwrap_or_default();
    let holder = account.name.as_ref().map_or_else(|| book.me().name, ToString::to_string);
    let (name, metal) = (tier.name(lang).to_owned(), metal_of(tier.metal));
    let number = move || format::number(book.spendable().get());
    let view = view! {
        <a class="portal-card" href=routes::POINTS>
            <MemberCard
                metal issuer=Signal::derive(move || book.house_name()) tier=Signal::stored(name) label=t(words::SPENDABLE)
                number=Signal::derive(number) holder=Signal::stored(holder) code=Signal::stored(no)
            />
        </a>
    };
    Some(view.into_any())
}

/// The next tier in words a person understands, and what is lost first.
fn ahead(book: Book, lang: Lang) -> Option<AnyView> {
    let programme = book.club()?;
    let earned = qualifying(book.holdings(), &programme.tiers, book.today());
    let today = book.today();
    // Of tiers by share only a review can tell.
    let coming = book.member().and_then(|member| member.next_rank.zip(member.next_on)).filter(|(_, on)| today < *on);
    let mut ahead = coming.map(|(rank, on)| {
        let tier = programme.tier(rank).map_or(words::NO_TIER.in_lang(lang), |tier| tier.name(lang));
        words::coming(lang, tier, &format::day(lang, on, today))
    });
    let next = programme.tiers.tiers.iter().find(|tier| tier.from > earned).map(|tier| {
        let missing = tier.from.less(earned);
        #[expect(clippy::cast_precision_loss, reason = "points are far below 2^52")]
        let share = earned.get() as f64 / tier.from.get().max(1) as f64;
        let said = words::missing(lang, missing.get(), tier.name(lang));
        let so_far = words::so_far(lang, earned.get(), tier.from.get(), programme.tiers.window_days);
        ahead = Some(said.clone());
        view! {
            <Progress value=Signal::stored(share) label=Signal::stored(said) tone=Tone::Accent thick=true/>
            <p class="secondary small">{so_far}</p>
        }
    });
    let first = expiring(book.holdings(), book.today()).into_iter().next().map(|(day, points)| {
        let left = day.days_since(book.today());
        let soon = left <= 30;
        view! {
            <a class="portal-expiring" href=routes::POINTS data-soon=soon>
                {icon(Icon::Clock)}
                <span>{words::expires(lang, points.get(), &format::day(lang, day, book.today()))}</span>
                <small>{words::days_left(lang, left)}</small>
                {icon(Icon::ChevronRight)}
            </a>
        }
    });
    let something = ahead.is_some() || first.is_some();
    let ahead = ahead.map(|said| view! { <p class="portal-next">{said}</p> });
    something.then(|| view! { <section class="card portal-ahead">{ahead} {next} {first}</section> }.into_any())
}

/// What members of this tier have.
fn benefits(book: Book, lang: Lang) -> Option<AnyView> {
    let programme = book.club()?;
    let tier = programme.tier(book.tier_rank())?;
    let one = |benefit: &loyalty::Benefit| {
        let words = if lang == Lang::Zh { &benefit.zh } else { &benefit.en };
        view! { <li>{icon(Icon::Check)} <span>{words.to_string()}</span></li> }
    };
    let list = tier.benefits.iter().map(one).collect_view();
    (!tier.benefits.is_empty())
        .then(|| view! { <Card title=t(words::BENEFITS)><ul class="portal-benefits" role="list">{list}</ul></Card> }.into_any())
}

/// A number of points that changes.
pub fn points(count: impl Fn() -> Points + Send + 'static) -> AnyView {
    text(move || format::number(count().get()))
}
