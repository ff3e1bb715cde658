//! Columns: what stands in them, how wide they are, which go first when room is short.

use super::super::{Icon, icon};
use leptos::prelude::*;

/// On which side a column's words stand. Figures stand at the end, so that their digits align.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    #[default]
    Start,
    End,
    Center,
}

/// Which column rows are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    pub column: &'static str,
    pub descending: bool,
}

/// One column, built up: `Column::new("spent", t(SPENT)).width(120).end().sortable()`.
#[derive(Clone, Copy)]
pub struct Column {
    pub(super) name: &'static str,
    label: Signal<String>,
    width: Option<u32>,
    align: Align,
    sortable: bool,
    falls_first: bool,
    rank: u8,
    hide_label: bool,
}

impl Column {
    /// A column that shares what room is left.
    #[must_use]
    pub fn new<M>(name: &'static str, label: impl IntoReactiveValue<Signal<String>, M>) -> Self {
        Self {
            name,
            label: label.into_reactive_value(),
            width: None,
            align: Align::Start,
            sortable: false,
            falls_first: false,
            rank: 0,
            hide_label: false,
        }
    }

    /// As wide as so many pixels, its padding included.
    #[must_use]
    pub const fn width(self, pixels: u32) -> Self {
        Self { width: Some(pixels), ..self }
    }

    /// Figures.
    #[must_use]
    pub const fn end(self) -> Self {
        Self { align: Align::End, ..self }
    }

    #[must_use]
    pub const fn center(self) -> Self {
        Self { align: Align::Center, ..self }
    }

    /// Its head is a button that orders by it, smallest first.
    #[must_use]
    pub const fn sortable(self) -> Self {
        Self { sortable: true, ..self }
    }

    /// Its head orders by it, largest first: money, counts, dates.
    #[must_use]
    pub const fn sortable_falling(self) -> Self {
        Self { sortable: true, falls_first: true, ..self }
    }

    /// Gives way when room is short: 1 first of all (below 1000 px), then 2 (below 760), then 3 (below 560).
    #[must_use]
    pub const fn gives_way(self, rank: u8) -> Self {
        Self { rank, ..self }
    }

    /// Its name is only read aloud: icons, avatars.
    #[must_use]
    pub const fn hide_label(self) -> Self {
        Self { hide_label: true, ..self }
    }

    pub(super) fn align_name(&self) -> Option<&'static str> {
        match self.align {
            Align::Start => None,
            Align::End => Some("end"),
            Align::Center => Some("center"),
        }
    }

    pub(super) fn rank_name(&self) -> Option<String> {
        (self.rank > 0).then(|| self.rank.to_string())
    }

    /// The cell in the table's head.
    pub(super) fn head(self, sort: Signal<Option<Sort>>, on_sort: Option<Callback<Sort>>) -> AnyView {
        let order = move || match sort.get().filter(|sort| sort.column == self.name) {
            None => None,
            Some(Sort { descending: false, .. }) => Some("ascending"),
            Some(Sort { descending: true, .. }) => Some("descending"),
        };
        let words = view! { <span class="truncate" class:visually-hidden=self.hide_label>{move || self.label.get()}</span> };
        let inside = match on_sort.filter(|_| self.sortable) {
            None => words.into_any(),
            Some(on_sort) => {
                let press = move |_| {
                    let now = sort.get_untracked().filter(|sort| sort.column == self.name);
                    let descending = now.map_or(self.falls_first, |sort| !sort.descending);
                    on_sort.run(Sort { column: self.name, descending });
                };
                view! { <button type="button" class="table-sort" on:click=press>{words} {icon(Icon::ArrowDown)}</button> }.into_any()
            }
        };
        view! {
            <th
                scope="col"
                data-column=self.name
                data-align=self.align_name()
                data-rank=self.rank_name()
                aria-sort=order
                style:width=self.width.map(|width| format!("{width}px"))
            >
                {inside}
            </th>
        }
        .into_any()
    }
}
