//! A table of any length: only the rows in sight exist, the keyboard walks through all of them.
//!
//! It is a real `<table>` with `role="grid"`: one stop for Tab, the selected row told by `aria-activedescendant`,
//! the true number of rows by `aria-rowcount`. Rows have one height, group heads another; both are known.

mod column;
mod row;
mod walk;
mod window;

pub use column::{Align, Column, Sort};
pub use row::GroupHead;

use super::id;
use crate::{
    browser::{focus, keys, page, size, theme},
    words::{states, t},
};
use domain::id::Id;
use leptos::{ev, html, prelude::*};
use std::{collections::HashSet, sync::Arc};
use walk::Ask;
use window::{Heights, Offsets, Window};

/// What one line of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Entry {
    Row(Id),
    /// The head of the caller's `n`th group.
    Group(u32),
}

impl Entry {
    fn row(self) -> Option<Id> {
        match self {
            Self::Row(id) => Some(id),
            Self::Group(_) => None,
        }
    }
}

/// The end is in sight so many entries before it.
const AHEAD: usize = 40;

/// Below so many pixels a table that folds gives its rows a second line.
const NARROW: f64 = 560.0;
const TWO_LINES: u32 = 56;

/// What the parts of one table share.
#[derive(Clone, Copy)]
struct Table {
    name: StoredValue<String>,
    entries: Signal<Arc<[Entry]>>,
    columns: StoredValue<Vec<Column>>,
    cells: Callback<Entry, Vec<AnyView>>,
    selected: Signal<Option<Id>>,
    on_select: Option<Callback<Id>>,
    on_open: Option<Callback<Id>>,
    checked: Option<RwSignal<HashSet<Id>>>,
    narrow: RwSignal<bool>,
    heights: Signal<Heights>,
    offsets: Memo<Offsets>,
    pane: NodeRef<html::Div>,
    height: RwSignal<f64>,
}

/// A table of any length.
#[component]
pub fn VirtualTable(
    /// What the table lists, read aloud.
    #[prop(into)]
    label: Signal<String>,
    columns: Vec<Column>,
    /// Rows and group heads, in order.
    #[prop(into)]
    entries: Signal<Arc<[Entry]>>,
    /// The cells of an entry, one per column; a group head may give only one, which runs over the rest.
    #[prop(into)]
    cells: Callback<Entry, Vec<AnyView>>,
    #[prop(optional, into)] selected: Signal<Option<Id>>,
    /// The keyboard moved to this row.
    #[prop(optional, into)]
    on_select: Option<Callback<Id>>,
    /// This row was clicked, or opened with Enter.
    #[prop(optional, into)]
    on_open: Option<Callback<Id>>,
    #[prop(optional, into)] sort: Signal<Option<Sort>>,
    #[prop(optional, into)] on_sort: Option<Callback<Sort>>,
    /// Rows chosen for one action together; given, a column of checkboxes leads.
    #[prop(optional)]
    checked: Option<RwSignal<HashSet<Id>>>,
    /// 52 for two lines; else the row height of the chosen density.
    #[prop(optional)]
    row_height: Option<u32>,
    /// Where it is narrow, rows have a second line: what a cell holds in `.table-under`.
    #[prop(optional)]
    folds: bool,
    /// 40 for group heads with totals.
    #[prop(optional)]
    group_height: Option<u32>,
    /// Heads of columns are left out: lists whose columns explain themselves.
    #[prop(optional)]
    hide_head: bool,
    /// The end is nearly in sight: for lists that come a page at a time.
    #[prop(optional, into)]
    on_end: Option<Callback<()>>,
    /// j, k and x act only while the table has focus: for a second table on a page.
    #[prop(optional)]
    quiet: bool,
) -> impl IntoView {
    let narrow = RwSignal::new(folds && page::is_narrow());
    let heights = heights(row_height, group_height, narrow);
    let table = Table {
        name: StoredValue::new(id::fresh("table")),
        entries,
        columns: StoredValue::new(columns),
        cells,
        selected,
        on_select,
        on_open,
        checked,
        narrow,
        heights,
        offsets: Memo::new(move |_| entries.with(|entries| Offsets::of(entries, heights.get()))),
        pane: NodeRef::new(),
        // Enough for a first screen; measured as soon as it is there.
        height: RwSignal::new(900.0),
    };
    if !quiet {
        table.hear_keys();
    }
    pane(table, folds, label, (!hide_head).then(|| head(table, sort, on_sort)), on_end)
}

/// The row and group heights: those asked for, else those of the density in force; never too low for a finger.
fn heights(row: Option<u32>, group: Option<u32>, narrow: RwSignal<bool>) -> Signal<Heights> {
    let density = theme::use_look().density;
    let least = if page::is_touched() { 44 } else { 0 };
    Signal::derive(move || {
        let (usual_row, usual_group) = match density.get() {
            theme::Density::Regular => (36, 32),
            theme::Density::Compact => (30, 28),
        };
        let usual_row = if narrow.get() { TWO_LINES } else { usual_row };
        Heights { row: row.unwrap_or(usual_row).max(least), group: group.unwrap_or(usual_group) }
    })
}

fn pane(table: Table, folds: bool, label: Signal<String>, head: Option<AnyView>, on_end: Option<Callback<()>>) -> AnyView {
    let top = RwSignal::new(0.0);
    let window = Memo::new(move |_| table.offsets.with(|offsets| offsets.window(top.get(), table.height.get())));
    if let Some(on_end) = on_end {
        table.tell_of_end(window, on_end);
    }
    table.pane.on_load(move |pane| {
        size::on_size(&pane, move |width, height| {
            table.height.set(height);
            let narrow = folds && width < NARROW;
            if table.narrow.get_untracked() != narrow {
                table.narrow.set(narrow);
            }
        });
        table.reveal_selected();
    });
    let press = move |event: ev::KeyboardEvent| {
        let pressed = keys::Pressed::from_event(&event);
        if pressed.is(&pressed.key) && !focus::is_from_control(&event) && table.press(&pressed.key) {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let scrolled = move |_| {
        if let Some(pane) = table.pane.get_untracked() {
            top.set(pane.scroll_top().into());
        }
    };
    view! {
        <div class="table-pane" data-narrow=move || table.narrow.get() node_ref=table.pane on:scroll=scrolled>
            <table
                class="table"
                role="grid"
                tabindex="0"
                data-rows="press"
                aria-label=move || label.get()
                aria-rowcount=move || (table.entries.with(|entries| entries.len()) + 1).to_string()
                aria-activedescendant=move || table.selected_name()
                on:keydown=press
            >
                {head}
                {body(table, window)}
            </table>
        </div>
    }
    .into_any()
}

fn head(table: Table, sort: Signal<Option<Sort>>, on_sort: Option<Callback<Sort>>) -> AnyView {
    let cells = table.columns.with_value(|columns| columns.iter().map(|column| column.head(sort, on_sort)).collect_view());
    let all = t(states::ALL);
    let check = table.checked.map(|_| {
        view! {
            <th class="table-check" scope="col">
                <label class="choice">
                    <input type="checkbox" aria-label=all prop:checked=move || table.all_checked() on:change=move |_| table.check_all()/>
                    <span class="choice-mark" aria-hidden="true"></span>
                </label>
            </th>
        }
    });
    view! { <thead><tr aria-rowindex="1">{check} {cells}</tr></thead> }.into_any()
}

fn body(table: Table, window: Memo<Window>) -> AnyView {
    let shown = move || {
        let Window { first, last, .. } = window.get();
        let height = table.heights.get().row;
        table.entries.with(|entries| {
            entries
                .get(first..last.min(entries.len()))
                .unwrap_or_default()
                .iter()
                .copied()
                .enumerate()
                .map(|(i, entry)| (first + i, entry, height))
                .collect::<Vec<_>>()
        })
    };
    // Heights are part of the key: another density makes the rows anew, also where all of them were in sight before and are after.
    let key = |row: &(usize, Entry, u32)| *row;
    view! {
        <tbody>
            <tr class="table-space" aria-hidden="true" style:height=move || format!("{}px", window.get().before)></tr>
            <For each=shown key=key children=move |(index, entry, _)| row::entry(table, index, entry)/>
            <tr class="table-space" aria-hidden="true" style:height=move || format!("{}px", window.get().after)></tr>
        </tbody>
    }
    .into_any()
}

impl Table {
    /// j, k and x act wherever focus is, as long as nobody is typing.
    fn hear_keys(self) {
        keys::on_key(move |pressed| {
            matches!(pressed.key.as_str(), "j" | "k" | "x") && pressed.is(&pressed.key) && self.press(&pressed.key)
        });
    }

    fn tell_of_end(self, window: Memo<Window>, on_end: Callback<()>) {
        Effect::new(move |_| {
            if window.get().last + AHEAD >= self.entries.with(|entries| entries.len()) {
                on_end.run(());
            }
        });
    }

    fn row_name(self, index: usize) -> String {
        self.name.with_value(|name| format!("{name}-{index}"))
    }

    fn selected_name(self) -> Option<String> {
        let selected = self.selected.get()?;
        let index = self.entries.with(|entries| entries.iter().position(|entry| entry.row() == Some(selected)))?;
        Some(self.row_name(index))
    }

    fn is_checked(self, id: Id) -> bool {
        self.checked.is_some_and(|checked| checked.with(|checked| checked.contains(&id)))
    }

    fn all_checked(self) -> bool {
        let Some(checked) = self.checked else { return false };
        checked.with(|checked| {
            !checked.is_empty() && self.entries.with(|entries| entries.iter().filter_map(|e| e.row()).all(|id| checked.contains(&id)))
        })
    }

    fn check_all(self) {
        let Some(checked) = self.checked else { return };
        let all = !untrack(|| self.all_checked());
        checked.set(if all {
            self.entries.with_untracked(|entries| entries.iter().filter_map(|e| e.row()).collect())
        } else {
            HashSet::new()
        });
    }

    fn open(self, id: Id) {
        if let Some(on_open) = self.on_open.or(self.on_select) {
            on_open.run(id);
        }
    }

    /// Answers a key; whether it was one of the table's.
    fn press(self, key: &str) -> bool {
        let page = self.height.get_untracked() / f64::from(self.heights.get_untracked().row);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a screenful of rows")]
        let Some(ask) = walk::ask(key, page as usize) else { return false };
        let selected = self.selected.get_untracked();
        let Some((index, id)) = self.entries.with_untracked(|entries| walk::target(entries, selected, ask)) else { return false };
        match (ask, self.checked) {
            (Ask::Open, _) => self.open(id),
            (Ask::Check, None) => return false,
            (Ask::Check, Some(checked)) => checked.update(|checked| {
                if !checked.remove(&id) {
                    checked.insert(id);
                }
            }),
            (Ask::Move(_) | Ask::First | Ask::Last, _) => {
                if let Some(on_select) = self.on_select {
                    on_select.run(id);
                }
                self.reveal(index);
            }
        }
        true
    }

    /// Scrolls just so far that this entry is in sight.
    fn reveal(self, index: usize) {
        let Some(pane) = self.pane.get_untracked() else { return };
        let head = pane.first_element_child().and_then(|table| table.first_element_child()).map_or(0, |head| head.client_height());
        let (top, height) = (f64::from(pane.scroll_top()), self.height.get_untracked());
        // A group's first row brings its head along.
        let above = index.saturating_sub(1);
        let under_head = self.entries.with_untracked(|entries| matches!(entries.get(above), Some(Entry::Group(_))));
        let span = if under_head { above..=index } else { index..=index };
        if let Some(to) = self.offsets.with_untracked(|offsets| offsets.scroll_to(span, top, height, head.into())) {
            #[expect(clippy::cast_possible_truncation, reason = "a scroll position")]
            pane.set_scroll_top(to as i32);
        }
    }

    fn reveal_selected(self) {
        let Some(selected) = self.selected.get_untracked() else { return };
        let index = self.entries.with_untracked(|entries| entries.iter().position(|entry| entry.row() == Some(selected)));
        if let Some(index) = index {
            self.reveal(index);
        }
    }
}
