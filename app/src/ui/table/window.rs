//! Which rows of a long list are in sight: plain arithmetic over known heights.

use super::Entry;
use std::ops::RangeInclusive;

/// Rows rendered beyond each edge, so that a quick scroll meets no gap.
const BEYOND: usize = 12;
/// The window moves in steps of so many rows, so that most scroll events change nothing.
const STEP: usize = 8;

/// Heights of the two kinds of entry, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heights {
    pub row: u32,
    pub group: u32,
}

/// Where each entry begins, and at last where the list ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offsets(Vec<u32>);

/// The entries to render, `first..last`, and the space before and after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub first: usize,
    pub last: usize,
    pub before: u32,
    pub after: u32,
}

impl Offsets {
    pub fn of(entries: &[Entry], heights: Heights) -> Self {
        let mut offsets = Vec::with_capacity(entries.len() + 1);
        let mut end = 0;
        offsets.push(end);
        for entry in entries {
            end += match entry {
                Entry::Row(_) => heights.row,
                Entry::Group(_) => heights.group,
            };
            offsets.push(end);
        }
        Self(offsets)
    }

    fn count(&self) -> usize {
        self.0.len() - 1
    }

    fn total(&self) -> u32 {
        self.0.last().copied().unwrap_or_default()
    }

    pub fn start(&self, index: usize) -> u32 {
        self.0.get(index).copied().unwrap_or_else(|| self.total())
    }

    /// What to render when `height` pixels from `top` are in sight.
    pub fn window(&self, top: f64, height: f64) -> Window {
        let count = self.count();
        let at = |y: f64| self.0.partition_point(|start| f64::from(*start) <= y).saturating_sub(1);
        let first = at(top).saturating_sub(BEYOND) / STEP * STEP;
        let last = (at(top + height) + 1 + BEYOND).div_ceil(STEP) * STEP;
        let (first, last) = (first.min(count), last.min(count));
        Window { first, last, before: self.start(first), after: self.total() - self.start(last) }
    }

    /// Where to scroll so that these entries are wholly in sight below a head of `head` pixels; nowhere if they are.
    pub fn scroll_to(&self, span: RangeInclusive<usize>, top: f64, height: f64, head: f64) -> Option<f64> {
        let (start, end) = (f64::from(self.start(*span.start())), f64::from(self.start(span.end() + 1)));
        if start < top {
            Some(start)
        } else if end > top + height - head {
            Some(end - height + head)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::Id;

    const HEIGHTS: Heights = Heights { row: 36, group: 32 };

    fn rows(count: usize) -> Vec<Entry> {
        let mut entries = vec![Entry::Row(Id::ONLY); count];
        if let Some(first) = entries.first_mut() {
            *first = Entry::Group(0);
        }
        entries
    }

    #[test]
    fn of_twenty_thousand_rows_a_screenful_is_rendered() {
        let offsets = Offsets::of(&rows(20_000), HEIGHTS);
        let window = offsets.window(360_000.0, 800.0);
        assert!(window.last - window.first < 64, "{window:?}");
        assert!(f64::from(window.before) < 360_000.0);
        assert!(f64::from(offsets.start(window.last)) > 360_800.0);
    }

    #[test]
    fn space_and_rows_always_add_up() {
        let offsets = Offsets::of(&rows(500), HEIGHTS);
        for top in [0.0, 100.0, 9_000.0, 99_000.0] {
            let window = offsets.window(top, 640.0);
            let rendered = offsets.start(window.last) - offsets.start(window.first);
            assert_eq!(window.before + rendered + window.after, 32 + 499 * 36);
        }
    }

    #[test]
    fn an_empty_list_renders_nothing() {
        let window = Offsets::of(&[], HEIGHTS).window(0.0, 600.0);
        assert_eq!(window, Window { first: 0, last: 0, before: 0, after: 0 });
    }

    #[test]
    fn a_row_below_the_edge_is_scrolled_just_into_sight() {
        let offsets = Offsets::of(&rows(100), HEIGHTS);
        assert_eq!(offsets.scroll_to(20..=20, 0.0, 600.0, 36.0), Some(f64::from(32 + 20 * 36) - 564.0));
        assert_eq!(offsets.scroll_to(3..=3, 0.0, 600.0, 36.0), None);
        assert_eq!(offsets.scroll_to(0..=1, 200.0, 600.0, 36.0), Some(0.0));
    }
}
