//! The keyboard in a long list: j and k or the arrows move, Home and End jump, Enter opens, x checks.

use super::Entry;
use domain::id::Id;

/// What a key asks of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// So many rows down, or up if negative.
    Move(isize),
    First,
    Last,
    Open,
    Check,
}

/// What this key asks, if anything. A page is as many rows as are in sight.
pub fn ask(key: &str, page: usize) -> Option<Ask> {
    let page = isize::try_from(page.max(1)).unwrap_or(isize::MAX);
    Some(match key {
        "j" | "ArrowDown" => Ask::Move(1),
        "k" | "ArrowUp" => Ask::Move(-1),
        "PageDown" => Ask::Move(page),
        "PageUp" => Ask::Move(-page),
        "Home" => Ask::First,
        "End" => Ask::Last,
        "Enter" => Ask::Open,
        "x" => Ask::Check,
        _ => return None,
    })
}

/// The row to go to from `selected`, with its place; group heads are stepped over, the ends hold.
pub fn target(entries: &[Entry], selected: Option<Id>, ask: Ask) -> Option<(usize, Id)> {
    let rows: Vec<(usize, Id)> = entries.iter().enumerate().filter_map(|(i, entry)| entry.row().map(|id| (i, id))).collect();
    let here = selected.and_then(|selected| rows.iter().position(|(_, id)| *id == selected));
    let last = rows.len().checked_sub(1)?;
    let there = match (ask, here) {
        (Ask::First, _) => 0,
        (Ask::Last, _) => last,
        (Ask::Move(by), Some(here)) => here.saturating_add_signed(by).min(last),
        (Ask::Move(_), None) => 0,
        (Ask::Open | Ask::Check, here) => here?,
    };
    rows.get(there).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    #[test]
    fn moving_steps_over_group_heads_and_stops_at_the_ends() {
        let entries = [Entry::Group(0), Entry::Row(id(1)), Entry::Group(1), Entry::Row(id(2))];
        assert_eq!(target(&entries, None, Ask::Move(1)), Some((1, id(1))));
        assert_eq!(target(&entries, Some(id(1)), Ask::Move(1)), Some((3, id(2))));
        assert_eq!(target(&entries, Some(id(2)), Ask::Move(1)), Some((3, id(2))));
        assert_eq!(target(&entries, Some(id(1)), Ask::Move(-1)), Some((1, id(1))));
    }

    #[test]
    fn enter_without_a_selection_opens_nothing() {
        assert_eq!(target(&[Entry::Row(id(1))], None, Ask::Open), None);
    }
}
