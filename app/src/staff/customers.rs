//! The list of customers: searched on this device at every key, its filters in the address.

use super::conditions::query_box;
use crate::{
    book::{Asked, Listing, use_book},
    browser::{clock, page},
    customers::{CustomerTable, Found, filter, use_index, words},
    forms::choices,
    routes,
    shell::PageBar,
    ui::{
        Arrived, Banner, Button, EmptyState, FilterChoice, Icon, Rank, SearchInput, Shape, Skeleton, Sort, Tab, Tabs, later_over, live,
        while_so,
    },
    words::{t, use_language},
};
use domain::{
    access::Right,
    customers::{Filter, Industry, Nature, Order, View},
    id::CustomerId,
    lookup::Question,
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use std::sync::Arc;

/// Moves to another list without leaving a trail of every key in the history.
type Show = Callback<Filter>;

#[component]
pub fn CustomersPage() -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let index = use_index();
    let params = use_query_map();
    let navigate = StoredValue::new_local(use_navigate());
    let filter = Memo::new(move |_| params.with(filter::read));
    page::entitle(t(words::CUSTOMERS));
    let me = book.me().actor.person();
    let listing = book.listing(move || (!book.carries_archive()).then(|| Question::Customers(filter.get())));
    let rows = Memo::new(move |_| {
        Arc::new(match listing.asked() {
            Asked::Coming | Asked::Here => index.of(&listing.ids()),
            Asked::Not | Asked::Failed => {
                let all = index.all();
                filter.with(|list| filter::listed(list, &all, me, clock::ticking()).into_iter().cloned().collect::<Vec<Found>>())
            }
        })
    });
    let show: Show = Callback::new(move |filter: Filter| {
        let replace = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate.with_value(|navigate| navigate(&filter::address(&filter), replace));
    });
    let go = move |address: String| navigate.with_value(|navigate| navigate(&address, NavigateOptions::default()));
    let making = Memo::new(move |_| params.with(|params| params.get("new").is_some()));
    let count = move || listing.count(|| rows.with(|rows| rows.len())).map(|n| words::count(lang.get(), n));
    let leave = Callback::new(move |()| show.run(filter.get_untracked()));
    let may_edit = book.me().role.is_some_and(|role| role.may(Right::EditCustomers));
    let new = t(words::NEW);
    view! {
        <PageBar>
            <h1>{t(words::CUSTOMERS)}</h1>
            <small data-hide="phone">{count}</small>
            <span class="end"></span>
            {may_edit.then(|| view! {
                <Button icon=Icon::Plus on_press=move |()| go(routes::NEW_CUSTOMER.to_owned())>{new}</Button>
            })}
        </PageBar>
        <div class="frame-tabs"><Views filter/></div>
        <div class="frame-filters"><Conditions filter show/></div>
        {while_so(move || listing.asked() == Asked::Failed, || view! { <Banner>{t(words::ONLY_HERE)}</Banner> }.into_any())}
        <ListOrState rows listing filter show go=Callback::new(move |id| go(routes::customer(id)))/>
        {while_so(move || making.get(), move || later_over(new_customer(leave)))}
    }
}

/// The form, or the list again where it cannot come.
async fn new_customer(leave: Callback<()>) -> Arrived {
    super::new_customer(leave).await.inspect_err(|_| leave.run(()))
}

#[component]
fn Views(filter: Memo<Filter>) -> impl IntoView {
    let tabs = View::ALL.map(|view| {
        let name = match view {
            View::All => words::ALL,
            View::Mine => words::MINE,
            View::Quiet => words::QUIET,
            View::WithoutStep => words::WITHOUT_STEP,
            View::Archived => words::ARCHIVED,
        };
        let href = move || filter.with(|list| filter::address(&Filter { view, ..list.clone() }));
        view! { <Tab href=href current=Signal::derive(move || filter.with(|filter| filter.view == view))>{t(name)}</Tab> }
    });
    view! { <Tabs label=t(words::VIEWS)>{tabs.into_iter().collect_view()}</Tabs> }.into_any()
}

#[component]
fn Conditions(filter: Memo<Filter>, show: Show) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let query = query_box(Signal::derive(move || filter.with(|filter| filter.query.clone())), move |query| {
        show.run(Filter { query, ..filter.get_untracked() })
    });
    let people = Signal::derive(move || book.colleagues());
    let any = move || words::ANY.in_lang(lang.get()).to_owned();
    let owner = Signal::derive(move || filter.with(|filter| filter.owner).map_or_else(any, |owner| book.name_of(owner)));
    let nature = Signal::derive(move || {
        filter.with(|filter| filter.nature).map_or_else(any, |it| crate::forms::label_of(&it, lang.get()).to_owned())
    });
    let industry = Signal::derive(move || {
        filter.with(|filter| filter.industry).map_or_else(any, |it| crate::forms::label_of(&it, lang.get()).to_owned())
    });
    let by_owner = Callback::new(move |code: String| show.run(Filter { owner: code.parse().ok(), ..filter.get_untracked() }));
    let by_nature = Callback::new(move |code: String| show.run(Filter { nature: Nature::from_code(&code), ..filter.get_untracked() }));
    let by_industry =
        Callback::new(move |code: String| show.run(Filter { industry: Industry::from_code(&code), ..filter.get_untracked() }));
    let clear = t(words::CLEAR_FILTERS);
    let leave = move |()| {
        let Filter { view, order, .. } = filter.get_untracked();
        show.run(Filter { view, order, ..Filter::default() });
    };
    view! {
        <div class="customers-search"><SearchInput value=query label=t(words::SEARCH) shortcut="/"/></div>
        <FilterChoice label=words::OWNER value=owner options=people chosen=Signal::derive(move || filter.with(|filter| filter.owner.map(|it| it.to_string())).unwrap_or_default()) on_change=by_owner/>
        <FilterChoice label=words::NATURE value=nature options=choices(Nature::ALL) chosen=Signal::derive(move || filter.with(|filter| filter.nature.map(|it| it.code().to_owned())).unwrap_or_default()) on_change=by_nature/>
        <FilterChoice label=words::INDUSTRY value=industry options=choices(Industry::ALL) chosen=Signal::derive(move || filter.with(|filter| filter.industry.map(|it| it.code().to_owned())).unwrap_or_default()) on_change=by_industry/>
        {while_so(move || filter.with(Filter::is_narrowed), move || view! { <Button rank=Rank::Quiet on_press=leave>{clear}</Button> }.into_any())}
    }
    .into_any()
}

#[component]
fn ListOrState(rows: Memo<Arc<Vec<Found>>>, listing: Listing, filter: Memo<Filter>, show: Show, go: Callback<CustomerId>) -> impl IntoView {
    let book = use_book();
    let status = book.status();
    let sort = Signal::derive(move || filter.with(filter::sort));
    let on_sort = Callback::new(move |sort: Sort| {
        let order = filter::column(sort.column).map(|column| Order { column, descending: sort.descending });
        show.run(Filter { order, ..filter.get_untracked() });
    });
    let empty = Memo::new(move |_| rows.with(|rows| rows.is_empty()));
    let waits = move || status.get().is_opening() || listing.asked() == Asked::Coming;
    let clear = t(words::CLEAR_FILTERS);
    let part = move || {
        if !empty.get() {
            return view! { <CustomerTable rows=rows sort on_sort on_open=go on_end=Callback::new(move |()| listing.go_on())/> }.into_any();
        }
        if waits() {
            return view! { <Skeleton shape=Shape::Rows(12)/> }.into_any();
        }
        if filter.with(Filter::is_narrowed) {
            let press = move |()| show.run(Filter::default());
            return view! {
                <EmptyState icon=Icon::Search title=t(words::NONE_MATCH) text=t(words::NONE_MATCH_HINT)>
                    <Button on_press=press>{clear}</Button>
                </EmptyState>
            }
            .into_any();
        }
        view! { <EmptyState icon=Icon::Users title=t(words::NONE_YET) text=t(words::NONE_YET_HINT)/> }.into_any()
    };
    live(move || Some(part()))
}
