//! A customer's page: who this is, how we stand, what is next; what happened; who is there.

use super::words as page_words;
use crate::{
    book::{Asked, History, use_book},
    browser::{keys, page},
    customers::{ContactsCard, CustomerDialog, FactsCard, Headline, named, named_row, words},
    history::OnceHere,
    loyalty::{PointsCard, RedemptionDialog},
    orders::OrdersCard,
    routes,
    shell::PageBar,
    tickets::{self, TicketDialog, TicketsCard},
    timeline::{Composer, Feed, NextStepCard, StepsCard},
    ui::{Banner, Button, Crumbs, EmptyState, Icon, LinkButton, Menu, MenuItem, Rank, Shape, Skeleton, Tab, Tabs, live, use_toasts},
    words::{Text, actions, t, use_language},
};
use domain::{
    access::{Right, Role},
    change::Command,
    customers::{self, Customer, CustomerState, Figure},
    id::{CustomerId, RedemptionId},
    lookup::Question,
    timeline::{Entry, What},
    words::Say,
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

#[component]
pub fn CustomerPage() -> impl IntoView {
    let id = routes::named::<CustomerId>(routes::CUSTOMERS);
    move || match id.get() {
        Some(id) => view! { <Here id/> }.into_any(),
        None => view! { <Absent/> }.into_any(),
    }
}

#[component]
fn Here(id: CustomerId) -> impl IntoView {
    let book = use_book();
    let status = book.status();
    let known = Memo::new(move |_| book.row::<Customer>(id).is_some());
    let opening = Memo::new(move |_| status.get().is_opening());
    let sought = move || !known.get() && !opening.get() && !book.carries_archive();
    let sought = book.listing(move || sought().then_some(Question::Customer(id)));
    let waits = move || opening.get() || sought.asked() == Asked::Coming;
    move || {
        if known.get() {
            view! { <Record id/> }.into_any()
        } else if waits() {
            view! { <PageBar><span></span></PageBar> <div class="page"><Skeleton shape=Shape::Card/></div> }.into_any()
        } else {
            view! { <Absent/> }.into_any()
        }
    }
}

#[component]
fn Absent() -> impl IntoView {
    let back = t(words::BACK);
    view! {
        <PageBar><h1>{t(words::CUSTOMER)}</h1></PageBar>
        <EmptyState icon=Icon::Users title=t(words::NOT_HERE) text=t(words::NOT_HERE_HINT)>
            <LinkButton href=routes::CUSTOMERS>{back}</LinkButton>
        </EmptyState>
    }
}

#[component]
fn Record(id: CustomerId) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let editing = RwSignal::new(false);
    let asking = RwSignal::new(false);
    let archived = Memo::new(move |_| book.row::<Customer>(id).is_some_and(|customer| customer.state == CustomerState::Archived));
    hear_keys([("e", editing), ("t", asking)], archived);
    page::entitle(move || named(book, id));
    book.open_history(id);
    let back = Signal::derive(move || (routes::CUSTOMERS.to_owned(), words::CUSTOMERS.in_lang(lang.get()).to_owned()));
    let (edit, ask) = (t(words::EDIT), t(tickets::words::NEW));
    let handles = book.me().role.is_some_and(|role| role.may(Right::HandleTickets));
    view! {
        <PageBar>
            <Crumbs back=back here=Signal::derive(move || named(book, id))/>
            <span class="end"></span>
            <Show when=move || handles && !archived.get()>
                <span data-hide="phone"><Button icon=Icon::Ticket shortcut="T" on_press=move |()| asking.set(true)>{ask}</Button></span>
            </Show>
            <Show when=move || !archived.get()>
                <Button icon=Icon::Edit shortcut="E" on_press=move |()| editing.set(true)>{edit}</Button>
            </Show>
            <Deeds id archived/>
        </PageBar>
        <div class="pane">
            <article class="record">
                <header class="record-head">
                    <Headline id/>
                    <Standing id/>
                    <NextStepCard customer=id/>
                </header>
                <Show when=move || archived.get()><div class="page-note"><ArchivedNote id/></div></Show>
                <Body id archived editing asking/>
            </article>
        </div>
        <Dialogs id editing asking/>
    }
    .into_any()
}

#[component]
fn Body(id: CustomerId, archived: Memo<bool>, editing: RwSignal<bool>, asking: RwSignal<bool>) -> impl IntoView {
    let part = Part::shown();
    let deals = use_book().me().role.is_some_and(Role::sees_money);
    view! {
        <div class="record-parts"><Parts id part/></div>
        <div class="record-body" data-part=move || part.get().code()>
            <div class="stack" data-is="feed">
                <Show when=move || !archived.get()><Composer customer=id/></Show>
                <Feed customer=id/>
            </div>
            <div class="stack" data-is="dealings">
                {deals.then(|| view! { <OnceHere customer=id shape=Shape::Card><PointsCard customer=id/></OnceHere> })}
                <StepsCard customer=id/>
                <TicketsCard customer=id on_new=Callback::new(move |()| asking.set(true))/>
                {deals.then(|| view! { <OnceHere customer=id shape=Shape::Card><OrdersCard customer=id/></OnceHere> })}
            </div>
            <div class="stack" data-is="details">
                <ContactsCard customer=id/>
                <FactsCard id on_edit=Callback::new(move |()| editing.set(true))/>
            </div>
        </div>
    }
    .into_any()
}

/// The parts of a record; where there is room they stand side by side, on a phone one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Dealings,
    Feed,
    Details,
}

impl Part {
    const ALL: [Self; 3] = [Self::Dealings, Self::Feed, Self::Details];

    /// As the address says; first of all how we stand.
    fn shown() -> Memo<Self> {
        let query = use_query_map();
        let of = |code: String| Self::ALL.into_iter().find(|part| part.code() == code);
        Memo::new(move |_| query.with(|query| query.get("view")).and_then(of).unwrap_or(Self::Dealings))
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Dealings => "dealings",
            Self::Feed => "feed",
            Self::Details => "details",
        }
    }

    const fn name(self) -> Text {
        match self {
            Self::Dealings => page_words::DEALINGS,
            Self::Feed => page_words::FEED,
            Self::Details => page_words::DETAILS,
        }
    }
}

#[component]
fn Parts(id: CustomerId, part: Memo<Part>) -> impl IntoView {
    let tabs = Part::ALL.map(|of| {
        let href = routes::with_query(&routes::customer(id), [("view", Some(of.code().to_owned()))]);
        view! { <Tab href=Signal::stored(href) current=Signal::derive(move || part.get() == of)>{t(of.name())}</Tab> }
    });
    view! { <Tabs label=t(page_words::PARTS)>{tabs.into_iter().collect_view()}</Tabs> }.into_any()
}

/// A letter opens a form, as long as the record may be changed.
fn hear_keys(forms: [(&'static str, RwSignal<bool>); 2], archived: Memo<bool>) {
    keys::on_key(move |pressed| {
        let opens = forms.into_iter().find(|(key, _)| pressed.is(key) && !archived.get_untracked());
        if let Some((_, open)) = opens {
            open.set(true);
        }
        opens.is_some()
    });
}

/// What opens over the page: the form of its details, of a new ticket, a redemption that was looked for.
#[component]
fn Dialogs(id: CustomerId, editing: RwSignal<bool>, asking: RwSignal<bool>) -> impl IntoView {
    let book = use_book();
    let navigate = StoredValue::new_local(use_navigate());
    let made = move |id| navigate.with_value(|navigate| navigate(&routes::ticket(id), NavigateOptions::default()));
    let query = use_query_map();
    let redemption = Memo::new(move |_| query.with(|query| query.get("redemption")).and_then(|id| id.parse::<RedemptionId>().ok()));
    let replace = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
    let leave = Callback::new(move |()| navigate.with_value(|navigate| navigate(&routes::customer(id), replace.clone())));
    view! {
        {move || (editing.get()).then(|| untrack(|| book.row::<Customer>(id))).flatten().map(|customer| view! {
            <CustomerDialog customer on_close=move |()| editing.set(false)/>
        })}
        <Show when=move || asking.get()>
            <TicketDialog customer=Some(id) on_close=move |()| asking.set(false) on_made=made/>
        </Show>
        {live(move || redemption.get().map(|redemption| view! { <RedemptionDialog id=redemption on_close=leave/> }.into_any()))}
    }
    .into_any()
}

/// How we stand: when we last spoke, and how often this quarter.
#[component]
fn Standing(id: CustomerId) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let last = Memo::new(move |_| book.row::<Figure>(id).and_then(|figure| figure.last_contact_at));
    let talks = Memo::new(move |_| {
        let from = crate::browser::clock::ticking().plus_seconds(-90 * 86_400);
        book.of::<Entry>(id)
            .iter()
            .filter(|entry| entry.happened_at >= from && !entry.withdrawn && matches!(entry.what, What::FollowedUp(_)))
            .count()
    });
    // A number that grows once the history is here would be taken for a wrong one.
    let counted = move || if book.history(id) == History::Here { talks.get().to_string() } else { "–".to_owned() };
    let said = move || last.get().map_or_else(|| words::NEVER.in_lang(lang.get()).to_owned(), |at| book.day(lang.get(), at));
    view! {
        <dl class="standing">
            <div><dt>{t(words::LAST_CONTACT)}</dt><dd>{said}</dd></div>
            <div><dt>{t(words::TALKS_90)}</dt><dd>{counted}</dd></div>
        </dl>
    }
    .into_any()
}

/// What is done with the record as a whole.
#[component]
fn Deeds(id: CustomerId, archived: Memo<bool>) -> impl IntoView {
    let book = use_book();
    let toasts = use_toasts();
    let lang = use_language();
    let submit = move |command| book.submit(&Command::Customers(command));
    let archive = Callback::new(move |()| {
        let name = untrack(|| book.row::<Customer>(id)).map(|customer| named_row(&customer)).unwrap_or_default();
        match submit(customers::Command::Archive { id }) {
            Ok(_) => toasts.push_undo(words::archived(lang.get_untracked(), &name), move || _ = submit(customers::Command::Restore { id })),
            Err(why) => toasts.push_problem(why.say(lang.get_untracked())),
        }
    });
    let restore = Callback::new(move |()| _ = submit(customers::Command::Restore { id }));
    view! {
        <Menu label=t(actions::MORE)>
            {move || if archived.get() {
                view! { <MenuItem icon=Icon::Undo on_press=restore>{t(words::RESTORE)}</MenuItem> }.into_any()
            } else {
                view! { <MenuItem icon=Icon::Archive on_press=archive>{t(words::ARCHIVE)}</MenuItem> }.into_any()
            }}
        </Menu>
    }
    .into_any()
}

#[component]
fn ArchivedNote(id: CustomerId) -> impl IntoView {
    let book = use_book();
    let (said, restore) = (t(words::IS_ARCHIVED), t(words::RESTORE));
    let press = move |()| _ = book.submit(&Command::Customers(customers::Command::Restore { id }));
    view! { <Banner>{said} " " <Button rank=Rank::Quiet on_press=press>{restore}</Button></Banner> }
}
