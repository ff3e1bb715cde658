//! The frame of the portal: opens the customer's book and puts the tabs under the thumb.

use super::{place::Place, screen::TITLE, words};
use crate::{
    book::{Book, use_book},
    browser::{focus, timer},
    outlet::outlet,
    routes,
    session::{DeviceNotices, Gate, SignedOutCover},
    ui::{Icon, UpdateOffer, icon, text, while_so},
    words::{Text, t},
};
use domain::{portal::Command, session::Me};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// A tab: its name, where it leads, its sign.
type Tab = (Text, &'static str, Icon);

const TABS: [Tab; 4] = [
    (words::CLUB, routes::PORTAL, Icon::Card),
    (words::POINTS, routes::POINTS, Icon::Points),
    (words::SERVICE, routes::SERVICE, Icon::Message),
    (words::MYSELF, routes::MYSELF, Icon::User),
];

#[component]
pub fn PortalFrame() -> impl IntoView {
    view! { <Gate belongs=|me| me.role.is_none() open=|me| view! { <Opened me/> }.into_any()/> }
}

#[component]
fn Opened(me: Me) -> impl IntoView {
    let book = Book::open::<Command>(me, super::fetch_rules);
    book.once_calm(|_| super::fetch_rest());
    provide_context(book);
    view! { <Frame/> }
}

/// Everything around a page; the book is there.
#[component]
pub fn Frame() -> impl IntoView {
    let path = use_location().pathname;
    let place = Memo::new(move |_| path.with(|path| Place::named(path)));
    let (shown, page) = outlet::<Place>();
    Effect::new(move |before: Option<Place>| {
        let now = shown.get();
        if before.is_some_and(|before| before != now) {
            timer::after(0, || focus::focus_id(TITLE));
        }
        now
    });
    view! {
        <div class="frame-portal" data-deep=move || shown.get().is_deep()>
            <Tabs place/>
            <UpdateOffer/>
            <DeviceNotices/>
            {page}
        </div>
        <SignedOutCover/>
    }
    .into_any()
}

#[component]
fn Tabs(place: Memo<Place>) -> impl IntoView {
    let book = use_book();
    let unread = Memo::new(move |_| book.requests().iter().any(|ticket| ticket.is_unread()));
    let tab = move |(name, address, sign): Tab| {
        let current = move || (place.get().tab() == address).then_some("page");
        let dot = move || {
            let said = t(words::UNREAD);
            view! { <span class="portal-dot" data-unread></span> <span class="visually-hidden">{said}</span> }.into_any()
        };
        let waits = (address == routes::SERVICE).then(|| while_so(move || unread.get(), dot));
        view! { <a href=address aria-current=current>{icon(sign)} <span>{t(name)}</span> {waits}</a> }
    };
    view! {
        <nav class="portal-tabs" aria-label=t(words::NAVIGATION)>
            <span class="portal-brand"><span class="seal" aria-hidden="true">"关"</span> <b>{text(move || book.house_name())}</b></span>
            {TABS.map(tab).collect_view()}
        </nav>
    }
    .into_any()
}
