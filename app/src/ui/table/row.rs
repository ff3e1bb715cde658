//! One entry of the table: a row of cells, or the head of a group.

use super::{
    super::{Icon, icon},
    Column, Entry, Table,
};
use crate::{
    browser::focus,
    words::{states, t},
};
use domain::id::Id;
use leptos::{ev, prelude::*};

/// The entry at `index`. Its height is set, because the window's arithmetic relies on it.
pub(super) fn entry(table: Table, index: usize, entry: Entry) -> AnyView {
    match entry {
        Entry::Row(id) => row(table, index, id),
        Entry::Group(_) => group(table, index, entry),
    }
}

fn row(table: Table, index: usize, id: Id) -> AnyView {
    let is_selected = move || table.selected.get() == Some(id);
    let click = move |event: ev::MouseEvent| {
        if !event.default_prevented() && !focus::is_from_control(&event) {
            table.open(id);
        }
    };
    view! {
        <tr
            class="table-row"
            id=table.row_name(index)
            aria-rowindex=(index + 2).to_string()
            aria-selected=move || if is_selected() { "true" } else { "false" }
            data-checked=move || table.is_checked(id)
            style:height=format!("{}px", table.heights.get_untracked().row)
            on:click=click
        >
            {check_cell(table, id)}
            {cells(table, table.cells.run(Entry::Row(id)))}
        </tr>
    }
    .into_any()
}

fn group(table: Table, index: usize, entry: Entry) -> AnyView {
    let inside = table.cells.run(entry);
    let alone = inside.len() == 1;
    view! {
        <tr
            class="table-group"
            data-alone=alone
            aria-rowindex=(index + 2).to_string()
            style:height=format!("{}px", table.heights.get_untracked().group)
        >
            {table.checked.map(|_| view! { <td></td> })}
            {cells(table, inside)}
        </tr>
    }
    .into_any()
}

/// The head of a group: its name, how many are in it, and a button that folds it away. The group's rows are the caller's.
#[component]
pub fn GroupHead(
    #[prop(into)] title: Signal<String>,
    /// How many, or a total, fainter.
    #[prop(optional, into)]
    note: Signal<String>,
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] on_fold: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="table-fold"
            aria-expanded=move || if open.get() { "true" } else { "false" }
            on:click=move |_| on_fold.run(())
        >
            {icon(Icon::ChevronDown)}
            <b>{move || title.get()}</b>
            <span class="secondary">{move || note.get()}</span>
        </button>
    }
    .into_any()
}

/// The cells of an entry under their columns; those not given stay empty.
fn cells(table: Table, cells: Vec<AnyView>) -> AnyView {
    table.columns.with_value(|columns| {
        // One cell for all columns is not a colspan: columns that have given way would come back as empty ones.
        let rest = std::iter::repeat_with(|| ().into_any());
        let placed = cells.into_iter().chain(rest).zip(columns).map(|(cell, column)| place(cell, column));
        placed.collect_view().into_any()
    })
}

fn place(cell: AnyView, column: &Column) -> AnyView {
    view! { <td data-column=column.name data-align=column.align_name() data-rank=column.rank_name()>{cell}</td> }.into_any()
}

fn check_cell(table: Table, id: Id) -> Option<AnyView> {
    let checked = table.checked?;
    let label = t(states::SELECTED);
    let change = move |_| {
        checked.update(|checked| {
            if !checked.remove(&id) {
                checked.insert(id);
            }
        });
    };
    let cell = view! {
        <td class="table-check">
            <label class="choice">
                <input type="checkbox" tabindex="-1" aria-label=label prop:checked=move || table.is_checked(id) on:change=change/>
                <span class="choice-mark" aria-hidden="true"></span>
            </label>
        </td>
    };
    Some(cell.into_any())
}
