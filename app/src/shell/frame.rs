//! The frame: opens the book of whoever is signed in and puts navigation beside the work.

use super::{Aside, account::AccountMenu, aside, status::SyncStatus, words};
use crate::{
    book::{Book, FetchRules, use_book},
    browser::{keys, storage},
    customers::provide_index,
    notices, routes,
    session::{DeviceNotices, Gate, SignedOutCover},
    tickets,
    timeline::next_steps,
    ui::{Avatar, Icon, IconButton, Kbd, NavGroup, NavItem, Of, Size, UpdateOffer, later_open, later_over, while_so},
    words::{t, use_language},
};
use domain::{access::Right, change::Command, session::Me};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

const FOLDED: &str = "guanxi.nav";

/// The frame of the staff surface.
#[component]
pub fn StaffFrame(rules: FetchRules, on_calm: fn(Book), page: fn() -> AnyView) -> impl IntoView {
    view! { <Gate belongs=|me| me.role.is_some() open=move |me| view! { <Opened me rules on_calm page/> }.into_any()/> }
}

#[component]
fn Opened(me: Me, rules: FetchRules, on_calm: fn(Book), page: fn() -> AnyView) -> impl IntoView {
    let book = Book::open::<Command>(me, rules);
    book.once_calm(on_calm);
    provide_context(book);
    provide_index(book, Memo::new(move |_| next_steps(book)));
    let palette = RwSignal::new(false);
    let folded = RwSignal::new(storage::get(FOLDED).is_some());
    let drawer = RwSignal::new(false);
    provide_context(Drawer(drawer));
    let path = use_location().pathname;
    Effect::new(move |_| {
        path.track();
        drawer.set(false);
    });
    keys::on_key(move |pressed| {
        let asked = pressed.is_command("k");
        if asked {
            palette.set(true);
        }
        asked
    });
    view! {
        <div
            class="frame-staff"
            data-nav=move || if folded.get() { "folded" } else { "open" }
            data-drawer=move || drawer.get().then_some("open")
        >
            <Navigation palette folded/>
            <div class="frame-scrim" aria-hidden="true" on:click=move |_| drawer.set(false)></div>
            <main class="frame-main">
                <UpdateOffer/>
            <DeviceNotices/>
                {page()}
            </main>
        </div>
        {later_open(palette, move || aside(Aside::Palette(palette)))}
        <SignedOutCover/>
    }
    .into_any()
}

/// Whether the navigation is drawn in on a phone.
#[derive(Clone, Copy)]
struct Drawer(RwSignal<bool>);

/// The head of a page: its name, what belongs to it, its actions. On a phone it opens the navigation.
#[component]
pub fn PageBar(children: Children) -> impl IntoView {
    let drawer = use_context::<Drawer>();
    let open = move |()| {
        if let Some(Drawer(drawer)) = drawer {
            drawer.set(true);
        }
    };
    view! {
        <header class="frame-bar">
            <span class="frame-menu">
                <IconButton label=t(words::OPEN_MENU) icon=Icon::Group on_press=open/>
            </span>
            {children()}
        </header>
    }
    .into_any()
}

#[component]
fn Navigation(palette: RwSignal<bool>, folded: RwSignal<bool>) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let company = move || book.company().map_or_else(|| book.me().company, |company| company.name.to_string());
    let fold = move |()| {
        folded.update(|folded| *folded = !*folded);
        if folded.get_untracked() { storage::set(FOLDED, "folded") } else { storage::forget(FOLDED) }
    };
    let fold_label = move || if folded.get() { words::UNFOLD } else { words::FOLD }.in_lang(lang.get());
    let refused = move || book.has_refused();
    let me = book.me().name;
    let my_name = me.clone();
    let find = t(words::FIND);
    view! {
        <nav class="frame-nav" aria-label=t(words::NAVIGATION)>
            <div class="frame-nav-head">
                <div class="shell-company">
                    <span class="seal" aria-hidden="true">"关"</span>
                    <b class="truncate" data-unfolded>{company}</b>
                    <span class="end"><IconButton label=fold_label icon=Icon::Columns size=Size::Small on_press=fold/></span>
                </div>
                <button type="button" class="shell-find" on:click=move |_| palette.set(true)>
                    {crate::ui::icon(Icon::Search)}
                    <span class="visually-hidden">{find}</span>
                    <span data-unfolded aria-hidden="true">{find}</span>
                    <span data-unfolded><Kbd of="⌘ K"/></span>
                </button>
            </div>
            <div class="frame-nav-body"><Places/></div>
            <div class="frame-nav-foot" data-unfolded>{while_so(refused, || later_over(aside(Aside::Outbox)))}</div>
            <div class="frame-nav-foot">
                <Avatar name=me of=Of::Me/>
                <span class="shell-me" data-unfolded>
                    <span class="truncate">{my_name}</span>
                    <SyncStatus/>
                </span>
                <span data-unfolded><AccountMenu/></span>
            </div>
        </nav>
    }
    .into_any()
}

#[component]
fn Places() -> impl IntoView {
    let book = use_book();
    let path = use_location().pathname;
    let at = move |address: &'static str| Signal::derive(move || path.with(|path| path.starts_with(address)));
    let manages = book.me().role.is_some_and(|role| role.may(Right::ManagePeople));
    let administration = manages.then(|| {
        view! {
            <NavGroup label=t(words::OPERATION)>
                <NavItem href=routes::TEAM icon=Icon::Building label=t(words::TEAM) current=at(routes::TEAM)/>
                <NavItem href=routes::SETTINGS icon=Icon::Settings label=t(words::SETTINGS) current=at(routes::SETTINGS)/>
            </NavGroup>
        }
    });
    let sees = book.me().role.is_some_and(domain::access::Role::sees_figures);
    let figures = sees.then(|| {
        view! { <NavItem href=routes::SATISFACTION icon=Icon::LineChart label=t(words::SATISFACTION) current=at(routes::SATISFACTION)/> }
    });
    let imports = book.me().role.is_some_and(|role| role.may(Right::ImportData)).then(|| {
        view! { <NavItem href=routes::IMPORTS icon=Icon::Upload label=t(words::IMPORT) current=at(routes::IMPORTS)/> }
    });
    let me = book.me().actor.person();
    let some = |n: usize| (n > 0).then(|| n.to_string());
    let news = Memo::new(move |_| some(notices::unread(book)));
    let tickets = Memo::new(move |_| some(tickets::to_do(book, me)));
    view! {
        <NavGroup>
            <NavItem href=routes::TODAY icon=Icon::Clock label=t(words::TODAY) current=at(routes::TODAY) count=news/>
            <NavItem href=routes::TICKETS icon=Icon::Ticket label=t(words::TICKETS) current=at(routes::TICKETS) count=tickets/>
            <NavItem href=routes::CUSTOMERS icon=Icon::Users label=t(words::CUSTOMERS) current=at(routes::CUSTOMERS)/>
            {figures}
            {imports}
        </NavGroup>
        {administration}
    }
}
