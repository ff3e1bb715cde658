//! The queue of tickets with one of them beside it, so that going through the queue never leaves it.

use super::conditions::query_box;
use crate::{
    book::{Asked, Listing, use_book},
    browser::{keys, page},
    customers::use_index,
    forms::{choices, label_of},
    routes,
    shell::PageBar,
    tickets::{Deeds, QueueTable, TicketDialog, TicketPanel, filter, words},
    ui::{Banner, Button, EmptyState, FilterChoice, Icon, Kbd, LinkButton, Rank, SearchInput, Shape, Skeleton, Tab, Tabs, while_so},
    words::{Text, t, use_language},
};
use domain::{
    access::Right,
    change::Command,
    id::{CustomerId, Id, TicketId},
    lookup::Question,
    notices::{self, Notice},
    search::folded,
    service_level::Priority,
    tickets::{Filter, Kind, Ticket, View},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use std::{collections::HashSet, sync::Arc};

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Queue {
    filter: Memo<Filter>,
    rows: Memo<Arc<Vec<Arc<Ticket>>>>,
    /// Of what is closed; no device carries that.
    closed: Listing,
    open: Memo<Option<TicketId>>,
    selected: RwSignal<Option<Id>>,
    go: Callback<(String, bool)>,
}

impl Queue {
    /// Another queue, the same ticket beside it; no trail of every key in the history.
    fn narrow(self, filter: &Filter) {
        self.go.run((filter::address(filter, self.open.get_untracked()), true));
    }

    fn show(self, ticket: Option<TicketId>, replace: bool) {
        self.selected.set(ticket.map(Id::from));
        self.go.run((self.filter.with_untracked(|list| filter::address(list, ticket)), replace));
    }

    /// The form of a new one, over the queue as it is.
    fn begin(self) {
        let address = self.filter.with_untracked(|list| filter::address(list, self.open.get_untracked()));
        self.go.run((format!("{address}{}new=1", if address.contains('?') { '&' } else { '?' }), false));
    }

    /// The ticket below or above the open one.
    fn step(self, down: bool) {
        let rows = self.rows.get_untracked();
        let here = rows.iter().position(|ticket| Some(ticket.id) == self.open.get_untracked());
        let there = here.and_then(|here| if down { here.checked_add(1) } else { here.checked_sub(1) });
        if let Some(ticket) = there.and_then(|there| rows.get(there)) {
            self.show(Some(ticket.id), true);
        }
    }
}

#[component]
pub fn TicketsPage() -> impl IntoView {
    let query = use_query_map();
    let navigate = StoredValue::new_local(use_navigate());
    let filter = Memo::new(move |_| query.with(filter::read));
    let open = routes::named::<TicketId>(routes::TICKETS);
    let (closed, rows) = queued(filter);
    let go = Callback::new(move |(address, replace): (String, bool)| {
        let options = NavigateOptions { replace, scroll: false, ..NavigateOptions::default() };
        navigate.with_value(|navigate| navigate(&address, options));
    });
    let queue = Queue { filter, rows, closed, open, selected: RwSignal::new(open.get_untracked().map(Id::from)), go };
    let making = Memo::new(move |_| query.with(|query| query.get("new").is_some()));
    let customer = move || query.with_untracked(|query| query.get("customer")).and_then(|id| id.parse::<CustomerId>().ok());
    hear_keys(queue);
    mark_read(open);
    entitle(open);
    view! {
        <div class="split" data-open=move || open.with(Option::is_some)>
            <section class="split-list"><List queue/></section>
            <section class="split-peek">
                {move || open.get().map(|id| view! {
                    <TicketPanel id on_step=Callback::new(move |down| queue.step(down)) on_close=Callback::new(move |()| queue.show(None, false))/>
                })}
            </section>
        </div>
        {move || making.get().then(|| view! {
            <TicketDialog
                customer=customer()
                on_close=move |()| queue.narrow(&filter.get_untracked())
                on_made=move |id| queue.show(Some(id), true)
            />
        })}
    }
    .into_any()
}

/// The tickets of a queue: those that are carried, and the closed ones, which are asked for.
fn queued(filter: Memo<Filter>) -> (Listing, Memo<Arc<Vec<Arc<Ticket>>>>) {
    let (book, index) = (use_book(), use_index());
    let me = book.me().actor.person();
    let is_closed = |filter: &Filter| filter.view == View::Closed;
    let closed = book.listing(move || filter.with(is_closed).then(|| Question::Closed(filter.get())));
    let rows = Memo::new(move |_| {
        if matches!(closed.asked(), Asked::Coming | Asked::Here) {
            return Arc::new(closed.ids().iter().filter_map(|id| book.row::<Ticket>(*id)).collect());
        }
        let filter = filter.get();
        let query = folded(&filter.query);
        let theirs: HashSet<CustomerId> = if query.is_empty() {
            HashSet::new()
        } else {
            index.all().iter().filter(|found| found.fit(&query).is_some()).map(crate::customers::Found::id).collect()
        };
        Arc::new(filter::queued(&filter, book.rows::<Ticket>(), &theirs, me))
    });
    (closed, rows)
}

/// Named for the open ticket, as somebody with several of them in tabs looks for it.
fn entitle(open: Memo<Option<TicketId>>) {
    let (book, lang) = (use_book(), use_language());
    page::entitle(move || {
        let ticket = open.get().and_then(|id| book.row::<Ticket>(id));
        ticket.map_or_else(|| words::TICKETS.in_lang(lang.get()).to_owned(), |ticket| ticket.subject.to_string())
    });
}

/// `c` begins a new ticket; `a` and `s` take and solve the open one, else the selected one.
fn hear_keys(queue: Queue) {
    let book = use_book();
    let deeds = Deeds::here();
    let me = book.me().actor.person();
    keys::on_key(move |pressed| {
        if !pressed.is(&pressed.key) {
            return false;
        }
        match pressed.key.as_str() {
            "c" => queue.begin(),
            "Escape" if queue.open.get_untracked().is_some() => queue.show(None, false),
            key => {
                let id = queue.open.get_untracked().map(Id::from).or_else(|| queue.selected.get_untracked());
                let ticket = id.and_then(|id| untrack(|| book.row::<Ticket>(id)));
                return ticket.is_some_and(|ticket| deeds.press(key, &ticket, me));
            }
        }
        true
    });
}

/// Whoever opens a ticket has seen what they were told of it.
fn mark_read(open: Memo<Option<TicketId>>) {
    let book = use_book();
    let me = book.me().actor.person();
    Effect::new(move |_| {
        let Some(ticket) = open.get() else { return };
        let news = book.rows::<Notice>().into_iter();
        let news = news.filter(|notice| notice.ticket == Some(ticket) && Some(notice.person) == me && notice.read_at.is_none());
        let ids: Vec<_> = news.map(|notice| notice.id).collect();
        if !ids.is_empty() {
            _ = book.submit(&Command::Notices(notices::Command::Read { ids }));
        }
    });
}

#[component]
fn List(queue: Queue) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let count = move || queue.closed.count(|| queue.rows.with(|rows| rows.len())).map(|n| words::count(lang.get(), n));
    let handles = book.me().role.is_some_and(|role| role.may(Right::HandleTickets));
    let new = t(words::NEW);
    view! {
        <PageBar>
            <h1>{t(words::TICKETS)}</h1>
            <small data-hide="phone">{count}</small>
            <span class="end"></span>
            {handles.then(|| view! {
                <Button icon=Icon::Plus shortcut="C" on_press=move |()| queue.begin()>{new}</Button>
            })}
        </PageBar>
        <div class="frame-tabs"><Views queue/></div>
        <div class="frame-filters"><Conditions queue/></div>
        {while_so(move || queue.closed.asked() == Asked::Failed, || view! { <Banner>{t(words::ONLY_HERE)}</Banner> }.into_any())}
        <TableOrState queue/>
        <footer class="frame-foot" data-hide="phone">
            <span class="cluster" data-gap="1"><Kbd of="J K"/> {t(words::MOVE_KEYS)}</span>
            <span class="cluster" data-gap="1"><Kbd of="A"/> {t(words::TAKE)}</span>
            <span class="cluster" data-gap="1"><Kbd of="S"/> {t(words::SOLVE_KEY)}</span>
            <span class="cluster" data-gap="1"><Kbd of="R"/> {t(words::REPLY_KEY)}</span>
            <span class="cluster" data-gap="1"><Kbd of="N"/> {t(words::NOTE_KEY)}</span>
        </footer>
    }
    .into_any()
}

#[component]
fn Views(queue: Queue) -> impl IntoView {
    let book = use_book();
    let me = book.me().actor.person();
    let counts = Memo::new(move |_| {
        let all = book.rows::<Ticket>();
        View::ALL.map(|view| all.iter().filter(|ticket| view.admits(ticket, me)).count())
    });
    let tabs = View::ALL.into_iter().enumerate().map(move |(n, view)| {
        let href = move || queue.filter.with(|list| filter::address(&Filter { view, ..list.clone() }, queue.open.get()));
        let current = Signal::derive(move || queue.filter.with(|filter| filter.view == view));
        // What is over grows for ever, and its number says nothing.
        let count = Signal::derive(move || {
            counts.with(|counts| counts.get(n).copied()).filter(|n| *n > 0 && view != View::Closed).map(|n| n.to_string())
        });
        view! { <Tab href current count>{t(filter::view_name(view))}</Tab> }
    });
    view! { <Tabs label=t(words::VIEWS)>{tabs.collect_view()}</Tabs> }.into_any()
}

#[component]
fn Conditions(queue: Queue) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let filter = queue.filter;
    let query = query_box(Signal::derive(move || filter.with(|filter| filter.query.clone())), move |query| {
        queue.narrow(&Filter { query, ..filter.get_untracked() })
    });
    let any = move || crate::customers::words::ANY.in_lang(lang.get()).to_owned();
    let kind = Memo::new(move |_| filter.with(|filter| filter.kind));
    let priority = Memo::new(move |_| filter.with(|filter| filter.priority));
    let assignee = Memo::new(move |_| filter.with(|filter| filter.assignee));
    let named = move |of: Option<&'static str>| of.map_or_else(any, str::to_owned);
    let by_kind = Callback::new(move |code: String| queue.narrow(&Filter { kind: Kind::from_code(&code), ..filter.get_untracked() }));
    let by_priority =
        Callback::new(move |code: String| queue.narrow(&Filter { priority: Priority::from_code(&code), ..filter.get_untracked() }));
    let by_assignee = Callback::new(move |code: String| queue.narrow(&Filter { assignee: code.parse().ok(), ..filter.get_untracked() }));
    let clear_word = t(crate::customers::words::CLEAR_FILTERS);
    let clear = move |()| queue.narrow(&Filter { view: filter.get_untracked().view, ..Filter::default() });
    view! {
        <div class="tickets-search"><SearchInput value=query label=t(words::SEARCH) shortcut="/"/></div>
        <FilterChoice label=words::KIND options=choices(Kind::ALL) on_change=by_kind
            value=Signal::derive(move || named(kind.get().map(|kind| label_of(&kind, lang.get()))))
            chosen=Signal::derive(move || kind.get().map(|kind| kind.code().to_owned()).unwrap_or_default())/>
        <FilterChoice label=words::PRIORITY options=choices(Priority::ALL) on_change=by_priority
            value=Signal::derive(move || named(priority.get().map(|priority| label_of(&priority, lang.get()))))
            chosen=Signal::derive(move || priority.get().map(|priority| priority.code().to_owned()).unwrap_or_default())/>
        <FilterChoice label=words::ASSIGNEE options=Signal::derive(move || book.colleagues()) on_change=by_assignee
            value=Signal::derive(move || assignee.get().map_or_else(any, |person| book.name_of(person)))
            chosen=Signal::derive(move || assignee.get().map(|person| person.to_string()).unwrap_or_default())/>
        <Show when=move || filter.with(Filter::is_narrowed)>
            <Button rank=Rank::Quiet on_press=clear>{clear_word}</Button>
        </Show>
    }
    .into_any()
}

#[component]
fn TableOrState(queue: Queue) -> impl IntoView {
    let status = use_book().status();
    let empty = Memo::new(move |_| queue.rows.with(|rows| rows.is_empty()));
    let waits = move || status.get().is_opening() || queue.closed.asked() == Asked::Coming;
    let view = Memo::new(move |_| queue.filter.with(|filter| (filter.view, filter.is_narrowed())));
    // With a ticket open beside it, the keyboard goes through the tickets, not through the rows.
    let select = Callback::new(move |id: Id| match queue.open.get_untracked() {
        Some(_) => queue.show(Some(id.into()), true),
        None => queue.selected.set(Some(id)),
    });
    let open = Callback::new(move |id: Id| queue.show(Some(id.into()), queue.open.get_untracked().is_some()));
    move || {
        if !empty.get() {
            return view! { <QueueTable rows=queue.rows selected=queue.selected on_select=select on_open=open on_end=Callback::new(move |()| queue.closed.go_on())/> }.into_any();
        }
        if waits() {
            return view! { <Skeleton shape=Shape::Rows(12)/> }.into_any();
        }
        let (view, narrowed) = view.get();
        nothing(queue, view, narrowed)
    }
}

/// Why nothing is here, and what to do about it.
fn nothing(queue: Queue, view: View, narrowed: bool) -> AnyView {
    if narrowed {
        let clear = t(crate::customers::words::CLEAR_FILTERS);
        let press = move |()| queue.narrow(&Filter { view, ..Filter::default() });
        return view! {
            <EmptyState icon=Icon::Search title=t(words::NONE_MATCH) text=t(crate::customers::words::NONE_MATCH_HINT)>
                <Button on_press=press>{clear}</Button>
            </EmptyState>
        }
        .into_any();
    }
    let (icon, title, hint): (Icon, Text, Text) = match view {
        View::Mine => (Icon::Done, words::NONE_MINE, words::NONE_MINE_HINT),
        View::Unassigned => (Icon::Done, words::NONE_UNASSIGNED, words::NONE_UNASSIGNED_HINT),
        View::Pending => (Icon::Ticket, words::NONE_PENDING, words::NONE_PENDING_HINT),
        View::Waiting => (Icon::Waiting, words::NONE_WAITING, words::NONE_WAITING_HINT),
        View::Solved | View::Closed => (Icon::Archive, words::NONE_DONE, words::NONE_DONE_HINT),
    };
    let other = (view == View::Mine).then(|| {
        let href = filter::address(&Filter { view: View::Unassigned, ..Filter::default() }, None);
        let see = t(words::SEE_UNASSIGNED);
        view! { <LinkButton href>{see}</LinkButton> }
    });
    view! { <EmptyState icon title=t(title) text=t(hint)>{other}</EmptyState> }.into_any()
}
