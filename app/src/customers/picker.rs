//! Choosing a customer by name, pinyin or number, inside a form.

use super::{
    index::use_index,
    name::{named, named_row},
    words,
};
use crate::{
    book::use_book,
    ui::{Avatar, Button, Field, Of, SearchInput, Size},
    words::{actions, t},
};
use domain::id::CustomerId;
use leptos::{ev, prelude::*};

/// Customers offered at most.
const MOST: usize = 6;

#[component]
pub fn CustomerPicker(
    chosen: RwSignal<Option<CustomerId>>,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] error: Signal<Option<String>>,
    /// It cannot be another one.
    #[prop(optional)]
    fixed: bool,
) -> impl IntoView {
    let book = use_book();
    let change = t(actions::CHANGE);
    let inside = move || match chosen.get() {
        Some(id) => {
            let name = Signal::derive(move || named(book, id));
            view! {
                <div class="picker-chosen">
                    <Avatar name of=Of::Company/>
                    <b class="truncate">{name}</b>
                    {(!fixed).then(|| view! { <Button size=Size::Small on_press=move |()| chosen.set(None)>{change}</Button> })}
                </div>
            }
            .into_any()
        }
        None => view! { <Search chosen label/> }.into_any(),
    };
    view! { <Field label error required=true>{inside}</Field> }.into_any()
}

#[component]
fn Search(chosen: RwSignal<Option<CustomerId>>, label: Signal<String>) -> impl IntoView {
    let (book, index) = (use_book(), use_index());
    let query = RwSignal::new(String::new());
    index.seek(move || query.get());
    let found = Memo::new(move |_| query.with(|query| if query.trim().is_empty() { Vec::new() } else { index.best(query, MOST) }));
    let choose = move |id: CustomerId| {
        // What is done for a customer is judged by what is here of it.
        book.open_history(id);
        chosen.set(Some(id));
    };
    // Enter takes the best one and does not send the form.
    let press = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            if let Some(best) = found.with_untracked(|found| found.first().map(super::Found::id)) {
                choose(best);
            }
        }
    };
    let rows = move || {
        let rows = found.get().into_iter().map(|found| {
            let id = found.id();
            let no = found.customer.no.as_ref().map(ToString::to_string);
            view! {
                <li>
                    <button type="button" class="picker-row" on:click=move |_| choose(id)>
                        <span class="truncate">{named_row(&found.customer)}</span> <small>{no}</small>
                    </button>
                </li>
            }
        });
        rows.collect_view()
    };
    let none = t(words::NONE_MATCH);
    let nothing = move || found.with(Vec::is_empty) && query.with(|query| !query.trim().is_empty());
    view! {
        <div class="picker">
            <SearchInput value=query label placeholder=t(words::SEARCH) autofocus=true on_key=press/>
            <ul class="picker-list" role="list">{rows}</ul>
            <Show when=nothing><p class="small faint">{none}</p></Show>
        </div>
    }
    .into_any()
}
