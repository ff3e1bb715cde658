//! The command palette: every customer, every ticket, every redemption by its code and every place, a few keys away.

use super::words;
use crate::{
    book::{Book, use_book},
    customers::{named, named_row, use_index},
    forms::label_of,
    loyalty, routes, tickets,
    ui::{Dialog, Icon, Kbd, SearchInput, Width, icon},
    words::{Lang, Text, t, use_language},
};
use domain::search::folded;
use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// Customers shown at most, and tickets.
const MOST: usize = 8;

/// Something one can choose: where it leads, and how it is shown.
#[derive(Debug, Clone, PartialEq)]
struct Offer {
    address: String,
    icon: Icon,
    title: String,
    note: String,
}

#[component]
pub fn Palette(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open=open on_close=move |()| open.set(false) title=t(words::PALETTE) width=Width::Palette>
            <Inside open/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn Inside(open: RwSignal<bool>) -> impl IntoView {
    let lang = use_language();
    let navigate = use_navigate();
    let query = RwSignal::new(String::new());
    let chosen = RwSignal::new(0usize);
    let book = use_book();
    use_index().seek(move || query.get());
    tickets::seek(book, move || query.get());
    let offers = Memo::new(move |_| offered(book, &query.get(), lang.get()));
    let count = move || offers.with(|offers| offers.iter().map(|(_, offers)| offers.len()).sum::<usize>());
    let offer = move |n: usize| offers.with(|offers| offers.iter().flat_map(|(_, offers)| offers).nth(n).cloned());
    let go = Callback::new(move |n: usize| {
        if let Some(offer) = untrack(|| offer(n)) {
            open.set(false);
            navigate(&offer.address, NavigateOptions::default());
        }
    });
    Effect::new(move |_| {
        query.track();
        chosen.set(0);
    });
    let pressed = move |event: ev::KeyboardEvent| {
        let last = untrack(count).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => chosen.update(|n| *n = (*n + 1).min(last)),
            "ArrowUp" => chosen.update(|n| *n = n.saturating_sub(1)),
            "Enter" => go.run(chosen.get_untracked()),
            _ => return,
        }
        event.prevent_default();
    };
    let nothing = t(words::NOTHING_FOUND);
    let (choose, hint) = (t(words::CHOOSE), t(words::PALETTE_HINT));
    view! {
        <div class="palette">
            <SearchInput value=query label=t(words::PALETTE) placeholder=t(words::PALETTE_HINT) autofocus=true on_key=pressed/>
            <div class="palette-list" role="listbox" aria-label=hint>
                {move || groups(offers.get(), chosen, go)}
                <Show when=move || count() == 0><p class="palette-none">{nothing}</p></Show>
            </div>
            <footer class="palette-foot"><Kbd of="↑ ↓"/> {choose} <Kbd of="↵"/> {t(crate::words::actions::OPEN)}</footer>
        </div>
    }
    .into_any()
}

/// What the words typed may mean, by kind.
fn offered(book: Book, query: &str, lang: Lang) -> [(Text, Vec<Offer>); 4] {
    [
        (words::REDEMPTIONS, redeemed(book, query, lang)),
        (words::CUSTOMERS, found(query)),
        (words::TICKETS, asked(book, query, lang)),
        (words::GO_TO, places(query, lang)),
    ]
}

/// Each group under its title; rows are counted through all of them.
fn groups(groups: [(Text, Vec<Offer>); 4], chosen: RwSignal<usize>, go: Callback<usize>) -> AnyView {
    let mut first = 0;
    let groups = groups.map(|(title, offers)| {
        let from = first;
        first += offers.len();
        group(title, offers, from, chosen, go)
    });
    groups.into_iter().flatten().collect_view().into_any()
}

fn group(title: Text, offers: Vec<Offer>, first: usize, chosen: RwSignal<usize>, go: Callback<usize>) -> Option<AnyView> {
    if offers.is_empty() {
        return None;
    }
    let title = t(title);
    let rows = offers.into_iter().zip(first..).map(|(offer, n)| {
        view! {
            <button
                type="button" class="palette-row" role="option"
                aria-selected=move || if chosen.get() == n { "true" } else { "false" }
                on:click=move |_| go.run(n)
                on:pointermove=move |_| if chosen.get_untracked() != n { chosen.set(n) }
            >
                {icon(offer.icon)}
                <span class="truncate">{offer.title}</span>
                <small class="truncate">{offer.note}</small>
            </button>
        }
    });
    Some(view! { <div class="palette-title">{title}</div> {rows.collect_view()} }.into_any())
}

/// Tracked.
fn found(query: &str) -> Vec<Offer> {
    if query.trim().is_empty() {
        return Vec::new();
    }
    let best = use_index().best(query, MOST).into_iter().map(|found| Offer {
        address: routes::customer(found.id()),
        icon: Icon::Building,
        title: named_row(&found.customer),
        note: found.customer.no.as_ref().map(ToString::to_string).unwrap_or_default(),
    });
    best.collect()
}

/// Tickets by number and subject. Tracked.
fn asked(book: Book, query: &str, lang: Lang) -> Vec<Offer> {
    let best = tickets::best(book, query, MOST).into_iter().map(|ticket| Offer {
        address: routes::ticket(ticket.id),
        icon: Icon::Ticket,
        title: ticket.subject.to_string(),
        note: [tickets::words::number(ticket.no), named(book, ticket.customer), label_of(&ticket.state, lang).to_owned()]
            .join("  ")
            .trim()
            .to_owned(),
    });
    best.collect()
}

/// What was redeemed, by its code. Tracked.
fn redeemed(book: Book, query: &str, lang: Lang) -> Vec<Offer> {
    let found = loyalty::coded(book, query, MOST).into_iter().map(|redemption| Offer {
        address: routes::redemption(redemption.customer, redemption.id),
        icon: Icon::Gift,
        title: format!("{}  {}", loyalty::spaced(&redemption.code), redemption.title),
        note: format!("{}  {}", named(book, redemption.customer), label_of(&redemption.state, lang)),
    });
    found.collect()
}

fn places(query: &str, lang: Lang) -> Vec<Offer> {
    let query = folded(query);
    let all = [
        (words::NEW_TICKET, routes::NEW_TICKET, Icon::Plus),
        (words::NEW_CUSTOMER, routes::NEW_CUSTOMER, Icon::Plus),
        (words::TODAY, routes::TODAY, Icon::Clock),
        (words::TICKETS, routes::TICKETS, Icon::Ticket),
        (words::CUSTOMERS, routes::CUSTOMERS, Icon::Users),
    ];
    let fits = |text: &Text| query.is_empty() || folded(text.zh).contains(&query) || folded(text.en).contains(&query);
    let offers = all.into_iter().filter(|(text, ..)| fits(text)).map(|(text, address, icon)| Offer {
        address: address.to_owned(),
        icon,
        title: text.in_lang(lang).to_owned(),
        note: String::new(),
    });
    offers.collect()
}
